/** The small map of the report page: tapped for a place, and drawing what is known of it. */

import { effect, untracked } from "@preact/signals";
import { type GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import * as api from "../shared/api";
import { comebacks } from "../shared/connection";
import { language } from "../shared/language";
import { graphics } from "../shared/map/graphics";
import { quiet } from "../shared/map/quiet";
import { fetchStyle, fitted, NOTHING, SELECTION, STANDPOINT } from "../shared/map/style";
import { installSymbols, recolourSymbols } from "../shared/map/symbols";
import { theme, token } from "../shared/theme";
import { showLetters } from "./letters";
import * as state from "./state";

const PLACE_ZOOM = 17.5;
const HIDDEN = /^(incidents|cameras|stations)/;
const METRES_PER_DEGREE = 111_320;
const CORNERS = 48;

function standpoint(): GeoJSON.GeoJSON {
  const place = state.place.value;
  if (!place) return NOTHING;
  return {
    type: "Feature",
    properties: { thing: false },
    geometry: { type: "Point", coordinates: [place.lon, place.lat] },
  };
}

/** The circle that the device is sure of. */
function sure(): GeoJSON.GeoJSON {
  const place = state.place.value;
  if (!place?.accuracy) return NOTHING;
  const high = place.accuracy / METRES_PER_DEGREE;
  const wide = high / Math.cos((place.lat * Math.PI) / 180);
  const ring = Array.from({ length: CORNERS + 1 }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / CORNERS;
    return [place.lon + wide * Math.cos(angle), place.lat + high * Math.sin(angle)];
  });
  return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
}

async function begin(map: MapLibre): Promise<void> {
  const { districts } = await api.districts();
  const asked = new URLSearchParams(location.search).get("district");
  const first = districts.find(({ slug }) => slug === asked) ?? districts[0];
  if (first && !state.form.peek().place) map.fitBounds(first.town ?? first.box, { animate: false, padding: 8 });
}

/** Make the map in an element; null where the browser cannot draw one. */
export function createMap(container: HTMLElement): MapLibre | null {
  const drawnBy = graphics();
  if (drawnBy === "none") return null;
  const place = state.form.peek().place;
  const map = new MapLibre({
    container,
    style: { version: 8, sources: {}, layers: [] },
    center: place ? [place.lon, place.lat] : [110, 30],
    zoom: place ? PLACE_ZOOM : 4,
    attributionControl: false,
    maxZoom: 21,
    minZoom: 3,
    dragRotate: false,
    pitchWithRotate: false,
    canvasContextAttributes: { antialias: drawnBy === "hardware" },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.getCanvas().setAttribute("role", "application");
  installSymbols(map, () => theme.peek());
  const take = ({ lng, lat }: { lng: number; lat: number }): void =>
    state.setPlace({ lon: Number(lng.toFixed(7)), lat: Number(lat.toFixed(7)), accuracy: null, from: "map" });
  map.on("click", (event) => take(event.lngLat));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    take(map.getCenter());
  });
  map.on("idle", () => {
    if (map.getStyle().layers.length) state.mapReady.value = true;
  });
  if (!place) begin(map).catch(() => undefined); // it stays where it is; a tap and the device still work
  follow(map);
  return map;
}

function follow(map: MapLibre): void {
  const stops = [
    effect(() => {
      const [asked, inLanguage] = [theme.value, language.value];
      comebacks.value;
      void (async () => {
        try {
          const style = await fetchStyle(asked, inLanguage);
          const wanted = { theme: asked, language: inLanguage, solid: false, on: hide };
          const marked = untracked(() => ({ selection: sure(), standpoint: standpoint(), hover: null, spread: null }));
          const next = await fitted(style, wanted, marked, token);
          await recolourSymbols(map, asked);
          map.setStyle({ ...next, layers: quiet(next.layers) }, { diff: true });
        } catch (error) {
          if (!(error instanceof api.Failure)) console.error(error);
        }
      })();
    }),
    effect(() => {
      const [at, around] = [standpoint(), sure()];
      map.getSource<GeoJSONSource>(STANDPOINT)?.setData(at);
      map.getSource<GeoJSONSource>(SELECTION)?.setData(around);
    }),
    effect(() => {
      const place = state.place.value;
      if (!place || place.from === "map") return;
      map.jumpTo({ center: [place.lon, place.lat], zoom: Math.max(map.getZoom(), PLACE_ZOOM) });
    }),
  ];
  stops.push(showLetters(map));
  map.on("remove", () => {
    for (const stop of stops) stop();
  });
}

function hide(id: string): boolean | null {
  return HIDDEN.test(id) ? false : null;
}
