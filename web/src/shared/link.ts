/** Keeps the address of a page equal to what it shows: Back leads to the place before, and moving about a place adds no step. */

import { effect, type ReadonlySignal } from "@preact/signals";

/** Browsers refuse more than about 200 changes of the address in half a minute. */
const PAUSE_MS = 250;

let own = false;

/** The next change of the place is the page's own: Back does not lead before it. */
export function ownStep(): void {
  own = true;
}

/** `link`: the query of the address. `place`: what of it is a step for Back. `show`: shows what a query says. */
export function keepAddress(
  link: ReadonlySignal<string>,
  place: ReadonlySignal<string>,
  show: (query: string) => void,
): void {
  let timer = 0;
  let last = place.peek();
  let written = location.search;
  effect(() => {
    const query = link.value;
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      const step = place.peek() !== last && !own;
      own = false;
      last = place.peek();
      written = query;
      const address = location.pathname + query;
      if (step) history.pushState(null, "", address);
      else history.replaceState(null, "", address);
    }, PAUSE_MS);
  });
  addEventListener("popstate", () => {
    if (location.search === written) return; // a link within the page
    clearTimeout(timer);
    written = location.search;
    show(written);
    last = place.peek();
  });
}
