/** What a map shows, from where it looks and how large it is: Web Mercator, spherical, as OGC 17-083r4 has it. */

import type { Box } from "../shared/api";
import type { Camera } from "./address";

/** At zoom 0 the world is so many pixels wide. */
const WORLD_PX = 512;
const DEGREE = Math.PI / 180;

/** So many pixels at each edge are covered by something. */
export interface Covered {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Northwards on the projected sphere of radius 1, and back. */
const up = (lat: number): number => Math.asinh(Math.tan(lat * DEGREE));
const latitude = (y: number): number => Math.atan(Math.sinh(y)) / DEGREE;

/** The box in degrees, longitude first, that is shown around a centre by a map of so many pixels, north up. */
export function boxAround({ lon, lat, zoom }: Camera, width: number, height: number): Box {
  const world = WORLD_PX * 2 ** zoom;
  const across = (180 * width) / world;
  const [middle, half] = [up(lat), (Math.PI * height) / world];
  return [lon - across, latitude(middle - half), lon + across, latitude(middle + half)];
}

/** From where a map of so many pixels shows the whole of a box in the part that is not covered, as near as that goes. */
export function cameraFor(
  [west, south, east, north]: Box,
  width: number,
  height: number,
  covered: Covered,
  nearest: number,
): Camera {
  const free = [width - covered.left - covered.right, height - covered.top - covered.bottom] as const;
  const wide = (east - west) / 360;
  const high = (up(north) - up(south)) / (2 * Math.PI);
  // a point has no size, and is shown from as near as is allowed
  const zoomOf = (pixels: number, share: number): number =>
    share > 0 ? Math.log2(Math.max(1, pixels) / (WORLD_PX * share)) : nearest;
  const zoom = Math.min(nearest, zoomOf(free[0], wide), zoomOf(free[1], high));
  const world = WORLD_PX * 2 ** zoom;
  return {
    lon: (west + east) / 2 + (180 * (covered.right - covered.left)) / world,
    lat: latitude((up(south) + up(north)) / 2 - (Math.PI * (covered.bottom - covered.top)) / world),
    zoom,
  };
}

/** Where a place stands on a map of so many pixels, from its left and top. */
export function pixelAt(camera: Camera, width: number, height: number, lon: number, lat: number): [number, number] {
  const world = WORLD_PX * 2 ** camera.zoom;
  return [
    width / 2 + ((lon - camera.lon) / 360) * world,
    height / 2 - ((up(lat) - up(camera.lat)) / (2 * Math.PI)) * world,
  ];
}
