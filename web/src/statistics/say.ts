/** How figures are said: times in words, shares in per cent, changes with their sign. */

import { count } from "../shared/format";
import { language, locale, t } from "../shared/language";

export const NOTHING_KNOWN = "—";

/** 38 min, 5 h 20 min, 2 d 3 h; a dash where it is not known. */
export function duration(seconds: number | null): string {
  if (seconds === null) return NOTHING_KNOWN;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t("statistics.minutes", { m: minutes });
  if (minutes < 48 * 60) {
    const [h, m] = [Math.floor(minutes / 60), minutes % 60];
    return m === 0 || h >= 10
      ? t("statistics.whole_hours", { h: Math.round(minutes / 60) })
      : t("statistics.hours", { h, m });
  }
  const hours = Math.round(minutes / 60);
  const [d, h] = [Math.floor(hours / 24), hours % 24];
  return h === 0 ? t("statistics.whole_days", { d }) : t("statistics.days", { d, h });
}

/** 4.8%, in English with a thin space before the sign. */
export function share(value: number | null): string {
  if (value === null) return NOTHING_KNOWN;
  const figures = new Intl.NumberFormat(locale.value, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${figures.format(100 * value)}${language.value === "en" ? "\u2009" : ""}%`;
}

/** +24, −48, ±0. */
export function change(value: number): string {
  return value === 0 ? "±0" : `${value > 0 ? "+" : "\u2212"}${count(Math.abs(value))}`;
}

/** A day as 2026-11-02 or 2 Nov 2026. */
export function day(iso: string): string {
  if (language.value === "zh") return iso;
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" }).format(
    Date.parse(`${iso}T00:00:00Z`),
  );
}

/** A day without its year, as 11-02 or 2 Nov. */
export function shortDay(iso: string): string {
  if (language.value === "zh") return iso.slice(5);
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short" }).format(
    Date.parse(`${iso}T00:00:00Z`),
  );
}

/** The clock in the districts, as 14:32. */
export function clock(iso: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" }).format(
    Date.parse(iso),
  );
}
