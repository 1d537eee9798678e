/** What the hands need, once its scripts are here: they are asked for at once, and not waited for by the first list. */

import { effect, signal, untracked } from "@preact/signals";
import { comebacks } from "../shared/connection";

export const hands = signal<typeof import("./hands") | null>(null);

/** Fetch them; where they do not come, they are asked for again when the server is back. */
export function fetchHands(): void {
  const leave = effect(() => {
    comebacks.value;
    untracked(() => {
      import("./hands").then(
        (module) => {
          queueMicrotask(() => leave());
          if (hands.peek()) return;
          module.begin();
          hands.value = module;
        },
        () => undefined,
      );
    });
  });
}
