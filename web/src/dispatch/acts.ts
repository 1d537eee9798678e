/** The steps of an incident's life as the desk takes them: one function writes, and says what became of it. */

import { batch, effect, type Signal, signal } from "@preact/signals";
import * as api from "../shared/api";
import { comebacks, connection } from "../shared/connection";
import { nameOf, pick, t } from "../shared/language";
import { known } from "../shared/remote";
import { target } from "./candidates";
import { serverNow } from "./clock";
import { readDetail } from "./detail";
import { said, say, type Undoable } from "./said";
import * as state from "./state";
import { canWrite, type Sending, sending } from "./writing";

/** What is asked inline before an act can be taken. */
export interface Form {
  act: api.IncidentAct;
  reason: string;
  into: string;
  amount: string;
  unit: "hours" | "days" | "working_hours" | "working_days";
  /** The other place: longitude, latitude. */
  at: [number, number] | null;
  mediator: api.IncidentRow["mediator"];
}

/** A step that somebody else overtook. */
export interface Overtaken {
  key: string;
  act: api.IncidentAct;
  body: api.StepBody;
  /** The version that was seen. */
  version: number;
}

export const form = signal<Form | null>(null);
export const refused = signal<{ key: string; failure: api.Failure } | null>(null);
export const overtaken = signal<Overtaken | null>(null);

/** Which act follows a state when all goes its usual way. */
const NEXT: Record<string, api.ActName> = {
  reported: "file",
  returned: "file",
  filed: "dispatch",
  dispatched: "arrive",
  on_site: "handle",
  handled: "verify",
  verified: "close",
  suspended: "resume",
  closed: "reopen",
};

/** What S does, where it can be done: ask for suspension, or go on. */
export function suspension(one: api.Incident): api.IncidentAct | null {
  return one.acts.find((act) => act.act === "ask_suspension" || act.act === "resume") ?? null;
}

/** The likeliest act of those that are offered; while a request waits for another person, there is none. */
export function likeliest(one: api.Incident): api.IncidentAct | null {
  const acts = one.acts.filter(offered);
  const find = (name: api.ActName | undefined) => acts.find((act) => act.act === name);
  if (one.asked) return find("approve") ?? null;
  const next = find(NEXT[one.incident.state ?? ""]) ?? acts.find((act) => !act.reason && !act.asks);
  return next ?? acts[0] ?? null;
}

const ASK_FIRST: readonly api.ActName[] = ["merge", "ask_extension", "move", "mediate"];

/** Whether an act can be taken at once. */
function plain(act: api.IncidentAct): boolean {
  return !act.reason && !ASK_FIRST.includes(act.act);
}

/** Whether an act stands among the buttons; a step is taken back where it was said. */
export function offered(act: api.IncidentAct): boolean {
  return act.act !== "take_back";
}

/** The steps that this page has taken: `district/code@version`. */
const own = new Set<string>();

export function isOwn(key: string, version: number): boolean {
  return own.has(`${key}@${version}`);
}

/** Begin an act: at once where it needs nothing, else by asking for what it needs. */
export function begin(act: api.IncidentAct, given: Partial<Form> = {}): void {
  const one = known(state.detail.peek());
  if (!one || !canWrite()) return;
  state.moreOpen.value = false;
  refused.value = null;
  if (plain(act)) {
    void take(act, bodyOf(act, null, one));
    return;
  }
  form.value = {
    act,
    reason: "",
    into: "",
    amount: "1",
    unit: "working_days",
    at: null,
    mediator: one.incident.mediator,
    ...given,
  };
}

export function bodyOf(act: api.IncidentAct, filled: Form | null, one: api.Incident): api.StepBody {
  const body: api.StepBody = { act: act.act };
  const reason = filled?.reason.trim();
  if (reason) body.reason = reason;
  if (act.act === "merge" && filled) body.into = filled.into.trim();
  if (act.act === "ask_extension" && filled) body.extension = { amount: Number(filled.amount), unit: filled.unit };
  if (act.act === "move" && filled?.at) body.position = { lon: filled.at[0], lat: filled.at[1] };
  if (act.act === "mediate" && filled?.mediator) body.mediator = filled.mediator;
  if (act.act === "dispatch") {
    const to = target(one);
    if (to?.responder) body.responder = to.responder;
    if (to?.department) body.department = to.department;
    if (to?.holder) body.reason = t("one.for_holder", { holder: to.holder });
  }
  return body;
}

/** A key for one change. Pages over plain http have no crypto.randomUUID. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16).padStart(8, "0")).join("");
}

/** Take a step of the selected incident: once, of the version that is shown. */
export async function take(act: api.IncidentAct, body: api.StepBody): Promise<void> {
  const one = known(state.detail.peek());
  if (!one || !canWrite()) return;
  const { district, code } = one.incident;
  const [key, version, name] = [`${district}/${code}`, one.version, nameOf(one.incident)];
  batch(() => {
    sending.value = "sending";
    refused.value = null;
    overtaken.value = null;
  });
  const id = newKey();
  try {
    const done = await insist(() => api.step(district, code, body, id, version));
    own.add(`${key}@${done.version}`);
    batch(() => {
      form.value = null;
      const left = done.take_back_until ? Date.parse(done.take_back_until) - serverNow() : 0;
      const undoable = left > 0 || done.acts.some(({ act: each }) => each === "withdraw");
      const undo = undoable ? { key, version: done.version, name } : null;
      say(t("said.done", { name, act: pick(act.name) }), undo, left);
    });
  } catch (error) {
    const failure = api.Failure.of(error);
    if (failure.status === 412) {
      batch(() => {
        form.value = null;
        overtaken.value = { key, act, body, version };
      });
    } else refused.value = { key, failure };
  } finally {
    sending.value = null;
    if (state.selected.peek() === key) await readDetail();
  }
}

/** Send a change until the server has answered it; under one key it happens once. `how` is told how it goes. */
export async function insist<T>(request: () => Promise<T>, how: Signal<Sending> = sending): Promise<T> {
  for (;;) {
    try {
      return await request();
    } catch (error) {
      const failure = api.Failure.of(error);
      if (!failure.away) throw failure;
      how.value = "waiting";
      await comeback();
      how.value = "sending";
    }
  }
}

function comeback(): Promise<void> {
  const since = comebacks.peek();
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (comebacks.value === since && connection.value.state === "offline") return;
      queueMicrotask(() => stop());
      resolve();
    });
  });
}

/** Take the last step back, where it can be: within a minute, or a request that nobody has decided. */
export async function undo(): Promise<void> {
  const last = said.peek();
  if (!last?.undo) {
    if (!last) say(t("said.nothing_to_undo"));
    return;
  }
  const { key } = last.undo;
  if (state.selected.peek() !== key) {
    state.select(key);
    await readDetail();
  }
  const read = state.detail.peek();
  const one = read.status === "ready" ? read.value : null;
  const acts = one && `${one.incident.district}/${one.incident.code}` === key ? one.acts : [];
  const back = acts.find((act) => act.act === "take_back") ?? acts.find((act) => act.act === "withdraw");
  if (back) await take(back, { act: back.act });
  else if (!one) await takeBackUnseen(last.undo);
  else say(t("said.too_late"));
}

/** Take a step back of an incident that it moved out of one's area, where it cannot be read. */
async function takeBackUnseen({ key, version, name }: Undoable): Promise<void> {
  const [district = "", code = ""] = key.split("/");
  sending.value = "sending";
  const id = newKey();
  try {
    const done = await insist(() => api.step(district, code, { act: "take_back" }, id, version));
    own.add(`${key}@${done.version}`);
    say(t("said.undone", { name }));
  } catch {
    say(t("said.too_late"));
  } finally {
    sending.value = null;
    if (state.selected.peek() === key) await readDetail();
  }
}

/** Forget what was being written, when the selection moves on. */
export function leave(): void {
  batch(() => {
    form.value = null;
    refused.value = null;
    overtaken.value = null;
  });
}
