/** Whether something can be written at present. */

import { signal } from "@preact/signals";
import { connection } from "../shared/connection";

/** A change is on its way, or waits for the connection. */
export type Sending = "sending" | "waiting" | null;
export const sending = signal<Sending>(null);

export function canWrite(): boolean {
  return connection.value.state === "online" && sending.value === null;
}
