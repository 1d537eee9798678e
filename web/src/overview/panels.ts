/** The panels at the two sides of the map. Where the window has room for one of them only, the other waits beneath it. */

import { batch, computed, signal } from "@preact/signals";

/** Below this width panels are sheets, one at a time. */
const SHEETS_BELOW = 800;
/** Below this width two panels would leave hardly any map between them. */
const BOTH_FROM = 1100;
/** From this width on the layers are open from the start. */
const LAYERS_FROM = 1200;

/** How wide the panels are, and how far they stand from the edges and from the map's buttons. */
export const LEFT_WIDTH = 320;
export const RIGHT_WIDTH = 288;
export const GAP = 12;

const between = matchMedia(`(min-width: ${SHEETS_BELOW}px) and (max-width: ${BOTH_FROM - 1}px)`);
const narrow = signal(between.matches);
between.addEventListener("change", () => {
  narrow.value = between.matches;
});

const leftOpen = signal(true);
const rightOpen = signal(innerWidth >= LAYERS_FROM);
const inFront = signal<"left" | "right">("left");

export const leftShown = computed(
  () => leftOpen.value && !(narrow.value && rightOpen.value && inFront.value === "right"),
);
export const rightShown = computed(
  () => rightOpen.value && !(narrow.value && leftOpen.value && inFront.value === "left"),
);

export function sheets(): boolean {
  return innerWidth < SHEETS_BELOW;
}

/** There is room for one panel beside the map. */
export function oneAtATime(): boolean {
  return narrow.peek();
}

export function openLeft(): void {
  batch(() => {
    leftOpen.value = true;
    inFront.value = "left";
  });
}

export function openRight(): void {
  batch(() => {
    rightOpen.value = true;
    inFront.value = "right";
  });
}

/** Close what is on the left; nothing comes out from beneath it, because the map was asked for. */
export function closeLeft(): void {
  batch(() => {
    if (narrow.peek()) rightOpen.value = false;
    leftOpen.value = false;
  });
}

/** Close what is on the right; what it lay over comes back. */
export function closeRight(): void {
  rightOpen.value = false;
}

/** The card of a place goes: the list or the layers that it lay over come back. */
export function uncoverRight(): void {
  inFront.value = "right";
}
