/** The hand that takes a responder: from their disc on the map or their line in the drawer, to an incident. */

import type { Map as MapLibre } from "maplibre-gl";
import { theMap } from "./camera";
import { drag, type Held, type Over, person } from "./drag";
import { letGo } from "./sending";
import * as state from "./state";

/** A press becomes a drag after so far. */
const BEGIN_PX = 6;

type Under = (point: { x: number; y: number }) => Over;

let pressed: { who: Held; x: number; y: number; pointer: number } | null = null;
/** The click that a drag ends with is none. */
let swallow = false;

function overOf(x: number, y: number, under: Under): Over {
  const element = document.elementFromPoint(x, y);
  const row = element?.closest<HTMLElement>("[data-key]");
  if (row?.dataset["key"]) return { key: row.dataset["key"], at: null };
  const selected = state.selected.peek();
  if (selected !== null && element?.closest(".drawer")) return { key: selected, at: null };
  const canvas = theMap()?.getCanvas();
  if (!canvas || !element || !canvas.parentElement?.contains(element)) return null;
  const box = canvas.getBoundingClientRect();
  return under({ x: x - box.left, y: y - box.top });
}

function press(who: Held, event: PointerEvent | MouseEvent): void {
  const pointer = event instanceof PointerEvent ? event.pointerId : 1;
  pressed = { who, x: event.clientX, y: event.clientY, pointer };
}

/** Let go of everything; returns whether somebody was held. */
export function cancelDrag(): boolean {
  const held = drag.peek() !== null;
  if (held) swallow = true;
  pressed = null;
  drag.value = null;
  return held;
}

/** Begin with the line of somebody in the drawer. */
export function takeFromDrawer(account: string, event: PointerEvent): void {
  if (event.button !== 0 || event.pointerType === "touch") return; // there a finger scrolls
  const who = person(account);
  if (who) press(who, event);
}

/** Listen on the map: `discs` are the layers of responders, `under` tells what lies at a pixel. */
export function watchHand(on: MapLibre, discs: readonly string[], under: Under): void {
  on.on("mousedown", (event) => {
    if (event.originalEvent.button !== 0) return;
    const layers = discs.filter((id) => on.getLayer(id));
    const box: [[number, number], [number, number]] = [
      [event.point.x - 3, event.point.y - 3],
      [event.point.x + 3, event.point.y + 3],
    ];
    if (under(event.point) !== null) return; // an incident lies above: its click is meant
    const [found] = layers.length ? on.queryRenderedFeatures(box, { layers }) : [];
    const who = found ? person(String(found.properties["account"])) : null;
    if (!who) return;
    event.preventDefault(); // the map stays
    press(who, event.originalEvent);
  });
  addEventListener("pointermove", (event) => {
    if (!pressed) return;
    const { who, x, y } = pressed;
    if (!drag.peek() && Math.hypot(event.clientX - x, event.clientY - y) < BEGIN_PX) return;
    event.preventDefault();
    drag.value = { who, x: event.clientX, y: event.clientY, over: overOf(event.clientX, event.clientY, under) };
  });
  addEventListener("pointerup", () => {
    const last = drag.peek();
    if (!last) {
      pressed = null;
      return;
    }
    swallow = true;
    pressed = null;
    drag.value = null;
    void letGo(last.who, last.over);
  });
  addEventListener("pointercancel", () => cancelDrag());
  addEventListener("blur", () => cancelDrag());
  addEventListener("pointerdown", () => {
    swallow = false;
  });
  addEventListener(
    "click",
    (event) => {
      if (!swallow) return;
      swallow = false;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
}
