/** What follows a responder let go on an incident: sent at once, asked about first, or refused with the reason. */

import { signal } from "@preact/signals";
import type * as api from "../shared/api";
import { t } from "../shared/language";
import { take } from "./acts";
import { selectedOnceRead } from "./detail";
import { type Held, type Over, verdictOf } from "./drag";
import { tabbed } from "./panels";
import { say } from "./said";
import * as state from "./state";

/** A second sending that waits for a yes. */
export interface Asking {
  key: string;
  who: Held;
  act: api.IncidentAct;
}

export const asking = signal<Asking | null>(null);

function refuse(why: string): void {
  say(t("send.refused", { why }));
}

/** Let somebody go over something. */
export async function letGo(who: Held, over: Over): Promise<void> {
  const found = verdictOf(who, over);
  if (over === null) return;
  if (over === "cluster" || found.kind === "no") {
    refuse(found.text);
    return;
  }
  const one = await selectedOnceRead(over.key);
  if (!one) return;
  const act = one.acts.find((each) => each.act === "dispatch");
  if (!act) {
    refuse(why(one, who, over));
    return;
  }
  if (one.incident.state === "filed") {
    await take(act, { act: "dispatch", responder: who.account });
    return;
  }
  // the question takes the keyboard itself
  if (tabbed.peek()) state.side.value = "list";
  asking.value = { key: over.key, who, act };
}

/** Why an incident that looked as if somebody could be sent there takes nobody. */
function why(one: api.Incident, who: Held, over: Over): string {
  if (one.asked) return t("send.asked");
  const found = verdictOf(who, over);
  return found.kind === "no" ? found.text : t("send.role");
}

export async function confirm(): Promise<void> {
  const wanted = asking.peek();
  asking.value = null;
  if (wanted && state.selected.peek() === wanted.key)
    await take(wanted.act, { act: "dispatch", responder: wanted.who.account });
}

/** Take the question back; returns whether there was one. */
export function cancelAsking(): boolean {
  const was = asking.peek() !== null;
  asking.value = null;
  return was;
}
