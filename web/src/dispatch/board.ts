/** The board as it is shown: what is told goes into it without moving anything under the reader. */

import { batch } from "@preact/signals";
import type * as api from "../shared/api";
import { nameOf, pick, t } from "../shared/language";
import { now, serverNow } from "./clock";
import { keyOf, matches, morePressing } from "./filter";
import * as state from "./state";
import { countSoon, MOST } from "./tally";

const TINT_MS = 1200;

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
  if (state.boardOther.peek()) return; // the rows of the present filter are on their way
  const at = serverNow();
  const { behind, gone, rows } = state;
  const kept = new Map([...rows.peek()].filter(([key]) => !gone.peek().has(key) || key === state.selected.peek()));
  const stay = [...kept].filter(([, row]) => matches(row, state.filters.peek(), state.tab.peek(), at));
  const all = stay.sort(([, a], [, b]) => morePressing(a, b)).map(([key]) => key);
  const ordered = all.filter((key, at) => at < MOST || key === state.selected.peek());
  for (const key of all.slice(MOST)) if (key !== state.selected.peek()) kept.delete(key);
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

/** Whether a row lies behind all that are listed, where not all are. */
function isBeyond(row: api.IncidentRow): boolean {
  const last = state.rows.peek().get(state.order.peek().at(-1) ?? "");
  return state.matched.peek() > MOST && last !== undefined && morePressing(row, last) > 0;
}

/** Take in a row that the stream has told, and what was done. */
export function put(row: api.IncidentRow, act: string | null): void {
  const key = keyOf(row);
  const before = state.rows.peek().get(key);
  const belongs = matches(row, state.filters.peek(), state.tab.peek(), now.peek());
  if (!before && (!belongs || isBeyond(row))) {
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
      if (act === "report") state.polite.value = t("desk.arrived", { name: nameOf(row), place });
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

/** Take in what was read again of the same filter: what is new waits, what has left is struck. */
export function merge(found: state.Rows): void {
  const before = state.rows.peek();
  const left = [...before.keys()].filter((key) => !found.has(key));
  const came = [...found.keys()].filter((key) => !before.has(key));
  batch(() => {
    state.rows.value = new Map([...before, ...found]);
    state.gone.value = new Set(left);
    state.behind.value = new Set([...state.behind.peek(), ...came].filter((key) => found.has(key)));
    settle();
  });
}

/** What the time alone has taken out of a filter by the clock leaves. */
export function leaveByTime(): void {
  const at = now.peek();
  const stays = (row: api.IncidentRow): boolean => matches(row, state.filters.peek(), state.tab.peek(), at);
  const left = [...state.rows.peek()].filter(([key, row]) => !state.gone.peek().has(key) && !stays(row));
  if (!left.length) return;
  const keys = new Set(left.map(([key]) => key));
  batch(() => {
    state.gone.value = new Set([...state.gone.peek(), ...keys]);
    state.behind.value = new Set([...state.behind.peek()].filter((key) => !keys.has(key)));
    settle();
  });
  countSoon();
}

/** Forget every row: they are nobody's, or another's. */
export function clear(): void {
  batch(() => {
    state.rows.value = new Map();
    state.order.value = [];
    state.behind.value = new Set();
    state.gone.value = new Set();
    state.matched.value = 0;
    state.tally.value = {};
    state.escalatedTo.value = {};
    state.here.value = null;
    state.spread.value = null;
  });
}

/** Show what is new: the order is applied, and the list starts at its top. */
export function showNew(): void {
  arrange();
  document.getElementById("list")?.scrollTo({ top: 0 });
}
