/** The permalink of the statistics: what is counted, of which period, by what, in which order. Pure, both ways. */

import type { IncidentStatistics, Theme } from "../shared/api";
import type { Language } from "../shared/language";

export type By = IncidentStatistics["by"];
export type Level = IncidentStatistics["levels"][number];
export const BYS: readonly By[] = ["area", "category", "department", "item", "week"];

/** The columns that a table can be sorted by. */
export const SORTS = ["name", "reported", "closed", "open_now", "response", "closing", "overdue", "reopened"] as const;
export type Sort = (typeof SORTS)[number];

export interface Asked {
  by: By;
  level: Level | null;
  district: string | null;
  /** The path of an area. */
  area: string | null;
  category: string | null;
  department: string | null;
  item: string | null;
  /** So many weeks up to today; a period by days where it is null. */
  weeks: number | null;
  /** The first and the last day, as 2026-11-01, where there are no weeks. */
  first: string | null;
  last: string | null;
}

export interface Address extends Asked {
  sort: Sort | null;
  down: boolean;
  language: Language | null;
  theme: Theme | null;
}

export const WEEKS = 12;
export const SPANS: readonly number[] = [4, 12, 52];
export const FILTERS = ["district", "area", "category", "department", "item"] as const;

export const NOTHING: Asked = {
  by: "area",
  level: null,
  district: null,
  area: null,
  category: null,
  department: null,
  item: null,
  weeks: WEEKS,
  first: null,
  last: null,
};

const DAY_MS = 86_400_000;
const LOCAL_MS = 8 * 3_600_000;

/** The date in the districts at some moment, as 2026-11-01. */
export function dayOf(milliseconds: number): string {
  return new Date(milliseconds + LOCAL_MS).toISOString().slice(0, 10);
}

/** A date so many days later. */
export function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

export function isDay(text: string | null): text is string {
  return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

/** The first and the last day that are asked for: weeks begin on Monday, the last one today. */
export function daysOf(asked: Asked, now: number): { first: string; last: string } {
  if (asked.weeks === null && asked.first && asked.last) return { first: asked.first, last: asked.last };
  const today = dayOf(now);
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  return { first: later(today, -weekday - 7 * ((asked.weeks ?? WEEKS) - 1)), last: today };
}

/** What the server is asked for. */
export function queryOf(asked: Asked, now: number): Record<string, string | null> {
  const { first, last } = daysOf(asked, now);
  const { by, level, district, area, category, department, item } = asked;
  return {
    by,
    level: by === "area" ? level : null,
    district,
    area,
    category,
    department,
    item,
    from: first,
    to: later(last, 1),
  };
}

export function parse(query: string): Address {
  const given = new URLSearchParams(query);
  const one = (name: string): string | null => given.get(name) || null;
  const by = BYS.find((each) => each === one("by")) ?? "area";
  const sort = SORTS.find((each) => each === one("sort")?.replace("-", "")) ?? null;
  const weeks = Number(one("weeks"));
  const [first, last] = [one("first"), one("last")];
  const days = isDay(first) && isDay(last) && first <= last;
  const levels: readonly string[] = ["district", "street", "community", "grid", "compound"];
  const [level, language, theme] = [one("level"), one("lang"), one("theme")];
  return {
    by,
    level: level && levels.includes(level) ? (level as Level) : null,
    district: one("district"),
    area: one("area"),
    category: one("category"),
    department: one("department"),
    item: one("item"),
    weeks: SPANS.includes(weeks) ? weeks : days ? null : WEEKS,
    first: days ? first : null,
    last: days ? last : null,
    sort,
    down: one("sort")?.startsWith("-") ?? false,
    language: language === "zh" || language === "en" ? language : null,
    theme: theme === "dark" || theme === "light" ? theme : null,
  };
}

export function write(address: Address): string {
  const parts: string[] = [];
  const add = (name: string, value: string | null): void => {
    if (value) parts.push(`${name}=${encodeURIComponent(value).replaceAll("%2F", "/")}`);
  };
  for (const name of FILTERS) add(name, address[name]);
  add("by", address.by === "area" ? null : address.by);
  add("level", address.level);
  if (address.weeks === null) {
    add("first", address.first);
    add("last", address.last);
  } else if (address.weeks !== WEEKS) add("weeks", String(address.weeks));
  add("sort", address.sort && `${address.down ? "-" : ""}${address.sort}`);
  add("lang", address.language);
  add("theme", address.theme);
  return parts.length ? `?${parts.join("&")}` : "";
}
