/** The one place that talks to the server. Every address is of the site's own origin. */

import type { components } from "./api.gen";
import { heard, lost } from "./connection";
import { language } from "./language";

export type Theme = "dark" | "light";
export type Position = [lon: number, lat: number];
/** West, south, east, north. */
export type Box = [number, number, number, number];

type Schemas = components["schemas"];

export type District = Omit<Schemas["District"], "centre" | "box" | "town"> & {
  centre: Position;
  box: Box;
  /** Where most of its buildings stand. */
  town: Box | null;
};
export type LayerInfo = Schemas["Layer"];
export type ElementSlug = LayerInfo["element"];
export type LegendLine = Schemas["LegendLine"];
export type DutyHolder = Schemas["DutyHolder"];
export type Owner = Schemas["Owner"];
export type Located = Schemas["Located"];
export type NearestArea = Schemas["Near"];
export type Hit = Omit<Schemas["Hit"], "position" | "box"> & { position: Position; box: Box };
export type SymbolImage = Schemas["Symbol"];
type Problem = Partial<Schemas["Problem"]>;

/** The collections that the page reads, and their features. */
export interface Collections {
  areas: Schemas["AreasFeature"];
  buildings: Schemas["BuildingsFeature"];
  ground: Schemas["GroundFeature"];
  roads: Schemas["RoadsFeature"];
  stations: Schemas["StationsFeature"];
  incidents: Schemas["IncidentsFeature"];
  cameras: Schemas["CamerasFeature"];
  assets: Schemas["AssetsFeature"];
}
export type CollectionId = keyof Collections;

interface Page<F> {
  features: F[];
  links: Schemas["Link"][];
}

/** A request that brought nothing: the server is away, or it said no and why. */
export class Failure extends Error {
  readonly status: number | null;
  readonly problem: Problem;

  constructor(status: number | null, problem: Problem = {}) {
    super(problem.title ?? (status === null ? "the server cannot be reached" : `HTTP ${status}`));
    this.status = status;
    this.problem = problem;
  }

  get offline(): boolean {
    return this.status === null;
  }

  static of(error: unknown): Failure {
    return error instanceof Failure ? error : new Failure(null, { detail: String(error) });
  }
}

type Parameters = Record<string, string | number | null | undefined>;

function address(path: string, parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

const AWAY = new Set([502, 503, 504]);

export async function get<T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(address(path, parameters), {
      headers: {
        Accept: "application/json, application/geo+json, application/problem+json",
        "Accept-Language": language.peek() === "zh" ? "zh-CN" : "en",
      },
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (!signal?.aborted) lost();
    throw signal?.aborted ? error : new Failure(null);
  }
  if (AWAY.has(answer.status)) lost();
  else heard();
  if (!answer.ok) throw new Failure(answer.status, (await answer.json().catch(() => ({}))) as Problem);
  return (await answer.json()) as T;
}

export const districts = (signal?: AbortSignal) => get<{ districts: District[] }>("/districts", {}, signal);
export const layers = (district: string, signal?: AbortSignal) =>
  get<{ layers: LayerInfo[] }>("/layers", { district }, signal);
export const locate = (lon: number, lat: number, signal?: AbortSignal) =>
  get<Located>("/locate", { lon: lon.toFixed(7), lat: lat.toFixed(7) }, signal);
export const search = (q: string, district: string | null, limit: number, signal?: AbortSignal) =>
  get<{ hits: Hit[] }>("/search", { q, district, limit }, signal);
export const symbols = (theme: Theme) => get<Record<string, SymbolImage>>(`/styles/${theme}/symbols.json`);

export function items<C extends CollectionId>(
  collection: C,
  query: Parameters,
  signal?: AbortSignal,
): Promise<Page<Collections[C]>> {
  return get(`/collections/${collection}/items`, query, signal);
}

const PAGE = 1000;

/** Read page after page of a collection, up to `most` features. */
export async function allItems<C extends CollectionId>(
  collection: C,
  query: Parameters,
  most: number,
  signal?: AbortSignal,
): Promise<Collections[C][]> {
  let page = await items(collection, { ...query, limit: Math.min(most, PAGE) }, signal);
  const found = [...page.features];
  while (found.length < most) {
    const next = page.links.find((link) => link.rel === "next");
    if (!next || page.features.length === 0) break;
    const { pathname, search: rest } = new URL(next.href, location.href);
    page = await get(pathname + rest, {}, signal);
    found.push(...page.features);
  }
  return found;
}
