/** What happened to it, the latest first; nothing in it can be rewritten. */

import type * as api from "../shared/api";
import { pick, t } from "../shared/language";
import { moment } from "./clock";

export function History({ one }: { one: api.Incident }) {
  return (
    <section class="section">
      <h3>{t("one.history")}</h3>
      {one.history.length === 0 && <p class="dim">{t("one.no_history")}</p>}
      <ol class="history">
        {[...one.history].reverse().map((step) => (
          <li key={step.number}>
            <time dateTime={step.at}>{moment(step.at)}</time>
            <span>
              <b>{pick(step.act_name)}</b> {step.actor}
              {to(step) && <> → {to(step)}</>}
              {step.reason && <span class="dim"> · {step.reason}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Whom a step sent. */
function to(step: api.IncidentStep): string | null {
  const responder = step.details["responder"];
  return typeof responder === "string" ? responder : null;
}
