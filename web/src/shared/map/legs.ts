/** Markers that share one point, spread on short legs around it. */

import type { Map as MapLibre } from "maplibre-gl";

export const MOST_LEGS = 12;
const LEG_PX = 38;
const LONG_LEG_PX = 58;
const CROWDED = 7;
/** Half of a marker's target. */
const HIT_PX = 16;

/** Draw a hub at a position and a leg to each of some symbols; legs are as long as the screen says. */
export function legsAt(map: MapLibre, at: [number, number], symbols: string[]): GeoJSON.FeatureCollection {
  const centre = map.project(at);
  const leg = symbols.length < CROWDED ? LEG_PX : LONG_LEG_PX;
  const features = symbols.flatMap((symbol, index): GeoJSON.Feature[] => {
    const angle = (2 * Math.PI * index) / symbols.length - Math.PI / 2;
    const end = map.unproject([centre.x + leg * Math.cos(angle), centre.y + leg * Math.sin(angle)]).toArray();
    return [
      { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: [at, end] } },
      { type: "Feature", properties: { index, symbol }, geometry: { type: "Point", coordinates: end } },
    ];
  });
  features.unshift({ type: "Feature", properties: { hub: true }, geometry: { type: "Point", coordinates: at } });
  return { type: "FeatureCollection", features };
}

/** Where the leg of a symbol ends. */
export function endOfLeg(drawn: GeoJSON.FeatureCollection, index: number): [number, number] | null {
  const end = drawn.features.find((each) => each.properties?.["index"] === index)?.geometry;
  return end?.type === "Point" ? [end.coordinates[0] ?? 0, end.coordinates[1] ?? 0] : null;
}

/** The leg that ends nearest to a pixel, within a marker's reach; asks the geometry, so it need not be drawn yet. */
export function nearestLeg(
  map: MapLibre,
  drawn: GeoJSON.FeatureCollection,
  legs: number,
  at: { x: number; y: number },
): number | null {
  let nearest: number | null = null;
  let reach = HIT_PX;
  for (let index = 0; index < legs; index += 1) {
    const end = endOfLeg(drawn, index);
    if (!end) continue;
    const { x, y } = map.project(end);
    const distance = Math.hypot(x - at.x, y - at.y);
    if (distance <= reach) {
      nearest = index;
      reach = distance;
    }
  }
  return nearest;
}
