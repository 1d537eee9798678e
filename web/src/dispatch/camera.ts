/** Where the map looks: at everything that is listed, or at what is selected, out from under the drawer. */

import { signal } from "@preact/signals";
import type { Map as MapLibre } from "maplibre-gl";
import type { Box, IncidentRow } from "../shared/api";
import { motion } from "../shared/map/motion";
import type { Camera } from "./address";
import { DRAWER_WIDTH, floating, GAP } from "./panels";
import * as state from "./state";
import { type Covered, cameraFor } from "./view";

const POINT_ZOOM = 17;
/** So far from an edge a mark is whole, its ring and its badge too. */
const HALF_MARK = 24;
/** So far from what is covered the selected stands, with who is near around it. */
const AROUND = 40;
/** A fit is as exact as that. */
const FITTED_PX = 1;
/** Beyond this many screens a flight is a jump. */
const FAR_SCREENS = 3;

/** The map that everybody steers, once there is one. */
export const map = signal<MapLibre | null>(null);

/** Where the map was led to last to show all of something. */
let fitted: Camera | null = null;
/** Whom the map is on its way to, until it is there or led elsewhere. */
let heading: string | null = null;

export function theMap(): MapLibre | null {
  return map.peek();
}

function covered(): Covered {
  const drawer = floating.peek() && (state.selected.peek() !== null || state.responsesOpen.peek());
  return { left: 56, right: (drawer ? DRAWER_WIDTH + 2 * GAP : 0) + HALF_MARK, top: HALF_MARK, bottom: 56 };
}

function boxOf(rows: Iterable<Pick<IncidentRow, "lon" | "lat">>): Box | null {
  const box: Box = [180, 90, -180, -90];
  for (const { lon, lat } of rows) {
    if (lon === null || lat === null) continue;
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box[0] <= box[2] ? box : null;
}

function go(center: [number, number], zoom: number): void {
  const map = theMap();
  if (!map) return;
  const [here, there] = [map.project(map.getCenter()), map.project(center)];
  const far = Math.hypot(here.x - there.x, here.y - there.y) > FAR_SCREENS * Math.max(innerWidth, innerHeight);
  const offset = map.getContainer().clientWidth > 0 ? shift() : [0, 0];
  map.easeTo({ center, zoom, offset: offset as [number, number], duration: far ? 0 : motion(400) });
  if (!map.isMoving()) return;
  heading = state.selected.peek();
  map.once("moveend", () => {
    heading = null;
  });
}

/** From the middle of the map to the middle of what is not covered. */
function shift(): [number, number] {
  const side = covered();
  return [(side.left - side.right) / 2, (side.top - side.bottom) / 2];
}

export function fitBox(box: Box, animated = true): void {
  const map = theMap();
  if (!map) return;
  const { clientWidth, clientHeight } = map.getContainer();
  if (!clientWidth) return;
  fitted = cameraFor(box, clientWidth, clientHeight, covered(), POINT_ZOOM);
  const target = { center: [fitted.lon, fitted.lat] as [number, number], zoom: fitted.zoom };
  if (animated) map.easeTo({ ...target, duration: motion(400) });
  else map.jumpTo(target);
}

/** Show the whole of a shape, given by its rings. */
export function fitShape(rings: readonly (readonly (readonly number[])[])[]): void {
  const box = boxOf(rings.flat().map(([lon = 0, lat = 0]) => ({ lon, lat })));
  if (box) fitBox(box);
}

/** What shows all that is listed; where nothing is, the district. */
function boxOfAll(): Box | null {
  const district = state.district.peek();
  // where not all are read, those that are may all lie in a corner
  const whole = state.matched.peek() > state.rows.peek().size && !state.filters.peek().area ? district?.box : null;
  return whole ?? boxOf(state.rows.peek().values()) ?? district?.town ?? district?.box ?? null;
}

/** Show all that is listed; where nothing is, the district. */
export function fitAll(animated = true): void {
  const box = boxOfAll();
  if (box) fitBox(box, animated);
}

/** Say where a map will look that is not there yet: at all that is listed. */
export function lookAhead(): void {
  const pane = document.getElementById("map")?.getBoundingClientRect();
  const box = boxOfAll();
  if (map.peek() || state.camera.peek() || !box || !pane?.width) return;
  fitted = cameraFor(box, pane.width, pane.height, covered(), POINT_ZOOM);
  state.camera.value = fitted;
}

/** Zoom to the selected incident. */
export function goToSelected(): void {
  const row = state.selectedRow.peek();
  if (row?.lon != null && row.lat != null) go([row.lon, row.lat], Math.max(theMap()?.getZoom() ?? 0, POINT_ZOOM));
}

function standsFitted(map: MapLibre): boolean {
  if (!fitted) return false;
  const { width, height } = map.getContainer().getBoundingClientRect();
  const at = map.project([fitted.lon, fitted.lat]);
  return Math.abs(map.getZoom() - fitted.zoom) < 0.01 && Math.hypot(at.x - width / 2, at.y - height / 2) < FITTED_PX;
}

/** Pan, never zoom, so that the selected incident is on the map and not under the drawer. */
export function uncoverSelected(): void {
  const row = state.selectedRow.peek();
  const map = theMap();
  if (!map || row?.lon == null || row.lat == null) return;
  // a flight to who was selected before would take the map away from this one
  if (heading !== null && heading !== state.selected.peek()) map.stop();
  const side = covered();
  const point = map.project([row.lon, row.lat]);
  const { width, height } = map.getContainer().getBoundingClientRect();
  if (!width) return;
  // on a map that shows all of something, some of it stands at the very edge of what is not covered
  const margin = standsFitted(map) ? -FITTED_PX : AROUND;
  const inside =
    point.x > side.left + margin &&
    point.x < width - side.right - margin &&
    point.y > side.top + margin &&
    point.y < height - side.bottom - margin;
  if (!inside) go([row.lon, row.lat], map.getZoom());
}

export function zoomBy(steps: number): void {
  const map = theMap();
  map?.easeTo({ zoom: map.getZoom() + steps, duration: motion(200) });
}
