/** Who is on duty, on the map of the whole view: their discs fade with the age of the position; under incidents. */

import { effect } from "@preact/signals";
import type { GeoJSONSource, LayerSpecification, Map as MapLibre, SourceSpecification } from "maplibre-gl";
import { dropAt } from "./drag";
import { near } from "./near";
import { initial } from "./nearMap";
import { onDuty } from "./onDuty";
import * as state from "./state";

export const PEOPLE = "on-duty";
const LETTERS_FROM = 13.5;

/** Everything that is drawn: those whom the drawer shows already are drawn by it. */
function drawn(): GeoJSON.FeatureCollection {
  const shown = new Set(state.selectedRow.value ? near.value?.responders.map((each) => each.account) : []);
  const features: GeoJSON.Feature[] = [];
  for (const { account, name, lon, lat, freshness } of onDuty.value?.responders ?? []) {
    if (shown.has(account)) continue;
    const properties = { account, mark: `responder/${freshness}/`, letter: initial(name) };
    features.push({ type: "Feature", properties, geometry: { type: "Point", coordinates: [lon, lat] } });
  }
  const at = dropAt.value;
  if (at) features.push({ type: "Feature", properties: { drop: true }, geometry: { type: "Point", coordinates: at } });
  return { type: "FeatureCollection", features };
}

export function peopleSource(): SourceSpecification {
  return { type: "geojson", data: drawn() };
}

/** Keep the map in step. */
export function followPeople(on: MapLibre): void {
  const draw = (): void => {
    const data = drawn();
    on.getSource<GeoJSONSource>(PEOPLE)?.setData(data);
  };
  on.on("style.load", draw);
  effect(draw);
}

/** `token` gives colours of the theme. */
export function peopleLayers(token: (name: string) => string): LayerSpecification[] {
  return [
    {
      id: PEOPLE,
      type: "symbol",
      source: PEOPLE,
      filter: ["has", "account"],
      layout: {
        "icon-image": ["get", "mark"],
        "icon-size": ["interpolate", ["linear"], ["zoom"], 11, 0.45, 15, 0.9],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "text-field": ["step", ["zoom"], "", LETTERS_FROM, ["get", "letter"]],
        "text-font": ["Noto Sans SC SemiBold"],
        "text-size": 11,
        "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
      paint: { "text-color": token("--text-1") },
    },
  ];
}

/** Where a drop would land: above the incidents. */
export function dropLayer(token: (name: string) => string): LayerSpecification {
  return {
    id: "drop-ring",
    type: "circle",
    source: PEOPLE,
    filter: ["has", "drop"],
    paint: {
      "circle-radius": 21,
      "circle-color": token("--accent"),
      "circle-opacity": 0.16,
      "circle-stroke-color": token("--accent"),
      "circle-stroke-width": 3,
    },
  };
}
