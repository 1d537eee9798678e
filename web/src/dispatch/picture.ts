/** What the map draws of the incidents: gathered in the page, or by the server where there are too many for it. */

import { computed, effect, signal } from "@preact/signals";
import * as api from "../shared/api";
import { comebacks } from "../shared/connection";
import { theMap } from "./camera";
import { queryOf } from "./filter";
import { type Gathered, gather, heatOf } from "./gather";
import { onTold } from "./live";
import * as state from "./state";
import { TABS } from "./tabs";
import { MOST } from "./tally";
import { boxAround } from "./view";

/** Beyond each edge of the map so much of its width is asked for too, so that a small pan asks nothing. */
const SPARE = 0.3;
/** After a change so long until the clusters are asked for anew. */
const AFTER_MS = 400;
const AGAIN_MS = 1500;

/** There are more than the page reads: the server gathers them. */
export const tooMany = computed(() => state.matched.value > MOST);
export const heatOn = computed(() => state.switched.value.get(state.HEAT) ?? false);
/** What the server gathered last; kept while it is asked again. */
export const told = signal<api.IncidentClusters | null>(null);

interface Asked {
  query: string;
  zoom: number;
  box: api.Box;
}

let asked: Asked | null = null;
let asking = new AbortController();
let timer = 0;

export function zoomNow(): number {
  return Math.max(0, Math.min(22, Math.round(theMap()?.getZoom() ?? state.camera.peek()?.zoom ?? 0)));
}

/** What the map shows, or will show once it is there; null where that is not known yet. */
function inView(): api.Box | null {
  const bounds = theMap()?.getBounds();
  if (bounds) return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const camera = state.camera.peek();
  const pane = document.getElementById("map")?.getBoundingClientRect();
  return camera && pane?.width ? boxAround(camera, pane.width, pane.height) : null;
}

function viewport(spare: number): api.Box | null {
  const box = inView();
  if (!box) return null;
  const [west, south, east, north] = box;
  const [width, height] = [east - west, north - south];
  return [
    Math.max(-180, west - spare * width),
    Math.max(-85, south - spare * height),
    Math.min(180, east + spare * width),
    Math.min(85, north + spare * height),
  ];
}

function holds(outer: api.Box, inner: api.Box): boolean {
  return outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];
}

/** Ask the server for what is in view, unless the last answer still covers it. */
async function read(anew: boolean): Promise<void> {
  if (!tooMany.peek()) return;
  const [seen, box, zoom] = [viewport(0), viewport(SPARE), zoomNow()];
  if (!seen || !box) return;
  const wanted = { ...queryOf(state.filters.peek(), TABS[state.tab.peek()]), heat: heatOn.peek() ? "true" : null };
  const query = JSON.stringify(wanted);
  if (!anew && asked && asked.query === query && asked.zoom === zoom && holds(asked.box, seen)) return;
  asking.abort();
  asking = new AbortController();
  const mine = asking;
  asked = { query, zoom, box };
  state.gathering.value = true;
  try {
    const found = await api.clusters({ ...wanted, zoom, bbox: box.join(",") }, mine.signal);
    if (!mine.signal.aborted) told.value = found;
  } catch {
    // The picture stays; the connection's chip says why, and it is asked again when the server is back.
    if (!mine.signal.aborted) asked = null;
  }
  if (!mine.signal.aborted) state.gathering.value = false;
}

/** Ask soon; not put off by the next change, so that under many of them the picture still changes. */
function readSoon(): void {
  if (timer || !tooMany.peek()) return;
  timer = window.setTimeout(
    () => {
      timer = 0;
      void read(true);
    },
    (told.peek()?.matched ?? 0) > 20_000 ? AGAIN_MS : AFTER_MS,
  );
}

/** The map shows another part: what was not asked for is. */
export function moved(): void {
  void read(false);
}

/** Somebody, or the first look at what is listed, has said where the map looks. */
const placed = computed(() => state.camera.value !== null);

/** Keep the clusters of the server in step with the map, which they do not wait for, the filter and what happens. */
export function follow(): void {
  onTold(readSoon);
  effect(() => {
    state.rows.value;
    if (!tooMany.value) {
      asking.abort();
      state.gathering.value = false;
      asked = null;
      told.value = null;
    }
  });
  effect(() => {
    state.filters.value;
    state.tab.value;
    comebacks.value;
    heatOn.value;
    placed.value;
    // how many there are of another filter, so whether they are gathered here or there, its first rows tell
    if (!state.boardOther.value && tooMany.value) void read(false);
  });
}

/** What stands on the map. */
export function drawn(at: number): Gathered & { heat: number[][]; zoom: number } {
  const server = told.peek();
  if (tooMany.peek() && server) {
    return { clusters: server.clusters, alone: server.incidents, heat: server.heat ?? [], zoom: server.zoom };
  }
  const zoom = zoomNow();
  const rows = [...state.rows.peek()].filter(([key]) => !state.gone.peek().has(key)).map(([, row]) => row);
  return { ...gather(rows, zoom, at), heat: heatOn.peek() ? heatOf(rows, zoom) : [], zoom };
}

/** The rows of a place, the most pressing first, and how many there are. */
export async function rowsAt(
  bbox: api.Box,
  path: string | null,
  most: number,
  stop: AbortSignal,
): Promise<[api.IncidentRow[], number]> {
  const filters = state.filters.peek();
  const area = path !== null && path.length > (filters.area?.length ?? 0) ? path : filters.area;
  const asked_ = { ...queryOf({ ...filters, area }, TABS[state.tab.peek()]), bbox: bbox.join(","), limit: most };
  const found = await api.board(asked_, stop);
  return [found.incidents, found.matched];
}
