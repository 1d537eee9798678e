/** The map of the desk: made once, then steered by the signals and reporting back into them. */

import { batch, effect, untracked } from "@preact/signals";
import { type GeoJSONSource, Map as MapLibre, type StyleSpecification } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import * as api from "../shared/api";
import { comebacks } from "../shared/connection";
import { language } from "../shared/language";
import "../shared/map/worker";
import { superfluous } from "../shared/map/images";
import { endOfLeg } from "../shared/map/legs";
import { quiet } from "../shared/map/quiet";
import { fetchStyle, fitted, HOVER, NOTHING, SPREAD, STANDPOINT, shows, type Wanted } from "../shared/map/style";
import { installSymbols, recolourSymbols, symbolsOf } from "../shared/map/symbols";
import { known } from "../shared/remote";
import { theme, token } from "../shared/theme";
import { fitAll, map, uncoverSelected } from "./camera";
import { now } from "./clock";
import { CLUSTER_MARK, makeMark } from "./marks";
import { NEAR, nearDrawn, nearLayers, nearSource, takesLayer } from "./nearMap";
import { dropLayer, followPeople, PEOPLE, peopleLayers, peopleSource } from "./onDutyMap";
import { floating } from "./panels";
import { heatOn, moved, told, tooMany, zoomNow } from "./picture";
import { followResponseMap, responseLayers, responseSources } from "./responseMap";
import { DESK, drawing, HEAT, heatLayer, layers, sources } from "./source";
import * as state from "./state";
import { legAt, personAt, under } from "./under";

/** Rings of the map are drawn anew so often. */
const RINGS_MS = 15_000;
/** The rings of clusters are of many kinds: so many are kept. */
const MOST_CLUSTER_MARKS = 200;
/** Changes that come together are drawn together. */
const DRAW_MS = 100;

// --- the style -----------------------------------------------------------------------------------------------------

const OURS = /^incidents/;

function wanted(): Wanted {
  const governed = new Map<string, boolean>();
  for (const layer of known(state.layers.peek()) ?? []) {
    const on = state.switched.peek().get(layer.id) ?? layer.visible;
    for (const id of layer.style_layers) governed.set(id, on);
  }
  return {
    theme: theme.peek(),
    language: language.peek(),
    on: (id) => (OURS.test(id) ? false : (governed.get(id) ?? null)),
    solid: false,
  };
}

function standpoint(): GeoJSON.GeoJSON {
  const row = state.selectedRow.value;
  const spread = state.spread.value;
  if (row?.lon == null || row.lat == null) return NOTHING;
  const leg = spread?.keys.indexOf(state.selected.value ?? "") ?? -1;
  const coordinates = (spread && leg >= 0 && endOfLeg(spread.drawn, leg)) || [row.lon, row.lat];
  return { type: "Feature", properties: { thing: true }, geometry: { type: "Point", coordinates } };
}

let declared = new Map<string, boolean>();
/** What the style that was last set was made for; null while the map has only the empty one it began with. */
let styledFor: string | null = null;
let request = new AbortController();

const asked = (): string => `${theme.value} ${language.value}`;

/** Fetch the style of the present theme and language, with our own sources and layers in it. */
async function composed(signal: AbortSignal): Promise<StyleSpecification> {
  const style = await fetchStyle(theme.peek(), language.peek(), signal);
  declared = new Map(style.layers.map((layer) => [layer.id, layer.layout?.visibility !== "none"]));
  const marked = {
    selection: null,
    standpoint: standpoint(),
    hover: null,
    spread: state.spread.peek()?.drawn ?? null,
  };
  return withIncidents(await fitted(style, wanted(), marked, token));
}

async function restyle(on: MapLibre): Promise<void> {
  request.abort();
  request = new AbortController();
  const mine = request;
  const what = untracked(asked);
  try {
    const next = await composed(mine.signal);
    if (styledFor && !mine.signal.aborted) await recolourSymbols(on, theme.peek(), makeMark);
    if (mine.signal.aborted) return;
    on.setStyle(next, { diff: styledFor !== null });
    styledFor = what;
    applySwitches(on);
    state.mapFailure.value = null;
  } catch (error) {
    if (!mine.signal.aborted) state.mapFailure.value = "style";
    if (!(error instanceof api.Failure) && !mine.signal.aborted) console.error(error);
  }
}

const LINES = /^(district|street|community|grid|compounds)-line/;

/** Incidents lie above everything but the selection, their heat under the lines of the areas. */
function withIncidents(style: StyleSpecification): StyleSpecification {
  const picture = drawing(now.peek());
  const above = style.layers.findIndex((layer) => layer.id === "hover-line");
  const all = quiet(style.layers);
  const incidents = [...layers(token), takesLayer(token), dropLayer(token)];
  const upper = [...responseLayers(token), ...peopleLayers(token), ...nearLayers(token), ...incidents];
  all.splice(above < 0 ? all.length : above, 0, ...upper);
  const lines = all.findIndex((layer) => LINES.test(layer.id));
  all.splice(Math.max(lines, 0), 0, heatLayer(token, picture.intensity));
  const ours = { ...responseSources(), [PEOPLE]: peopleSource(), [NEAR]: nearSource(), ...sources(picture) };
  return { ...style, sources: { ...style.sources, ...ours }, layers: all };
}

function applySwitches(on: MapLibre): void {
  const now_ = wanted();
  for (const [id, shown] of declared) {
    if (!on.getLayer(id)) continue;
    const visibility = shows(id, shown, now_) ? "visible" : "none";
    if ((on.getLayoutProperty(id, "visibility") ?? "visible") !== visibility) {
      on.setLayoutProperty(id, "visibility", visibility);
    }
  }
}

// --- making it -----------------------------------------------------------------------------------------------------

/** Begin the map; false where this browser has no WebGL 2. Whether it has is not tried out: that takes as long again.
 *
 * It begins with its first style where that comes: to set one on a map that has begun costs a style and a frame more. */
export async function createMap(container: HTMLElement): Promise<boolean> {
  const what = untracked(asked);
  const style = await composed(request.signal).catch(() => null);
  if (style) {
    styledFor = what;
    state.mapFailure.value = null;
  }
  const made = begun(container, style ?? EMPTY);
  if (!made) return false;
  made.getCanvas().setAttribute("role", "application");
  made.touchZoomRotate.disableRotation();
  made.keyboard.disableRotation();
  installSymbols(made, () => theme.peek(), makeMark);
  listen(made);
  follow(made);
  map.value = made;
  return true;
}

const EMPTY: StyleSpecification = { version: 8, sources: {}, layers: [] };

function begun(container: HTMLElement, style: StyleSpecification): MapLibre | null {
  const camera = state.camera.peek();
  try {
    return new MapLibre({
      container,
      style,
      center: camera ? [camera.lon, camera.lat] : [110, 30],
      zoom: camera?.zoom ?? 4,
      attributionControl: false,
      maxZoom: 21,
      minZoom: 3,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      // nothing stands up on this map, and what lies flat has soft edges without it
      canvasContextAttributes: { antialias: false },
    });
  } catch (error) {
    console.error(error);
    return null;
  }
}

// --- from the map to the page --------------------------------------------------------------------------------------

function report(from: MapLibre): void {
  const { lng, lat } = from.getCenter();
  batch(() => {
    state.camera.value = { lon: lng, lat, zoom: from.getZoom() };
    state.metresPerPixel.value = (40_075_016.686 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** from.getZoom());
  });
}

function listen(from: MapLibre): void {
  from.on("move", () => report(from));
  from.on("movestart", () => {
    state.mapMoving.value = true;
  });
  from.on("moveend", () => {
    state.mapMoving.value = false;
    moved();
  });
  from.on("idle", () => {
    state.mapMoving.value = false;
    if (from.getStyle().layers.length) state.mapReady.value = true;
  });
  from.on("mousemove", (event) => {
    state.pointer.value = { lon: event.lngLat.lng, lat: event.lngLat.lat };
    if (from.isMoving()) return;
    const [first] = under(from, event.point);
    const leg = legAt(from, event.point);
    from.getCanvas().style.cursor = first || leg || personAt(from, event.point) !== null ? "pointer" : "";
    const ring = first && !leg ? { type: "Point" as const, coordinates: first.at } : NOTHING;
    from.getSource<GeoJSONSource>(HOVER)?.setData(ring);
  });
  from.on("mouseout", () => {
    state.pointer.value = null;
    from.getSource<GeoJSONSource>(HOVER)?.setData(NOTHING);
  });
  from.on("error", (event) => {
    const status = (event.error as { status?: number } | undefined)?.status;
    if (status === undefined && !/fetch/i.test(String(event.error?.message))) console.error(event.error);
  });
}

// --- from the page to the map --------------------------------------------------------------------------------------

function follow(on: MapLibre): void {
  let placedOnce = state.camera.peek() !== null;
  let waiting = 0;
  const drawNow = (): void => {
    clearTimeout(waiting);
    waiting = 0;
    const picture = drawing(now.peek());
    batch(() => {
      state.drawn.value = picture.incidents;
      state.clusters.value = picture.clusters;
    });
    on.getSource<GeoJSONSource>(DESK)?.setData(picture.marks);
    on.getSource<GeoJSONSource>(HEAT)?.setData(picture.heat);
    const shown = new Set(picture.marks.features.map((each) => String(each.properties?.["mark"])));
    const made = symbolsOf(on).filter((id) => id.startsWith(CLUSTER_MARK));
    for (const id of superfluous(made, shown, MOST_CLUSTER_MARKS)) on.removeImage(id);
    if (on.getLayer(HEAT)) on.setPaintProperty(HEAT, "heatmap-intensity", picture.intensity);
  };
  const draw = (): void => {
    if (!waiting) waiting = window.setTimeout(drawNow, DRAW_MS);
  };
  const mark = (): void => {
    on.getSource<GeoJSONSource>(STANDPOINT)?.setData(standpoint());
    on.getSource<GeoJSONSource>(SPREAD)?.setData(state.spread.peek()?.drawn ?? NOTHING);
  };
  on.on("style.load", () => {
    applySwitches(on);
    on.getSource<GeoJSONSource>(NEAR)?.setData(nearDrawn());
    drawNow();
    mark();
  });
  effect(() => {
    const data = nearDrawn();
    on.getSource<GeoJSONSource>(NEAR)?.setData(data);
  });
  followPeople(on);
  setInterval(draw, RINGS_MS);
  let drawnAt = zoomNow();
  on.on("zoom", () => {
    if (zoomNow() === drawnAt || tooMany.peek()) return;
    drawnAt = zoomNow();
    draw();
  });
  followResponseMap(on);
  let seen = comebacks.peek();
  effect(() => {
    const back = comebacks.value > seen;
    seen = comebacks.peek();
    if (asked() !== styledFor || back) void restyle(on);
    else request.abort();
  });
  effect(() => {
    state.rows.value;
    state.gone.value;
    told.value;
    tooMany.value;
    heatOn.value;
    state.selectedRow.value;
    state.spread.value;
    draw();
  });
  effect(() => {
    state.selectedRow.value;
    state.spread.value;
    mark();
  });
  effect(() => {
    state.layers.value;
    state.switched.value;
    applySwitches(on);
  });
  effect(() => {
    if (state.boardStatus.value !== "ready" || placedOnce) return;
    if (!state.rows.value.size && !state.district.value) return;
    placedOnce = true;
    fitAll(false);
  });
  // Another district or area is looked at once its board has been read.
  let where = state.filters.peek();
  let left: state.Rows | null = null;
  effect(() => {
    const asked = state.filters.value;
    if (asked.district !== where.district || asked.area !== where.area) left = state.rows.peek();
    where = asked;
  });
  effect(() => {
    const rows = state.rows.value;
    if (left === null || rows === left || state.boardStatus.value !== "ready") return;
    left = null;
    queueMicrotask(() => fitAll());
  });
  // Once for each selection, and when the drawer comes over the map: later changes move nothing.
  let uncovered = "";
  effect(() => {
    const key = `${state.selected.value} ${floating.value}`;
    if (!state.selectedRow.value || key === uncovered) return;
    uncovered = key;
    queueMicrotask(uncoverSelected);
  });
}
