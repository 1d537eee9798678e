/** The clock of an incident: how long is left until what was promised; one timer ticks for the whole page. */

import { signal } from "@preact/signals";
import { language, t } from "../shared/language";

export { type Clock, type ClockState, clockOf } from "./clockOf";

/** The server's time minus ours. */
let ahead = 0;

export function serverNow(): number {
  return Date.now() + ahead;
}

export function setServerTime(iso: string): void {
  const told = Date.parse(iso);
  if (Number.isFinite(told)) ahead = told - Date.now();
  now.value = serverNow();
}

/** Now, by the server's clock, to the second. */
export const now = signal(Date.now());

export function startTicking(): void {
  const next = (): void => {
    setTimeout(
      () => {
        if (!document.hidden) now.value = serverNow();
        next();
      },
      1000 - (serverNow() % 1000),
    );
  };
  next();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) now.value = serverNow();
  });
}

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** 06:42, 1:12:40, 1 天 3 小时; with a plus in front once it has run out. */
export function timeLeft(milliseconds: number): string {
  const over = milliseconds < 0;
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const [hours, minutes] = [Math.floor(seconds / HOUR_S), Math.floor((seconds % HOUR_S) / 60)];
  let said: string;
  if (seconds < HOUR_S) said = `${two(minutes)}:${two(seconds % 60)}`;
  else if (seconds < DAY_S) said = `${hours}:${two(minutes)}:${two(seconds % 60)}`;
  else said = t("clock.days", { d: Math.floor(seconds / DAY_S), h: hours % 24 });
  return over ? `+${said}` : said;
}

const ZONE = "Asia/Shanghai";

function inZone(at: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language.value === "zh" ? "zh-CN" : "en-GB", { timeZone: ZONE, ...options }).format(
    at,
  );
}

/** The time of day in the districts; with the date in front where it is another day than today. */
export function moment(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const time = inZone(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day: Intl.DateTimeFormatOptions = { year: "numeric", month: "numeric", day: "numeric" };
  if (inZone(at, day) === inZone(new Date(now.peek()), day)) return time;
  if (language.value === "en") return `${inZone(at, { day: "numeric", month: "short" })} ${time}`;
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, month: "2-digit", day: "2-digit" }).formatToParts(
    at,
  );
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("month")}-${part("day")} ${time}`;
}
