/** The incidents as sources of the map: marks and clusters, and the heat beneath the lines. */

import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from "maplibre-gl";
import type { IncidentCluster, IncidentRow } from "../shared/api";
import { keyOf } from "./filter";
import { densest } from "./gather";
import { clusterMark, markOf } from "./marks";
import { drawn } from "./picture";
import * as state from "./state";

export const DESK = "desk";
export const HEAT = "desk-heat";
export const MARKERS = "desk-markers";
export const CLUSTERS = "desk-clusters";
export const SELECTED = "desk-selected";
const HEAT_PX = 28;
/** What a kernel leaves of the densest place, so that it is just the darkest. */
const HEAT_FULL = 4;

export interface Drawing {
  marks: GeoJSON.FeatureCollection;
  heat: GeoJSON.FeatureCollection;
  /** How strong one incident's heat is. */
  intensity: number;
  /** How many incidents that is. */
  incidents: number;
  clusters: IncidentCluster[];
}

function point(lon: number, lat: number, properties: GeoJSON.GeoJsonProperties): GeoJSON.Feature {
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: [lon, lat] } };
}

function short(count: number): string {
  if (count < 10_000) return String(count);
  return `${Math.round(count / 1000)}k`;
}

function single(row: IncidentRow, at: number, more: GeoJSON.GeoJsonProperties = {}): GeoJSON.Feature {
  const told = { key: keyOf(row), mark: markOf(row, at), priority: row.priority ?? 4 };
  return point(row.lon ?? 0, row.lat ?? 0, { ...told, ...more });
}

/** The selected incident, where it is not drawn by itself: its ring holds its mark all the same. */
function selectedOutOf(alone: readonly IncidentRow[]): IncidentRow | null {
  const [row, key] = [state.selectedRow.peek(), state.selected.peek() ?? ""];
  if (row?.lon == null || state.spread.peek()?.keys.includes(key)) return null;
  return alone.some((each) => keyOf(each) === key) ? null : row;
}

/** Make the present picture. */
export function drawing(at: number): Drawing {
  const { clusters, alone, heat, zoom } = drawn(at);
  const marks = alone.map((row) => single(row, at));
  const selected = selectedOutOf(alone);
  if (selected) marks.push(single(selected, at, { selected: true }));
  for (const each of clusters) {
    const { lon, lat, count, overdue, bbox, path } = each;
    const more = { count: short(count), over: overdue ? short(overdue) : "", size: count };
    const [west, south, east, north] = bbox;
    const extent = { west, south, east, north, path, zoom };
    marks.push(point(lon, lat, { cluster: true, mark: clusterMark(each), ...more, ...extent }));
  }
  const cells = heat.map(([lon = 0, lat = 0, count = 1]) => point(lon, lat, { count }));
  return {
    marks: { type: "FeatureCollection", features: marks },
    heat: { type: "FeatureCollection", features: cells },
    intensity: HEAT_FULL / densest(heat, zoom, 2 * HEAT_PX),
    incidents: clusters.reduce((sum, { count }) => sum + count, alone.length),
    clusters,
  };
}

export function sources({ marks, heat }: Drawing): Record<string, SourceSpecification> {
  return { [DESK]: { type: "geojson", data: marks }, [HEAT]: { type: "geojson", data: heat } };
}

/** Weaker to stronger in one hue. */
function ramp(hue: string): ExpressionSpecification {
  const strengths: [number, number][] = [
    [0, 0],
    [0.1, 16],
    [0.4, 42],
    [1, 74],
  ];
  const stops = strengths.flatMap(([density, percent]) => [density, faded(hue, percent)]);
  return ["interpolate", ["linear"], ["heatmap-density"], ...stops] as ExpressionSpecification;
}

function faded(hue: string, percent: number): string {
  const [red, green, blue] = [1, 3, 5].map((from) => Number.parseInt(hue.slice(from, from + 2), 16));
  return `rgba(${red},${green},${blue},${percent / 100})`;
}

/** The heat lies under the lines of the areas. `token` gives colours of the theme. */
export function heatLayer(token: (name: string) => string, intensity: number): LayerSpecification {
  return {
    id: HEAT,
    type: "heatmap",
    source: HEAT,
    paint: {
      "heatmap-weight": ["get", "count"],
      "heatmap-intensity": intensity,
      "heatmap-radius": HEAT_PX,
      "heatmap-color": ramp(token("--heat")),
    },
  };
}

export function layers(token: (name: string) => string): LayerSpecification[] {
  const font = ["Noto Sans SC SemiBold"];
  const steady = { "icon-allow-overlap": true, "icon-ignore-placement": false } as const;
  const gathered = ["has", "cluster"] as ExpressionSpecification;
  const selected = ["has", "selected"] as ExpressionSpecification;
  return [
    {
      id: MARKERS,
      type: "symbol",
      source: DESK,
      filter: ["!", ["any", gathered, selected]],
      layout: { ...steady, "icon-image": ["get", "mark"], "symbol-sort-key": ["-", 9, ["get", "priority"]] },
    },
    {
      id: CLUSTERS,
      type: "symbol",
      source: DESK,
      filter: gathered,
      layout: {
        ...steady,
        "icon-image": ["get", "mark"],
        "text-field": ["get", "count"],
        "text-font": font,
        "text-size": 13,
        "text-allow-overlap": true,
        "symbol-sort-key": ["get", "size"],
      },
      paint: { "text-color": token("--text-1") },
    },
    {
      id: SELECTED,
      type: "symbol",
      source: DESK,
      filter: selected,
      layout: { ...steady, "icon-image": ["get", "mark"] },
    },
  ];
}
