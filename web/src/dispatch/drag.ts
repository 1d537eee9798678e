/** Taking a responder by hand onto an incident: who is held, over what, and whether they could be let go there. */

import { computed, signal } from "@preact/signals";
import type * as api from "../shared/api";
import { t, word } from "../shared/language";
import { keyOf } from "./filter";
import { near } from "./near";
import { onDuty } from "./onDuty";
import * as state from "./state";
import { titleOf } from "./words";
import { canWrite } from "./writing";

export interface Held {
  account: string;
  name: string;
  district: string;
  department: string | null;
  /** How old the position is. */
  seen_at: string | null;
  freshness: api.NearResponder["freshness"];
  /** How many open incidents they are on. */
  busy: number;
}

/** What is under the hand: an incident, several gathered in one mark, or neither. */
export type Over = { key: string; at: [number, number] | null } | "cluster" | null;

export interface Drag {
  who: Held;
  x: number;
  y: number;
  over: Over;
}

export const drag = signal<Drag | null>(null);

/** Somebody on duty by their account. */
export function person(account: string): Held | null {
  const found = onDuty.value?.responders.find((each) => each.account === account);
  if (found) return found;
  const close = near.value?.responders.find((each) => each.account === account);
  const district = state.selected.value?.split("/")[0];
  return close && district ? { ...close, district } : null;
}

export interface Verdict {
  /** `plain`: the usual next step. `again`: somebody else is on it. `no`: not now, and `text` says why. */
  kind: "plain" | "again" | "no";
  text: string;
}

/** Whether somebody can be sent to an incident, as far as its row tells. */
export function verdictOf(who: Held, over: Over): Verdict {
  const no = (text: string): Verdict => ({ kind: "no", text });
  if (over === null) return no(t("send.nowhere"));
  if (over === "cluster") return no(t("send.cluster"));
  const listed = state.rows.value.get(over.key);
  const row = listed ?? (state.selected.value === over.key ? state.selectedRow.value : null);
  if (!row) return no(t("send.nowhere"));
  if (!canWrite()) return no(t("send.offline"));
  if (row.district !== who.district) return no(t("send.other_district", { who: who.name }));
  const name = titleOf(row);
  switch (row.state) {
    case "filed":
      return { kind: "plain", text: t("send.to", { who: who.name, name }) };
    case "dispatched":
    case "on_site":
      if (row.responder === who.account) return no(t("send.same", { who: who.name }));
      return { kind: "again", text: t("send.again", { who: who.name, name }) };
    case "reported":
    case "returned":
      return no(t("send.not_yet"));
    default:
      return no(t("send.state", { state: word("state", row.state ?? "") }));
  }
}

export const verdict = computed(() => (drag.value ? verdictOf(drag.value.who, drag.value.over) : null));

/** The incident on which somebody could be let go now. */
export const dropKey = computed(() => {
  const over = drag.value?.over;
  return over && over !== "cluster" && verdict.value?.kind !== "no" ? over.key : null;
});

/** Where that stands on the map. */
export const dropAt = computed((): [number, number] | null => {
  const key = dropKey.value;
  if (key === null) return null;
  const over = drag.value?.over;
  if (over && over !== "cluster" && over.at) return over.at;
  const row = state.rows.value.get(key);
  return row?.lon != null && row.lat != null && keyOf(row) === key ? [row.lon, row.lat] : null;
});
