/** Keeps the address of the desk equal to what it shows, so that copying it is enough to share it. */

import { computed, effect } from "@preact/signals";
import { language } from "../shared/language";
import { theme } from "../shared/theme";
import { ALL, write } from "./address";
import { looked } from "./responses";
import * as state from "./state";

/** Browsers refuse more than about 200 changes of the address in half a minute. */
const PAUSE_MS = 250;

/** The query of the address that leads back to what the desk shows. */
export const link = computed(() =>
  write({
    ...state.filters.value,
    tab: state.tab.value,
    selected: state.selected.value,
    response: state.responsesOpen.value ? (looked.value ?? ALL) : null,
    camera: state.camera.value,
    layers: state.switched.value,
    language: language.value,
    theme: theme.value,
  }),
);

export function keepLink(): void {
  let timer = 0;
  effect(() => {
    const query = link.value;
    clearTimeout(timer);
    timer = window.setTimeout(() => history.replaceState(null, "", location.pathname + query), PAUSE_MS);
  });
}
