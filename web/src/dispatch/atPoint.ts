/** The incidents of one point that was clicked: on legs around it, or in a list where they are too many for that.
 *
 * They follow the board: who leaves it leaves them, and who comes to the point joins them. */

import { batch, computed, effect, signal } from "@preact/signals";
import type { Map as MapLibre } from "maplibre-gl";
import { session } from "../shared/account";
import * as api from "../shared/api";
import { legsAt, MOST_LEGS } from "../shared/map/legs";
import { known } from "../shared/remote";
import { problemOf } from "../shared/ui/parts";
import { now, serverNow } from "./clock";
import { keyOf, matches, morePressing } from "./filter";
import { onTold } from "./live";
import { markOf } from "./marks";
import { say } from "./said";
import * as state from "./state";

interface Point {
  at: [number, number];
  /** Which rows of the page stand there; null where the server told them. */
  holds: ((row: api.IncidentRow) => boolean) | null;
  told: readonly api.IncidentRow[];
  total: number;
}

const point = signal<Point | null>(null);
let asking = new AbortController();

/** Close it, and want no answer that is still on its way. */
export function closePoint(): void {
  asking.abort();
  point.value = null;
}

/** Open those of the page that stand at a place. */
export function openRows(at: [number, number], holds: (row: api.IncidentRow) => boolean): void {
  closePoint();
  point.value = { at, holds, told: [], total: 0 };
}

/** Open those that the server tells of a place, unless something else has been opened or closed meanwhile. */
export async function openTold(
  at: [number, number],
  read: (stop: AbortSignal) => Promise<[api.IncidentRow[], number]>,
): Promise<void> {
  closePoint();
  asking = new AbortController();
  const mine = asking.signal;
  try {
    const [told, total] = await read(mine);
    if (!mine.aborted) point.value = { at, holds: null, told, total };
  } catch (error) {
    if (!mine.aborted) say(problemOf(api.Failure.of(error)).title);
  }
}

const present = computed(() => {
  const open = point.value;
  if (!open) return null;
  const [board, gone] = [state.rows.value, state.gone.value];
  if (open.holds === null) {
    const rows = open.told.flatMap((row) => (gone.has(keyOf(row)) ? [] : (board.get(keyOf(row)) ?? row)));
    return { ...open, rows, total: open.total - (open.told.length - rows.length) };
  }
  const rows = [...board.values()].filter((row) => !gone.has(keyOf(row)) && open.holds?.(row));
  return { ...open, rows: rows.sort(morePressing), total: rows.length };
});

/** A row that the server told and the page does not list changes, or leaves. */
function hear(key: string, row: api.IncidentRow | undefined): void {
  const open = point.peek();
  if (!open?.told.some((each) => keyOf(each) === key)) return;
  const stays = row && matches(row, state.filters.peek(), state.tab.peek(), serverNow());
  const told = open.told.flatMap((each) => (keyOf(each) !== key ? each : stays ? row : []));
  point.value = { ...open, told, total: open.total - (open.told.length - told.length) };
}

/** What one account opened is not another's. */
const whose = computed(() => (state.nobody.value ? null : (known(session.value)?.account ?? null)));

/** Keep legs and list true. */
export function followPoint(on: MapLibre): void {
  onTold(({ district, code, incident }) => hear(`${district}/${code}`, incident));
  // the legs are as long as the screen says: another zoom has none, nor those that an answer would bring
  on.on("zoomstart", () => {
    if (!state.here.peek()) closePoint();
  });
  effect(() => {
    state.filters.value;
    state.tab.value;
    whose.value;
    closePoint();
  });
  effect(() => {
    const found = present.value;
    batch(() => {
      const listed = found && found.total > MOST_LEGS;
      state.here.value = listed ? { rows: found.rows, total: found.total } : null;
      if (!found || listed || found.rows.length < 2) {
        state.spread.value = null;
        return;
      }
      const marks = found.rows.map((row) => markOf(row, now.peek()));
      state.spread.value = { keys: found.rows.map(keyOf), drawn: legsAt(on, found.at, marks) };
    });
  });
}
