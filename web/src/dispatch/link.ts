/** Keeps the address of the desk equal to what it shows, so that copying it is enough to share it. */

import { batch, computed } from "@preact/signals";
import { language } from "../shared/language";
import { keepAddress } from "../shared/link";
import { theme } from "../shared/theme";
import { ALL, filtersOf, parse, write } from "./address";
import { enterList } from "./panels";
import { looked } from "./responses";
import * as state from "./state";

const response = computed(() => (state.responsesOpen.value ? (looked.value ?? ALL) : null));

/** The query of the address that leads back to what the desk shows. */
export const link = computed(() =>
  write({
    ...state.filters.value,
    tab: state.tab.value,
    selected: state.selected.value,
    response: response.value,
    camera: state.camera.value,
    layers: state.switched.value,
    language: language.value,
    theme: theme.value,
  }),
);

/** What is a step for Back; where the map looks and what is typed is none. */
const place = computed(() => {
  const { text: _typed, ...filters } = state.filters.value;
  return JSON.stringify([filters, state.tab.value, state.selected.value, response.value]);
});

/** Show the list and the incident that a query names. */
function show(query: string): void {
  const asked = parse(query);
  const filters = filtersOf(asked);
  const left = state.selected.peek() !== null && asked.selected === null;
  batch(() => {
    if (JSON.stringify(filters) !== JSON.stringify(state.filters.peek())) state.filters.value = filters;
    state.tab.value = asked.tab;
    state.select(asked.selected);
    if (asked.response !== null) looked.value = asked.response === ALL ? null : asked.response;
    state.responsesOpen.value = asked.response !== null && asked.selected === null;
  });
  if (left) enterList();
}

export function keepLink(): void {
  keepAddress(link, place, show);
}
