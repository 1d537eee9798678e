/** The time that is left, ticking in place; what is running out and what has run out differ in colour, weight and sign. */

import { useComputed } from "@preact/signals";
import type { IncidentRow } from "../shared/api";
import { t } from "../shared/language";
import { clockOf, now, timeLeft } from "./clock";

export function TimeLeft({ row }: { row: IncidentRow }) {
  const told = useComputed(() => {
    const clock = clockOf(row, now.value);
    const text = clock.left === null ? "—" : timeLeft(clock.left);
    return `${clock.state}|${text}`;
  }).value;
  const [state = "", text = ""] = told.split("|");
  return (
    <span class="time-left" data-clock={state}>
      {(state === "overdue" || state === "running_out") && <span class="visually-hidden">{t(`clock.${state}`)} </span>}
      {text}
    </span>
  );
}
