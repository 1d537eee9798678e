/** How list, map and drawer share the window. */

import { signal } from "@preact/signals";
import * as state from "./state";

export const DRAWER_WIDTH = 344;
export const GAP = 12;

const wide = matchMedia("(min-width: 1200px)");
const two = matchMedia("(min-width: 800px)");

/** The drawer floats over the map; in a narrower window it takes the list's place. */
export const floating = signal(wide.matches);
/** List and map are two tabs. */
export const tabbed = signal(!two.matches);
wide.addEventListener("change", () => {
  floating.value = wide.matches;
});
two.addEventListener("change", () => {
  tabbed.value = !two.matches;
});

export function theDrawer(): HTMLElement | null {
  return document.getElementById("drawer");
}

/** Lead the keyboard into the drawer. */
export function enterDrawer(): void {
  if (state.selected.peek() === null) return;
  if (tabbed.peek()) state.side.value = "list";
  requestAnimationFrame(() => theDrawer()?.focus());
}

/** Lead the keyboard back to the list. */
export function enterList(): void {
  document.getElementById("incidents")?.focus();
}

/** Leave the selected incident for the list. */
export function unselect(): void {
  state.select(null);
  enterList();
}
