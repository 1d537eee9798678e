/** The graded responses that the desk knows: those that are on, the ledger, and the one that is looked at. */

import { computed, effect, signal, untracked } from "@preact/signals";
import * as api from "../shared/api";
import { comebacks } from "../shared/connection";
import { nameOf, pick, t } from "../shared/language";
import { forget, known, load, remote } from "../shared/remote";
import { ALL } from "./address";
import { onSwitched } from "./live";
import { dayOf, lies } from "./responseShape";
import { say } from "./said";
import * as state from "./state";

export const board = remote<api.GradedResponses>();
/** The one that is looked at, by its key `district/code`. */
export const looked = signal<string | null>(state.opened.response === ALL ? null : state.opened.response);
export const whole = remote<api.ResponseWhole>();
/** What the panel shows beside the list: one response, or the form that switches one on. */
export const making = signal(false);
/** What a click on the map means while a shape is chosen for the form. */
export const drawing = signal<"circle" | "drawn" | null>(null);
/** The dialog that is open. */
export const confirming = signal<"on" | "off" | null>(null);

export const active = computed(() =>
  (known(board.value)?.responses ?? [])
    .filter((each) => each.active)
    .sort((a, b) => a.level - b.level || a.opened_at.localeCompare(b.opened_at)),
);
export const past = computed(() => (known(board.value)?.responses ?? []).filter((each) => !each.active));
export const maySwitch = computed(() => known(board.value)?.may_switch ?? false);

export function keyOf(response: api.GradedResponse): string {
  return `${response.district}/${response.code}`;
}

/** "Level II response · day 3", and for one that has ended "Level II response · 12 days". */
export function titleOf(response: api.GradedResponse, at: number): string {
  const days = response.active
    ? t("response.day", { n: dayOf(response.opened_at, at) })
    : t("response.n_days", { n: response.days });
  return `${pick(response.level_name)} · ${days}`;
}

export function whereOf(response: api.GradedResponse): string {
  const name = nameOf(response.area) || response.path.split("/").at(-1) || "";
  return response.kind === "area" ? name : t("response.in", { kind: t(`response.kind.${response.kind}`), name });
}

/** The responses that are on where an incident lies, the most serious first. */
export function around(row: Pick<api.IncidentRow, "lon" | "lat"> | null): api.GradedResponse[] {
  if (row?.lon == null || row.lat == null) return [];
  const { lon, lat } = row;
  return active.value.filter((each) => lies(each.geometry, lon, lat));
}

export async function readResponses(): Promise<void> {
  await load(board, (stop) => api.responses(state.filters.peek().district, stop));
}

export async function readWhole(): Promise<void> {
  const key = looked.peek();
  if (key === null) {
    forget(whole);
    return;
  }
  const [district = "", code = ""] = key.split("/");
  const before = known(whole.peek())?.response;
  await load(
    whole,
    (stop) => api.response(district, code, stop),
    before?.code === code && before.district === district,
  );
}

/** Look at one response in the panel. */
export function lookAt(key: string | null): void {
  looked.value = key;
  making.value = false;
  state.responsesOpen.value = true;
}

/** The codes that this page has switched, with what it did: others are told of, these have been said. */
const own = new Set<string>();

export function isMine(key: string, act: "open" | "end"): void {
  own.add(`${key}@${act}`);
}

/** Keep what is known true for as long as the page lives. */
export function followResponses(): void {
  onSwitched((told) => {
    void readResponses().then(() => {
      if (told === null || own.has(`${told.district}/${told.code}@${told.act}`)) return;
      const one = known(board.peek())?.responses.find(
        (each) => each.code === told.code && each.district === told.district,
      );
      if (!one) return;
      const words = { level: pick(one.level_name), name: whereOf(one) };
      const text = told.act === "open" ? t("response.said_on", words) : t("response.said_off", words);
      say(text);
      state.polite.value = text;
    });
    if (told === null || `${told.district}/${told.code}` === looked.peek()) void readWhole();
  });
  effect(() => {
    if (!state.nobody.value) return;
    forget(board);
    forget(whole);
  });
  effect(() => {
    if (!comebacks.value || state.nobody.peek()) return;
    untracked(() => {
      void readResponses();
      void readWhole();
    });
  });
  effect(() => {
    looked.value;
    untracked(() => void readWhole());
  });
  // Another incident is looked at: the panel makes room, and what was begun in it stays.
  effect(() => {
    if (state.selected.value !== null) state.responsesOpen.value = false;
  });
}
