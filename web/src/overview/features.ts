/** What the map has drawn, asked back from it: under the pointer, and in view. Display only; ownership is the server's. */

import type { MapGeoJSONFeature, Map as MapLibre, PointLike } from "maplibre-gl";
import type { LayerInfo } from "../shared/api";
import { AREA_LEVELS } from "../shared/map/style";
import { known } from "../shared/remote";
import * as state from "./state";

/** The switch that a style layer belongs to. */
export function layerOf(styleLayer: string): LayerInfo | null {
  return (known(state.layers.peek()) ?? []).find((layer) => layer.style_layers.includes(styleLayer)) ?? null;
}

const AREA_LAYERS = new Set<string>(AREA_LEVELS);
const HIT_PIXELS = 6;

interface Point {
  x: number;
  y: number;
}

/** The style layers of point features that may be clicked. */
function clickable(map: MapLibre): string[] {
  const visible = state.visibleLayers.peek();
  return (known(state.layers.peek()) ?? [])
    .filter((layer) => visible.has(layer.id))
    .flatMap((layer) => layer.style_layers)
    .filter((id) => {
      const type = map.getLayer(id)?.type;
      return type === "symbol" || type === "circle";
    });
}

function isThing(feature: MapGeoJSONFeature): boolean {
  const carries = feature.properties["code"] !== undefined || Number(feature.properties["count"]) > 1;
  const source = feature.sourceLayer ?? "";
  const named = AREA_LAYERS.has(source) || source.endsWith("_labels") || source === "ground";
  return feature.geometry.type === "Point" && carries && !named;
}

/** Point features under a pixel, nearest first. */
export function thingsAt(map: MapLibre, at: Point): MapGeoJSONFeature[] {
  const box: [PointLike, PointLike] = [
    [at.x - HIT_PIXELS, at.y - HIT_PIXELS],
    [at.x + HIT_PIXELS, at.y + HIT_PIXELS],
  ];
  const layers = clickable(map);
  if (!layers.length) return [];
  const away = (feature: MapGeoJSONFeature): number => {
    if (feature.geometry.type !== "Point") return Number.POSITIVE_INFINITY;
    const [lon = 0, lat = 0] = feature.geometry.coordinates;
    const point = map.project([lon, lat]);
    return Math.hypot(point.x - at.x, point.y - at.y);
  };
  return map
    .queryRenderedFeatures(box, { layers })
    .filter(isThing)
    .sort((a, b) => away(a) - away(b));
}

/** The areas under a pixel, from the top level down. */
export function ownersAt(map: MapLibre, at: Point): state.Under[] {
  const layers = AREA_LEVELS.map((level) => `question-${level}`).filter((id) => map.getLayer(id));
  if (!layers.length) return [];
  const found = map.queryRenderedFeatures([at.x, at.y], { layers });
  return AREA_LEVELS.flatMap((level) => {
    const feature = found.find((each) => each.sourceLayer === level);
    if (!feature) return [];
    const text = (name: string): string => String(feature.properties[name] ?? "");
    const [code, district] = [text("code"), text("district")];
    return [{ level, code, district, name: text("name"), name_en: text("name_en") }];
  }).filter((owner) => owner.name);
}

export function positionOf(feature: MapGeoJSONFeature): [number, number] | null {
  const { geometry } = feature;
  return geometry.type === "Point" ? [geometry.coordinates[0] ?? 0, geometry.coordinates[1] ?? 0] : null;
}

/** A point feature of the map as a row of a table. */
export function rowOf(feature: MapGeoJSONFeature, [lon, lat]: [number, number]): state.InView {
  const { properties } = feature;
  return {
    collection: feature.sourceLayer ?? "",
    code: String(properties["code"] ?? `${lon.toFixed(5)},${lat.toFixed(5)}`),
    name: (properties["name"] as string | undefined) ?? null,
    name_en: (properties["name_en"] as string | undefined) ?? null,
    properties,
    count: Number(properties["count"] ?? 1),
    lon,
    lat,
  };
}

const MOST_ROWS = 200;

/** List the features in view for the table and count them for the live region. */
export function readView(map: MapLibre): void {
  const layers = clickable(map);
  const rows = new Map<string, state.InView>();
  let more = 0;
  for (const feature of layers.length ? map.queryRenderedFeatures({ layers }) : []) {
    const position = positionOf(feature);
    if (!position || !isThing(feature)) continue;
    const row = rowOf(feature, position);
    const key = `${row.collection}/${row.code}`;
    if (rows.has(key)) continue;
    if (rows.size < MOST_ROWS) rows.set(key, row);
    else more += 1;
  }
  const order = [...rows.values()].sort(
    (a, b) => a.collection.localeCompare(b.collection) || a.code.localeCompare(b.code),
  );
  state.inView.value = { rows: order, more };
}
