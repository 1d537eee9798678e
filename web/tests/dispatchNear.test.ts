/** What is drawn and offered of what is near an incident. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { middle, sector } from "../src/dispatch/sectors";

const CAMERA = { lon: 105, lat: 29, bearing: 90, field_of_view: 60, range_m: 100 };

test("a sector begins and ends at its camera and looks along its true bearing", () => {
  const ring = sector(CAMERA);
  assert.deepEqual(ring[0], [105, 29]);
  assert.deepEqual(ring.at(-1), [105, 29]);
  const far = ring[Math.floor(ring.length / 2)] as [number, number];
  assert.ok(far[0] > 105.0009);
  assert.ok(Math.abs(far[1] - 29) < 1e-4);
});

test("a camera that sees all round has a closed circle without a corner at itself", () => {
  const ring = sector({ ...CAMERA, field_of_view: 360 });
  assert.deepEqual(ring[0], ring.at(-1));
  assert.ok(ring.every(([lon, lat]) => lon !== 105 || lat !== 29));
});

test("the middle of a line lies halfway by its length, whatever its corners", () => {
  assert.deepEqual(
    middle([
      [0, 0],
      [0, 1],
      [0, 4],
    ]),
    [0, 2],
  );
  assert.deepEqual(middle([[3, 4]]), [3, 4]);
  assert.equal(middle([]), null);
});
