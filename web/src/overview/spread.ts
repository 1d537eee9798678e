/** Markers that share one point spread on short legs when they are clicked, at most twelve; more become a list. */

import { batch } from "@preact/signals";
import type { MapGeoJSONFeature, Map as MapLibre } from "maplibre-gl";
import { endOfLeg, legsAt, MOST_LEGS, nearestLeg } from "../shared/map/legs";
import { symbolSheet } from "../shared/map/symbols";
import { theme } from "../shared/theme";
import { positionOf, rowOf } from "./features";
import { symbolNames } from "./kinds";
import { openRight, sheets } from "./panels";
import * as state from "./state";

/** How near to each other, in pixels, markers count as one point. */
const ONE_POINT_PX = 4;

/** The features that share the point of the first one, each once. */
export function sharing(map: MapLibre, things: MapGeoJSONFeature[]): state.InView[] {
  const [first] = things;
  const at = first && positionOf(first);
  if (!at) return [];
  const centre = map.project(at);
  const found = new Map<string, state.InView>();
  for (const thing of things) {
    const position = positionOf(thing);
    if (!position || thing.sourceLayer !== first.sourceLayer || Number(thing.properties["count"] ?? 1) > 1) continue;
    if (map.project(position).dist(centre) > ONE_POINT_PX) continue;
    const row = rowOf(thing, position);
    found.set(row.code, row);
  }
  return [...found.values()].sort((a, b) => a.code.localeCompare(b.code));
}

/** Spread them, or list them where there are too many legs to tell apart. */
export async function spread(map: MapLibre, rows: state.InView[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  if (rows.length > MOST_LEGS) {
    batch(() => {
      state.gathered.value = rows;
      state.rightTab.value = "view";
      openRight();
      if (sheets()) state.sheet.value = "view";
    });
    return;
  }
  const known = await symbolSheet(theme.peek()).catch(() => ({}) as Record<string, unknown>);
  const symbols = rows.map((row) => symbolNames(row.collection, row.properties).find((name) => known[name]) ?? "");
  state.spread.value = { rows, drawn: legsAt(map, [first.lon, first.lat], symbols) };
}

/** Where the leg of a feature ends, while it stands on one. */
export function endOf(code: string): [number, number] | null {
  const now = state.spread.peek();
  const index = now?.rows.findIndex((row) => row.code === code) ?? -1;
  return now ? endOfLeg(now.drawn, index) : null;
}

/** The row whose leg ends nearest to a pixel, within a marker's reach. */
export function legAt(map: MapLibre, at: { x: number; y: number }): state.InView | null {
  const now = state.spread.peek();
  const index = now ? nearestLeg(map, now.drawn, now.rows.length, at) : null;
  return index === null ? null : (now?.rows[index] ?? null);
}
