/** Opening, leaving and closing the panel of responses, one step at a time. */

import { batch } from "@preact/signals";
import { enterList, lead, tabbed } from "./panels";
import { confirming, drawing, looked, making } from "./responses";
import * as state from "./state";

/** Open the panel in the place of the drawer and lead the keyboard into it. */
export function enterPanel(): void {
  batch(() => {
    state.select(null);
    state.responsesOpen.value = true;
    if (tabbed.peek()) state.side.value = "list";
  });
  lead("responses");
}

export function closePanel(): void {
  drawing.value = null;
  state.responsesOpen.value = false;
  enterList();
}

/** Esc: from one response or the form to the list, from the list out. Returns whether there was anything to leave. */
export function leavePanel(): boolean {
  if (!state.responsesOpen.peek()) return false;
  if (confirming.peek()) confirming.value = null;
  else if (looked.peek() !== null || making.peek()) {
    batch(() => {
      looked.value = null;
      making.value = false;
    });
    lead("responses");
  } else closePanel();
  return true;
}
