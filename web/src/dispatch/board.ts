/** The board: read whole, then kept in step with what the stream tells, without moving anything under the reader. */

import { batch } from "@preact/signals";
import * as api from "../shared/api";
import { nameOf, pick, t } from "../shared/language";
import { now, serverNow, setServerTime } from "./clock";
import { keyOf, matches, morePressing, queryOf } from "./filter";
import * as state from "./state";
import { TABS } from "./tabs";

const PAGE = 500;
/** More than these are not listed, and the server gathers them for the map. */
export const MOST = 2000;
const TINT_MS = 1200;

let reading = new AbortController();

/** Read the incidents of the present filter; returns the event that they hold, null where it did not come to that. */
export async function readBoard(): Promise<number | null> {
  reading.abort();
  reading = new AbortController();
  const mine = reading;
  if (!state.order.peek().length) state.boardStatus.value = "loading";
  const asked = queryOf(state.filters.peek(), TABS[state.tab.peek()]);
  try {
    const first = await api.board({ ...asked, limit: PAGE }, mine.signal);
    if (mine.signal.aborted) return null;
    const rows = new Map(first.incidents.map((row) => [keyOf(row), row]));
    setServerTime(first.now);
    // The pressing ones are shown at once, the others below them as they come.
    batch(() => {
      state.rows.value = rows;
      state.order.value = [...rows.keys()];
      state.behind.value = new Set();
      state.gone.value = new Set();
      state.matched.value = first.matched;
      state.boardStatus.value = "ready";
      state.boardFailure.value = null;
      state.nobody.value = false;
      state.heardAt.value = Date.now();
    });
    void readTally();
    await readOthers(asked, first, mine.signal);
    return mine.signal.aborted ? null : first.event;
  } catch (error) {
    if (mine.signal.aborted) return null;
    const failure = api.Failure.of(error);
    // Who is nobody is told that there is nothing here.
    const who = failure.unknown ? await api.session().catch(() => null) : null;
    if (mine.signal.aborted) return null;
    batch(() => {
      state.nobody.value = who !== null && who.account === null;
      state.boardFailure.value = failure;
      state.boardStatus.value = "failed";
      if (state.nobody.peek()) {
        state.rows.value = new Map();
        state.order.value = [];
        state.behind.value = new Set();
        state.gone.value = new Set();
        state.matched.value = 0;
        state.tally.value = {};
      }
    });
    return null;
  }
}

/** Read what follows the first page, up to as many as are listed. */
async function readOthers(
  asked: ReturnType<typeof queryOf>,
  first: api.IncidentBoard,
  signal: AbortSignal,
): Promise<void> {
  const all = Math.min(first.matched, MOST);
  const found: api.IncidentRow[] = [];
  for (let read = first.incidents.length; read < all; ) {
    const page = await api.board({ ...asked, limit: PAGE, offset: read }, signal);
    if (!page.incidents.length) break;
    read += page.incidents.length;
    found.push(...page.incidents);
  }
  if (signal.aborted || !found.length) return;
  const rows = new Map(state.rows.peek());
  // What an act of ours has told in the meantime is newer.
  const fresh = found.filter((row) => !rows.has(keyOf(row)));
  for (const row of fresh) rows.set(keyOf(row), row);
  batch(() => {
    state.rows.value = rows;
    state.order.value = [...state.order.peek(), ...new Set(fresh.map(keyOf))];
  });
}

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
    const listable = matched <= MOST && state.matched.peek() > MOST;
    batch(() => {
      state.tally.value = here.tally.state;
      state.all.value = everything.matched;
      state.matched.value = matched;
    });
    // They were too many to be listed whole, and are no longer.
    if (listable) void readBoard();
  } catch {
    // The counts stay as they were; the connection's chip says why.
  }
}

const TALLY_MS = 400;
let tallyTimer = 0;

function countSoon(): void {
  // Not put off by the next change: under many of them the counts still move.
  if (tallyTimer) return;
  tallyTimer = window.setTimeout(() => {
    tallyTimer = 0;
    void readTally();
  }, TALLY_MS);
}

/** Whether the list may be put in order at once: nobody reads a particular row. */
let atTop = true;
export function readingFromTop(yes: boolean): void {
  atTop = yes;
  if (yes) settle();
}

function free(): boolean {
  return state.selected.peek() === null && atTop;
}

/** Put the list in order: what is new comes in, what has left goes. */
export function arrange(): void {
  const at = serverNow();
  const { behind, gone, rows } = state;
  const kept = new Map([...rows.peek()].filter(([key]) => !gone.peek().has(key) || key === state.selected.peek()));
  const stay = [...kept].filter(([, row]) => matches(row, state.filters.peek(), state.tab.peek(), at));
  const ordered = stay.sort(([, a], [, b]) => morePressing(a, b)).map(([key]) => key);
  batch(() => {
    rows.value = kept;
    behind.value = new Set();
    gone.value = new Set([...gone.peek()].filter((key) => kept.has(key)));
    const struck = [...gone.peek()].filter((key) => !ordered.includes(key));
    state.order.value = struck.length ? held(ordered, struck) : ordered;
  });
}

/** Keep struck rows where they stand among those that are left. */
function held(ordered: string[], struck: string[]): string[] {
  const before = state.order.peek();
  const next = [...ordered];
  for (const key of struck) next.splice(Math.min(next.length, Math.max(0, before.indexOf(key))), 0, key);
  return next;
}

/** Rows that have left go once the selection is elsewhere; the others do not move. */
export function sweep(): void {
  const away = [...state.gone.peek()].filter((key) => key !== state.selected.peek());
  if (!away.length) return;
  const rows = new Map(state.rows.peek());
  for (const key of away) rows.delete(key);
  batch(() => {
    state.rows.value = rows;
    state.gone.value = new Set([...state.gone.peek()].filter((key) => !away.includes(key)));
    state.order.value = state.order.peek().filter((key) => !away.includes(key));
  });
}

/** After a change: order at once where nobody reads, else leave everything where it stands. */
export function settle(): void {
  if (free()) arrange();
}

function tint(key: string): void {
  state.changed.value = new Set([...state.changed.peek(), key]);
  setTimeout(() => {
    state.changed.value = new Set([...state.changed.peek()].filter((each) => each !== key));
  }, TINT_MS);
}

/** Take in a row that the stream or an act of ours has told. */
export function put(row: api.IncidentRow): void {
  const key = keyOf(row);
  const before = state.rows.peek().get(key);
  const belongs = matches(row, state.filters.peek(), state.tab.peek(), now.peek());
  if (!before && !belongs) {
    countSoon();
    return;
  }
  batch(() => {
    state.rows.value = new Map(state.rows.peek()).set(key, row);
    const away = new Set(state.gone.peek());
    if (belongs) away.delete(key);
    else away.add(key);
    state.gone.value = away;
    if (!before) {
      state.behind.value = new Set([...state.behind.peek(), key]);
      const place = row.place ? pick(row.place) : "";
      state.polite.value = t("desk.arrived", { name: nameOf(row), place });
    } else {
      if (!belongs && state.behind.peek().has(key)) {
        state.behind.value = new Set([...state.behind.peek()].filter((each) => each !== key));
      }
      tint(key);
    }
    settle();
  });
  countSoon();
}

/** An incident is no longer told to us. */
export function drop(key: string): void {
  if (!state.rows.peek().has(key)) return;
  batch(() => {
    state.gone.value = new Set([...state.gone.peek(), key]);
    settle();
  });
  countSoon();
}

/** Show what is new: the order is applied, and the list starts at its top. */
export function showNew(): void {
  arrange();
  document.getElementById("list")?.scrollTo({ top: 0 });
}
