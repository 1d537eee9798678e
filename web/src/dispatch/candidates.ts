/** Who can be sent: who is near and on duty, the department that the route names, the duty holder, who is at work. */

import { computed } from "@preact/signals";
import type * as api from "../shared/api";
import { t, word } from "../shared/language";
import { known } from "../shared/remote";
import { near, responders } from "./near";
import * as state from "./state";

export interface Candidate {
  name: string;
  /** Why they are offered. */
  why: string;
  responder: string | null;
  department: string | null;
  /** The duty holder for whom the department is asked, as one who has no account cannot be sent. */
  holder: string | null;
  /** Who is near stands first, with the way. */
  near: api.NearResponder | null;
}

const MOST = 4;

export function candidates(one: api.Incident): Candidate[] {
  const found: Candidate[] = responders.value.map((each) => ({
    name: each.name,
    why: "",
    responder: each.account,
    department: null,
    holder: null,
    near: each,
  }));
  const { department } = one.incident;
  if (department) {
    const name = word("department", department);
    found.push({ name, why: t("one.to_department"), responder: null, department, holder: null, near: null });
  }
  const { holder, account, department: called } = one.route ?? {};
  if (holder && !(account && found.some((each) => each.responder === account))) {
    const sent = account
      ? { responder: account, department: null, holder: null }
      : { responder: null, department: called ?? department, holder };
    found.push({ name: holder, why: t("one.to_holder"), near: null, ...sent });
  }
  // where nobody is near: those whom the server would take
  for (const each of near.value?.at_work ?? []) {
    if (each.account === account || found.length >= MOST) continue;
    const why = t("one.to_known", { n: each.busy });
    found.push({ name: each.name, why, responder: each.account, department: null, holder: null, near: null });
  }
  return found;
}

/** Who is sent: the one that was chosen, as long as they are offered, else the first. */
export function target(one: api.Incident): Candidate | null {
  const found = candidates(one);
  return found.find((each) => nameOfChoice(each) === state.chosenWho.value) ?? found[0] ?? null;
}

export function nameOfChoice(candidate: Candidate): string {
  return candidate.responder ?? `department/${candidate.department}/${candidate.holder ?? ""}`;
}

export function choose(candidate: Candidate): void {
  state.chosenWho.value = nameOfChoice(candidate);
}

/** Who of those that are near would be sent; null where it is somebody else. */
export const chosenWay = computed(() => {
  const one = known(state.detail.value);
  if (!one || !near.value || !one.acts.some((act) => act.act === "dispatch")) return null;
  if (`${one.incident.district}/${one.incident.code}` !== state.selected.value) return null;
  return target(one)?.near ?? null;
});
