/** How many incidents each tab would hold; and whether those that are listed are as many as there are. */

import { batch } from "@preact/signals";
import * as api from "../shared/api";
import { queryOf } from "./filter";
import * as state from "./state";
import { TABS } from "./tabs";

/** More than these are not listed, and the server gathers them for the map. */
export const MOST = 2000;
/** Where there are more, so many of those that are listed may leave until others are read in their place. */
const SHORT = 100;
/** These the time alone changes. */
const MOVED_BY_TIME: readonly (string | null)[] = ["overdue", "running_out", "running"];

let counting = new AbortController();

/** Count what each tab would hold, and what there is without any filter. */
export async function readTally(): Promise<void> {
  counting.abort();
  counting = new AbortController();
  const mine = counting;
  const { district } = state.filters.peek();
  try {
    const [here, everything] = await Promise.all([
      api.board({ ...queryOf(state.filters.peek(), null), limit: 1 }, mine.signal),
      api.board({ district, state: TABS[state.tab.peek()], limit: 1 }, mine.signal),
    ]);
    if (mine.signal.aborted) return;
    const tally: Readonly<Record<string, number>> = here.tally.state;
    const of = state.filters.peek().state;
    const matched = (of ? [of] : TABS[state.tab.peek()]).reduce((sum, each) => sum + (tally[each] ?? 0), 0);
    const anew = isShort(matched);
    batch(() => {
      state.tally.value = here.tally.state;
      state.escalatedTo.value = here.tally.escalated_to;
      state.all.value = everything.matched;
      state.matched.value = matched;
      if (anew) state.boardStale.value += 1;
    });
  } catch {
    // The counts stay as they were; the connection's chip says why.
  }
}

/** Whether the list lacks what it should hold and no message tells of. */
function isShort(matched: number): boolean {
  if (state.boardReading.peek()) return false;
  const listed = state.rows.peek().size - state.gone.peek().size;
  const wanted = Math.min(matched, MOST);
  if (MOVED_BY_TIME.includes(state.filters.peek().clock) && listed !== wanted) return true;
  return state.matched.peek() > MOST && listed < wanted - (matched > MOST ? SHORT : 0);
}

const TALLY_MS = 400;
let timer = 0;

export function countSoon(): void {
  // Not put off by the next change: under many of them the counts still move.
  if (timer) return;
  timer = window.setTimeout(() => {
    timer = 0;
    void readTally();
  }, TALLY_MS);
}
