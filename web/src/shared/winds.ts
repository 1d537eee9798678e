/** The words of the eight winds, clockwise from north. */

import type { Key } from "./words/keys";

export const WINDS: readonly Key[] = [
  "walk.north",
  "walk.north_east",
  "walk.east",
  "walk.south_east",
  "walk.south",
  "walk.south_west",
  "walk.west",
  "walk.north_west",
];
