/** Keeps the address equal to what is shown, and the way to the desk with the same filter. */

import { computed, effect } from "@preact/signals";
import type { StatisticsLine } from "../shared/api";
import { language } from "../shared/language";
import { theme } from "../shared/theme";
import { type By, write } from "./address";
import * as state from "./state";

/** Browsers refuse more than about 200 changes of the address in half a minute. */
const PAUSE_MS = 250;

const link = computed(() =>
  write({
    ...state.asked.value,
    sort: state.sort.value,
    down: state.down.value,
    language: language.value,
    theme: theme.value,
  }),
);

export function keepLink(): void {
  let timer = 0;
  effect(() => {
    const query = link.value;
    clearTimeout(timer);
    timer = window.setTimeout(() => history.replaceState(null, "", location.pathname + query), PAUSE_MS);
  });
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
