/** How the clock of an incident stands at a time. */

import type { IncidentRow } from "../shared/api";

export type ClockState = "running" | "running_out" | "overdue" | "paused" | "stopped";

export interface Clock {
  state: ClockState;
  /** Milliseconds, negative once it has run out; null where it is paused, stopped, or nothing was promised. */
  left: number | null;
  /** How much of the whole time is left, 0 to 1. */
  share: number;
}

type Timed = Pick<IncidentRow, "state" | "due_at" | "warn_at" | "clock_from">;

export function clockOf(row: Timed, at: number): Clock {
  if (row.state === "closed") return { state: "stopped", left: null, share: 0 };
  if (row.state === "suspended") return { state: "paused", left: null, share: 0 };
  const due = row.due_at ? Date.parse(row.due_at) : Number.NaN;
  if (!Number.isFinite(due)) return { state: "running", left: null, share: 1 };
  const left = due - at;
  if (left < 0) return { state: "overdue", left, share: 0 };
  const whole = row.clock_from ? due - Date.parse(row.clock_from) : 0;
  const share = whole > 0 ? Math.min(1, left / whole) : 0;
  const warned = row.warn_at !== null && Date.parse(row.warn_at) <= at;
  return { state: warned ? "running_out" : "running", left, share };
}
