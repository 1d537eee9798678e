/** Whether the server answers. Every request tells; while it does not, it is asked again every few seconds. */

import { signal } from "@preact/signals";

export type Connection = { state: "online" } | { state: "offline"; since: number };

export const connection = signal<Connection>({ state: "online" });
/** Counts the times that the connection came back: whatever failed meanwhile can try again when it changes. */
export const comebacks = signal(0);

/** A server under load may be slow; that is not being away. */
const PATIENCE_MS = 12_000;
const ASK_OFFLINE_MS = 3_000;
const ASK_ONLINE_MS = 20_000;

export function heard(): void {
  if (connection.value.state === "online") return;
  connection.value = { state: "online" };
  comebacks.value += 1;
}

export function lost(): void {
  if (connection.value.state === "online") connection.value = { state: "offline", since: Date.now() };
}

export async function ask(): Promise<void> {
  try {
    const answer = await fetch("/health", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.ok) heard();
    else lost();
  } catch {
    lost();
  }
}

/** Keep asking for as long as the page lives; hidden pages rest. */
export function watch(): void {
  const next = (): void => {
    const pause = connection.value.state === "online" ? ASK_ONLINE_MS : ASK_OFFLINE_MS;
    setTimeout(async () => {
      if (!document.hidden) await ask();
      next();
    }, pause);
  };
  next();
  addEventListener("online", () => void ask());
  addEventListener("offline", lost);
}
