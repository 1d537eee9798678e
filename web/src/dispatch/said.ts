/** What has just happened, as the desk says it, with what can be undone of it. */

import { signal } from "@preact/signals";

const SAID_MS = 8000;
let saidTimer = 0;

/** A step that can be undone: of which incident, `district/code`, and its version after it. */
export interface Undoable {
  key: string;
  version: number;
  name: string;
}

export const said = signal<{ text: string; undo: Undoable | null } | null>(null);

/** Say what happened; `undo`: what can be undone, for so many milliseconds. */
export function say(text: string, undo: Undoable | null = null, milliseconds = SAID_MS): void {
  clearTimeout(saidTimer);
  said.value = { text, undo };
  saidTimer = window.setTimeout(
    () => {
      said.value = null;
    },
    Math.max(milliseconds, SAID_MS),
  );
}
