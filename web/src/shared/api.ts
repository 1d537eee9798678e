/** The one place that talks to the server. Every address is of the site's own origin. */

import { heard, lost } from "./connection";
import { language, type Text } from "./language";

export type Theme = "dark" | "light";
export type Position = [lon: number, lat: number];
/** West, south, east, north. */
export type Box = [number, number, number, number];

export interface District {
  slug: string;
  code: string;
  name: string;
  name_en: string;
  centre: Position;
  box: Box;
  edition: number;
  published_at: string;
  synthetic: boolean;
}

export type ElementSlug = "people" | "places" | "events" | "things" | "organisations";

export interface LegendLine {
  label: Text;
  symbol: string | null;
  fill: string | null;
  line: string | null;
  dash: number[] | null;
  hatch: string | null;
  count: number | null;
}

export interface LayerInfo {
  id: string;
  element: ElementSlug;
  title: Text;
  audience: "public" | "staff";
  visible: boolean;
  count: number | null;
  legend: LegendLine[];
  style_layers: string[];
}

export interface DutyHolder {
  post: string;
  post_name: Text;
  holder: string | null;
  vacant: boolean;
  staircase: number | string | null;
}

export interface Owner {
  level: string;
  level_name: Text;
  code: string | null;
  name: string | null;
  name_en: string | null;
  kind: string | null;
  kind_name: Text | null;
  duty_holders?: DutyHolder[];
}

export interface TreeAnswer {
  tree: string;
  edition: number;
  owners: Owner[];
  responsible: { level: string; code: string; name: string; name_en: string | null; path: string } | null;
  reason: Text;
}

export interface Located {
  lon: number;
  lat: number;
  district: { slug: string; code: string; name: string; name_en: string; synthetic: boolean } | null;
  trees: TreeAnswer[];
}

export interface Hit {
  collection: string;
  district: string;
  code: string;
  name: string | null;
  name_en: string | null;
  level: string | null;
  kind: string | null;
  kind_name: Text | null;
  position: Position;
  box: Box | null;
}

export interface SymbolImage {
  svg: string;
  width: number;
  height: number;
}

export interface Feature<P = Record<string, unknown>> {
  type: "Feature";
  id?: string | number;
  geometry: GeoJSON.Geometry | null;
  properties: P;
}

export interface FeaturePage<P = Record<string, unknown>> {
  type: "FeatureCollection";
  features: Feature<P>[];
  links?: { rel: string; href: string }[];
  numberMatched?: number;
}

/** What the server says when it says no (RFC 9457), in the language that it was asked in. */
interface Problem {
  title?: string;
  detail?: string;
  problem?: string;
  remedy?: string | null;
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
export const items = <P = Record<string, unknown>>(collection: string, query: Parameters, signal?: AbortSignal) =>
  get<FeaturePage<P>>(`/collections/${collection}/items`, query, signal);

/** Read every page of a collection in a box, up to `most` features. */
export async function allItems<P = Record<string, unknown>>(
  collection: string,
  query: Parameters,
  most: number,
  signal?: AbortSignal,
): Promise<Feature<P>[]> {
  let page = await items<P>(collection, { ...query, limit: Math.min(most, 1000) }, signal);
  const found = [...page.features];
  while (found.length < most) {
    const next = page.links?.find((link) => link.rel === "next");
    if (!next || page.features.length === 0) break;
    const url = new URL(next.href, location.href);
    page = await get<FeaturePage<P>>(url.pathname + url.search, {}, signal);
    found.push(...page.features);
  }
  return found;
}
