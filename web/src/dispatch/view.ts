/** What a map shows, from where it looks and how large it is: Web Mercator, spherical, as OGC 17-083r4 has it. */

import type { Box } from "../shared/api";
import type { Camera } from "./address";

/** At zoom 0 the world is so many pixels wide. */
const WORLD_PX = 512;
const DEGREE = Math.PI / 180;

/** The box in degrees, longitude first, that is shown around a centre by a map of so many pixels, north up. */
export function boxAround({ lon, lat, zoom }: Camera, width: number, height: number): Box {
  const world = WORLD_PX * 2 ** zoom;
  const across = (180 * width) / world;
  const middle = Math.asinh(Math.tan(lat * DEGREE));
  const up = (Math.PI * height) / world;
  const latitude = (y: number): number => Math.atan(Math.sinh(y)) / DEGREE;
  return [lon - across, latitude(middle - up), lon + across, latitude(middle + up)];
}
