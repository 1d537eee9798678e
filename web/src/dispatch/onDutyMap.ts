/** Who is on duty, on the map of the whole view: their discs fade with the age of the position; under incidents. */

import { effect } from "@preact/signals";
import type { GeoJSONSource, LayerSpecification, Map as MapLibre, SourceSpecification } from "maplibre-gl";
import { ICON_ASIDE, isAt, textAside } from "./aside";
import { dropAt } from "./drag";
import { near } from "./near";
import { initial } from "./nearMap";
import { onDuty } from "./onDuty";
import * as state from "./state";

export const PEOPLE = "on-duty";
const LETTERS_FROM = 13.5;
/** Discs grow between two zooms. */
const [SMALL_UP_TO, FULL_FROM] = [11, 15];
const [SMALL, FULL] = [0.45, 0.9];

function scaleAt(zoom: number): number {
  return SMALL + ((FULL - SMALL) * (zoom - SMALL_UP_TO)) / (FULL_FROM - SMALL_UP_TO);
}

/** Everything that is drawn: those whom the drawer shows already are drawn by it. */
function drawn(): GeoJSON.FeatureCollection {
  const shown = new Set(state.selectedRow.value ? near.value?.responders.map((each) => each.account) : []);
  const rows = [...state.rows.value.values()];
  const features: GeoJSON.Feature[] = [];
  for (const { account, name, lon, lat, freshness } of onDuty.value?.responders ?? []) {
    if (shown.has(account)) continue;
    const aside = isAt([lon, lat], rows);
    const properties = { account, mark: `responder/${freshness}/`, letter: initial(name), aside };
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
        "icon-size": ["interpolate", ["linear"], ["zoom"], SMALL_UP_TO, SMALL, FULL_FROM, FULL],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "icon-offset": ICON_ASIDE,
        "text-field": ["step", ["zoom"], "", LETTERS_FROM, ["get", "letter"]],
        "text-font": ["Noto Sans SC SemiBold"],
        "text-size": 11,
        "text-offset": [
          "interpolate",
          ["linear"],
          ["zoom"],
          LETTERS_FROM,
          textAside(11, scaleAt(LETTERS_FROM)),
          FULL_FROM,
          textAside(11, FULL),
        ],
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
