/** A demo that plays by itself: how fast, and whether it is paused. There only where the server plays one. */

import { signal } from "@preact/signals";
import * as api from "../shared/api";
import { ownStep } from "../shared/link";
import * as state from "./state";

/** Null where no demo plays, or it is not the caller's to steer. */
export const demo = signal<api.Demo | null>(null);

/** Ask whether a demo plays; the session says so first, so that nothing is asked of a server that plays none. */
export async function readDemo(): Promise<void> {
  try {
    const { playing } = await api.session();
    demo.value = playing ? await api.demo() : null;
    lookThere();
  } catch {
    // What is shown stays: the connection's chip says that the server does not answer.
  }
}

let looked = false;

/** Whoever opens the desk without saying where sees the district that plays, once. */
function lookThere(): void {
  const district = demo.peek()?.districts[0];
  const { opened } = state;
  const free = !(looked || opened.district || opened.area || opened.selected || state.filters.peek().district);
  looked = true;
  if (!free || !district) return;
  ownStep();
  state.narrow({ district });
}
