/** Which incidents a filter leaves, and in which order: the rules of the server's board, for what it tells later. */

import type { IncidentRow } from "../shared/api";
import type { Filters } from "./address";
import { clockOf } from "./clock";
import { isIn, type Tab } from "./tabs";

export function keyOf(row: Pick<IncidentRow, "district" | "code">): string {
  return `${row.district}/${row.code}`;
}

function isBelow(path: string | null, area: string): boolean {
  return path !== null && (path === area || path.startsWith(`${area}/`));
}

function says(row: IncidentRow, text: string): boolean {
  const place = row.place ? [row.place.zh, row.place.en] : [];
  const said = [row.code, row.name, row.name_en, row.note, ...place];
  return said.some((each) => each?.toLowerCase().includes(text));
}

export function matches(row: IncidentRow, filters: Filters, tab: Tab, at: number): boolean {
  const text = filters.text.trim().toLowerCase();
  return (
    (filters.state === null ? isIn(tab, row.state) : row.state === filters.state) &&
    (filters.district === null || row.district === filters.district) &&
    (filters.area === null || isBelow(row.path, filters.area)) &&
    (filters.category === null || row.category === filters.category) &&
    (filters.department === null || row.department === filters.department) &&
    (filters.clock === null || clockOf(row, at).state === filters.clock) &&
    (filters.centre === null || filters.centre.split(",").includes(row.escalated_to ?? "")) &&
    (text === "" || says(row, text))
  );
}

function pressing(row: IncidentRow): [number, number] {
  if (row.state === "closed") return [1, -(row.closed_at ? Date.parse(row.closed_at) : 0)];
  return [0, row.due_at ? Date.parse(row.due_at) : Number.MAX_SAFE_INTEGER];
}

/** The clock that runs out first in front; closed ones behind, the latest first. */
export function morePressing(a: IncidentRow, b: IncidentRow): number {
  const [first, second] = [pressing(a), pressing(b)];
  return first[0] - second[0] || first[1] - second[1];
}

/** What the server is asked for; of every state where no tab is given. */
export function queryOf(
  filters: Filters,
  tab: readonly string[] | null,
): Record<string, string | readonly string[] | null> {
  return {
    district: filters.district,
    area: filters.area,
    state: tab && filters.state ? [filters.state] : tab,
    category: filters.category,
    department: filters.department,
    clock: filters.clock,
    centre: filters.centre?.split(",") ?? null,
    q: filters.text.trim(),
  };
}
