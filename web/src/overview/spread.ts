/** Markers that share one point spread on short legs when they are clicked, at most twelve; more become a list. */

import { batch } from "@preact/signals";
import type { MapGeoJSONFeature, Map as MapLibre } from "maplibre-gl";
import { symbolSheet } from "../shared/map/symbols";
import { theme } from "../shared/theme";
import { positionOf, rowOf } from "./features";
import { symbolNames } from "./kinds";
import { openRight, sheets } from "./panels";
import * as state from "./state";

const MOST_LEGS = 12;
/** How near to each other, in pixels, markers count as one point. */
const ONE_POINT_PX = 4;
const LEG_PX = 38;
const LONG_LEG_PX = 58;
const CROWDED = 7;
/** Half of a marker's target. */
const HIT_PX = 16;

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
  const centre = map.project([first.lon, first.lat]);
  const leg = rows.length < CROWDED ? LEG_PX : LONG_LEG_PX;
  const at = [first.lon, first.lat];
  const features = rows.flatMap((row, index): GeoJSON.Feature[] => {
    const angle = (2 * Math.PI * index) / rows.length - Math.PI / 2;
    const end = map.unproject([centre.x + leg * Math.cos(angle), centre.y + leg * Math.sin(angle)]).toArray();
    const symbol = symbolNames(row.collection, row.properties).find((name) => known[name]) ?? "";
    return [
      {
        type: "Feature",
        properties: {},
        geometry: { type: "LineString", coordinates: [at, end] },
      },
      { type: "Feature", properties: { index, symbol }, geometry: { type: "Point", coordinates: end } },
    ];
  });
  features.unshift({ type: "Feature", properties: { hub: true }, geometry: { type: "Point", coordinates: at } });
  state.spread.value = { rows, drawn: { type: "FeatureCollection", features } };
}

/** Where the leg of a feature ends, while it stands on one. */
export function endOf(code: string): [number, number] | null {
  const now = state.spread.peek();
  const index = now?.rows.findIndex((row) => row.code === code) ?? -1;
  const end = now?.drawn.features.find((each) => each.properties?.["index"] === index)?.geometry;
  return end?.type === "Point" ? [end.coordinates[0] ?? 0, end.coordinates[1] ?? 0] : null;
}

/** The row whose leg ends nearest to a pixel, within a marker's reach; asks the geometry, so it need not be drawn yet. */
export function legAt(map: MapLibre, at: { x: number; y: number }): state.InView | null {
  let nearest: state.InView | null = null;
  let reach = HIT_PX;
  for (const row of state.spread.peek()?.rows ?? []) {
    const end = endOf(row.code);
    if (!end) continue;
    const { x, y } = map.project(end);
    const distance = Math.hypot(x - at.x, y - at.y);
    if (distance <= reach) {
      nearest = row;
      reach = distance;
    }
  }
  return nearest;
}
