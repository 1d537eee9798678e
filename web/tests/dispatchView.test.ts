/** Where a map looks so that a box is seen, and where places stand on it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { boxAround, cameraFor, pixelAt } from "../src/dispatch/view";

const NOTHING = { left: 0, right: 0, top: 0, bottom: 0 };

const close = (a: readonly number[], b: readonly number[], by: number): void => {
  assert.equal(a.length, b.length);
  for (const [index, each] of a.entries()) assert.ok(Math.abs(each - (b[index] ?? Number.NaN)) < by, `${a} ${b}`);
};

test("from where a box is seen whole is where the box around it is seen from", () => {
  const camera = { lon: 105.37, lat: 29.15, zoom: 13.4 };
  const box = boxAround(camera, 1000, 640);
  const found = cameraFor(box, 1000, 640, NOTHING, 20);
  close([found.lon, found.lat, found.zoom], [camera.lon, camera.lat, camera.zoom], 1e-9);
});

test("the corners of a box stand at the edges of what is not covered", () => {
  const covered = { left: 56, right: 400, top: 24, bottom: 60 };
  const [west, south, east, north] = [105.3, 29.1, 105.5, 29.15] as const;
  const camera = cameraFor([west, south, east, north], 1200, 800, covered, 20);
  const [left, top] = pixelAt(camera, 1200, 800, west, north);
  const [right, bottom] = pixelAt(camera, 1200, 800, east, south);
  close([left, right], [56, 800], 1e-6);
  // it is wider than high: what is free above and below is the same
  close([top - 24], [740 - bottom], 1e-6);
});

test("a single place is shown from as near as is allowed, in the middle of what is free", () => {
  const camera = cameraFor([105, 29, 105, 29], 800, 600, { ...NOTHING, right: 200 }, 17);
  assert.equal(camera.zoom, 17);
  close(pixelAt(camera, 800, 600, 105, 29), [300, 300], 1e-6);
});
