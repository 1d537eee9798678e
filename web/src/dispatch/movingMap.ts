/** The pin of the place that was chosen for an incident, and the question who answers for it. */

import { effect } from "@preact/signals";
import { type Map as MapLibre, Marker } from "maplibre-gl";
import * as api from "../shared/api";
import { forget, load } from "../shared/remote";
import { at, located, moving } from "./moving";

/** Ask who answers for the place, and let a pin stand there. */
export function followMove(map: MapLibre): void {
  const pin = document.createElement("span");
  pin.className = "move-pin";
  pin.setAttribute("aria-hidden", "true");
  const marker = new Marker({ element: pin });
  effect(() => {
    const place = at.value;
    map.getContainer().dataset["moving"] = String(moving.value);
    if (!place) {
      marker.remove();
      forget(located);
      return;
    }
    marker.setLngLat(place).addTo(map);
    const [lon, lat] = place;
    void load(located, (stop) => api.locate(lon, lat, stop), false);
  });
}
