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

export type Session = Schemas["Session"];
export type Demo = Schemas["Demo"];
export type IncidentRow = Schemas["IncidentRow"];
export type IncidentBoard = Schemas["IncidentBoard"];
export type IncidentCluster = Omit<Schemas["IncidentCluster"], "bbox"> & { bbox: Box };
export type IncidentClusters = Omit<Schemas["IncidentClusters"], "clusters"> & { clusters: IncidentCluster[] };
export type Incident = Schemas["Incident"];
export type IncidentAct = Schemas["IncidentAct"];
export type IncidentStep = Schemas["IncidentStep"];
export type NearIncident = Schemas["NearIncident"];
export type Responders = Schemas["Responders"];
export type NearResponder = Schemas["NearResponder"];
export type GradedResponse = Schemas["GradedResponse"];
export type GradedResponses = Schemas["GradedResponses"];
export type ResponsePreview = Schemas["ResponsePreview"];
export type ResponseWhole = Schemas["ResponseWhole"];
export type MeetingConvened = Schemas["MeetingConvened"];
export type ResponseLevel = GradedResponse["level"];
/** A level and exactly one shape: the path of an area, a circle, or a ring of positions. */
export type ResponseShape = { district: string; level: ResponseLevel } & Partial<{
  area: string;
  circle: { lon: number; lat: number; radius_m: number };
  polygon: Position[];
}>;
export type IncidentStatistics = Schemas["IncidentStatistics"];
export type StatisticsLine = Schemas["IncidentStatisticsLine"];
export type IncidentFigures = Schemas["IncidentFigures"];
export type ActName = IncidentAct["act"];
/** A step and what it needs. */
export type StepBody = Partial<{
  reason: string;
  responder: string;
  department: string;
  into: string;
  position: { lon: number; lat: number };
  extension: { amount: number; unit: "hours" | "days" | "working_hours" | "working_days" };
  mediator: NonNullable<IncidentRow["mediator"]>;
}> & { act: ActName };

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

const AWAY = new Set([502, 503, 504]);

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

  /** Nobody has answered, or only somebody on the way: what was asked may have happened or not. */
  get away(): boolean {
    return this.status === null || AWAY.has(this.status);
  }

  /** Nobody is signed in who would be told. */
  get unknown(): boolean {
    return this.status === 401 || this.status === 404;
  }

  static of(error: unknown): Failure {
    return error instanceof Failure ? error : new Failure(null, { detail: String(error) });
  }
}

type Parameters = Record<string, string | number | readonly string[] | null | undefined>;

function address(path: string, parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value === "object") for (const each of value ?? []) query.append(name, each);
    else if (value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

async function answered<T>(path: string, request: RequestInit): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      ...request,
      headers: {
        Accept: "application/json, application/geo+json, application/problem+json",
        "Accept-Language": language.peek() === "zh" ? "zh-CN" : "en",
        ...request.headers,
      },
    });
  } catch (error) {
    if (!request.signal?.aborted) lost();
    throw request.signal?.aborted ? error : new Failure(null);
  }
  if (AWAY.has(answer.status)) lost();
  else heard();
  if (!answer.ok) throw new Failure(answer.status, (await answer.json().catch(() => ({}))) as Problem);
  return (await answer.json()) as T;
}

export function get<T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<T> {
  return answered(address(path, parameters), signal ? { signal } : {});
}

export const session = (signal?: AbortSignal) => get<Session>("/session", {}, signal);

export function signIn(login: string, password: string): Promise<Session> {
  const body = JSON.stringify({ login, password });
  return answered("/session", { method: "POST", body, headers: { "Content-Type": "application/json" } });
}

export async function signOut(): Promise<Session> {
  const { csrf } = await session();
  return answered("/session", { method: "DELETE", headers: csrf ? { "X-CSRF-Token": csrf } : {} });
}

export type ReportBody = {
  lon: number;
  lat: number;
  kind: string;
} & Partial<{
  accuracy: number;
  confidence: number;
  note: string;
  floor: number;
  staircase: number;
  mediator: NonNullable<IncidentRow["mediator"]>;
  stated_owner: string;
}>;
export type LocatedColumns = Schemas["LocatedColumns"];
export type Reported = Schemas["IncidentReported"];
export type EventList = Schemas["EventList"];
export type EventItem = Schemas["EventItem"];
export type Photo = Schemas["Photo"];

/** Write something. The key makes it the same change however often it is sent; `version` is the one that was seen. */
async function send<T>(path: string, body: object, key: string, version?: number, signal?: AbortSignal): Promise<T> {
  const { csrf } = await session(signal);
  const picture = body instanceof Blob;
  return answered(path, {
    ...(signal ? { signal } : {}),
    method: "POST",
    body: picture ? body : JSON.stringify(body),
    headers: {
      "Content-Type": picture ? body.type : "application/json",
      "Idempotency-Key": key,
      ...(version === undefined ? {} : { "If-Match": `"${version}"` }),
      ...(csrf ? { "X-CSRF-Token": csrf } : {}),
    },
  });
}

export const demo = (signal?: AbortSignal) => get<Demo>("/demo", {}, signal);
export const steerDemo = (wanted: { speed: number; paused: boolean }): Promise<Demo> =>
  answered("/demo", {
    method: "PUT",
    body: JSON.stringify(wanted),
    headers: { "Content-Type": "application/json" },
  });

export const districts = (signal?: AbortSignal) => get<{ districts: District[] }>("/districts", {}, signal);
export const layers = (district: string, signal?: AbortSignal) =>
  get<{ layers: LayerInfo[] }>("/layers", { district }, signal);
export const locate = (lon: number, lat: number, signal?: AbortSignal) =>
  get<Located>("/locate", { lon: lon.toFixed(7), lat: lat.toFixed(7) }, signal);
/** Who owns a place that a device is 95 % sure of within so many metres, as browsers mean their accuracy. */
export const locateWithin = (lon: number, lat: number, accuracy: number | null, signal?: AbortSignal) =>
  get<Located>(
    "/locate",
    { lon: lon.toFixed(7), lat: lat.toFixed(7), ...(accuracy === null ? {} : { accuracy, confidence: 0.95 }) },
    signal,
  );
/** Who owns each of many places. */
export const locateMany = (places: { lon: number[]; lat: number[] }, signal?: AbortSignal): Promise<LocatedColumns> =>
  answered("/locate", {
    method: "POST",
    body: JSON.stringify(places),
    headers: { "Content-Type": "application/json" },
    ...(signal ? { signal } : {}),
  });
export const eventList = (district: string, signal?: AbortSignal) =>
  get<EventList>(`/districts/${encodeURIComponent(district)}/event-list`, {}, signal);
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

export const board = (query: Parameters, signal?: AbortSignal) => get<IncidentBoard>("/incidents", query, signal);
/** Where statistics are asked for, to read or to save. */
export const statisticsAddress = (query: Parameters) => address("/incidents/statistics", query);
export const statistics = (query: Parameters, signal?: AbortSignal) =>
  get<IncidentStatistics>("/incidents/statistics", query, signal);
export const clusters = (query: Parameters, signal?: AbortSignal) =>
  get<IncidentClusters>("/incidents/clusters", query, signal);
export const incident = (district: string, code: string, signal?: AbortSignal) =>
  get<Incident>(`/incidents/${encodeURIComponent(district)}/${encodeURIComponent(code)}`, {}, signal);
export const near = (district: string, code: string, mode: NearIncident["mode"], signal?: AbortSignal) =>
  get<NearIncident>(`/incidents/${encodeURIComponent(district)}/${encodeURIComponent(code)}/near`, { mode }, signal);
export const responders = (district: string | null, area: string | null, signal?: AbortSignal) =>
  get<Responders>("/responders", { district, area }, signal);
export const step = (district: string, code: string, body: StepBody, key: string, version: number) =>
  send<Schemas["IncidentStepped"]>(
    `/incidents/${encodeURIComponent(district)}/${encodeURIComponent(code)}/steps`,
    body,
    key,
    version,
  );
export const report = (body: ReportBody, key: string) => send<Reported>("/incidents", body, key);
export const photoAddress = (district: string, code: string, id: number, small = false) =>
  `/incidents/${encodeURIComponent(district)}/${encodeURIComponent(code)}/photos/${id}${small ? "?size=small" : ""}`;
export const addPhoto = (district: string, code: string, photo: Blob, key: string) =>
  send<Photo>(`/incidents/${encodeURIComponent(district)}/${encodeURIComponent(code)}/photos`, photo, key);

export const responses = (district: string | null, signal?: AbortSignal) =>
  get<GradedResponses>("/responses", { district }, signal);
export const ledgerAddress = (district: string | null) => address("/responses/ledger.csv", { district });
const responseAddress = (district: string, code: string) =>
  `/responses/${encodeURIComponent(district)}/${encodeURIComponent(code)}`;
export const response = (district: string, code: string, signal?: AbortSignal) =>
  get<ResponseWhole>(responseAddress(district, code), {}, signal);
/** What a response would mean; nothing is kept. */
export const previewResponse = (shape: ResponseShape, signal?: AbortSignal) =>
  send<ResponsePreview>("/responses/preview", shape, "preview", undefined, signal);
export const switchOn = (body: ResponseShape & { reason: string }, key: string) =>
  send<GradedResponse>("/responses", body, key);
export const switchOff = (district: string, code: string, report: string, key: string, version: number) =>
  send<GradedResponse>(`${responseAddress(district, code)}/end`, { report }, key, version);
