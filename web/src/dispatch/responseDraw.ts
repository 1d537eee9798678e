/** Choosing a shape on the map: a click or a key adds a vertex, Backspace takes one back, Enter closes, Esc leaves. */

import { effect } from "@preact/signals";
import type { Map as MapLibre, MapMouseEvent } from "maplibre-gl";
import { closeLast } from "../shared/ui/layer";
import { theMap } from "./camera";
import { closeRing, draft, leaveDrawing, place, undoVertex } from "./responseDraft";
import { drawing } from "./responses";

/** A click so near a vertex means that vertex. */
const SAME_PX = 8;

/** Take a click for the shape that is being drawn; false where none is. */
export function drawsAt(map: MapLibre, { point, lngLat }: Pick<MapMouseEvent, "point" | "lngLat">): boolean {
  if (drawing.peek() === null) return false;
  const { ring } = draft.peek();
  const near = (which: number): boolean => {
    const at = ring.at(which);
    return at !== undefined && map.project(at).dist(point) <= SAME_PX;
  };
  if (drawing.peek() === "drawn" && ring.length) {
    // the second click of a double click, or a click on the first vertex, closes
    if (near(-1) || (ring.length > 2 && near(0))) {
      closeRing();
      return true;
    }
  }
  place([lngLat.lng, lngLat.lat]);
  return true;
}

/** Take the middle of the map: the pointer of those who have no pointer. */
export function placeMiddle(): void {
  const map = theMap();
  if (!map || drawing.peek() === null) return;
  const lngLat = map.getCenter();
  drawsAt(map, { point: map.project(lngLat), lngLat });
}

function isOwnKey(target: EventTarget | null): boolean {
  return !(target instanceof HTMLElement && target.closest("input, textarea, select, dialog, button, a"));
}

/** Begin to hear the keys, before those of the desk. */
export function listenDrawing(): void {
  addEventListener(
    "keydown",
    (event) => {
      if (drawing.peek() === null || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.key !== "Escape" && !isOwnKey(event.target)) return;
      if (event.key === "Escape") closeLast() || leaveDrawing();
      else if (event.key === "Backspace") undoVertex();
      else if (event.key === "Enter") closeRing();
      else if (event.key === " ") placeMiddle();
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
  effect(() => {
    const on = drawing.value !== null;
    const map = theMap();
    if (!map) return;
    if (on) map.doubleClickZoom.disable();
    // the click that closed it is still on its way
    else setTimeout(() => map.doubleClickZoom.enable(), 400);
    map.getContainer().dataset.drawing = String(on);
  });
}
