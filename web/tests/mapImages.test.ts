/** The images that a map keeps for its clusters stay within a bound. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { superfluous } from "../src/shared/map/images";

test("within the bound all stay, beyond it those that nothing shows go", () => {
  const made = ["a", "b", "c", "d"];
  assert.deepEqual(superfluous(made, new Set(["b"]), 4), []);
  assert.deepEqual(superfluous(made, new Set(["b", "d", "z"]), 3), ["a", "c"]);
  assert.deepEqual(superfluous(made, new Set(made), 1), []);
});
