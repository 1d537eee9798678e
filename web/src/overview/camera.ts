/** Where the map looks: to a box, to a point, out from under the panels, up and down. */

import type { Map as MapLibre } from "maplibre-gl";
import type * as api from "../shared/api";
import { motion } from "../shared/map/motion";
import { crossFade } from "./crossFade";
import { GAP, LEFT_WIDTH, leftShown, RIGHT_WIDTH, rightShown, sheets } from "./panels";
import * as state from "./state";

export const SOLID_PITCH = 60;
/** Beyond this many screens a flight is a cross-fade. */
const FAR_SCREENS = 3;

let map: MapLibre | null = null;

/** Make this the map that everybody steers. */
export function hold(made: MapLibre): void {
  map = made;
}

export function theMap(): MapLibre | null {
  return map;
}

/** The part of the map that panels leave uncovered, as pixels covered at each side. */
export function covered(): { left: number; right: number; top: number; bottom: number } {
  if (sheets()) return { left: GAP, right: GAP, top: GAP, bottom: state.sheet.peek() ? innerHeight * 0.45 : GAP };
  return {
    left: leftShown.peek() ? LEFT_WIDTH + 2 * GAP : GAP,
    right: (rightShown.peek() ? RIGHT_WIDTH + 2 * GAP : GAP) + 44,
    top: 56,
    bottom: GAP,
  };
}

/** Go to a box: eased when near, cross-faded when far. */
export function goToBox(box: api.Box, maxZoom = 18): void {
  if (!map) return;
  const target = map.cameraForBounds(box, { padding: covered(), maxZoom });
  if (!target?.center) return;
  const center = target.center as { lng: number; lat: number };
  go([center.lng, center.lat], target.zoom ?? map.getZoom());
}

export function goTo(lon: number, lat: number, zoom: number): void {
  go([lon, lat], zoom);
}

function go(center: [number, number], zoom: number): void {
  if (!map) return;
  const here = map.project(map.getCenter());
  const there = map.project(center);
  const far =
    Math.hypot(here.x - there.x, here.y - there.y) > FAR_SCREENS * Math.max(innerWidth, innerHeight) ||
    Math.abs(zoom - map.getZoom()) > 5;
  if (far) crossFade(map, (on) => on.jumpTo({ center, zoom }), motion(200));
  else map.easeTo({ center, zoom, duration: motion(400) });
}

/** How close a whole town, and a whole district, are looked at. */
const TOWN_ZOOM = 16;
const DISTRICT_ZOOM = 15;

/** Where the town was framed last. */
let framed: { lng: number; lat: number } | null = null;

/** Frame where people live; the fields around it are one step away. */
export function fitTown(animated = true): void {
  const district = state.district.peek();
  if (!map || !district) return;
  const box = district.town ?? district.box;
  const maxZoom = district.town ? TOWN_ZOOM : DISTRICT_ZOOM;
  const target = map.cameraForBounds(box, { padding: covered(), maxZoom });
  if (!target?.center) return;
  framed = target.center as { lng: number; lat: number };
  if (animated) go([framed.lng, framed.lat], target.zoom ?? map.getZoom());
  else map.jumpTo({ ...target, pitch: map.getPitch() });
}

/** Nobody has moved the map since the town was framed. */
export function showsTown(): boolean {
  return !!map && !!framed && map.project(framed).dist(map.project(map.getCenter())) < 1;
}

export function fitDistrict(): void {
  const district = state.district.peek();
  if (district) goToBox(district.box, DISTRICT_ZOOM);
}

/** Pan, never zoom, so that a position is not under a panel. */
export function uncoverAt(lon: number, lat: number): void {
  if (!map) return;
  const side = covered();
  const point = map.project([lon, lat]);
  const { width, height } = map.getContainer().getBoundingClientRect();
  const margin = 32;
  const x = Math.max(side.left + margin - point.x, 0) || Math.min(width - side.right - margin - point.x, 0);
  const y = Math.max(side.top + margin - point.y, 0) || Math.min(height - side.bottom - margin - point.y, 0);
  if (x || y) map.panBy([-x, -y], { duration: motion(300) });
}

export function zoomBy(steps: number): void {
  map?.easeTo({ zoom: map.getZoom() + steps, duration: motion(200) });
}

export function northUp(): void {
  map?.easeTo({ bearing: 0, pitch: state.solid.peek() ? map.getPitch() : 0, duration: motion(300) });
}

export function raise(on: boolean): void {
  state.solid.value = on;
  map?.easeTo({ pitch: on ? SOLID_PITCH : 0, duration: motion(400) });
}

/** How close to look at what has no extent of its own. */
export const POINT_ZOOM = 17;

/** Go to what is selected, the point feature or the area; returns whether anything is. */
export function zoomToSelection(): boolean {
  const thing = state.thing.peek();
  const box = boxOf(state.selectedGeometry.peek());
  if (thing) goTo(thing.lon, thing.lat, Math.max(map?.getZoom() ?? 0, POINT_ZOOM));
  else if (box) goToBox(box);
  return thing !== null || box !== null;
}

function boxOf(geometry: GeoJSON.Geometry | null): [number, number, number, number] | null {
  if (!geometry || geometry.type === "GeometryCollection") return null;
  const box: [number, number, number, number] = [180, 90, -180, -90];
  const visit = (coordinates: unknown): void => {
    if (!Array.isArray(coordinates)) return;
    const [lon, lat] = coordinates;
    if (typeof lon === "number" && typeof lat === "number") {
      box[0] = Math.min(box[0], lon);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lon);
      box[3] = Math.max(box[3], lat);
    } else coordinates.forEach(visit);
  };
  visit(geometry.coordinates);
  return box[0] <= box[2] ? box : null;
}
