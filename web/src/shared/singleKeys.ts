/** Whether single letters act: a person can turn them off. */

import { signal } from "@preact/signals";
import { remember, remembered } from "./memory";

export const singleKeys = signal(remembered("single_keys") !== "off");

export function allowSingleKeys(on: boolean): void {
  singleKeys.value = on;
  remember("single_keys", on ? "on" : "off");
}
