/** On which side the areas lie that may own a place. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { rose, sides } from "../src/report/sides";

const [LON, LAT] = [105, 29];
const METRES = 40;

/** Who owns each place of a rose, by a rule over metres east and north. */
function owned(rule: (east: number, north: number) => string | null) {
  const around = rose(LON, LAT, METRES);
  const across = 111_320 * Math.cos((LAT * Math.PI) / 180);
  return { around, owners: around.lon.map((x, i) => rule((x - LON) * across, ((around.lat[i] ?? 0) - LAT) * 111_320)) };
}

test("each of two halves lies on its side, and its letter stands well inside it", () => {
  const { around, owners } = owned((east) => (east < 4 ? "west" : "east"));
  const found = sides(around, owners);
  assert.equal(found.get("west")?.wind, 6);
  assert.equal(found.get("east")?.wind, 2);
  const across = 111_320 * Math.cos((LAT * Math.PI) / 180);
  assert.ok(((found.get("east")?.at[0] ?? 0) - LON) * across > METRES * 0.9);
  assert.ok(((found.get("west")?.at[0] ?? 0) - LON) * across < -METRES * 0.9);
});

test("every quarter has its wind", () => {
  const { around, owners } = owned((east, north) => `${north > 0 ? "n" : "s"}${east > 0 ? "e" : "w"}`);
  const found = sides(around, owners);
  assert.deepEqual(
    ["ne", "se", "sw", "nw"].map((code) => found.get(code)?.wind),
    [1, 3, 5, 7],
  );
});

test("what lies around the place has no side, and what owns nothing near is not told of", () => {
  const { around, owners } = owned((east, north) => (north > 30 && Math.abs(east) < 10 ? "tip" : "around"));
  const found = sides(around, owners);
  assert.equal(found.get("around")?.wind, null);
  assert.equal(found.get("tip")?.wind, 0);
  assert.equal(found.get("elsewhere"), undefined);
  assert.equal(
    sides(
      around,
      owners.map(() => null),
    ).size,
    0,
  );
});
