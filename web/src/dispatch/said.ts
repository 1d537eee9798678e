/** What has just happened, as the desk says it, and the last step that can be undone, whatever is said meanwhile. */

import { batch, signal } from "@preact/signals";

const SAID_MS = 8000;
let saidTimer = 0;
let undoTimer = 0;

/** A step that can be undone: of which incident, `district/code`, and its version after it. */
export interface Undoable {
  key: string;
  version: number;
  name: string;
}

interface Said {
  text: string;
  undo: Undoable | null;
}

export const said = signal<Said | null>(null);
/** The last step that can be undone, for as long as it can. */
export const undoable = signal<Undoable | null>(null);
/** How that was said. */
let saidOfIt: Said | null = null;

/** Say what happened; `undo`: what can be undone, for so many milliseconds. */
export function say(text: string, undo: Undoable | null = null, milliseconds = 0): void {
  clearTimeout(saidTimer);
  said.value = { text, undo };
  if (undo) {
    saidOfIt = said.peek();
    undoable.value = undo;
    clearTimeout(undoTimer);
    undoTimer = window.setTimeout(cannotUndo, Math.max(milliseconds, SAID_MS));
  } else saidTimer = window.setTimeout(sayUndoable, SAID_MS);
}

/** After something else was said, what can still be undone is said again. */
function sayUndoable(): void {
  said.value = undoable.peek() ? saidOfIt : null;
}

/** The last step can be undone no more; `key`: only where it was this incident's. */
export function cannotUndo(key: string | undefined = undoable.peek()?.key): void {
  if (undoable.peek()?.key !== key) return;
  clearTimeout(undoTimer);
  batch(() => {
    undoable.value = null;
    if (said.peek()?.undo) said.value = null;
  });
}
