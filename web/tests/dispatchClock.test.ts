/** The clock of an incident, as the desk tells it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { clockOf } from "../src/dispatch/clockOf";

test("the share that is left is of the limit that runs, not of the time since the report", () => {
  const row = {
    state: "filed",
    reported_at: "2026-10-01T00:00:00Z",
    clock_from: "2026-11-28T00:00:00Z",
    due_at: "2026-11-28T08:00:00Z",
    warn_at: "2026-11-28T06:00:00Z",
  };
  const begun = clockOf(row, Date.parse("2026-11-28T00:00:00Z"));
  assert.deepEqual(begun, { state: "running", left: 8 * 3_600_000, share: 1 });
  const late = clockOf(row, Date.parse("2026-11-28T06:00:00Z"));
  assert.deepEqual(late, { state: "running_out", left: 2 * 3_600_000, share: 0.25 });
});
