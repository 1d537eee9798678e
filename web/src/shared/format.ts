/** Numbers, distances, dates and ages as the guide writes them. */

import { language, locale, t } from "./language";

export function count(value: number): string {
  return new Intl.NumberFormat(locale.value).format(value);
}

export function coordinates(lon: number, lat: number): string {
  return `${lon.toFixed(5)}, ${lat.toFixed(5)}`;
}

export function distance(metres: number): string {
  return metres < 1000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(1)} km`;
}

/** A date as 11-02 or 2 Nov, in the districts' own time. */
export function shortDate(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Shanghai",
    day: "numeric",
    month: language.value === "zh" ? "2-digit" : "short",
  }).formatToParts(date);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? "";
  return language.value === "zh"
    ? `${part("month")}-${part("day").padStart(2, "0")}`
    : `${part("day")} ${part("month")}`;
}

/** A date with its year, as 2026-11-02 or 2 Nov 2026, in the districts' own time. */
export function fullDate(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const year = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", year: "numeric" }).format(date);
  return language.value === "zh" ? `${year}-${shortDate(iso)}` : `${shortDate(iso)} ${year}`;
}

export function age(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 5) return t("age.now");
  if (seconds < 60) return t("age.seconds", { n: seconds });
  if (seconds < 3600) return t("age.minutes", { n: Math.floor(seconds / 60) });
  return t("age.hours", { n: Math.floor(seconds / 3600) });
}

const EARTH_RADIUS_M = 6_371_008.8;

/** Metres between two positions in degrees, on a sphere: for what is shown as a round figure, never for ownership. */
export function metresBetween(a: readonly [number, number], b: readonly [number, number]): number {
  const radians = Math.PI / 180;
  const x = (b[0] - a[0]) * radians * Math.cos(((a[1] + b[1]) / 2) * radians);
  const y = (b[1] - a[1]) * radians;
  return Math.hypot(x, y) * EARTH_RADIUS_M;
}
