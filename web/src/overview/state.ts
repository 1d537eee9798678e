/** What the overview page knows: signals that panels and map read, and the steps that change them. */

import { batch, computed, signal } from "@preact/signals";
import * as api from "../shared/api";
import { readCoordinates } from "../shared/coordinates";
import { language } from "../shared/language";
import { forget, known, load, remote } from "../shared/remote";
import { theme } from "../shared/theme";
import { type Camera, parse } from "./address";
import { openLeft, uncoverRight } from "./panels";

export const opened = parse(location.search);

// --- districts -------------------------------------------------------------------------------------------------

export const districts = remote<api.District[]>();
export const districtSlug = signal<string | null>(opened.district);
export const district = computed(
  () => known(districts.value)?.find((each) => each.slug === districtSlug.value) ?? null,
);

export async function loadDistricts(): Promise<void> {
  const found = await load(districts, async (stop) => (await api.districts(stop)).districts);
  if (!found?.length) return;
  if (!found.some((each) => each.slug === districtSlug.value)) districtSlug.value = found[0]?.slug ?? null;
}

// --- layers ----------------------------------------------------------------------------------------------------

export const layers = remote<api.LayerInfo[]>();
/** The layers that the person switched on or off; the others are as declared. */
export const switched = signal<ReadonlyMap<string, boolean>>(opened.layers);
export const visibleLayers = computed<ReadonlySet<string>>(() => {
  const all = known(layers.value) ?? [];
  return new Set(all.filter((layer) => switched.value.get(layer.id) ?? layer.visible).map((layer) => layer.id));
});

export async function loadLayers(): Promise<void> {
  const slug = districtSlug.peek();
  if (slug) await load(layers, async (stop) => (await api.layers(slug, stop)).layers);
}

export function switchLayer(id: string, on: boolean): void {
  const next = new Map(switched.peek());
  const declared = (known(layers.peek()) ?? []).find((layer) => layer.id === id)?.visible;
  if (declared === on) next.delete(id);
  else next.set(id, on);
  switched.value = next;
}

export function resetLayers(): void {
  switched.value = new Map();
}

// --- camera ----------------------------------------------------------------------------------------------------

export const camera = signal<Camera | null>(opened.camera);
/** Buildings stand up. */
export const solid = signal(opened.solid);
export const pointer = signal<{ lon: number; lat: number } | null>(null);
/** An area under the pointer, as the map draws it. */
export interface Under {
  level: string;
  code: string;
  district: string;
  name: string;
  name_en: string;
}
/** From the district down. */
export const ownerUnderPointer = signal<Under[]>([]);
/** What the live region says once the view has settled. */
export const settled = signal("");
export const mapReady = signal(false);
export const mapMoving = signal(false);
export const mapFailure = signal<"webgl" | "style" | null>(null);
export const metresPerPixel = signal<number | null>(null);
export const attribution = signal<string[]>([]);

// --- the selected place -----------------------------------------------------------------------------------------

/** A point feature of the map that was clicked: a station, an incident, a camera site … */
export interface Thing {
  collection: string;
  code: string;
  properties: Record<string, unknown>;
  lon: number;
  lat: number;
}

export const place = signal<{ lon: number; lat: number } | null>(opened.place);
export const thing = signal<Thing | null>(null);
export const located = remote<api.Located>();
/** The code of the owner that is looked at; null stands for the responsible one. */
export const chosenArea = signal<string | null>(opened.area);
export const near = remote<api.Collections["stations"][]>();
export const facts = remote<api.Collections["areas"]["properties"] | null>();

export const mainTree = computed(() => known(located.value)?.trees.find((tree) => tree.tree === "main") ?? null);
export const owners = computed(() => mainTree.value?.owners.filter((owner) => owner.code !== null) ?? []);
export const area = computed<api.Owner | null>(() => {
  const wanted = chosenArea.value ?? mainTree.value?.responsible?.code;
  return owners.value.find((owner) => owner.code === wanted) ?? owners.value.at(-1) ?? null;
});

const NEAR_METRES = 1000;

export async function askPlace(lon: number, lat: number, clicked: Thing | null = null, code: string | null = null) {
  batch(() => {
    place.value = { lon, lat };
    thing.value = clicked;
    chosenArea.value = code;
    searchOpen.value = false;
    openLeft();
    sheet.value = "place";
  });
  await readPlace();
}

const THINGS = ["stations", "incidents", "cameras", "assets"] as const;

async function readThing(collection: string, code: string) {
  const known_ = THINGS.find((each) => each === collection);
  if (!known_ || !code) return null;
  const page = await api.items(known_, { code, limit: 1 }).catch(() => null);
  return page?.features[0] ?? null;
}

/** Ask about a point feature: its exact position and all its columns come from its collection, the map's are rounded. */
export async function askThing(
  collection: string,
  code: string,
  properties: Record<string, unknown>,
  drawn: [number, number],
): Promise<void> {
  const found = await readThing(collection, code);
  const [lon, lat] = found?.geometry?.type === "Point" ? (found.geometry.coordinates as [number, number]) : drawn;
  await askPlace(lon, lat, { collection, code, properties: { ...properties, ...found?.properties }, lon, lat });
}

export async function readPlace(): Promise<void> {
  const asked = place.peek();
  if (!asked) return;
  const degrees = NEAR_METRES / 111_000;
  const wide = degrees / Math.cos((asked.lat * Math.PI) / 180);
  const bbox = [asked.lon - wide, asked.lat - degrees, asked.lon + wide, asked.lat + degrees]
    .map((value) => value.toFixed(6))
    .join(",");
  const [answer] = await Promise.all([
    load(located, (stop) => api.locate(asked.lon, asked.lat, stop), false),
    load(near, (stop) => api.allItems("stations", { bbox }, 400, stop), false),
  ]);
  if (answer?.district && answer.district.slug !== districtSlug.peek()) districtSlug.value = answer.district.slug;
}

export async function readFacts(owner: api.Owner, slug: string): Promise<void> {
  await load(
    facts,
    async (stop) => {
      const query = { district: slug, level: owner.level, code: owner.code, limit: 1 };
      const page = await api.items("areas", query, stop);
      selectedGeometry.value = page.features[0]?.geometry ?? null;
      return page.features[0]?.properties ?? null;
    },
    false,
  );
}

export const selectedGeometry = signal<GeoJSON.Geometry | null>(null);

export function unselect(): void {
  batch(() => {
    if (place.peek()) uncoverRight();
    place.value = null;
    thing.value = null;
    chosenArea.value = null;
    selectedGeometry.value = null;
    forget(located);
    forget(near);
    forget(facts);
  });
}

// --- search ----------------------------------------------------------------------------------------------------

export const query = signal("");
export const searchOpen = signal(false);
/** The search field was opened to type a code or coordinates. */
export const goingTo = signal(false);
export const hits = remote<api.Hit[]>();
/** What the hits are hits of, or will be once they are here. */
const searchedFor = signal("");
/** Something is typed that was not looked for yet. */
export const typedOn = computed(() => query.value.trim() !== searchedFor.value);
export const activeHit = signal(0);
export const typedCoordinates = computed(() => readCoordinates(query.value));

const SEARCH_LIMIT = 40;

/** Who is looked for most often comes first: the very name, then areas, stations, roads, buildings, the rest. */
function weightOf(hit: api.Hit, text: string): number {
  if ([hit.name, hit.name_en, hit.code].includes(text)) return 0;
  if (hit.level && hit.level !== "building") return 1;
  return { stations: 2, roads: 3, areas: 4, buildings: 4 }[hit.collection] ?? 5;
}

/** A road is many pieces of one name: they are one answer, as large as all of them. */
function wholeRoads(found: api.Hit[]): api.Hit[] {
  const roads = new Map<string, api.Hit>();
  return found.filter((hit) => {
    if (hit.collection !== "roads") return true;
    const key = `${hit.district}/${hit.name}`;
    const first = roads.get(key);
    if (!first) {
      hit.box = [...hit.box];
      roads.set(key, hit);
      return true;
    }
    first.box[0] = Math.min(first.box[0], hit.box[0]);
    first.box[1] = Math.min(first.box[1], hit.box[1]);
    first.box[2] = Math.max(first.box[2], hit.box[2]);
    first.box[3] = Math.max(first.box[3], hit.box[3]);
    return false;
  });
}

export function forgetSearch(): void {
  query.value = "";
  searchedFor.value = "";
  forget(hits);
}

/** Look for what is typed; false where it was not answered, or something else was typed meanwhile. */
export async function runSearch(): Promise<boolean> {
  const text = query.peek().trim();
  activeHit.value = 0;
  searchedFor.value = text;
  if (!text || readCoordinates(text)) {
    forget(hits);
    return true;
  }
  const found = await load(hits, async (stop) => {
    const [here, everywhere] = await Promise.all([
      districtSlug.peek() ? api.search(text, districtSlug.peek(), SEARCH_LIMIT, stop) : { hits: [] },
      api.search(text, null, SEARCH_LIMIT, stop),
    ]);
    const mine = new Set(here.hits.map((hit) => `${hit.collection}/${hit.code}`));
    const elsewhere = everywhere.hits.filter((hit) => !mine.has(`${hit.collection}/${hit.code}`));
    const weight = (hit: api.Hit): number => weightOf(hit, text);
    return wholeRoads([...here.hits, ...elsewhere])
      .sort((a, b) => weight(a) - weight(b))
      .slice(0, SEARCH_LIMIT);
  });
  return found !== null && !typedOn.peek();
}

// --- panels ----------------------------------------------------------------------------------------------------

export const rightTab = signal<"layers" | "view">("layers");
export type Sheet = "place" | "layers" | "view";
/** On a phone: the sheet that is up, if any. */
export const sheet = signal<Sheet | null>(null);
export const keysOpen = signal(false);
export const scopeOpen = signal(false);
export const picking = signal(false);
/** Where the first-person view stands, while it is open. */
export const walking = signal<{ lon: number; lat: number; bearing: number } | null>(null);
export const walkReady = signal(false);

export interface InView {
  collection: string;
  code: string;
  name: string | null;
  name_en: string | null;
  properties: Record<string, unknown>;
  count: number;
  lon: number;
  lat: number;
}
/** Features that share one point and are too many to spread: the table lists these alone. */
export const gathered = signal<InView[] | null>(null);
/** Features that share one point, spread on legs. */
export const spread = signal<{ rows: InView[]; drawn: GeoJSON.FeatureCollection } | null>(null);
/** What a click under the pointer would select. */
export const hovered = signal<GeoJSON.Geometry | null>(null);
export const inView = signal<{ rows: InView[]; more: number }>({ rows: [], more: 0 });

// A link that was shared says how it looks; it does not change what this person chose for other visits.
if (opened.language) language.value = opened.language;
if (opened.theme) theme.value = opened.theme;
