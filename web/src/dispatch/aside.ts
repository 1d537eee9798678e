/** Who stands where an incident is steps aside on the map: drawn beside its mark, not under it. */

import type { ExpressionSpecification } from "maplibre-gl";
import type { IncidentRow } from "../shared/api";

/** So near an incident somebody is at it; the fixes of phones are no better. */
const AT_M = 15;
const METRES_PER_DEGREE = 111_320;
/** To the right and down, in pixels at full size: half a mark and half a disc. */
const ASIDE_PX = 19;

/** Return whether a position is at one of some incidents. */
export function isAt([lon, lat]: readonly [number, number], rows: Iterable<IncidentRow>): boolean {
  const high = AT_M / METRES_PER_DEGREE;
  const wide = high / Math.cos((lat * Math.PI) / 180);
  for (const row of rows) {
    if (row.lon === null || row.lat === null) continue;
    if (Math.abs(row.lon - lon) < wide && Math.abs(row.lat - lat) < high) return true;
  }
  return false;
}

const by = (px: number): ExpressionSpecification => [
  "case",
  ["boolean", ["get", "aside"], false],
  ["literal", [px, px]],
  ["literal", [0, 0]],
];

/** The offset of the disc of whom `aside` is true. */
export const ICON_ASIDE = by(ASIDE_PX);

/** The offset of the letter in it, in ems of its size; `scale`: that of the disc. */
export function textAside(size: number, scale: number): ExpressionSpecification {
  return by((ASIDE_PX * scale) / size);
}
