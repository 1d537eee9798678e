/** Keeps the address equal to what is shown, and the way to the desk with the same filter. */

import { batch, computed } from "@preact/signals";
import type { StatisticsLine } from "../shared/api";
import { language } from "../shared/language";
import { keepAddress } from "../shared/link";
import { theme } from "../shared/theme";
import { type By, parse, write } from "./address";
import * as state from "./state";

const link = computed(() =>
  write({
    ...state.asked.value,
    sort: state.sort.value,
    down: state.down.value,
    language: language.value,
    theme: theme.value,
  }),
);

/** What is a step for Back; the order of a table is none. */
const place = computed(() => JSON.stringify(state.asked.value));

/** Count what a query asks. */
function show(query: string): void {
  const { sort, down, language: _language, theme: _theme, ...asked } = parse(query);
  batch(() => {
    state.asked.value = asked;
    state.sort.value = sort;
    state.down.value = down;
  });
}

export function keepLink(): void {
  keepAddress(link, place, show);
}

/** The address of the desk with the filter of a line, and those that are set; null where the desk has no such filter. */
export function deskOf(line: StatisticsLine, by: By): string | null {
  if (line.key === null || by === "item" || by === "week" || state.asked.value.item) return null;
  const { district, area, category, department } = state.asked.value;
  const query = new URLSearchParams();
  const set = (name: string, value: string | null): void => {
    if (value) query.set(name, value);
  };
  set("district", by === "area" ? line.district : district);
  // a district is chosen as one, and not as an area of it
  set("area", by === "area" && line.level !== "district" ? line.key : by === "area" ? null : area);
  set("category", by === "category" ? line.key : category);
  set("department", by === "department" ? line.key : department);
  return `/dispatch?${query.toString().replaceAll("%2F", "/")}`;
}
