/** The point feature that was clicked, in a few words: an incident's state, a camera's reach, a station's hours. */

import { type Key, t, word } from "../shared/language";
import { kindOf, SymbolPicture } from "./kinds";
import * as state from "./state";

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

function rowsOf(collection: string, properties: Record<string, unknown>): [Key, string | null][] {
  const state_ = properties["state"] ? word("state", String(properties["state"])) : null;
  switch (collection) {
    case "incidents":
      return [
        ["thing.priority", properties["priority"] ? word("priority", String(properties["priority"])) : null],
        ["thing.state", state_],
        ["thing.reported", time(properties["reported_at"])],
        ["thing.due", time(properties["due_at"])],
      ];
    case "cameras":
      return [
        ["thing.state", state_],
        ["thing.bearing", unit(properties["bearing"], "°")],
        ["thing.range", unit(properties["range_m"], " m")],
        ["thing.height", unit(properties["height_m"], " m")],
      ];
    case "stations":
      return [["thing.opens", (properties["opens"] as string | undefined) ?? null]];
    default:
      return [];
  }
}

export function ThingFacts() {
  const thing = state.thing.value;
  if (!thing) return null;
  const rows = rowsOf(thing.collection, thing.properties).filter((row): row is [Key, string] => row[1] !== null);
  const kind = kindOf(thing.collection, thing.properties);
  return (
    <div class="section thing">
      <div class="line">
        <SymbolPicture collection={thing.collection} properties={thing.properties} />
        <b>{kind}</b>
      </div>
      {rows.length > 0 && (
        <dl class="cells">
          {rows.map(([key, value]) => (
            <div key={key}>
              <dt>{t(key)}</dt>
              <dd class="small">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
