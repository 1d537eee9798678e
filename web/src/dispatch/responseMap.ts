/** Responses on the map: hatched where they are on, with an amber edge and their day, and the shape in the hand. */

import { effect, signal } from "@preact/signals";
import type { GeoJSONSource, LayerSpecification, Map as MapLibre, SourceSpecification } from "maplibre-gl";
import { NOTHING } from "../shared/map/style";
import { now } from "./clock";
import { dayOf, labelAt } from "./responseShape";
import { active, keyOf, looked, titleOf } from "./responses";
import * as state from "./state";

export const RESPONSES = "responses";
const DRAFT = "response-draft";
export const HATCH = "response-hatch";

/** What is on, each with the point of its label. */
export function responsesDrawn(): GeoJSON.FeatureCollection {
  const features = active.value.flatMap((one): GeoJSON.Feature[] => {
    const at = labelAt(one.geometry);
    const properties = {
      key: keyOf(one),
      text: titleOf(one, now.peek()),
      looked: state.responsesOpen.value && keyOf(one) === looked.value,
    };
    const shape = one.geometry as unknown as GeoJSON.Geometry;
    const label: GeoJSON.Feature[] = at
      ? [{ type: "Feature", properties, geometry: { type: "Point", coordinates: at } }]
      : [];
    return [{ type: "Feature", properties, geometry: shape }, ...label];
  });
  return { type: "FeatureCollection", features };
}

/** The shape that is being chosen. */
export const draftDrawn = signal<GeoJSON.FeatureCollection>(NOTHING);

export function responseSources(): Record<string, SourceSpecification> {
  return {
    [RESPONSES]: { type: "geojson", data: responsesDrawn() },
    [DRAFT]: { type: "geojson", data: draftDrawn.peek() },
  };
}

const POLYGON: ["==", ["geometry-type"], string] = ["==", ["geometry-type"], "Polygon"];
const POINT: ["==", ["geometry-type"], string] = ["==", ["geometry-type"], "Point"];
const of = (what: string): ["==", ["get", string], string] => ["==", ["get", "what"], what];

/** `token` gives colours of the theme. */
export function responseLayers(token: (name: string) => string): LayerSpecification[] {
  const round = { "line-join": "round", "line-cap": "round" } as const;
  const [amber, halo] = [token("--warn"), token("--map-halo")];
  return [
    { id: HATCH, type: "fill", source: RESPONSES, filter: POLYGON, paint: { "fill-pattern": "hatch-response" } },
    {
      id: "response-halo",
      type: "line",
      source: RESPONSES,
      filter: POLYGON,
      layout: round,
      paint: { "line-color": halo, "line-width": 5, "line-opacity": 0.75 },
    },
    {
      id: "response-edge",
      type: "line",
      source: RESPONSES,
      filter: POLYGON,
      layout: round,
      paint: { "line-color": amber, "line-width": ["case", ["get", "looked"], 3, 2] },
    },
    {
      id: "response-label",
      type: "symbol",
      source: RESPONSES,
      filter: POINT,
      layout: {
        "text-field": ["get", "text"],
        "text-font": ["Noto Sans SC SemiBold"],
        "text-size": 13,
        "text-anchor": "bottom",
        "text-max-width": 30,
        "text-offset": [0, -0.4],
        // labels of areas make room for it
        "text-allow-overlap": true,
      },
      paint: { "text-color": amber, "text-halo-color": halo, "text-halo-width": 2.5 },
    },
    {
      id: "draft-hatch",
      type: "fill",
      source: DRAFT,
      filter: of("shape"),
      paint: { "fill-pattern": "hatch-response" },
    },
    {
      id: "draft-edge",
      type: "line",
      source: DRAFT,
      filter: ["in", ["get", "what"], ["literal", ["shape", "hand"]]],
      layout: round,
      paint: { "line-color": amber, "line-width": 2, "line-dasharray": [3, 2] },
    },
    {
      id: "draft-vertex",
      type: "circle",
      source: DRAFT,
      filter: of("vertex"),
      paint: {
        "circle-radius": 4.5,
        "circle-color": token("--surface-1"),
        "circle-stroke-color": amber,
        "circle-stroke-width": 2,
      },
    },
  ];
}

const EDGE_PX = 6;

/** The response whose edge or label lies under a pixel, or whose hatch does while no incident is worked on. */
export function responseAt(from: MapLibre, { x, y }: { x: number; y: number }): string | null {
  const names = ["response-label", "response-edge", ...(state.selected.peek() === null ? [HATCH] : [])];
  const reach: [[number, number], [number, number]] = [
    [x - EDGE_PX, y - EDGE_PX],
    [x + EDGE_PX, y + EDGE_PX],
  ];
  const [found] = from.queryRenderedFeatures(reach, { layers: names.filter((id) => from.getLayer(id)) });
  return found ? String(found.properties["key"]) : null;
}

/** Keep the map true to what is on, to the day, and to the shape in the hand. */
export function followResponseMap(on: MapLibre): void {
  const draw = (): void => on.getSource<GeoJSONSource>(RESPONSES)?.setData(responsesDrawn()) as undefined;
  const drawDraft = (): void => on.getSource<GeoJSONSource>(DRAFT)?.setData(draftDrawn.peek()) as undefined;
  on.on("style.load", () => {
    draw();
    drawDraft();
  });
  let days = "";
  effect(() => {
    const at = now.value;
    const next = active.value.map((one) => dayOf(one.opened_at, at)).join();
    if (next === days) return;
    days = next;
    queueMicrotask(draw);
  });
  effect(() => {
    responsesDrawn();
    draw();
  });
  effect(() => {
    draftDrawn.value;
    drawDraft();
  });
}
