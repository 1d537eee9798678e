/** The limit by which somebody is to be there, as the drawer tells it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrivalOf } from "../src/dispatch/arrival";

const LIMIT = "2026-11-28T08:00:00Z";
const at = (iso: string) => Date.parse(iso);
const row = (state: string, arrived_at: string | null = null, arrive_by: string | null = LIMIT) => ({
  state,
  arrived_at,
  arrive_by,
});

test("before the limit the time is told that is left, after it by how much it is late", () => {
  const before = arrivalOf(row("dispatched"), at("2026-11-28T07:45:00Z"));
  assert.deepEqual(before, { state: "waiting", at: LIMIT, apart: 900_000 });
  const after = arrivalOf(row("dispatched"), at("2026-11-28T08:10:00Z"));
  assert.deepEqual(after, { state: "late", at: LIMIT, apart: 600_000 });
});

test("who was there was there in time or late, whatever became of it", () => {
  const [early, late] = ["2026-11-28T07:00:00Z", "2026-11-28T09:00:00Z"];
  for (const state of ["on_site", "closed", "suspended"]) {
    assert.deepEqual(arrivalOf(row(state, early), 0), { state: "in_time", at: early, apart: 3_600_000 });
    assert.deepEqual(arrivalOf(row(state, late), 0), { state: "came_late", at: late, apart: 3_600_000 });
  }
});

test("the clock stands while it is suspended, and there is none where nothing was promised or noted", () => {
  assert.equal(arrivalOf(row("suspended"), at("2026-11-29T08:00:00Z"))?.state, "paused");
  assert.equal(arrivalOf(row("closed"), 0), null);
  assert.equal(arrivalOf(row("dispatched", null, null), 0), null);
});
