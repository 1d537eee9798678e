/** The permalink of the desk: what is filtered, what is selected, where the map looks. Pure, both ways. */

import type { Theme } from "../shared/api";
import type { Language } from "../shared/language";
import { isTab, type Tab } from "./tabs";

export interface Camera {
  lon: number;
  lat: number;
  zoom: number;
}

export interface Filters {
  district: string | null;
  /** The path of an area. */
  area: string | null;
  category: string | null;
  department: string | null;
  clock: string | null;
  /** Paths of the areas to whose centre they were escalated, with commas between. */
  centre: string | null;
  /** One state alone, whatever the tab. */
  state: string | null;
  text: string;
}

export interface Address extends Filters {
  tab: Tab;
  /** The selected incident: `district/code`. */
  selected: string | null;
  /** Whether the panel of responses is open: on one of them, `district/code`, or on `all`. */
  response: string | null;
  camera: Camera | null;
  /** The layers that a person switched on or off. */
  layers: ReadonlyMap<string, boolean>;
  language: Language | null;
  theme: Theme | null;
}

export const NO_FILTERS: Filters = {
  district: null,
  area: null,
  category: null,
  department: null,
  clock: null,
  centre: null,
  state: null,
  text: "",
};

/** The filters among what an address says. */
export function filtersOf({ district, area, category, department, clock, centre, state, text }: Filters): Filters {
  return { district, area, category, department, clock, centre, state, text };
}

const NAMED = ["district", "area", "category", "department", "clock", "centre", "state"] as const;

/** `district/code` */
const KEY = /^[^/]+\/[^/]+$/;
/** Stands in the address for the panel that shows no response by itself. */
export const ALL = "all";

function parseCamera(text: string | null): Camera | null {
  const [lon, lat, zoom] = (text ?? "").split(",").map(Number);
  if (!text || lon === undefined || lat === undefined || zoom === undefined) return null;
  if (![lon, lat, zoom].every(Number.isFinite) || Math.abs(lon) > 180 || Math.abs(lat) > 85) return null;
  return { lon, lat, zoom: Math.min(22, Math.max(0, zoom)) };
}

/** `stations,-grid`: stations on, grids off. */
function parseLayers(text: string | null): Map<string, boolean> {
  const words = (text ?? "").split(",").filter((word) => word !== "" && word !== "-");
  return new Map(words.map((word) => (word.startsWith("-") ? [word.slice(1), false] : [word, true])));
}

export function parse(query: string): Address {
  const given = new URLSearchParams(query);
  const names = ["tab", "lang", "theme", "incident", "response"];
  const [tab, language, theme, selected, response] = names.map((name) => given.get(name));
  const named = Object.fromEntries(NAMED.map((name) => [name, given.get(name) || null]));
  return {
    ...NO_FILTERS,
    ...named,
    text: given.get("q") ?? "",
    tab: tab && isTab(tab) ? tab : "open",
    selected: selected && KEY.test(selected) ? selected : null,
    response: response && (response === ALL || KEY.test(response)) ? response : null,
    camera: parseCamera(given.get("at")),
    layers: parseLayers(given.get("layers")),
    language: language === "zh" || language === "en" ? language : null,
    theme: theme === "dark" || theme === "light" ? theme : null,
  };
}

export function write(address: Address): string {
  const parts: string[] = [];
  const add = (name: string, value: string | null): void => {
    if (value) parts.push(`${name}=${encodeURIComponent(value).replaceAll("%2F", "/").replaceAll("%2C", ",")}`);
  };
  for (const name of NAMED) add(name, address[name]);
  add("q", address.text.trim());
  add("tab", address.tab === "open" ? null : address.tab);
  add("incident", address.selected);
  add("response", address.response);
  if (address.camera) {
    const { lon, lat, zoom } = address.camera;
    add("at", [Number(lon.toFixed(5)), Number(lat.toFixed(5)), Number(zoom.toFixed(2))].join(","));
  }
  add("layers", [...address.layers].map(([id, on]) => `${on ? "" : "-"}${id}`).join(","));
  add("lang", address.language);
  add("theme", address.theme);
  return parts.length ? `?${parts.join("&")}` : "";
}
