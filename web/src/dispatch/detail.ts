/** Everything about the selected incident, read again whenever somebody has changed it. */

import * as api from "../shared/api";
import { forget, load } from "../shared/remote";
import * as state from "./state";

export async function readDetail(): Promise<void> {
  const key = state.selected.peek();
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
