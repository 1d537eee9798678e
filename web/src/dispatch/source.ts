/** The incidents as a source of the map, made from the same rows as the list; near ones gather in clusters. */

import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from "maplibre-gl";
import { markOf } from "./marks";
import * as state from "./state";

export const DESK = "desk";
export const MARKERS = "desk-markers";
export const CLUSTERS = "desk-clusters";
const CLUSTER_PX = 40;
const CLUSTER_TO_ZOOM = 16;

/** The rows that stand on the map: those of the list and those that wait behind the bar. */
export function placed(at: number): GeoJSON.FeatureCollection {
  const features: GeoJSON.Feature[] = [];
  for (const [key, row] of state.rows.value) {
    if (row.lon === null || row.lat === null || state.gone.value.has(key)) continue;
    const mark = markOf(row, at);
    features.push({
      type: "Feature",
      properties: { key, mark, priority: row.priority ?? 4, over: mark.endsWith("/over") ? 1 : 0 },
      geometry: { type: "Point", coordinates: [row.lon, row.lat] },
    });
  }
  return { type: "FeatureCollection", features };
}

const PRIORITIES = [1, 2, 3, 4];

export function source(data: GeoJSON.FeatureCollection): SourceSpecification {
  const counted = PRIORITIES.map((priority): [string, ExpressionSpecification] => [
    `p${priority}`,
    ["+", ["case", ["==", ["get", "priority"], priority], 1, 0]],
  ]);
  return {
    type: "geojson",
    data,
    cluster: true,
    clusterRadius: CLUSTER_PX,
    clusterMaxZoom: CLUSTER_TO_ZOOM,
    clusterProperties: { ...Object.fromEntries(counted), over: ["+", ["get", "over"]] },
  };
}

/** The image of a cluster, named by where the share of each priority ends, in sixteenths. */
function clusterImage(): ExpressionSpecification {
  const sums = PRIORITIES.map((_, index): ExpressionSpecification => {
    const terms = PRIORITIES.slice(0, index + 1).map((each): ExpressionSpecification => ["get", `p${each}`]);
    return ["+", 0, ...terms] as ExpressionSpecification;
  });
  const ends = sums.map(
    (sum): ExpressionSpecification => ["to-string", ["round", ["*", 16, ["/", sum, ["get", "point_count"]]]]],
  );
  const joined = ends.flatMap((end, index): (ExpressionSpecification | string)[] => (index ? [".", end] : [end]));
  return ["concat", "cluster/", ...joined, "/", ["case", [">", ["get", "over"], 0], "over", ""]];
}

/** `token` gives colours of the theme. */
export function layers(token: (name: string) => string): LayerSpecification[] {
  const font = ["Noto Sans SC SemiBold"];
  const steady = { "icon-allow-overlap": true, "icon-ignore-placement": false } as const;
  return [
    {
      id: CLUSTERS,
      type: "symbol",
      source: DESK,
      filter: ["has", "point_count"],
      layout: {
        ...steady,
        "icon-image": clusterImage(),
        "text-field": ["get", "point_count_abbreviated"],
        "text-font": font,
        "text-size": 13,
        "text-allow-overlap": true,
      },
      paint: { "text-color": token("--text-1") },
    },
    {
      id: `${CLUSTERS}-overdue`,
      type: "symbol",
      source: DESK,
      filter: ["all", ["has", "point_count"], [">", ["get", "over"], 0]],
      layout: {
        "text-field": ["to-string", ["get", "over"]],
        "text-font": font,
        "text-size": 10,
        "text-offset": [1.3, -1.3],
        "text-allow-overlap": true,
      },
      paint: { "text-color": token("--map-halo") },
    },
    {
      id: MARKERS,
      type: "symbol",
      source: DESK,
      filter: ["!", ["has", "point_count"]],
      layout: { ...steady, "icon-image": ["get", "mark"], "symbol-sort-key": ["-", 9, ["get", "priority"]] },
    },
  ];
}
