/** The position of this device, as the browser gives it: WGS 84, with the radius that it is 95 % sure of. */

import { effect } from "@preact/signals";
import * as state from "./state";

const PATIENCE_MS = 15_000;

/** Which request is waited for. */
let asked = 0;

// Who points at a place, chooses an owner or goes on has said where it is: what the device finds later is not wanted.
let before = state.form.peek();
effect(() => {
  const now = state.form.value;
  const same = now.place === before.place && now.stated === before.stated && now.step === before.step;
  before = now;
  if (same) return;
  asked += 1;
  if (state.device.peek() === "asking") state.device.value = "idle";
});

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
  asked += 1;
  const mine = asked;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      if (mine !== asked) return;
      state.device.value = "idle";
      const accuracy = Math.min(100_000, Math.max(0, Math.round(coords.accuracy * 10) / 10));
      state.setPlace({ lon: coords.longitude, lat: coords.latitude, accuracy, from: "device" });
    },
    (error) => {
      if (mine !== asked) return;
      state.device.value = error.code === 1 ? "refused" : error.code === 3 ? "timeout" : "unavailable";
    },
    { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 0 },
  );
}
