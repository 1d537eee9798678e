/** Who can be sent: the department that the route names, the duty holder, and who is at work in the same district. */

import type * as api from "../shared/api";
import { t, word } from "../shared/language";
import * as state from "./state";

export interface Candidate {
  name: string;
  /** Why they are offered. */
  why: string;
  responder: string | null;
  department: string | null;
}

const MOST = 4;

export function candidates(one: api.Incident): Candidate[] {
  const found: Candidate[] = [];
  const { department, district } = one.incident;
  if (department) {
    const name = word("department", department);
    found.push({ name, why: t("one.to_department"), responder: null, department });
  }
  const holder = one.route?.holder;
  if (holder) found.push({ name: holder, why: t("one.to_holder"), responder: holder, department });
  const busy = new Map<string, number>();
  for (const row of state.rows.value.values()) {
    if (row.district !== district || !row.responder || row.responder === holder) continue;
    busy.set(row.responder, (busy.get(row.responder) ?? 0) + 1);
  }
  for (const [responder, n] of [...busy].sort((a, b) => a[1] - b[1] || a[0].localeCompare(b[0]))) {
    if (found.length >= MOST) break;
    found.push({ name: responder, why: t("one.to_known", { n }), responder, department: null });
  }
  return found;
}
