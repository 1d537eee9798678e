/** The map's style: fetched from the server, then fitted to this page: fonts, switched layers, the selection on top. */

import type { LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";
import * as api from "../api";
import { fontFaces } from "../fonts";
import type { Language } from "../language";

export interface Wanted {
  theme: api.Theme;
  language: Language;
  /** For each style layer that a switch governs, whether it is on. */
  on: (styleLayer: string) => boolean | null;
  solid: boolean;
}

const SOLID = /-3d$/;

/** Levels that the tiles of areas carry, from the top down. */
export const AREA_LEVELS = ["district", "street", "community", "grid", "compound", "building"] as const;
export const SELECTION = "selection";
export const STANDPOINT = "standpoint";
export const HOVER = "hover";
export const SPREAD = "spread";
export const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };

let early: { theme: api.Theme; language: Language; style: Promise<StyleSpecification> } | null = null;

/** Ask for the first style while the map is still being set up, which takes longer than the answer. */
export function fetchStyleEarly(theme: api.Theme, language: Language): void {
  const style = api.get<StyleSpecification>(`/styles/${theme}`, { lang: language });
  early = { theme, language, style };
  // What did not come is asked for again, not handed out: the server may be back before there is a map.
  style.catch(() => {
    if (early?.style === style) early = null;
  });
}

export function fetchStyle(theme: api.Theme, language: Language, signal?: AbortSignal): Promise<StyleSpecification> {
  const ready = early;
  early = null;
  if (ready?.theme === theme && ready.language === language) return ready.style;
  return api.get<StyleSpecification>(`/styles/${theme}`, { lang: language }, signal);
}

/** Whether a style layer shows: raised buildings only while the map is solid, everything else by its switch. */
export function shows(id: string, declared: boolean, wanted: Pick<Wanted, "on" | "solid">): boolean {
  const switched = wanted.on(id) ?? declared;
  return SOLID.test(id) ? wanted.solid && (wanted.on(id) ?? true) : switched;
}

function fontsOf(layers: LayerSpecification[]): Set<string> {
  const names = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string" && value.startsWith("Noto Sans SC")) names.add(value);
    else if (Array.isArray(value)) value.forEach(collect);
  };
  for (const layer of layers) if (layer.type === "symbol") collect(layer.layout?.["text-font"]);
  return names;
}

function weightOf(font: string): number {
  if (/semi ?bold|demi/i.test(font)) return 600;
  if (/bold|black|heavy/i.test(font)) return 700;
  return /medium/i.test(font) ? 500 : 400;
}

/** The source of the tiles of areas, whatever the server calls it. */
export function areaSource(style: StyleSpecification): string | null {
  for (const [id, source] of Object.entries(style.sources)) {
    if (source.type === "vector" && source.tiles?.some((tile) => tile.includes("/collections/areas/"))) return id;
  }
  return null;
}

/** Areas filled with nothing: there to be asked which of them lie under the pointer. */
function questions(source: string): LayerSpecification[] {
  return AREA_LEVELS.map((level) => ({
    id: `question-${level}`,
    type: "fill",
    source,
    "source-layer": level,
    paint: { "fill-opacity": 0 },
  }));
}

function selection(token: (name: string) => string): LayerSpecification[] {
  const line = { "line-join": "round", "line-cap": "round" } as const;
  return [
    {
      id: "hover-line",
      type: "line",
      source: HOVER,
      layout: line,
      paint: { "line-color": token("--select"), "line-width": 1 },
    },
    {
      id: "hover-ring",
      type: "circle",
      source: HOVER,
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 17,
        "circle-opacity": 0,
        "circle-stroke-color": token("--select"),
        "circle-stroke-width": 1,
      },
    },
    {
      id: "selection-fill",
      type: "fill",
      source: SELECTION,
      paint: { "fill-color": token("--select"), "fill-opacity": 0.06 },
    },
    {
      id: "selection-halo",
      type: "line",
      source: SELECTION,
      layout: line,
      paint: { "line-color": token("--select-halo"), "line-width": 5.5, "line-opacity": 0.75 },
    },
    {
      id: "selection-line",
      type: "line",
      source: SELECTION,
      layout: line,
      paint: { "line-color": token("--select"), "line-width": 2 },
    },
    {
      id: "standpoint-halo",
      type: "circle",
      source: STANDPOINT,
      paint: {
        "circle-radius": ["case", ["get", "thing"], 19, 7],
        "circle-color": token("--select-halo"),
        "circle-opacity": ["case", ["get", "thing"], 0, 0.75],
        "circle-stroke-color": token("--select-halo"),
        "circle-stroke-opacity": 0.75,
        "circle-stroke-width": ["case", ["get", "thing"], 4.5, 0],
      },
    },
    {
      id: "standpoint",
      type: "circle",
      source: STANDPOINT,
      paint: {
        "circle-radius": ["case", ["get", "thing"], 18, 4],
        "circle-color": token("--select"),
        "circle-opacity": ["case", ["get", "thing"], 0.06, 1],
        "circle-stroke-color": token("--select"),
        "circle-stroke-width": ["case", ["get", "thing"], 2, 0],
      },
    },
    {
      id: "spread-hub",
      type: "circle",
      source: SPREAD,
      filter: ["has", "hub"],
      paint: { "circle-radius": 15, "circle-color": token("--select-halo") },
    },
    {
      id: "spread-legs",
      type: "line",
      source: SPREAD,
      layout: line,
      paint: { "line-color": token("--select"), "line-width": 1.5 },
    },
    {
      id: "spread-ends",
      type: "symbol",
      source: SPREAD,
      filter: ["has", "symbol"],
      layout: { "icon-image": ["get", "symbol"], "icon-allow-overlap": true, "icon-ignore-placement": true },
    },
  ];
}

export interface Marked {
  selection: GeoJSON.GeoJSON | null;
  standpoint: GeoJSON.GeoJSON | null;
  hover: GeoJSON.GeoJSON | null;
  spread: GeoJSON.GeoJSON | null;
}

/** Fit a style of the server to the page. Colours of the selection come through `token`. */
export async function fitted(
  style: StyleSpecification,
  wanted: Wanted,
  marked: Marked,
  token: (name: string) => string,
): Promise<StyleSpecification> {
  const layers = style.layers.map((layer): LayerSpecification => {
    const visible = shows(layer.id, layer.layout?.visibility !== "none", wanted);
    return {
      ...layer,
      layout: { ...layer.layout, visibility: visible ? "visible" : "none" },
    } as LayerSpecification;
  });
  const faces = await Promise.all(
    [...fontsOf(style.layers)].map(async (font) => [font, await fontFaces(weightOf(font))] as const),
  );
  const areas = areaSource(style);
  return {
    ...style,
    "font-faces": Object.fromEntries(faces),
    sources: {
      ...Object.fromEntries(Object.entries(style.sources).map(([id, source]) => [id, absolute(source)])),
      [SELECTION]: { type: "geojson", data: marked.selection ?? NOTHING },
      [STANDPOINT]: { type: "geojson", data: marked.standpoint ?? NOTHING },
      [HOVER]: { type: "geojson", data: marked.hover ?? NOTHING },
      [SPREAD]: { type: "geojson", data: marked.spread ?? NOTHING },
    },
    layers: [...(areas ? questions(areas) : []), ...layers, ...selection(token)].sort(byBackground),
  };
}

/** Workers have no page to resolve an address against. */
function absolute(source: SourceSpecification): SourceSpecification {
  if (!("tiles" in source) || !source.tiles) return source;
  return { ...source, tiles: source.tiles.map((tile) => (tile.startsWith("/") ? location.origin + tile : tile)) };
}

function byBackground(a: LayerSpecification, b: LayerSpecification): number {
  return Number(b.type === "background") - Number(a.type === "background");
}
