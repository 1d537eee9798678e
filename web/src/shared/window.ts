/** A page's word to tests and the console: whether it is ready, what it knows, and when something holds. */

import { effect } from "@preact/signals";

export interface App {
  /** The map has drawn its first whole picture. */
  readonly ready: boolean;
  readonly state: unknown;
  /** Settles when the condition holds; rejects with the state as it is when it has not for so long. */
  until: (holds: (state: never) => boolean, milliseconds?: number) => Promise<void>;
}

declare global {
  interface Window {
    app: App;
  }
}

const PATIENCE_MS = 20_000;

/** Let `window.app` tell what a snapshot of the page's signals says. */
export function expose<S>(snapshot: () => S, ready: () => boolean): void {
  const until = (holds: (state: S) => boolean, milliseconds = PATIENCE_MS): Promise<void> =>
    new Promise((resolve, reject) => {
      let over = false;
      const finish = (settle: () => void): void => {
        over = true;
        clearTimeout(timer);
        settle();
        queueMicrotask(() => stop());
      };
      const timer = setTimeout(() => finish(() => reject(new Error(JSON.stringify(snapshot())))), milliseconds);
      const stop = effect(() => {
        const now = snapshot();
        if (!over && holds(now)) finish(resolve);
      });
    });
  window.app = {
    get ready() {
      return ready();
    },
    get state() {
      return snapshot();
    },
    until: until as App["until"],
  };
}
