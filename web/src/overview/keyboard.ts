/** The keys of the page. Single letters do nothing in a text field, and can be turned off. */

import { type Binding, ofEveryPage } from "../shared/keys";
import { known } from "../shared/remote";
import { singleKeys } from "../shared/singleKeys";
import { takesLetters } from "../shared/typing";
import { northUp, raise, zoomBy } from "./camera";
import { closeLeft, closeRight, leftShown, openLeft, openRight, rightShown, sheets } from "./panels";
import * as state from "./state";
import { back, flyToDistrict } from "./steps";

function openPanel(tab: "layers" | "view"): void {
  if (sheets()) {
    state.sheet.value = state.sheet.peek() === tab ? null : tab;
    state.rightTab.value = tab;
    return;
  }
  const shown = rightShown.peek() && state.rightTab.peek() === tab;
  state.rightTab.value = tab;
  if (shown) closeRight();
  else openRight();
}

function openSearch(goingTo: boolean): void {
  state.goingTo.value = goingTo;
  state.searchOpen.value = true;
  // At once, so that no letter that is typed next is lost.
  document.getElementById("search")?.focus();
}

function lookAround(): void {
  const at = state.place.peek();
  if (at) state.walking.value = { ...at, bearing: state.camera.peek()?.bearing ?? 0 };
  else state.picking.value = !state.picking.peek();
}

export const BINDINGS: Binding[] = [
  { keys: ["/"], words: "keys.search", act: () => openSearch(false) },
  { keys: ["g"], words: "keys.go_to", printed: ["G"], act: () => openSearch(true) },
  { keys: ["Escape"], words: "keys.escape", printed: ["Esc"] },
  { keys: ["ArrowUp", "ArrowDown"], words: "keys.results", printed: ["↑", "↓"] },
  { keys: ["Enter"], words: "keys.enter" },
  { keys: ["l"], words: "keys.layers", printed: ["L"], act: () => openPanel("layers") },
  { keys: ["v"], words: "keys.view", printed: ["V"], act: () => openPanel("view") },
  {
    keys: ["[", "]"],
    words: "keys.panels",
    act: (key) => {
      if (key === "[") (leftShown.peek() ? closeLeft : openLeft)();
      else (rightShown.peek() ? closeRight : openRight)();
    },
  },
  { keys: ["+", "="], words: "keys.zoom", printed: ["+", "−"], act: () => zoomBy(1) },
  { keys: ["-"], words: "keys.zoom", printed: [], act: () => zoomBy(-1) },
  { keys: ["arrows"], words: "keys.pan", printed: ["←", "→", "↑", "↓"] },
  { keys: ["n"], words: "keys.north", printed: ["N"], act: northUp },
  { keys: ["b"], words: "keys.tilt", printed: ["B"], act: () => raise(!state.solid.peek()) },
  { keys: ["p"], words: "keys.walk", printed: ["P"], act: lookAround },
  {
    keys: ["1", "2", "3", "4", "5"],
    words: "keys.districts",
    printed: ["1", "–", "5"],
    act: (key) => {
      const chosen = known(state.districts.peek())?.[Number(key) - 1];
      if (chosen) flyToDistrict(chosen.slug);
    },
  },
  ...ofEveryPage(state.keysOpen),
];

export function listen(): void {
  addEventListener(
    "keydown",
    (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.key === "Escape") {
        if (back()) event.preventDefault();
        return;
      }
      if (takesLetters(event.target) || state.walking.peek() || !singleKeys.peek()) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const binding = BINDINGS.find((each) => each.act && each.keys.includes(key));
      if (!binding?.act) return;
      event.preventDefault();
      // MapLibre listens on its canvas too; a key has one meaning.
      event.stopPropagation();
      binding.act(key);
    },
    true,
  );
}
