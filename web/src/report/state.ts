/** What the report page knows: the form, who owns its place, and how far sending has come. */

import { computed, effect, signal } from "@preact/signals";
import { session } from "../shared/account";
import * as api from "../shared/api";
import type { Mediator } from "../shared/mediators";
import { known, load, remote } from "../shared/remote";
import { keepForm, keepPhoto, keptForm, keptPhoto } from "./kept";
import { rose, type Side, sides } from "./sides";

export type Step = "where" | "what" | "send";
export const STEPS: readonly Step[] = ["where", "what", "send"];

export interface Place {
  lon: number;
  lat: number;
  /** Metres within which the device is 95 % sure; null where a person pointed. */
  accuracy: number | null;
  from: "device" | "map" | "typed";
}

export interface Form {
  /** Under which key it is sent, however often. */
  key: string;
  step: Step;
  place: Place | null;
  /** Near an edge: the area that was chosen; "" for "not sure", null where nobody has chosen yet. */
  stated: string | null;
  kind: string | null;
  note: string;
  floor: string;
  staircase: string;
  mediator: Mediator | "";
  /** What is on its way: fixed from the first attempt on, so that it is the same request however often it is sent. */
  pending: api.ReportBody | null;
  answer: api.Reported | null;
  photo: "none" | "with" | "sent" | "refused";
}

/** A key for one change. Pages over plain http have no crypto.randomUUID. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16).padStart(8, "0")).join("");
}

function blank(): Form {
  return {
    key: newKey(),
    step: "where",
    place: null,
    stated: null,
    kind: null,
    note: "",
    floor: "",
    staircase: "",
    mediator: "",
    pending: null,
    answer: null,
    photo: "none",
  };
}

function restored(): Form {
  const kept = keptForm() as Partial<Form> | null;
  return typeof kept?.key === "string" ? { ...blank(), ...kept } : blank();
}

export const form = signal<Form>(restored());
export const place = computed(() => form.value.place);
export const photo = signal<Blob | null>(null);
effect(() => keepForm(form.value));

export function change(part: Partial<Form>): void {
  form.value = { ...form.peek(), ...part };
}

export async function readPhoto(): Promise<void> {
  if (form.peek().photo !== "with") return;
  photo.value = await keptPhoto();
  if (!photo.peek()) change({ photo: "none" }); // a browser that keeps nothing: it has to be chosen again
}

export async function choosePhoto(chosen: Blob | null): Promise<void> {
  photo.value = chosen;
  await keepPhoto(chosen);
  change({ photo: chosen ? "with" : "none" });
}

export function begin(): void {
  photo.value = null;
  void keepPhoto(null);
  form.value = blank();
  refused.value = null;
  whole.value = { status: "idle" };
}

// --- who asks --------------------------------------------------------------------------------------------------

export const mayReport = computed(() => {
  const role = known(session.value)?.role;
  return role === "worker" || role === "dispatcher" || role === "administrator";
});

// --- whose place it is -----------------------------------------------------------------------------------------

export const located = remote<api.Located>();
export const main = computed(() => known(located.value)?.trees.find((tree) => tree.tree === "main") ?? null);
export const responsible = computed(() => main.value?.responsible ?? null);
export const district = computed(() => known(located.value)?.district ?? null);
/** Whether the place lies in a building: then there are floors. */
export const building = computed(
  () => main.value?.owners.some(({ level, code }) => level === "building" && code !== null) ?? false,
);
/** Whether an area may own the place with a chance that is not nothing when it is rounded. */
export function worthSaying({ code, probability }: { code: string | null; probability: number }): boolean {
  return code !== null && probability >= 0.01;
}

/** The areas that may own the place, where it is not sure which does. */
export const candidates = computed(() => {
  const tree = main.value;
  return tree?.ambiguous ? (tree.candidates ?? []).filter(worthSaying).slice(0, 3) : [];
});
/** The candidate that is chosen: the likelier until somebody chooses; null for "not sure". */
export const stated = computed(() => {
  const chosen = form.value.stated;
  if (chosen === "") return null;
  return candidates.value.some(({ code }) => code === chosen) ? chosen : (candidates.value[0]?.code ?? null);
});

/** So far around the place it is looked at least, in metres: what a phone shows of it. */
const LEAST_LOOK_M = 40;
const around = remote<Map<string, Side>>();
/** Where the candidates lie, as far as it is known yet. */
export const sidesNow = computed(() => (candidates.value.length ? (known(around.value) ?? new Map()) : new Map()));

effect(() => {
  if (candidates.value.length < 2) return;
  const at = place.peek();
  if (!at) return;
  const places = rose(at.lon, at.lat, Math.max(LEAST_LOOK_M, at.accuracy ?? 0));
  void load(around, async (stop) => {
    const { areas, trees } = await api.locateMany(places, stop);
    const rows = trees.find(({ tree }) => tree === "main")?.responsible ?? [];
    return sides(
      places,
      rows.map((row) => areas.code[row] ?? null),
    );
  });
});

/** The likeliest compound of an area near the place: what somebody who stands there can see. */
export function landmark(code: string): { name: string | null; name_en: string | null } | null {
  const compounds = main.value?.owners.find(({ level }) => level === "compound")?.candidates ?? [];
  return compounds.find((one) => one.path?.includes(`/${code}/`)) ?? null;
}

export function setPlace(chosen: Place): void {
  if (form.peek().pending || form.peek().answer) return;
  change({ place: chosen, stated: null });
}

effect(() => {
  if (place.value) void locate();
});

export async function locate(): Promise<void> {
  const at = place.peek();
  if (at) await load(located, (stop) => api.locateWithin(at.lon, at.lat, at.accuracy, stop), false);
}

// --- what it is ------------------------------------------------------------------------------------------------

export const list = remote<api.EventList>();
let listOf = "";
effect(() => {
  const slug = district.value?.slug;
  if (!slug || slug === listOf) return;
  listOf = slug;
  void readList();
});

export async function readList(): Promise<void> {
  if (listOf) await load(list, (stop) => api.eventList(listOf, stop), false);
}

export const item = computed(() => known(list.value)?.items.find(({ code }) => code === form.value.kind) ?? null);

// --- how far it is ---------------------------------------------------------------------------------------------

export const sending = signal<"sending" | "waiting" | null>(
  form.peek().pending && !form.peek().answer ? "waiting" : null,
);
export const refused = signal<api.Failure | null>(null);
export const photoFailure = signal<api.Failure | null>(null);
/** Everything about what was reported, read after it was. */
export const whole = remote<api.Incident>();
/** Where the device stands with its position. */
export const device = signal<"idle" | "asking" | "refused" | "timeout" | "unavailable" | "insecure">("idle");
export const mapReady = signal(false);
