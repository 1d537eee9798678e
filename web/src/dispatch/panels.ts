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

/** Lead the keyboard somewhere: at once where that stands already, so that the next key is for it, else once it does. */
export function lead(id: string): void {
  const there = document.getElementById(id);
  there?.focus();
  const led = there !== null && document.activeElement === there;
  requestAnimationFrame(() => {
    // what had it may have been drawn anew meanwhile
    if (!led || document.activeElement === document.body) document.getElementById(id)?.focus();
  });
}

/** Lead the keyboard into the drawer. */
export function enterDrawer(): void {
  if (state.selected.peek() === null) return;
  if (tabbed.peek()) state.side.value = "list";
  lead("drawer");
}

/** Lead the keyboard back to the list. */
export function enterList(): void {
  lead("incidents");
}

/** Leave the selected incident for the list. */
export function unselect(): void {
  state.select(null);
  enterList();
}
