/** The letters of the candidates on the map, as on their cards. */

import { effect } from "@preact/signals";
import { type Map as MapLibre, Marker } from "maplibre-gl";
import * as state from "./state";

export const LETTERS = "ABC";

/** Let a letter stand in each area that may own the place; the chosen one is marked. Returns how to end it. */
export function showLetters(map: MapLibre): ReturnType<typeof effect> {
  let standing: Marker[] = [];
  return effect(() => {
    for (const marker of standing) marker.remove();
    standing = state.candidates.value.flatMap(({ code }, which) => {
      const side = code === null ? undefined : state.sidesNow.value.get(code);
      if (!side || state.form.value.answer) return [];
      const element = document.createElement("span");
      element.className = "letter on-map";
      element.dataset["which"] = String(which);
      element.dataset["chosen"] = String(code === state.stated.value);
      element.textContent = LETTERS[which] ?? "";
      element.setAttribute("aria-hidden", "true");
      return [new Marker({ element }).setLngLat(side.at).addTo(map)];
    });
  });
}
