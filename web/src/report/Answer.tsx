/** What came of it: its number, who is called and why, until when, and what happens next. */

import { session } from "../shared/account";
import type * as api from "../shared/api";
import { language, nameOf, pick, t } from "../shared/language";
import { known } from "../shared/remote";
import { Code } from "../shared/ui/parts";
import { Question } from "./App";
import { sendPhoto } from "./send";
import * as state from "./state";

export function Answer({ answer }: { answer: api.Reported }) {
  const read = known(state.whole.value);
  const one = read?.incident.code === answer.code ? read : null;
  const role = known(session.value)?.role;
  const owner = answer.owners.find(({ code }) => answer.path?.endsWith(`/${code}`));
  const due = answer.due_at ?? one?.incident.due_at;
  return (
    <main>
      <div class="scroll answer">
        <Question title={t("report.done")} />
        <dl>
          <dt>{t("report.code")}</dt>
          <dd>
            <Code code={answer.code} />
          </dd>
          {one?.incident.place && (
            <>
              <dt>{t("report.place")}</dt>
              <dd>{pick(one.incident.place)}</dd>
            </>
          )}
          <dt>{t("report.owner")}</dt>
          <dd>
            <b>{owner ? nameOf(owner) || owner.code : ""}</b>
            <p>{pick(answer.reason)}</p>
            <Stated answer={answer} />
          </dd>
          {answer.route && (
            <>
              <dt>{t("report.who")}</dt>
              <dd>{pick(answer.route.why)}</dd>
            </>
          )}
          {one?.incident.arrive_by && (
            <>
              <dt>{t("report.arrive_by")}</dt>
              <dd class="number">{until(one.incident.arrive_by)}</dd>
            </>
          )}
          {due && (
            <>
              <dt>{t("report.due_by")}</dt>
              <dd class="number">{until(due)}</dd>
            </>
          )}
          <dt>{t("report.next_title")}</dt>
          <dd>{t("report.next_help")}</dd>
        </dl>
        <PhotoStands />
      </div>
      <footer class="thumb">
        {(role === "dispatcher" || role === "administrator") && (
          <a
            class="button wide"
            href={`/dispatch?district=${answer.district}&incident=${answer.district}/${answer.code}`}
          >
            {t("report.open")}
          </a>
        )}
        <button type="button" class="button primary" disabled={state.form.value.photo === "with"} onClick={state.begin}>
          {t("report.another")}
        </button>
      </footer>
    </main>
  );
}

interface Candidate {
  code: string | null;
  name: string | null;
  name_en: string | null;
  probability: number;
}

/** The areas that may own the place, near an edge, and which of them was stated. */
function Stated({ answer }: { answer: api.Reported }) {
  const tag = answer.tag as { ambiguous?: boolean; candidates?: Candidate[]; stated_owner?: string };
  if (!tag.ambiguous) return null;
  const listed = (tag.candidates ?? []).filter(state.worthSaying);
  const stated = listed.find(({ code }) => code === tag.stated_owner);
  return (
    <>
      <ul>
        {listed.map((one) => (
          <li key={one.code}>
            {nameOf(one) || one.code} · {t("report.likely", { p: Math.round(one.probability * 100) })}
          </li>
        ))}
      </ul>
      {stated && <p class="dim">{t("report.stated", { area: nameOf(stated) || (stated.code ?? "") })}</p>}
    </>
  );
}

function PhotoStands() {
  const { photo } = state.form.value;
  if (photo === "none") return null;
  const failure = state.photoFailure.value;
  return (
    <p class="notice-line" role="status">
      {photo === "sent" && t("report.photo_sent")}
      {photo === "with" && (
        <>
          {t("report.photo_waiting")}{" "}
          <button type="button" class="textual" onClick={() => void sendPhoto()}>
            {t("report.again")}
          </button>
        </>
      )}
      {photo === "refused" && (
        <>
          <b>{t("report.photo_refused")}</b> {failure?.problem.problem} {failure?.problem.remedy}
        </>
      )}
    </p>
  );
}

function until(iso: string): string {
  return new Intl.DateTimeFormat(language.value === "zh" ? "zh-CN" : "en-GB", {
    timeZone: "Asia/Shanghai",
    month: "short",
    day: "numeric",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(iso));
}
