/** How long is left, with a bar that says of how much. */

import { useComputed } from "@preact/signals";
import type { IncidentRow } from "../shared/api";
import { t } from "../shared/language";
import { ArrivalLine } from "./ArrivalLine";
import { clockOf, moment, now } from "./clock";
import { TimeLeft } from "./TimeLeft";

const WORDS = {
  running: "clock.by",
  running_out: "clock.running_out",
  overdue: "clock.over",
  paused: "clock.paused",
  stopped: "clock.stopped",
} as const;

export function ClockCard({ row }: { row: IncidentRow }) {
  const told = useComputed(() => {
    const clock = clockOf(row, now.value);
    return `${clock.state} ${Math.round((1 - clock.share) * 1000) / 10}`;
  }).value;
  const [state, spent] = told.split(" ") as [keyof typeof WORDS, string];
  return (
    <div class="clock-card" data-clock={state}>
      <div>
        <span class="what">{t(row.due_at || state === "stopped" ? WORDS[state] : "desk.no_clock")}</span>
        <TimeLeft row={row} />
      </div>
      <div class="grow">
        {row.due_at && state !== "stopped" && state !== "paused" && (
          <div class="clock-bar" aria-hidden="true">
            <i style={{ width: `${spent}%` }} />
          </div>
        )}
        <p class="ends">
          <span>{row.clock_from ? moment(row.clock_from) : ""}</span>
          <span>
            {row.closed_at
              ? t("clock.closed", { at: moment(row.closed_at) })
              : row.due_at
                ? t("clock.due", { at: moment(row.due_at) })
                : ""}
          </span>
        </p>
      </div>
      <ArrivalLine row={row} />
    </div>
  );
}
