/** Who and what is near the selected incident: read again while it is looked at, since people move. */

import { computed, signal } from "@preact/signals";
import * as api from "../shared/api";
import { connection } from "../shared/connection";
import { remember, remembered } from "../shared/memory";
import { forget, known, load, remote } from "../shared/remote";
import * as state from "./state";

export type Mode = api.NearIncident["mode"];

interface Read {
  key: string;
  near: api.NearIncident;
}

const READ_EVERY_MS = 10_000;
/** What the stream tells is asked for together, and not more often than this. */
const SOON_MS = 2_000;
/** So many are offered before somebody asks for the others. */
export const OFFERED = 3;

export const mode = signal<Mode>(remembered("way") === "driving" ? "driving" : "walking");
export const read = remote<Read>();

/** What was read about the selected incident, in the way of going that is chosen. */
export const near = computed(() => {
  const last = known(read.value);
  return last && last.key === state.selected.value && last.near.mode === mode.value ? last.near : null;
});

/** The incident of which everybody near is offered. */
const unfolded = signal<string | null>(null);
export const everybody = computed(() => unfolded.value !== null && unfolded.value === state.selected.value);

export function offerEverybody(yes: boolean): void {
  unfolded.value = yes ? state.selected.peek() : null;
}

export const responders = computed(() => near.value?.responders.slice(0, everybody.value ? undefined : OFFERED) ?? []);

export function chooseMode(next: Mode): void {
  mode.value = next;
  remember("way", next);
  void readNear();
}

/** Those who were offered stay where they stand, so that a digit means the same person; who is new comes after them. */
export function steady(
  before: readonly api.NearResponder[],
  found: readonly api.NearResponder[],
  offered = OFFERED,
): api.NearResponder[] {
  const now = new Map(found.map((each) => [each.account, each]));
  const stayed = before.slice(0, offered).flatMap((each) => now.get(each.account) ?? []);
  const names = new Set(stayed.map((each) => each.account));
  return [...stayed, ...found.filter((each) => !names.has(each.account))];
}

export async function readNear(): Promise<void> {
  const key = state.nobody.peek() ? null : state.selected.peek();
  if (key === null) {
    forget(read);
    return;
  }
  const [district = "", code = ""] = key.split("/");
  const before = near.peek();
  await load(
    read,
    async (stop) => {
      const found = await api.near(district, code, mode.peek(), stop);
      if (!before) return { key, near: found };
      const offered = everybody.peek() ? before.responders.length : OFFERED;
      return { key, near: { ...found, responders: steady(before.responders, found.responders, offered) } };
    },
    before !== null,
  );
}

let soon = 0;

/** Read it again presently: something has happened. */
export function readNearSoon(): void {
  if (soon || state.selected.peek() === null) return;
  soon = window.setTimeout(() => {
    soon = 0;
    void readNear();
  }, SOON_MS);
}

/** Keep it new for as long as the page lives; hidden pages rest. */
export function watchNear(): void {
  setInterval(() => {
    if (!document.hidden && state.selected.peek() !== null && connection.peek().state === "online") void readNear();
  }, READ_EVERY_MS);
}
