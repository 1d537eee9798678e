/** The position of this device, as the browser gives it: WGS 84, with the radius that it is 95 % sure of. */

import * as state from "./state";

const PATIENCE_MS = 15_000;

export function askDevice(): void {
  if (!isSecureContext) {
    state.device.value = "insecure";
    return;
  }
  if (!("geolocation" in navigator)) {
    state.device.value = "unavailable";
    return;
  }
  state.device.value = "asking";
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      state.device.value = "idle";
      const accuracy = Math.min(100_000, Math.max(0, Math.round(coords.accuracy * 10) / 10));
      state.setPlace({ lon: coords.longitude, lat: coords.latitude, accuracy, from: "device" });
    },
    (error) => {
      state.device.value = error.code === 1 ? "refused" : error.code === 3 ? "timeout" : "unavailable";
    },
    { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 0 },
  );
}
