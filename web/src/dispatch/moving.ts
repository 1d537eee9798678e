/** Choosing another place for the selected incident: a click on the map, whose owner is told before anything is sent. */

import { computed, effect } from "@preact/signals";
import { type Map as MapLibre, Marker } from "maplibre-gl";
import * as api from "../shared/api";
import { forget, known, load, remote } from "../shared/remote";
import { form } from "./acts";
import { theMap } from "./camera";

const moving = computed(() => form.value?.act.act === "move");
const at = computed(() => (form.value?.act.act === "move" ? form.value.at : null));
const located = remote<api.Located>();
export const asked = computed(() => located.value.status);
/** Who would answer for the place that was chosen; null where nobody does, or while it is not known. */
export const newOwner = computed(
  () => known(located.value)?.trees.find(({ tree }) => tree === "main")?.responsible ?? null,
);

/** Take a place for the incident that is being moved; false where none is. */
export function movesTo({ lng, lat }: { lng: number; lat: number }): boolean {
  const now = form.peek();
  if (now?.act.act !== "move") return false;
  form.value = { ...now, at: [Number(lng.toFixed(7)), Number(lat.toFixed(7))] };
  return true;
}

/** Ask who answers for the place, and let a pin stand there. */
export function followMove(): void {
  const pin = document.createElement("span");
  pin.className = "move-pin";
  pin.setAttribute("aria-hidden", "true");
  const marker = new Marker({ element: pin });
  effect(() => {
    const place = at.value;
    const map: MapLibre | null = theMap();
    if (map) map.getContainer().dataset["moving"] = String(moving.value);
    if (!place || !map) {
      marker.remove();
      forget(located);
      return;
    }
    marker.setLngLat(place).addTo(map);
    const [lon, lat] = place;
    void load(located, (stop) => api.locate(lon, lat, stop), false);
  });
}
