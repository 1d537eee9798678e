/** The stream of what happens: taken in once and in order, resumed where it was broken off. */

import { batch } from "@preact/signals";
import { session } from "../shared/account";
import type * as api from "../shared/api";
import { ask, heard } from "../shared/connection";
import { known } from "../shared/remote";
import { clear, drop, put } from "./board";
import { readBoard } from "./boardRead";
import { loadSession } from "./scope";
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

/** For whom a stream speaks. */
interface Beat {
  account: string;
  scope: readonly string[];
}

/** What fails is tried again after so long, then after twice that, up to the longest. */
const [FIRST_MS, LONGEST_MS] = [1500, 60_000];
/** The server says something at least every 15 s: who hears nothing for so long is not connected any more. */
const SILENT_MS = 40_000;
const LOOK_MS = 5000;

let source: EventSource | null = null;
let timer = 0;
let pause = FIRST_MS;
let spokenAt = 0;
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

/** Read the board, then follow what happens from there on; where that fails, it is tried again by itself. */
export async function start(): Promise<void> {
  clearTimeout(timer);
  const event = await readBoard();
  if (event === null) return;
  if (event === "failed") {
    if (!state.nobody.peek()) startLater();
    else {
      close();
      spokeFor = null;
    }
    return;
  }
  state.lastEvent.value = event;
  // behind the board, so that what is switched from here on comes by the stream
  for (const listener of switched) listener(null);
  open();
}

function startLater(): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => void start(), pause);
  pause = Math.min(2 * pause, LONGEST_MS);
}

function close(): void {
  source?.close();
  source = null;
  state.streaming.value = false;
}

/** The server has spoken: it is there. */
function spoken(): void {
  spokenAt = Date.now();
  pause = FIRST_MS;
  heard();
}

/** Open another stream in the place of one that has been silent for too long, as after a sleep. */
function look(): void {
  if (source !== null && source.readyState !== EventSource.CLOSED && Date.now() - spokenAt > SILENT_MS) open();
}

/** Watch that the stream lives, for as long as the page does. */
export function watchStream(): void {
  setInterval(look, LOOK_MS);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
}

/** For whom the last stream spoke; null where nobody was signed in. */
let spokeFor: string | null = null;
/** For whom the session was last read again, where it said somebody else. */
let readFor = "";

/** Whose board it is may have changed: then what is shown is forgotten, and read again as theirs. */
function follow({ account, scope }: Beat): void {
  const whose = `${account} ${scope.join(" ")}`;
  const me = known(session.peek());
  // who has just signed in is still nobody to a page whose session is being read: what is shown is theirs
  const mine = me?.account ? `${me.account} ${me.scope.map((each) => each.path).join(" ")}` : null;
  const another = spokeFor !== null && spokeFor !== whose;
  const unread = mine !== null && mine !== whose && readFor !== whose;
  spokeFor = whose;
  if (!another && !unread) return;
  readFor = whose;
  close();
  clear();
  void loadSession().then(start);
}

function open(): void {
  source?.close();
  clearTimeout(timer);
  state.streaming.value = false;
  spokenAt = Date.now();
  const mine = new EventSource(`/events?after=${state.lastEvent.peek()}`);
  source = mine;
  mine.onopen = () => {
    if (source !== mine) return;
    heard();
    state.streaming.value = true;
  };
  mine.onerror = () => {
    if (source !== mine) return;
    state.streaming.value = false;
    void ask();
    // The browser comes back by itself, unless the answer was no stream.
    if (mine.readyState === EventSource.CLOSED) startLater();
  };
  mine.addEventListener("beat", (message) => {
    if (source !== mine) return;
    spoken();
    follow(JSON.parse(String(message.data)) as Beat);
  });
  const each = (name: string, take: (told: Told) => void): void => {
    mine.addEventListener(name, (message) => {
      if (source !== mine) return;
      spoken();
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
  each("incident", (told) => put(told.incident, told.act));
  each("response", () => undefined);
  each("gone", (told) => drop(`${told.district}/${told.code}`));
  mine.addEventListener("anew", () => {
    if (source !== mine) return;
    close();
    void start();
  });
}
