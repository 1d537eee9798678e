/** Incidents that climbed: to whose centre they were escalated, and which of those are one's own. */

import { computed } from "@preact/signals";
import type { IncidentRow } from "../shared/api";
import { nameOf, t } from "../shared/language";
import { areaNames } from "./names";
import { bounds, ownDistricts } from "./scope";
import * as state from "./state";

/** The paths of the areas whose centre is one's own: those that bound who is signed in, else the districts. */
export const ownCentres = computed(() => {
  const { district } = state.filters.value;
  const mine = bounds.value ?? ownDistricts.value.map((each) => ({ path: `/${each.code}`, district: each.slug }));
  return mine.filter((area) => district === null || area.district === district).map((area) => area.path);
});

/** How many of what the filter leaves were escalated to one's own centre. */
export const toUs = computed(() => {
  const counts = state.escalatedTo.value;
  return ownCentres.value.reduce((sum, path) => sum + (counts[path] ?? 0), 0);
});

/** Whether the list holds only what was escalated to one's own centre. */
export const onlyOurs = computed(() => state.filters.value.centre !== null);

export function switchOnlyOurs(): void {
  state.narrow({ centre: onlyOurs.peek() ? null : ownCentres.peek().join(",") });
}

/** To whose centre an incident was escalated, as a sentence; null where it was not. */
export function climbed(row: Pick<IncidentRow, "district" | "escalated_to">): string | null {
  return row.escalated_to === null ? null : t("escalated.to", { area: centreName(row.district, row.escalated_to) });
}

/** The name of an area by its path; its code until the name is known. */
export function centreName(district: string, path: string): string {
  const code = path.split("/").at(-1) ?? path;
  const names = areaNames(district, code);
  return (names && nameOf(names)) || code;
}
