/** What lies open above a page: Esc closes the last one alone, and the keyboard goes back to where it was. */

import { useLayoutEffect } from "preact/hooks";

interface Layer {
  close: () => void;
}

const open: Layer[] = [];

/** Close what was opened last; returns whether anything was open. */
export function closeLast(): boolean {
  const last = open.at(-1);
  last?.close();
  return last !== undefined;
}

/** Let Esc close something from the moment it stands there. */
export function useLayer(shown: boolean, close: () => void): void {
  useLayoutEffect(() => {
    if (!shown) return;
    const mine = { close };
    open.push(mine);
    return () => {
      open.splice(open.indexOf(mine), 1);
    };
  }, [shown]);
}

/** Once something has closed that had the keyboard: lead it back to where it was, or to what stands in for that. */
export function useReturn(shown: boolean, otherwise?: () => HTMLElement | null): void {
  useLayoutEffect(() => {
    if (!shown) return;
    const before = document.activeElement as HTMLElement | null;
    return () => {
      // by then what had the keyboard has gone; a frame may take so long that something else has opened
      setTimeout(() => {
        // what has gone or is inert meanwhile takes nothing
        for (const to of [before, otherwise?.()])
          if ((document.activeElement ?? document.body) === document.body) to?.focus();
      });
    };
  }, [shown]);
}
