/** The steps of an incident's life as the desk takes them: one function writes, and says what became of it. */

import { batch, effect, type Signal, signal } from "@preact/signals";
import * as api from "../shared/api";
import { comebacks, connection } from "../shared/connection";
import { nameOf, pick, t } from "../shared/language";
import { known } from "../shared/remote";
import { target } from "./candidates";
import { serverNow } from "./clock";
import { readDetail } from "./detail";
import { cannotUndo, say, type Undoable, undoable } from "./said";
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
  act: api.IncidentAct;
  body: api.StepBody;
  /** The version that was seen. */
  version: number;
}

export const form = signal<Form | null>(null);
/** The last step of an incident that came to nothing, by `district/code`, until somebody has looked at it and left it. */
export const refused = signal<ReadonlyMap<string, api.Failure>>(new Map());
export const overtaken = signal<ReadonlyMap<string, Overtaken>>(new Map());

/** What came to nothing on an incident is settled. */
function settled(key: string): void {
  batch(() => {
    for (const each of [refused, overtaken] as Signal<ReadonlyMap<string, unknown>>[]) {
      if (each.peek().has(key)) each.value = new Map([...each.peek()].filter(([one]) => one !== key));
    }
  });
}

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
  settled(`${one.incident.district}/${one.incident.code}`);
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
    settled(key);
  });
  const id = newKey();
  try {
    const done = await insist(() => api.step(district, code, body, id, version));
    own.add(`${key}@${done.version}`);
    batch(() => {
      if (state.selected.peek() === key) form.value = null;
      const left = done.take_back_until ? Date.parse(done.take_back_until) - serverNow() : 0;
      const can = left > 0 || done.acts.some(({ act: each }) => each === "withdraw");
      const undo = can ? { key, version: done.version, name } : null;
      say(t("said.done", { name, act: pick(act.name) }), undo, left);
      if (!undo) cannotUndo(key);
    });
  } catch (error) {
    cameToNothing(key, name, { act, body, version }, api.Failure.of(error));
  } finally {
    sending.value = null;
    if (state.selected.peek() === key) await readDetail();
  }
}

/** Keep why a step was not taken, to be shown with its incident; said where another one is looked at meanwhile. */
function cameToNothing(key: string, name: string, wanted: Overtaken, failure: api.Failure): void {
  const [looked, act] = [state.selected.peek() === key, pick(wanted.act.name)];
  batch(() => {
    if (failure.status === 412) {
      if (looked) form.value = null;
      overtaken.value = new Map(overtaken.peek()).set(key, wanted);
      if (!looked) say(t("said.overtaken", { name, act }));
    } else {
      refused.value = new Map(refused.peek()).set(key, failure);
      const why = failure.problem.problem ?? t("error.refused");
      if (!looked) say(t("said.refused", { name, act, why }));
    }
  });
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
  const last = undoable.peek();
  if (!last) {
    say(t("said.nothing_to_undo"));
    return;
  }
  const { key } = last;
  if (state.selected.peek() !== key) {
    state.select(key);
    await readDetail();
  }
  const read = state.detail.peek();
  const one = read.status === "ready" ? read.value : null;
  const acts = one && `${one.incident.district}/${one.incident.code}` === key ? one.acts : [];
  const back = acts.find((act) => act.act === "take_back") ?? acts.find((act) => act.act === "withdraw");
  if (back) await take(back, { act: back.act });
  else if (!one) await takeBackUnseen(last);
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
    cannotUndo(key);
    say(t("said.undone", { name }));
  } catch {
    say(t("said.too_late"));
  } finally {
    sending.value = null;
    if (state.selected.peek() === key) await readDetail();
  }
}

/** Forget what was being written, and what came to nothing on the selected incident. */
export function leave(): void {
  const key = state.selected.peek();
  batch(() => {
    form.value = null;
    if (key !== null) settled(key);
  });
}

/** Whether there is something for `leave` to leave. */
export function canLeave(): boolean {
  const key = state.selected.peek() ?? "";
  return form.peek() !== null || refused.peek().has(key) || overtaken.peek().has(key);
}

/** Forget everything: nobody is signed in any more. */
export function forgetSteps(): void {
  batch(() => {
    form.value = null;
    refused.value = new Map();
    overtaken.value = new Map();
    cannotUndo();
  });
}
