/** The map waits for the list and its picture: what somebody reads first is shown first, since the beginning of a map
 * keeps a page busy. */

import { effect } from "@preact/signals";
import * as state from "./state";

/** So long at most: then there is a map beside a list that is still being read. */
const LONGEST_MS = 1500;

/** Done once the first rows, or why there are none, stand on the screen, and where they lie. */
export function firstPainted(): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, LONGEST_MS);
    effect(() => {
      if (state.boardStatus.value === "loading" || state.gathering.value) return;
      const look = (): void => {
        if (!state.gathering.peek()) done(); // else it is looked at again when that has come
      };
      requestAnimationFrame(() => requestAnimationFrame(look));
    });
  });
}
