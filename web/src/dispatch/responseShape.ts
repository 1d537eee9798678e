/** The shape and the days of a response: what lies inside, where its label goes, which day it is. */

import type { Position } from "../shared/api";
import { reaches } from "../shared/ownership/orientation";

type Ring = readonly (readonly number[])[];

const DAY_MS = 86_400_000;
/** Asia/Shanghai, as the ledger counts. */
const OFFSET_MS = 8 * 3_600_000;
const METRES_PER_DEGREE = 111_195;

/** Which calendar day of the district it is on; on its first day 1. */
export function dayOf(openedAt: string, at: number): number {
  const day = (moment: number): number => Math.floor((moment + OFFSET_MS) / DAY_MS);
  return Math.max(1, day(at) - day(Date.parse(openedAt)) + 1);
}

export function ringsOf(shape: unknown): Ring[] {
  const geometry = shape as GeoJSON.Geometry | null;
  if (geometry?.type === "Polygon") return geometry.coordinates;
  if (geometry?.type === "MultiPolygon") return geometry.coordinates.flat();
  return [];
}

/** Whether a place lies in a shape, by the rule by which areas own points: bit for bit as the server says it. */
export function lies(shape: unknown, lon: number, lat: number): boolean {
  let inside = false;
  for (const ring of ringsOf(shape)) {
    for (let index = 1; index < ring.length; index += 1) {
      const [ax = 0, ay = 0] = ring[index - 1] ?? [];
      const [bx = 0, by = 0] = ring[index] ?? [];
      if (ay <= lat === by <= lat) continue;
      const passes = ax <= bx ? reaches(ax, ay, bx, by, lon, lat) : reaches(bx, by, ax, ay, lon, lat);
      if (passes) inside = !inside;
    }
  }
  return inside;
}

/** Where the label of a shape stands: on its northernmost vertex, clear of what lies in it. */
export function labelAt(shape: unknown): Position | null {
  let best: Position | null = null;
  for (const ring of ringsOf(shape)) {
    for (const [lon = 0, lat = 0] of ring) if (!best || lat > best[1]) best = [lon, lat];
  }
  return best;
}

/** A circle as one sees it while it is chosen; the server makes the one that counts. */
export function circleAround([lon, lat]: Position, radius: number): Position[] {
  const across = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  return Array.from({ length: 65 }, (_, step): Position => {
    const turn = (step / 64) * 2 * Math.PI;
    return [lon + (radius * Math.cos(turn)) / across, lat + (radius * Math.sin(turn)) / METRES_PER_DEGREE];
  });
}
