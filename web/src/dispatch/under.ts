/** What lies under a pixel of the map: marks of incidents, clusters of them, and the ends of spread legs. */

import type { Map as MapLibre } from "maplibre-gl";
import type * as api from "../shared/api";
import { nearestLeg } from "../shared/map/legs";
import type { Over } from "./drag";
import { RESPONDERS } from "./nearMap";
import { PEOPLE } from "./onDutyMap";
import { CLUSTERS, MARKERS, SELECTED } from "./source";
import * as state from "./state";

const HIT_PX = 8;
/** Half of a disc, and half of what a finger needs. */
const [DISC_PX, FINGER_PX] = [12, 22];

export interface Under {
  key: string | null;
  cluster: { bbox: api.Box; path: string | null; zoom: number } | null;
  at: [number, number];
}

/** What stands under a pixel, nearest first. */
export function under(from: MapLibre, point: { x: number; y: number }): Under[] {
  const names = [MARKERS, CLUSTERS, SELECTED].filter((id) => from.getLayer(id));
  if (!names.length) return [];
  const reach: [[number, number], [number, number]] = [
    [point.x - HIT_PX, point.y - HIT_PX],
    [point.x + HIT_PX, point.y + HIT_PX],
  ];
  const found = from.queryRenderedFeatures(reach, { layers: names }).flatMap(({ geometry, properties }): Under[] => {
    if (geometry.type !== "Point") return [];
    const at: [number, number] = [geometry.coordinates[0] ?? 0, geometry.coordinates[1] ?? 0];
    const { key, west, south, east, north, path, zoom } = properties;
    if (key !== undefined) return [{ key: String(key), cluster: null, at }];
    return [{ key: null, cluster: { bbox: [west, south, east, north], path: path ?? null, zoom }, at }];
  });
  const away = (each: Under): number => from.project(each.at).dist(from.project(from.unproject([point.x, point.y])));
  return found.sort((a, b) => away(a) - away(b));
}

export function legAt(from: MapLibre, point: { x: number; y: number }): string | null {
  const spread = state.spread.peek();
  const leg = spread ? nearestLeg(from, spread.drawn, spread.keys.length, point) : null;
  return leg === null ? null : (spread?.keys[leg] ?? null);
}

/** The account of somebody whose disc lies under a pixel, or under a finger there. */
export function personAt(from: MapLibre, { x, y }: { x: number; y: number }, by?: Event): string | null {
  const layers = [RESPONDERS, PEOPLE].filter((id) => from.getLayer(id));
  if (!layers.length) return null;
  const px = by instanceof PointerEvent && by.pointerType === "touch" ? FINGER_PX : DISC_PX;
  const reach: [[number, number], [number, number]] = [
    [x - px, y - px],
    [x + px, y + px],
  ];
  const [found] = from.queryRenderedFeatures(reach, { layers });
  return found ? String(found.properties["account"]) : null;
}

/** What somebody in the hand is held over. */
export function overOf(from: MapLibre, point: { x: number; y: number }): Over {
  const leg = legAt(from, point);
  const [first] = under(from, point);
  if (leg) return { key: leg, at: null };
  return first ? (first.key === null ? "cluster" : { key: first.key, at: first.at }) : null;
}
