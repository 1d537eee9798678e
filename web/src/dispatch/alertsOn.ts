/** Whether who is signed in wants to be alerted; this browser remembers it. */

import { computed, signal } from "@preact/signals";
import { session } from "../shared/account";
import { remember, remembered } from "../shared/memory";
import { known } from "../shared/remote";

const chosen = computed(() => `alerts.${known(session.value)?.account ?? ""}` as const);
const changed = signal(0);
export const alertsOn = computed(() => {
  changed.value;
  return remembered(chosen.value) === "on";
});

/** The browser lets the page make a sound. */
export const awake = signal(false);
/** Sounds are wanted, and the browser makes none before somebody has touched the page or a key. */
export const mute = computed(() => alertsOn.value && !awake.value);

export function rememberAlerts(on: boolean): void {
  remember(chosen.peek(), on ? "on" : "off");
  changed.value += 1;
}
