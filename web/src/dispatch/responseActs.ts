/** Switching a response on and off: once, under one key, with what was written kept until it has happened. */

import { batch, signal } from "@preact/signals";
import * as api from "../shared/api";
import { pick, t } from "../shared/language";
import { insist, newKey } from "./acts";
import { draft, throwAway, wanted } from "./responseDraft";
import { confirming, isMine, keyOf, lookAt, readResponses, readWhole, whereOf } from "./responses";
import { say } from "./said";
import type { Sending } from "./writing";

export const sending = signal<Sending>(null);
export const refused = signal<api.Failure | null>(null);
/** Somebody changed the response first. */
export const overtaken = signal(false);
/** The report of the response that is being switched off. */
export const report = signal("");

export function confirm(what: "on" | "off"): void {
  batch(() => {
    confirming.value = what;
    refused.value = null;
    overtaken.value = false;
  });
}

export async function switchOn(): Promise<void> {
  const shape = wanted.peek();
  const reason = draft.peek().reason.trim();
  if (!shape || !reason || sending.peek()) return;
  const id = newKey();
  await take(async () => {
    const made = await insist(() => api.switchOn({ ...shape, reason }, id), sending);
    isMine(keyOf(made), "open");
    await readResponses();
    batch(() => {
      confirming.value = null;
      throwAway();
      lookAt(keyOf(made));
      tell("response.said_on", made);
    });
  });
}

export async function switchOff(one: api.GradedResponse): Promise<void> {
  const text = report.peek().trim();
  if (!text || sending.peek()) return;
  const id = newKey();
  await take(async () => {
    const ended = await insist(() => api.switchOff(one.district, one.code, text, id, one.version), sending);
    isMine(keyOf(ended), "end");
    await Promise.all([readResponses(), readWhole()]);
    batch(() => {
      confirming.value = null;
      report.value = "";
      tell("response.said_off", ended);
    });
  });
}

function tell(words: "response.said_on" | "response.said_off", one: api.GradedResponse): void {
  say(t(words, { level: pick(one.level_name), name: whereOf(one) }));
}

async function take(act: () => Promise<void>): Promise<void> {
  sending.value = "sending";
  refused.value = null;
  overtaken.value = false;
  try {
    await act();
  } catch (error) {
    const failure = api.Failure.of(error);
    if (failure.status === 412) {
      overtaken.value = true;
      await Promise.all([readResponses(), readWhole()]);
    } else refused.value = failure;
  } finally {
    sending.value = null;
  }
}
