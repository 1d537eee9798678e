/** What the desk knows: the signals that list, map and drawer share. */

import { batch, computed, signal } from "@preact/signals";
import * as api from "../shared/api";
import { language } from "../shared/language";
import { known, load, remote } from "../shared/remote";
import { theme } from "../shared/theme";
import { type Camera, type Filters, filtersOf, NO_FILTERS, parse } from "./address";
import type { Tab } from "./tabs";

export const opened = parse(location.search);

// --- where -----------------------------------------------------------------------------------------------------

export const districts = remote<api.District[]>();
export const district = computed(
  () => known(districts.value)?.find((each) => each.slug === filters.value.district) ?? null,
);

export async function loadDistricts(): Promise<void> {
  await load(districts, async (stop) => (await api.districts(stop)).districts);
}

// --- what is asked for -----------------------------------------------------------------------------------------

export const filters = signal<Filters>(filtersOf(opened));
export const tab = signal<Tab>(opened.tab);

export function narrow(change: Partial<Filters>): void {
  filters.value = { ...filters.peek(), ...change };
}

/** The filters that hide something, beside the district in work and the tab. */
export const narrowing = computed(() =>
  (["area", "category", "department", "clock", "centre", "state", "text"] as const).filter(
    (name) => filters.value[name],
  ),
);

export function clearFilters(): void {
  filters.value = { ...NO_FILTERS, district: filters.peek().district };
}

// --- the board -------------------------------------------------------------------------------------------------

export type Rows = ReadonlyMap<string, api.IncidentRow>;

/** Every row that is listed, waits behind the bar, or has just left. */
export const rows = signal<Rows>(new Map());
/** The keys of the rows in the order in which they are read. */
export const order = signal<readonly string[]>([]);
/** New rows that wait until they are asked for. */
export const behind = signal<ReadonlySet<string>>(new Set());
/** Rows that no longer belong here and stay, struck through, until the selection moves on. */
export const gone = signal<ReadonlySet<string>>(new Set());
/** Rows that have just changed. */
export const changed = signal<ReadonlySet<string>>(new Set());
/** How many incidents the filter leaves, and how many of each state there are without the tab. */
export const matched = signal(0);
export const tally = signal<api.IncidentBoard["tally"]["state"]>({});
export const escalatedTo = signal<api.IncidentBoard["tally"]["escalated_to"]>({});
export const all = signal(0);
export const boardStatus = signal<"loading" | "ready" | "failed">("loading");
export const boardFailure = signal<api.Failure | null>(null);
/** The board is being read. */
export const boardReading = signal(false);
/** The rows are still those of another filter than the one that is chosen; and for so long that it has to be seen. */
export const boardOther = signal(false);
/** The server gathers what is in view: what follows the first rows waits for that. */
export const gathering = signal(false);
export const boardLate = signal(false);
/** Counts how often the rows were found to be other than the server's: they are read again. */
export const boardStale = signal(0);
/** Nobody is signed in. */
export const nobody = signal(false);
/** The last event that the page has taken in, and when, by our own clock. */
export const lastEvent = signal(0);
export const heardAt = signal<number | null>(null);
export const streaming = signal(false);

// --- the selection ---------------------------------------------------------------------------------------------

export const selected = signal<string | null>(opened.selected);
export const detail = remote<api.Incident>();
export const comparing = signal<string | null>(null);
/** Who is sent: the account or the department; null for the first of those that are offered. */
export const chosenWho = signal<string | null>(null);

/** The selected row: from the board, or from what was read about it alone. */
export const selectedRow = computed(() => {
  const key = selected.value;
  if (key === null) return null;
  const listed = rows.value.get(key);
  const read = known(detail.value)?.incident;
  return listed ?? (read && `${read.district}/${read.code}` === key ? read : null);
});

// --- map and panels --------------------------------------------------------------------------------------------

export const camera = signal<Camera | null>(opened.camera);
export const layers = remote<api.LayerInfo[]>();
export const switched = signal<ReadonlyMap<string, boolean>>(opened.layers);
/** The switch of the heat, among those of the layers. */
export const HEAT = "heat";
/** The switch of those on duty; they are shown unless somebody switches them off. */
export const PEOPLE = "people";
export const layersOpen = signal(false);
export const mapReady = signal(false);
export const mapMoving = signal(false);
export const mapFailure = signal<"webgl" | "style" | null>(null);
export const metresPerPixel = signal<number | null>(null);
export const pointer = signal<{ lon: number; lat: number } | null>(null);
export const spread = signal<{ keys: string[]; drawn: GeoJSON.FeatureCollection } | null>(null);
/** Incidents of one point that are too many to spread: the most pressing of them, and how many there are. */
export const here = signal<{ rows: readonly api.IncidentRow[]; total: number } | null>(null);
/** Somebody on duty whose disc was chosen on the map, by their account. */
export const person = signal<string | null>(null);
/** How many incidents the map draws, and in which clusters. */
export const drawn = signal(0);
export const clusters = signal<readonly api.IncidentCluster[]>([]);

export async function loadLayers(slug: string): Promise<void> {
  await load(layers, async (stop) => (await api.layers(slug, stop)).layers);
}

export function switchLayer(id: string, on: boolean): void {
  const next = new Map(switched.peek());
  const declared = (known(layers.peek()) ?? []).find((layer) => layer.id === id)?.visible ?? id === PEOPLE;
  if (declared === on) next.delete(id);
  else next.set(id, on);
  switched.value = next;
}

/** The panel of graded responses, in the place of the drawer. */
export const responsesOpen = signal(opened.response !== null && opened.selected === null);
export const keysOpen = signal(false);
export const moreOpen = signal(false);
export const scopeOpen = signal(false);
/** In a narrow window: which of the two is looked at. */
export const side = signal<"list" | "map">("list");
/** What the live regions say. */
export const polite = signal("");
export const assertive = signal("");

export function select(key: string | null): void {
  if (key === selected.peek()) return;
  batch(() => {
    selected.value = key;
    comparing.value = null;
    moreOpen.value = false;
    chosenWho.value = null;
  });
}

// A link that was shared says how it looks; it does not change what this person chose for other visits.
if (opened.language) language.value = opened.language;
if (opened.theme) theme.value = opened.theme;
