/** The limit by which somebody is to be there: how it stands, and by how much. */

import type { IncidentRow } from "../shared/api";

export type ArrivalState = "waiting" | "late" | "paused" | "in_time" | "came_late";

export interface Arrival {
  state: ArrivalState;
  /** The time that is told: the limit, or when somebody was there. */
  at: string;
  /** Milliseconds that are left, or by which it is late. */
  apart: number;
}

type Timed = Pick<IncidentRow, "state" | "arrive_by" | "arrived_at">;

/** Null where nothing was promised, and where it was closed and nobody noted that somebody was there. */
export function arrivalOf(row: Timed, now: number): Arrival | null {
  if (!row.arrive_by) return null;
  const limit = Date.parse(row.arrive_by);
  if (row.arrived_at) {
    const apart = limit - Date.parse(row.arrived_at);
    return { state: apart < 0 ? "came_late" : "in_time", at: row.arrived_at, apart: Math.abs(apart) };
  }
  if (row.state === "closed") return null;
  if (row.state === "suspended") return { state: "paused", at: row.arrive_by, apart: 0 };
  const apart = limit - now;
  return { state: apart < 0 ? "late" : "waiting", at: row.arrive_by, apart: Math.abs(apart) };
}
