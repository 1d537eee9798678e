/** The permalink: everything that makes up the screen, in the query of the address. Pure, both ways. */

import type { Theme } from "../shared/api";
import type { Language } from "../shared/language";

export interface Camera {
  lon: number;
  lat: number;
  zoom: number;
  pitch: number;
  bearing: number;
}

export interface Address {
  district: string | null;
  camera: Camera | null;
  /** The layers that a person switched on or off; the others are as declared. */
  layers: ReadonlyMap<string, boolean>;
  /** The position that was asked about. */
  place: { lon: number; lat: number } | null;
  /** The code of the area of its chain that is selected; null stands for the responsible one. */
  area: string | null;
  solid: boolean;
  language: Language | null;
  theme: Theme | null;
}

function numbers(text: string | null, least: number): number[] | null {
  if (!text) return null;
  const found = text.split(",").map(Number);
  return found.length >= least && found.every(Number.isFinite) ? found : null;
}

function onEarth(lon: number, lat: number): boolean {
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 85;
}

function between(low: number, value: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function parseCamera(text: string | null): Camera | null {
  const [lon, lat, zoom, pitch, bearing] = numbers(text, 3) ?? [];
  if (lon === undefined || lat === undefined || zoom === undefined || !onEarth(lon, lat)) return null;
  return { lon, lat, zoom: between(0, zoom, 22), pitch: between(0, pitch ?? 0, 85), bearing: (bearing ?? 0) % 360 };
}

function parsePlace(text: string | null): Address["place"] {
  const [lon, lat] = numbers(text, 2) ?? [];
  return lon !== undefined && lat !== undefined && onEarth(lon, lat) ? { lon, lat } : null;
}

/** `stations,-incidents`: stations on, incidents off. */
function parseLayers(text: string | null): Map<string, boolean> {
  const words = (text ?? "").split(",").filter((word) => word !== "" && word !== "-");
  return new Map(words.map((word) => (word.startsWith("-") ? [word.slice(1), false] : [word, true])));
}

export function parse(query: string): Address {
  const given = new URLSearchParams(query);
  const chosenLanguage = given.get("lang");
  const chosenTheme = given.get("theme");
  return {
    district: given.get("district"),
    camera: parseCamera(given.get("at")),
    layers: parseLayers(given.get("layers")),
    place: parsePlace(given.get("place")),
    area: given.get("area"),
    solid: given.get("view") === "3d",
    language: chosenLanguage === "zh" || chosenLanguage === "en" ? chosenLanguage : null,
    theme: chosenTheme === "dark" || chosenTheme === "light" ? chosenTheme : null,
  };
}

function short(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

export function write(address: Address): string {
  const parts: string[] = [];
  const add = (name: string, value: string): number => parts.push(`${name}=${value}`);
  if (address.district) add("district", encodeURIComponent(address.district));
  if (address.camera) {
    const { lon, lat, zoom, pitch, bearing } = address.camera;
    add("at", [short(lon, 5), short(lat, 5), short(zoom, 2), short(pitch, 0), short(bearing, 0)].join(","));
  }
  if (address.layers.size) {
    add("layers", [...address.layers].map(([id, on]) => `${on ? "" : "-"}${encodeURIComponent(id)}`).join(","));
  }
  if (address.place) add("place", `${short(address.place.lon, 6)},${short(address.place.lat, 6)}`);
  if (address.area) add("area", encodeURIComponent(address.area));
  if (address.solid) add("view", "3d");
  if (address.language) add("lang", address.language);
  if (address.theme) add("theme", address.theme);
  return parts.length ? `?${parts.join("&")}` : "";
}
