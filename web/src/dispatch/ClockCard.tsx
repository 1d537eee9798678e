/** How long is left, with a bar that says of how much. */

import { useComputed } from "@preact/signals";
import type { IncidentRow } from "../shared/api";
import { t } from "../shared/language";
import { known } from "../shared/remote";
import { ArrivalLine } from "./ArrivalLine";
import { clockOf, moment, now } from "./clock";
import * as state from "./state";
import { TimeLeft } from "./TimeLeft";

const WORDS = {
  running: "clock.by",
  running_out: "clock.running_out",
  overdue: "clock.over",
  paused: "clock.paused",
  stopped: "clock.stopped",
} as const;

/** Whether a limit counts from where something happened; after a suspension it counts from as much later. */
function isMoment(row: IncidentRow, from: string): boolean {
  const there = known(state.detail.value)?.history ?? [];
  return [row.reported_at, ...there.map(({ at }) => at)].some((at) => at && Date.parse(at) === Date.parse(from));
}

export function ClockCard({ row }: { row: IncidentRow }) {
  const told = useComputed(() => {
    const clock = clockOf(row, now.value);
    return `${clock.state} ${Math.round((1 - clock.share) * 1000) / 10}`;
  }).value;
  const [clock, spent] = told.split(" ") as [keyof typeof WORDS, string];
  return (
    <div class="clock-card" data-clock={clock}>
      <div>
        <span class="what">{t(row.due_at || clock === "stopped" ? WORDS[clock] : "desk.no_clock")}</span>
        <TimeLeft row={row} />
      </div>
      <div class="grow">
        {row.due_at && clock !== "stopped" && clock !== "paused" && (
          <div class="clock-bar" aria-hidden="true">
            <i style={{ width: `${spent}%` }} />
          </div>
        )}
        <p class="ends">
          <span>{row.clock_from && isMoment(row, row.clock_from) ? moment(row.clock_from) : ""}</span>
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
