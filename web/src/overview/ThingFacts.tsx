/** The point feature that was clicked, in a few words: an incident's state, a camera's reach, a station's hours. */

import { type Key, language, locale, pick, type Text, t, word } from "../shared/language";
import { kindOf, SymbolPicture } from "./kinds";
import * as state from "./state";
import "../shared/ui/panel.css";
import "./ThingFacts.css";

function time(value: unknown): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return null;
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Shanghai",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(date);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("month")}-${part("day")} ${part("hour")}:${part("minute")}`;
}

function unit(value: unknown, name: string): string | null {
  return typeof value === "number" ? `${Math.round(value * 10) / 10}${name}` : null;
}

function bilingual(properties: Record<string, unknown>, name: string): string | null {
  try {
    const extra = JSON.parse(String(properties["extra"] ?? "null")) as Record<string, Text> | null;
    const text = extra?.[name];
    return text ? pick(text) : null;
  } catch {
    return null;
  }
}

function words(prefix: string, slugs: unknown): string | null {
  if (!slugs) return null;
  const found = String(slugs).split(",");
  return found.map((slug) => word(prefix, slug.trim())).join(language.value === "zh" ? "、" : ", ");
}

const DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/** `Mo-Fr 09:00-12:00,14:00-17:30` in words; what is written otherwise stays as it is. */
function hours(value: unknown): string | null {
  if (typeof value !== "string" || !value) return null;
  if (value === "24/7") return t("hours.always");
  const named = new Intl.DateTimeFormat(locale.value, { weekday: "short", timeZone: "UTC" });
  // 5 January 1970 was a Monday.
  const day = (name: string): string => named.format(new Date(Date.UTC(1970, 0, 5 + DAYS.indexOf(name))));
  return value
    .replaceAll(/\b(Mo|Tu|We|Th|Fr|Sa|Su)\b/g, (name) => day(name))
    .replaceAll("-", "–")
    .replaceAll(/,\s*/g, language.value === "zh" ? "，" : ", ")
    .replaceAll(/;\s*/g, language.value === "zh" ? "；" : "; ");
}

function rowsOf(collection: string, properties: Record<string, unknown>): [Key, string | null][] {
  switch (collection) {
    case "incidents":
      return [
        ["thing.category", words("category", properties["category"])],
        ["thing.place", bilingual(properties, "place")],
        ["thing.department", words("department", properties["department"])],
        ["thing.reported", time(properties["reported_at"])],
        ["thing.due", time(properties["due_at"])],
        ["thing.closed", time(properties["closed_at"])],
      ];
    case "cameras":
      return [
        ["thing.kind", words("camera", properties["kind"])],
        ["thing.mounted", words("mounted", properties["place"])],
        ["thing.height", unit(properties["height_m"], " m")],
        ["thing.bearing", unit(properties["bearing"], "°")],
        ["thing.range", unit(properties["range_m"], " m")],
      ];
    case "stations":
      return [
        ["thing.functions", words("function", properties["functions"])],
        ["thing.opens", hours(properties["opens"])],
      ];
    default:
      return [];
  }
}

export function ThingFacts() {
  const thing = state.thing.value;
  if (!thing) return null;
  const rows = rowsOf(thing.collection, thing.properties).filter((row): row is [Key, string] => row[1] !== null);
  const kind =
    thing.collection === "incidents"
      ? [words("priority", thing.properties["priority"]), words("state", thing.properties["state"])]
          .filter((each) => each !== null)
          .join(" · ")
      : kindOf(thing.collection, thing.properties);
  return (
    <div class="section thing">
      <div class="line">
        <SymbolPicture collection={thing.collection} properties={thing.properties} />
        <b>{kind}</b>
      </div>
      {rows.length > 0 && (
        <dl class="facts">
          {rows.map(([key, value]) => (
            <div key={key}>
              <dt>{t(key)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
