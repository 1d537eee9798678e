/** Somebody was faster: what you wanted and what happened, side by side; then decide again. */

import type * as api from "../shared/api";
import { pick, t, word } from "../shared/language";
import { Key } from "../shared/ui/parts";
import { leave, type Overtaken, take } from "./acts";
import { moment } from "./clock";
import { whoOf } from "./words";
import { canWrite } from "./writing";

export function Conflict({ one, overtaken }: { one: api.Incident; overtaken: Overtaken }) {
  const { act, body, version } = overtaken;
  const theirs = one.version > version ? one.history.at(-1) : undefined;
  const still = one.acts.find((each) => each.act === act.act);
  const name = pick(act.name);
  const lines: [string, string, string][] = [
    [t("conflict.act"), name, theirs ? pick(theirs.act_name) : "…"],
    [t("conflict.who"), t("conflict.you"), theirs ? whoOf(one, theirs.actor) : "…"],
    [t("conflict.when"), "—", theirs ? moment(theirs.at) : "…"],
    [t("conflict.reason"), body.reason ?? "—", theirs?.reason ?? "—"],
  ];
  return (
    <section class="acts conflict" role="alert" aria-label={t("conflict.title")} data-test="conflict">
      <p>
        <b>{t("conflict.title")}</b> {t("conflict.now", { state: word("state", one.incident.state ?? "") })}
      </p>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{t("conflict.yours")}</th>
            <th scope="col">{t("conflict.theirs")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(([label, yours, other]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{yours}</td>
              <td>{other}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!still && theirs && <p class="dim">{t("conflict.not_next", { act: name })}</p>}
      <div class="act-line">
        <button type="button" class="button primary" onClick={leave}>
          {t("conflict.leave")} <Key>Esc</Key>
        </button>
        {still && (
          <button type="button" class="button" disabled={!canWrite()} onClick={() => void take(still, body)}>
            {t("conflict.again", { act: name })}
          </button>
        )}
      </div>
    </section>
  );
}
