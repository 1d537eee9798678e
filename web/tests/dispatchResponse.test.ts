/** Where a response lies, and which day of it is. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { circleAround, dayOf, labelAt, lies } from "../src/dispatch/responseShape";

const ring = (west: number, south: number, east: number, north: number) => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const TWO = {
  type: "MultiPolygon",
  coordinates: [[ring(105, 29, 106, 30), ring(105.4, 29.4, 105.6, 29.6)], [ring(106, 29, 107, 30)]],
};

test("a place lies in one part or the other, not in a hole, and on a shared edge in the shape once", () => {
  assert.ok(lies(TWO, 105.1, 29.1));
  assert.ok(lies(TWO, 106.5, 29.5));
  assert.ok(!lies(TWO, 105.5, 29.5));
  assert.ok(!lies(TWO, 107.5, 29.5));
  assert.ok(lies(TWO, 106, 29.5));
  assert.ok(!lies(null, 106, 29.5));
});

test("days change at midnight of the district, and the first is day 1", () => {
  assert.equal(dayOf("2026-11-23T15:30:00Z", Date.parse("2026-11-23T15:59:59Z")), 1);
  assert.equal(dayOf("2026-11-23T15:30:00Z", Date.parse("2026-11-23T16:00:00Z")), 2);
  assert.equal(dayOf("2026-11-23T15:30:00Z", Date.parse("2026-11-20T00:00:00Z")), 1);
});

test("a label stands on the northernmost vertex, and a shape without one has none", () => {
  assert.deepEqual(
    labelAt({ type: "Polygon", coordinates: [circleAround([105, 29], 100)] })?.[0].toFixed(6),
    "105.000000",
  );
  assert.equal(labelAt(null), null);
});
