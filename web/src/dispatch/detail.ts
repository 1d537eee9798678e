/** Everything about the selected incident, read again whenever somebody has changed it. */

import { effect } from "@preact/signals";
import * as api from "../shared/api";
import { forget, load } from "../shared/remote";
import * as state from "./state";

export async function readDetail(): Promise<void> {
  const key = state.nobody.peek() ? null : state.selected.peek();
  if (key === null) {
    forget(state.detail);
    return;
  }
  const [district = "", code = ""] = key.split("/");
  const before = state.detail.peek();
  const last = before.status === "ready" ? before.value : before.status === "idle" ? null : before.last;
  const same = last?.incident.code === code && last.incident.district === district;
  await load(state.detail, (stop) => api.incident(district, code, stop), same);
}

/** Select an incident and return it once it has been read, whoever else reads it meanwhile; null where it could not be. */
export async function selectedOnceRead(key: string): Promise<api.Incident | null> {
  state.select(key);
  await readDetail();
  return new Promise((done) => {
    const stop = effect(() => {
      const remote = state.detail.value;
      if (state.selected.value === key && remote.status === "loading") return;
      const one = state.selected.value === key && remote.status === "ready" ? remote.value : null;
      done(one && `${one.incident.district}/${one.incident.code}` === key ? one : null);
      queueMicrotask(() => stop());
    });
  });
}
