/** Who is near, on the map: their discs, the way of who is chosen, and the sectors of cameras; under incidents. */

import type { LayerSpecification, SourceSpecification } from "maplibre-gl";
import type { SymbolImage } from "../shared/api";
import { NOTHING } from "../shared/map/style";
import { token as colour } from "../shared/theme";
import { ICON_ASIDE, isAt, textAside } from "./aside";
import { chosenWay } from "./candidates";
import { near } from "./near";
import { middle, sector } from "./sectors";
import * as state from "./state";
import { minutes } from "./words";

export const NEAR = "near";
export const RESPONDERS = "near-responders";
const SIZE = 32;
/** Of a shorter way the time would lie on the incident's own mark. */
const TOLD_FROM_M = 60;

/** Everything that is drawn of what is near the selected incident. */
export function nearDrawn(): GeoJSON.FeatureCollection {
  const found = near.value;
  if (!found || !state.selectedRow.value) return NOTHING;
  const chosen = chosenWay.value;
  const rows = [...state.rows.value.values()];
  const features: GeoJSON.Feature[] = [];
  const put = (geometry: GeoJSON.Geometry, properties: GeoJSON.GeoJsonProperties): void => {
    features.push({ type: "Feature", geometry, properties });
  };
  for (const { bearing, field_of_view, range_m, lon, lat, state: condition } of found.cameras) {
    if (bearing === null || field_of_view === null || range_m === null) continue;
    const ring = sector({ lon, lat, bearing, field_of_view, range_m });
    put({ type: "Polygon", coordinates: [ring] }, { what: condition === "online" ? "sees" : "dark" });
  }
  if (chosen?.way) {
    put({ type: "LineString", coordinates: chosen.way.line }, { what: "way" });
    const at = middle(chosen.way.line as [number, number][]);
    if (at && chosen.way.metres >= TOLD_FROM_M)
      put({ type: "Point", coordinates: at }, { what: "takes", text: minutes(chosen.way.seconds) });
  }
  for (const one of found.responders) {
    if (one.lon === null || one.lat === null || one.freshness === "gone") continue;
    const mark = `responder/${one.freshness}/${one === chosen ? "chosen" : ""}`;
    put(
      { type: "Point", coordinates: [one.lon, one.lat] },
      {
        what: "responder",
        mark,
        letter: initial(one.name),
        account: one.account,
        aside: isAt([one.lon, one.lat], rows),
      },
    );
  }
  return { type: "FeatureCollection", features };
}

/** The character that stands for a name. */
export function initial(name: string): string {
  return ([...name.trim()][0] ?? "?").toUpperCase();
}

export function nearSource(): SourceSpecification {
  return { type: "geojson", data: nearDrawn() };
}

const of = (what: string): ["==", ["get", string], string] => ["==", ["get", "what"], what];
const OPACITY: Record<string, number> = { fresh: 1, ageing: 0.72, stale: 0.42 };

/** `token` gives colours of the theme. */
export function nearLayers(token: (name: string) => string): LayerSpecification[] {
  const font = ["Noto Sans SC SemiBold"];
  const round = { "line-join": "round", "line-cap": "round" } as const;
  return [
    {
      id: "near-sight",
      type: "fill",
      source: NEAR,
      filter: of("sees"),
      paint: { "fill-color": token("--camera-online"), "fill-opacity": 0.26 },
    },
    {
      id: "near-sight-edge",
      type: "line",
      source: NEAR,
      filter: of("sees"),
      paint: { "line-color": token("--camera-online"), "line-width": 1 },
    },
    {
      id: "near-dark-edge",
      type: "line",
      source: NEAR,
      filter: of("dark"),
      paint: { "line-color": token("--camera-offline"), "line-width": 1, "line-dasharray": [3, 3] },
    },
    {
      id: "near-way-halo",
      type: "line",
      source: NEAR,
      filter: of("way"),
      layout: round,
      paint: { "line-color": token("--map-halo"), "line-width": 7, "line-opacity": 0.8 },
    },
    {
      id: "near-way",
      type: "line",
      source: NEAR,
      filter: of("way"),
      layout: round,
      paint: { "line-color": token("--accent"), "line-width": 3 },
    },
    {
      id: RESPONDERS,
      type: "symbol",
      source: NEAR,
      filter: of("responder"),
      layout: {
        "icon-image": ["get", "mark"],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "icon-offset": ICON_ASIDE,
        "text-field": ["get", "letter"],
        "text-offset": textAside(12, 1),
        "text-font": font,
        "text-size": 12,
        "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
      paint: { "text-color": token("--text-1") },
    },
  ];
}

/** How long the chosen way takes, in the middle of it: above the incidents, or a mark would hide it. */
export function takesLayer(token: (name: string) => string): LayerSpecification {
  return {
    id: "near-takes",
    type: "symbol",
    source: NEAR,
    filter: of("takes"),
    layout: {
      "text-field": ["get", "text"],
      "text-font": ["Noto Sans SC SemiBold"],
      "text-size": 12,
      "text-allow-overlap": true,
    },
    paint: { "text-color": token("--accent"), "text-halo-color": token("--surface-1"), "text-halo-width": 4 },
  };
}

/** The disc of a responder: fading with the age of the position, its dot green while that is new. */
export function makeResponder(id: string): SymbolImage | undefined {
  const [kind, freshness = "", chosen] = id.split("/");
  if (kind !== "responder") return undefined;
  const edge = colour(chosen ? "--accent" : "--control-line");
  const dashes = freshness === "stale" ? ' stroke-dasharray="3 2.4"' : "";
  const dot = freshness === "stale" ? "" : colour(freshness === "fresh" ? "--ok" : "--warn");
  const half = SIZE / 2;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="${-half} ${-half} ${SIZE} ${SIZE}">` +
    `<g opacity="${OPACITY[freshness] ?? 1}"><circle r="12" fill="${colour("--surface-1")}" stroke="${edge}" stroke-width="2"${dashes}/>` +
    (dot ? `<circle cx="9" cy="9" r="3.6" fill="${dot}" stroke="${colour("--map-halo")}" stroke-width="1.4"/>` : "") +
    "</g></svg>";
  return { svg, width: SIZE, height: SIZE };
}
