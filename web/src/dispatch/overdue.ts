/** What the passing of time does to the list: what runs out is said once, and a filter by the clock follows it. */

import { effect, untracked } from "@preact/signals";
import { t } from "../shared/language";
import { leaveByTime } from "./board";
import { clockOf, now } from "./clock";
import * as state from "./state";
import { countSoon } from "./tally";
import { placeOf, titleOf } from "./words";

/** While the list is filtered by the clock, it is counted so often: what comes in by time alone is told by nobody. */
const COUNT_MS = 5000;
/** So many are named. */
const NAMED = 3;

/** Say what has run out between two moments. */
function sayOverdue(from: number, to: number): void {
  const out = [...state.rows.peek()]
    .filter(([key, row]) => !state.gone.peek().has(key) && clockOf(row, to).state === "overdue")
    .map(([, row]) => row)
    .filter(({ due_at }) => Date.parse(due_at ?? "") >= from);
  const [first] = out;
  if (!first) return;
  const named = out.slice(0, NAMED).map((row) => `${titleOf(row)} ${placeOf(row)}`);
  state.assertive.value =
    out.length === 1
      ? t("desk.overdue_now", { name: titleOf(first), place: placeOf(first) })
      : t("desk.overdue_many", { n: out.length, which: named.join(" · ") });
}

/** Follow the clock for as long as the page lives. */
export function followTime(): void {
  let before = now.peek();
  let countedAt = before;
  effect(() => {
    const at = now.value;
    untracked(() => {
      sayOverdue(before, at);
      before = at;
      if (state.filters.peek().clock === null) return;
      leaveByTime();
      if (at - countedAt < COUNT_MS) return;
      countedAt = at;
      countSoon();
    });
  });
}
