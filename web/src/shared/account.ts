/** Who is signed in, and signing out: then nothing of that account stays in this browser. */

import { signal } from "@preact/signals";
import * as api from "./api";
import { SIGNED_OUT, tellSignedOut, wipe } from "./memory";
import { known, load, remote } from "./remote";

/** The account of whoever opens a demo that is open to all; no person can have it. */
export const OPEN_DEMO = "demo";

/** Who is signed in, as the server says. */
export const session = remote<api.Session>();
export const signingOut = signal<"no" | "asking" | "failed">("no");

export async function readSession(): Promise<api.Session | null> {
  return await load(session, api.session);
}

/** Whether the server takes everybody for the same account. */
export function isDemo(me: api.Session): boolean {
  return me.open_demo && me.csrf === null;
}

/** End the session, erase what the browser keeps of the account, and begin the page anew. */
export async function signOut(): Promise<void> {
  if (signingOut.peek() === "asking") return;
  signingOut.value = "asking";
  try {
    await api.signOut();
  } catch {
    signingOut.value = "failed";
    return;
  }
  tellSignedOut();
  await wipe();
  anew();
}

/** Begin the page anew without what its address said of anybody's work. */
export function anew(): void {
  location.replace(location.pathname);
}

/** Keep the page in step with who is signed in: other tabs sign out, and a page may come back from before. */
export function watchAccount(): void {
  addEventListener("storage", (event) => {
    if (event.key === SIGNED_OUT && event.newValue !== null) void wipe().then(anew);
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    const before = known(session.peek())?.account ?? null;
    void readSession().then((me) => {
      if (me && me.account !== before) anew();
    });
  });
}
