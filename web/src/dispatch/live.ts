/** The stream of what happens: taken in once and in order, resumed where it was broken off. */

import { batch } from "@preact/signals";
import type * as api from "../shared/api";
import { ask, heard } from "../shared/connection";
import { drop, put, readBoard } from "./board";
import * as state from "./state";

export interface Told {
  event: number;
  district: string;
  code: string;
  act: api.ActName | "open" | "end" | null;
  actor: string | null;
  at: string;
  incident: api.IncidentRow;
}

const REOPEN_MS = 1500;

let source: EventSource | null = null;
let timer = 0;
const listeners = new Set<(told: Told) => void>();

/** Hear of every change of an incident, after the board has taken it in. */
export function onTold(listener: (told: Told) => void): void {
  listeners.add(listener);
}

const switched = new Set<(told: Told | null) => void>();

/** Hear of every response that is switched; null where one has to look by oneself, as at the beginning. */
export function onSwitched(listener: (told: Told | null) => void): void {
  switched.add(listener);
}

/** Read the board, then follow what happens from there on. */
export async function start(): Promise<void> {
  const event = await readBoard();
  if (event === null) return;
  state.lastEvent.value = event;
  // behind the board, so that what is switched from here on comes by the stream
  for (const listener of switched) listener(null);
  open();
}

function open(): void {
  source?.close();
  clearTimeout(timer);
  const mine = new EventSource(`/events?after=${state.lastEvent.peek()}`);
  source = mine;
  mine.onopen = () => {
    heard();
    state.streaming.value = true;
  };
  mine.onerror = () => {
    state.streaming.value = false;
    void ask();
    // The browser comes back by itself, unless the answer was no stream.
    if (mine.readyState === EventSource.CLOSED && source === mine)
      timer = window.setTimeout(() => void start(), REOPEN_MS);
  };
  const each = (name: string, take: (told: Told) => void): void => {
    mine.addEventListener(name, (message) => {
      if (source !== mine) return;
      const told = JSON.parse(String(message.data)) as Told;
      // One event may tell of several incidents, each with its number; what is told again is taken in again.
      if (told.event < state.lastEvent.peek()) return;
      batch(() => {
        state.lastEvent.value = told.event;
        state.heardAt.value = Date.now();
        take(told);
      });
      for (const listener of name === "response" ? switched : listeners) if (told.code) listener(told);
    });
  };
  each("incident", (told) => put(told.incident));
  each("response", () => undefined);
  each("gone", (told) => drop(`${told.district}/${told.code}`));
  mine.addEventListener("anew", () => {
    if (source !== mine) return;
    mine.close();
    void start();
  });
}
