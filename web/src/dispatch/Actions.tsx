/** What can be done next: the likeliest act is the one filled button, with its key on it. */

import type * as api from "../shared/api";
import { connection } from "../shared/connection";
import { pick, t } from "../shared/language";
import { Key } from "../shared/ui/parts";
import { begin, form, likeliest, offered, overtaken, refused, suspension } from "./acts";
import { Conflict } from "./Conflict";
import { target } from "./candidates";
import { Form } from "./Form";
import { Again } from "./Held";
import { asking } from "./sending";
import * as state from "./state";
import { whoOf } from "./words";
import { canWrite, sending } from "./writing";
import "./Actions.css";

/** An act in the words of its button. */
export function verb(one: api.Incident, act: api.IncidentAct): string {
  if (act.act !== "dispatch") return pick(act.name);
  const to = target(one);
  return to ? t("act.dispatch_to", { who: to.name }) : pick(act.name);
}

export function Actions({ one }: { one: api.Incident }) {
  const first = likeliest(one);
  const pause = suspension(one);
  const others = one.acts.filter((act) => act !== first && act !== pause && offered(act));
  const key = `${one.incident.district}/${one.incident.code}`;
  const away = connection.value.state === "offline";
  const inert = !canWrite();
  const lost = overtaken.value.get(key);
  const failure = refused.value.get(key);
  if (lost) return <Conflict one={one} overtaken={lost} />;
  if (asking.value?.key === key) return <Again one={one} wanted={asking.value} />;
  if (form.value) return <Form form={form.value} failure={failure} />;
  return (
    <footer class="acts">
      {one.asked && <Asked one={one} />}
      {failure && <Refused failure={failure} />}
      {sending.value === "waiting" && <p role="status">{t("act.waiting")}</p>}
      {away && sending.value === null && <p role="status">{t("act.offline")}</p>}
      {state.moreOpen.value && (
        <ul class="more-acts" aria-label={t("act.more")}>
          {others.map((act) => (
            <li key={act.act}>
              <button type="button" data-act={act.act} disabled={inert} onClick={() => begin(act)}>
                {verb(one, act)}
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="act-line">
        {first ? (
          <button
            type="button"
            class="button primary"
            data-act={first.act}
            disabled={inert}
            onClick={() => begin(first)}
          >
            <span class="cut">{sending.value ? t("act.sending") : verb(one, first)}</span> <Key>D</Key>
          </button>
        ) : (
          <p class="dim grow">{others.length === 0 && t("one.nothing")}</p>
        )}
        <span class="lesser">
          {pause && pause !== first && (
            <button type="button" class="button" data-act={pause.act} disabled={inert} onClick={() => begin(pause)}>
              {t("act.suspend")} <Key>S</Key>
            </button>
          )}
          {others.length > 0 && (
            <button
              type="button"
              class="button"
              aria-expanded={state.moreOpen.value}
              data-test="more"
              onClick={() => {
                state.moreOpen.value = !state.moreOpen.value;
              }}
            >
              {t("act.more")} <Key>M</Key>
            </button>
          )}
        </span>
      </div>
    </footer>
  );
}

function Asked({ one }: { one: api.Incident }) {
  const asked = one.asked as { by?: string; name?: { zh: string; en: string } } | null;
  if (!asked?.name) return null;
  return (
    <p class="asked" role="status">
      {t("one.asked", { by: whoOf(one, asked.by ?? ""), act: pick(asked.name) })}
    </p>
  );
}

function Refused({ failure }: { failure: api.Failure }) {
  const { problem } = failure;
  return (
    <p class="refused" role="alert">
      <b>{problem.problem ?? t("error.refused")}</b> {problem.remedy}
    </p>
  );
}
