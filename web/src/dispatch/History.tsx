/** What happened to it, the latest first; nothing in it can be rewritten. */

import type * as api from "../shared/api";
import { nameOf, pick, t, word } from "../shared/language";
import { MEDIATORS } from "../shared/mediators";
import { take } from "./acts";
import { moment, now } from "./clock";
import { centreName } from "./escalated";
import { areaNames } from "./names";
import { whoOf } from "./words";
import { canWrite } from "./writing";

interface Line {
  key: string;
  at: string;
  what: string;
  actor: string;
  to: string | null;
  more: string | null;
}

export function History({ one }: { one: api.Incident }) {
  const lines = linesOf(one);
  const last = `step-${one.history.at(-1)?.number}`;
  return (
    <section class="section">
      <h3>{t("one.history")}</h3>
      {lines.length === 0 && <p class="dim">{t("one.no_history")}</p>}
      <ol class="history">
        {lines.map((line) => (
          <li key={line.key}>
            <time dateTime={line.at}>{moment(line.at)}</time>
            <span>
              <b>{line.what}</b> {line.actor}
              {line.to && <> → {line.to}</>}
              {line.more && <span class="dim"> · {line.more}</span>} {line.key === last && <UndoStep one={one} />}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Takes the last step back while that can be. */
function UndoStep({ one }: { one: api.Incident }) {
  const back = one.acts.find(({ act }) => act === "take_back");
  if (!back || !one.take_back_until || Date.parse(one.take_back_until) <= now.value) return null;
  return (
    <button
      type="button"
      class="textual"
      data-test="undo-step"
      disabled={!canWrite()}
      onClick={() => void take(back, { act: back.act })}
    >
      {t("said.undo")}
    </button>
  );
}

/** The steps and the photos, the latest first. */
function linesOf(one: api.Incident): Line[] {
  const steps = one.history.map((step, index): Line => {
    const responder = textOf(step, "responder");
    const centre = textOf(step, "command");
    const department = textOf(step, "department");
    return {
      key: `step-${step.number}`,
      at: step.at,
      what: pick(step.act_name),
      actor: whoOf(one, step.actor),
      to:
        (responder && whoOf(one, responder)) ??
        (centre && centreName(one.incident.district, centre)) ??
        (department && word("department", department)),
      more:
        [step.act === "take_back" && actBefore(one, index), mediator(step), step.reason, stated(one, step)]
          .filter(Boolean)
          .join(" · ") || null,
    };
  });
  const photos = one.photos.map(
    (photo): Line => ({
      key: `photo-${photo.id}`,
      at: photo.at,
      what: t("photo.added"),
      actor: whoOf(one, photo.actor),
      to: null,
      more: photo.erased ? t("photo.erased") : null,
    }),
  );
  return [...steps, ...photos].reverse().sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** What a step that takes another back took back. */
function actBefore(one: api.Incident, index: number): string | null {
  const before = one.history[index - 1];
  return before ? pick(before.act_name) : null;
}

/** In which area whoever reported said that it is. */
function stated(one: api.Incident, step: api.IncidentStep): string | null {
  const code = textOf(step, "stated_owner");
  const names = code && areaNames(one.incident.district, code);
  return code ? t("history.stated", { area: (names && nameOf(names)) || code }) : null;
}

/** Who was chosen to mediate. */
function mediator(step: api.IncidentStep): string | null {
  const chosen = MEDIATORS.find((each) => each === step.details["mediator"]);
  return chosen ? t(`mediator.${chosen}`) : null;
}

function textOf(step: api.IncidentStep, name: string): string | null {
  const said = step.details[name];
  return typeof said === "string" ? said : null;
}
