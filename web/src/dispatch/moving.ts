/** Choosing another place for the selected incident: a click on the map, whose owner is told before anything is sent. */

import { computed } from "@preact/signals";
import type * as api from "../shared/api";
import { known, remote } from "../shared/remote";
import { form } from "./acts";
import { enterDrawer, tabbed } from "./panels";

/** A place is being chosen. */
export const moving = computed(() => form.value?.act.act === "move");
/** The place that was chosen, in degrees, longitude first. */
export const at = computed(() => (form.value?.act.act === "move" ? form.value.at : null));
export const located = remote<api.Located>();
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
  if (tabbed.peek()) enterDrawer();
  return true;
}
