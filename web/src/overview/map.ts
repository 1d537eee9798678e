/** The map of the overview: made once, then steered by the page's signals and reporting back into them. */

import { batch, effect, signal } from "@preact/signals";
import { type GeoJSONSource, Map as MapLibre, type MapMouseEvent, type StyleSpecification } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import * as api from "../shared/api";
import { comebacks } from "../shared/connection";
import { language, nameOf, t } from "../shared/language";
import type { Graphics } from "../shared/map/graphics";
import { motion } from "../shared/map/motion";
import {
  fetchStyle,
  fitted,
  HOVER,
  type Marked,
  NOTHING,
  SELECTION,
  SPREAD,
  STANDPOINT,
  shows,
  type Wanted,
} from "../shared/map/style";
import { installSymbols, recolourSymbols } from "../shared/map/symbols";
import { known } from "../shared/remote";
import { theme, token } from "../shared/theme";
import type { Camera } from "./address";
import { fitTown, hold, SOLID_PITCH, showsTown, zoomToSelection } from "./camera";
import { ownersAt, positionOf, readView, thingsAt } from "./features";
import { endPreview, preview } from "./hover";
import { leftShown, oneAtATime, rightShown } from "./panels";
import { endOf, legAt, sharing, spread } from "./spread";
import * as state from "./state";
import { uncoverPlace } from "./steps";

// --- what the style needs to know ----------------------------------------------------------------------------------

function switches(): Map<string, boolean> {
  const visible = state.visibleLayers.peek();
  const found = new Map<string, boolean>();
  for (const layer of known(state.layers.peek()) ?? []) {
    for (const id of layer.style_layers) found.set(id, visible.has(layer.id));
  }
  return found;
}

function wanted(): Wanted {
  const governed = switches();
  return {
    theme: theme.peek(),
    language: language.peek(),
    on: (id) => governed.get(id) ?? null,
    solid: state.solid.peek(),
  };
}

function marked(): Marked {
  const geometry = state.selectedGeometry.peek();
  const thing = state.thing.peek();
  const at = thing ?? state.place.peek();
  return {
    selection: geometry ? { type: "Feature", properties: {}, geometry } : null,
    standpoint: at
      ? {
          type: "Feature",
          properties: { thing: thing !== null },
          geometry: { type: "Point", coordinates: (thing && endOf(thing.code)) ?? [at.lon, at.lat] },
        }
      : null,
    hover: state.hovered.peek(),
    spread: state.spread.peek()?.drawn ?? null,
  };
}

// --- making it -----------------------------------------------------------------------------------------------------

/** The map knows where it starts: tiles of anywhere else are not asked for. */
const placed = signal(false);

let declared = new Map<string, boolean>();
let request = new AbortController();

/** Fetch the style for the present theme and language and put it on; the picture stays until the new one is there. */
async function restyle(on: MapLibre): Promise<void> {
  request.abort();
  request = new AbortController();
  const mine = request;
  try {
    const style = await fetchStyle(theme.peek(), language.peek(), mine.signal);
    const next = await prepared(style);
    performance.mark("map-style");
    if (mine.signal.aborted) return;
    await recolourSymbols(on, theme.peek());
    on.setStyle(next, { diff: true });
    applySwitches(on);
    state.mapFailure.value = null;
  } catch (error) {
    if (!mine.signal.aborted) state.mapFailure.value = "style";
    if (!(error instanceof api.Failure) && !mine.signal.aborted) console.error(error);
  }
}

async function prepared(style: StyleSpecification): Promise<StyleSpecification> {
  declared = new Map(style.layers.map((layer) => [layer.id, layer.layout?.visibility !== "none"]));
  state.attribution.value = Object.values(style.sources).flatMap((source) =>
    "attribution" in source && source.attribution ? [source.attribution] : [],
  );
  return fitted(style, wanted(), marked(), token);
}

function firstCamera(): Partial<{ center: [number, number]; zoom: number; pitch: number; bearing: number }> {
  const asked = state.camera.peek();
  if (asked) return { center: [asked.lon, asked.lat], zoom: asked.zoom, pitch: asked.pitch, bearing: asked.bearing };
  const district = state.district.peek();
  const pitch = state.solid.peek() ? SOLID_PITCH : 0;
  return district ? { center: district.centre, zoom: 13, pitch } : { center: [110, 30], zoom: 4, pitch };
}

export function createMap(container: HTMLElement, drawnBy: Graphics): MapLibre {
  const empty: StyleSpecification = { version: 8, sources: {}, layers: [] };
  const made = new MapLibre({
    container,
    style: empty,
    ...firstCamera(),
    attributionControl: false,
    maxPitch: 80,
    maxZoom: 21,
    minZoom: 3,
    dragRotate: true,
    fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    // Lines smooth themselves; only raised edges need more, and a processor pays dearly for it.
    canvasContextAttributes: { antialias: drawnBy === "hardware" || state.solid.peek() },
  });
  hold(made);
  made.getCanvas().setAttribute("role", "application");
  made.doubleClickZoom.enable();
  installSymbols(made, () => theme.peek());
  if (state.camera.peek()) {
    placed.value = true;
    report(made);
  }
  listen(made);
  follow(made);
  return made;
}

// --- from the map to the page --------------------------------------------------------------------------------------

function report(from: MapLibre): void {
  const centre = from.getCenter();
  const next: Camera = {
    lon: centre.lng,
    lat: centre.lat,
    zoom: from.getZoom(),
    pitch: from.getPitch(),
    bearing: from.getBearing(),
  };
  batch(() => {
    state.camera.value = next;
    state.metresPerPixel.value =
      (40_075_016.686 * Math.cos((centre.lat * Math.PI) / 180)) / (512 * 2 ** from.getZoom());
  });
}

const HOVER_MS = 60;
let tileCame = false;

function listen(from: MapLibre): void {
  from.on("move", () => {
    if (placed.peek()) report(from);
  });
  from.on("sourcedata", (event) => {
    if (event.tile && event.source.type === "vector" && !tileCame) {
      tileCame = true;
      from.once("render", () => performance.mark("map-first-paint"));
    }
  });
  from.on("movestart", () => {
    state.mapMoving.value = true;
  });
  from.on("idle", () => {
    state.mapMoving.value = false;
    if (!from.getStyle().layers.length) return;
    if (!state.mapReady.peek()) {
      performance.mark("map-whole");
      state.mapReady.value = true;
    }
    readView(from);
    announce(from);
  });
  from.on("moveend", () => {
    state.mapMoving.value = false;
  });

  let waiting = 0;
  let last: MapMouseEvent | null = null;
  from.on("mousemove", (event) => {
    state.pointer.value = { lon: event.lngLat.lng, lat: event.lngLat.lat };
    last = event;
    if (waiting) return;
    waiting = window.setTimeout(() => {
      waiting = 0;
      if (!last || from.isMoving()) return;
      preview(from, last.point);
      if (legAt(from, last.point)) from.getCanvas().style.cursor = "pointer";
    }, HOVER_MS);
  });
  from.on("mouseout", () => {
    batch(() => {
      state.pointer.value = null;
      state.ownerUnderPointer.value = [];
    });
    endPreview();
  });
  from.on("movestart", endPreview);
  // Legs are as long as the screen says: another scale would tear them.
  for (const change of ["zoomstart", "pitchstart", "rotatestart"] as const) {
    from.on(change, () => {
      state.spread.value = null;
    });
  }
  from.on("click", (event) => void click(from, event));
  from.on("error", (event) => {
    const status = (event.error as { status?: number } | undefined)?.status;
    // A tile that is not there is an empty tile; anything else is told once by the connection's chip.
    if (status === undefined && !/fetch/i.test(String(event.error?.message))) console.error(event.error);
  });
  from.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (zoomToSelection()) return;
    const centre = from.getCenter();
    void state.askPlace(centre.lng, centre.lat);
  });
}

const ANNOUNCE_MS = 2_000;
let announced = 0;

/** Tell who owns the middle of the view and how much is in it, once it has settled. */
function announce(from: MapLibre): void {
  if (performance.now() - announced < ANNOUNCE_MS) return;
  announced = performance.now();
  const owner = ownersAt(from, from.project(from.getCenter())).at(-1);
  const { rows, more } = state.inView.peek();
  state.settled.value = t("map.settled", {
    owner: owner ? nameOf(owner) : t("map.owner_none"),
    n: rows.length + more,
  });
}

async function click(from: MapLibre, event: MapMouseEvent): Promise<void> {
  const { lng, lat } = event.lngLat;
  if (state.picking.peek()) {
    state.picking.value = false;
    state.walking.value = { lon: lng, lat, bearing: from.getBearing() };
    return;
  }
  const leg = legAt(from, event.point);
  if (leg) {
    await state.askThing(leg.collection, leg.code, leg.properties, [leg.lon, leg.lat]);
    return;
  }
  state.spread.value = null;
  const things = thingsAt(from, event.point);
  const [feature] = things;
  if (!feature) {
    await state.askPlace(lng, lat);
    return;
  }
  const at = positionOf(feature) ?? [lng, lat];
  if (Number(feature.properties["count"] ?? 1) > 1) {
    from.easeTo({ center: at, zoom: Math.min(Math.floor(from.getZoom()) + 2, 18), duration: motion(400) });
    return;
  }
  const together = sharing(from, things);
  if (together.length > 1) {
    endPreview();
    await spread(from, together);
    return;
  }
  await state.askThing(feature.sourceLayer ?? "", String(feature.properties["code"] ?? ""), feature.properties, at);
}

// --- from the page to the map --------------------------------------------------------------------------------------

/** Show what is switched on; layers and switches may each come first. */
function applySwitches(on: MapLibre): void {
  const now = wanted();
  for (const [id, shown] of declared) {
    if (!on.getLayer(id)) continue;
    const visibility = shows(id, shown, now) ? "visible" : "none";
    if ((on.getLayoutProperty(id, "visibility") ?? "visible") !== visibility) {
      on.setLayoutProperty(id, "visibility", visibility);
    }
  }
}

function applyMarks(on: MapLibre): void {
  const now = marked();
  on.getSource<GeoJSONSource>(SELECTION)?.setData(now.selection ?? NOTHING);
  on.getSource<GeoJSONSource>(STANDPOINT)?.setData(now.standpoint ?? NOTHING);
}

function follow(on: MapLibre): void {
  // What was switched or selected while the style was still on its way.
  on.on("style.load", () => {
    applySwitches(on);
    applyMarks(on);
  });
  effect(() => {
    if (placed.value || !state.district.value) return;
    fitTown(false);
    placed.value = true;
    report(on);
  });
  effect(() => {
    if (!placed.value) return;
    theme.value;
    language.value;
    comebacks.value;
    void restyle(on);
  });
  let panels: string | null = null;
  effect(() => {
    const now = `${leftShown.value} ${rightShown.value}`;
    // What is selected comes out from under a panel, and so does a town that was just framed; a map that is on its
    // way has the panels in its account.
    if (panels !== null && panels !== now && !on.isMoving()) {
      queueMicrotask(() => (oneAtATime() && !state.place.peek() && showsTown() ? fitTown() : uncoverPlace()));
    }
    panels = now;
  });
  effect(() => {
    state.visibleLayers.value;
    state.layers.value;
    state.solid.value;
    applySwitches(on);
  });
  effect(() => {
    state.selectedGeometry.value;
    state.place.value;
    state.thing.value;
    state.spread.value;
    applyMarks(on);
  });
  effect(() => {
    const outline = state.hovered.value ?? NOTHING;
    on.getSource<GeoJSONSource>(HOVER)?.setData(outline);
  });
  effect(() => {
    const legs = state.spread.value?.drawn ?? NOTHING;
    on.getSource<GeoJSONSource>(SPREAD)?.setData(legs);
  });
}
