/** Who is on duty in the area in work: read again while the map shows them, and not while nobody looks. */

import { computed, effect, untracked } from "@preact/signals";
import * as api from "../shared/api";
import { connection } from "../shared/connection";
import { forget, known, load, remote } from "../shared/remote";
import * as state from "./state";

const READ_EVERY_MS = 15_000;

export const read = remote<api.Responders>();

/** Whether the map shows them; the address carries it. */
export const peopleOn = computed(() => state.switched.value.get(state.PEOPLE) ?? true);

/** Who was read, while they are shown. */
export const onDuty = computed(() => (peopleOn.value ? known(read.value) : null));

/** `anew`: for another account, who sees others. */
export async function readOnDuty(anew = false): Promise<void> {
  if (anew) forget(read);
  if (document.hidden || !peopleOn.peek() || state.nobody.peek() || connection.peek().state !== "online") return;
  const { district, area } = state.filters.peek();
  await load(read, (stop) => api.responders(district, area, stop));
}

/** Keep it new for as long as the page lives; hidden pages rest. */
export function watchOnDuty(): void {
  setInterval(() => void readOnDuty(), READ_EVERY_MS);
  document.addEventListener("visibilitychange", () => void readOnDuty());
  const where = computed(() => `${state.filters.value.district} ${state.filters.value.area}`);
  let before = where.peek();
  effect(() => {
    const asked = `${where.value}`;
    const ready = state.boardStatus.value === "ready" && connection.value.state === "online";
    const on = peopleOn.value;
    untracked(() => {
      if (asked !== before || state.nobody.value) forget(read);
      before = asked;
      if (ready && on) void readOnDuty();
    });
  });
}
