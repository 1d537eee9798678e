/** Until when somebody is to be there, or whether somebody was there in time: in words, with a sign of its own. */

import { useComputed } from "@preact/signals";
import type { IncidentRow } from "../shared/api";
import { t } from "../shared/language";
import { type ArrivalState, arrivalOf } from "./arrival";
import { moment, now, timeLeft } from "./clock";

const SIGNS: Record<ArrivalState, string> = { waiting: "○", late: "▲", paused: "‖", in_time: "✓", came_late: "▲" };

export function ArrivalLine({ row }: { row: IncidentRow }) {
  const told = useComputed(() => {
    const arrival = arrivalOf(row, now.value);
    if (!arrival) return "";
    return `${arrival.state}|${t(`arrival.${arrival.state}`, { at: moment(arrival.at), time: timeLeft(arrival.apart) })}`;
  }).value;
  const [state, text] = told.split("|") as [ArrivalState, string];
  if (!text) return null;
  return (
    <p class="arrival" data-arrival={state}>
      <span aria-hidden="true">{SIGNS[state]}</span> {text}
    </p>
  );
}
