/** Reading the board: the pressing ones first, page by page, and what is shown while that lasts or fails. */

import { batch, effect } from "@preact/signals";
import * as api from "../shared/api";
import { clear, merge } from "./board";
import { setServerTime } from "./clock";
import { keyOf, queryOf } from "./filter";
import * as state from "./state";
import { TABS } from "./tabs";
import { MOST, readTally } from "./tally";

/** What is shown at once, and what follows it in one piece. */
const [FIRST, PAGE] = [100, 500];
/** Pages share so many rows: a row that has left in front of them moves the others, and none may fall between two. */
const OVERLAP = 20;
/** A filter whose rows are not here by then greys those of the one before. */
const LATE_MS = 150;
/** So long at most the rows below the first wait for the map's picture. */
const GATHERED_MS = 500;

type Asked = ReturnType<typeof queryOf>;

let reading = new AbortController();
let late = 0;
/** What the rows that are shown were asked for by. */
let shown = "";

/** Read the incidents of the present filter; returns the event that they hold, null where another reading has begun. */
export async function readBoard(): Promise<number | "failed" | null> {
  reading.abort();
  reading = new AbortController();
  const mine = reading;
  const asked = queryOf(state.filters.peek(), TABS[state.tab.peek()]);
  const wanted = JSON.stringify(asked);
  const same = wanted === shown && state.order.peek().length > 0;
  begin(same);
  try {
    const first = await api.board({ ...asked, limit: same ? PAGE : FIRST }, mine.signal);
    if (mine.signal.aborted) return null;
    setServerTime(first.now);
    if (same) {
      const rows = await readOthers(asked, first, mine.signal);
      if (mine.signal.aborted) return null;
      batch(() => {
        merge(rows);
        succeeded(first);
      });
    } else {
      const rows = rowsOf(first);
      // The pressing ones are shown at once, the others below them as they come.
      batch(() => {
        state.rows.value = rows;
        state.order.value = [...rows.keys()];
        state.behind.value = new Set();
        state.gone.value = new Set();
        succeeded(first);
      });
      shown = wanted;
      await gathered();
      if (mine.signal.aborted) return null;
      void readTally();
      append(await readOthers(asked, first, mine.signal), mine.signal);
    }
    if (mine.signal.aborted) return null;
    state.boardReading.value = false;
    if (same) void readTally();
    return first.event;
  } catch (error) {
    if (mine.signal.aborted) return null;
    const failure = api.Failure.of(error);
    // Who is nobody is told that there is nothing here.
    const who = failure.unknown ? await api.session().catch(() => null) : null;
    if (mine.signal.aborted) return null;
    clearTimeout(late);
    batch(() => {
      state.nobody.value = who !== null && who.account === null;
      state.boardFailure.value = failure;
      state.boardStatus.value = "failed";
      state.boardReading.value = false;
      state.boardOther.value = wanted !== shown;
      state.boardLate.value = wanted !== shown;
      if (state.nobody.peek()) clear();
    });
    return "failed";
  }
}

/** Done once the map's picture of them has come too, which somebody looks at sooner than at the rows far below. */
function gathered(): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, GATHERED_MS);
    const leave = effect(() => {
      if (state.gathering.value) return;
      done();
      queueMicrotask(() => leave());
    });
  });
}

function begin(same: boolean): void {
  clearTimeout(late);
  if (!state.order.peek().length) state.boardStatus.value = "loading";
  state.boardReading.value = true;
  state.boardOther.value = !same;
  if (same) state.boardLate.value = false;
  else
    late = window.setTimeout(() => {
      state.boardLate.value = true;
    }, LATE_MS);
}

function succeeded(first: api.IncidentBoard): void {
  clearTimeout(late);
  state.boardOther.value = false;
  state.boardLate.value = false;
  state.matched.value = first.matched;
  state.boardStatus.value = "ready";
  state.boardFailure.value = null;
  state.nobody.value = false;
  state.heardAt.value = Date.now();
}

function rowsOf({ incidents }: api.IncidentBoard): Map<string, api.IncidentRow> {
  return new Map(incidents.map((row) => [keyOf(row), row]));
}

/** Read what follows the first page, up to as many as are listed; returns all of them, the pressing ones in front. */
async function readOthers(asked: Asked, first: api.IncidentBoard, signal: AbortSignal): Promise<state.Rows> {
  const found = rowsOf(first);
  const back = ({ incidents }: api.IncidentBoard): number => Math.min(OVERLAP, incidents.length >> 1);
  let offset = first.incidents.length;
  let end = Math.min(first.matched, MOST);
  let page = first;
  while (offset < end && found.size < MOST) {
    const from: number = Math.max(0, offset - back(page));
    const next: api.IncidentBoard = await api.board({ ...asked, limit: PAGE, offset: from }, signal);
    const joins = from === 0 || next.event === page.event || next.incidents.some((row) => isKnown(found, row));
    if (!joins) {
      // so many have left that what follows stands further in front
      offset = Math.max(0, from - PAGE);
      continue;
    }
    for (const row of next.incidents) if (!found.has(keyOf(row)) && found.size < MOST) found.set(keyOf(row), row);
    if (!next.incidents.length) break;
    offset = from + next.incidents.length;
    end = Math.min(next.matched, MOST);
    page = next;
  }
  return found;
}

/** Whether a row has been read, and stands where it stood. */
function isKnown(found: state.Rows, row: api.IncidentRow): boolean {
  return found.get(keyOf(row))?.due_at === row.due_at;
}

/** Put what followed the first page below it. */
function append(found: state.Rows, signal: AbortSignal): void {
  const rows = new Map(state.rows.peek());
  // What an act of ours has told in the meantime is newer.
  const fresh = [...found].filter(([key]) => !rows.has(key));
  if (signal.aborted || !fresh.length) return;
  for (const [key, row] of fresh) rows.set(key, row);
  batch(() => {
    state.rows.value = rows;
    state.order.value = [...state.order.peek(), ...fresh.map(([key]) => key)];
  });
}
