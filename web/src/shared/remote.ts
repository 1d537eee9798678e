/** Something that comes from the server: not asked for, on its way, here, or failed. */

import { type Signal, signal } from "@preact/signals";
import { Failure } from "./api";

export type Remote<T> =
  | { status: "idle" }
  | { status: "loading"; last: T | null }
  | { status: "ready"; value: T }
  | { status: "failed"; failure: Failure; last: T | null };

export function remote<T>(): Signal<Remote<T>> {
  return signal<Remote<T>>({ status: "idle" });
}

/** Return what is here, or what was here before the present request. */
export function known<T>(state: Remote<T>): T | null {
  if (state.status === "ready") return state.value;
  return state.status === "idle" ? null : state.last;
}

/** Run `request` into `target`. A later call on the same target wins over an earlier one that answers late. */
const latest = new WeakMap<object, AbortController>();
export async function load<T>(
  target: Signal<Remote<T>>,
  request: (signal: AbortSignal) => Promise<T>,
  keep = true,
): Promise<T | null> {
  latest.get(target)?.abort();
  const controller = new AbortController();
  latest.set(target, controller);
  const last = keep ? known(target.peek()) : null;
  target.value = { status: "loading", last };
  try {
    const value = await request(controller.signal);
    if (controller.signal.aborted) return null;
    target.value = { status: "ready", value };
    return value;
  } catch (error) {
    if (controller.signal.aborted) return null;
    target.value = { status: "failed", failure: Failure.of(error), last };
    return null;
  }
}

export function forget<T>(target: Signal<Remote<T>>): void {
  latest.get(target)?.abort();
  target.value = { status: "idle" };
}
