/** The word and the symbol of a point feature, taken from the legend: what the map calls it, the panels call it. */

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { SymbolImage } from "../shared/api";
import { pick, t, word } from "../shared/language";
import { imageAddress, symbolSheet } from "../shared/map/symbols";
import { known } from "../shared/remote";
import { theme } from "../shared/theme";
import * as state from "./state";
import "./kinds.css";

const sheet = signal<Record<string, SymbolImage>>({});

/** The names that a feature's symbol may have, the likeliest first. */
export function symbolNames(collection: string, properties: Record<string, unknown>): string[] {
  const value = (name: string): string => String(properties[name] ?? "");
  switch (collection) {
    case "stations":
      return [`station-${value("kind")}`];
    case "cameras":
      return [`camera-${value("state")}`];
    case "assets":
      return [`asset-${value("kind")}`];
    case "incidents": {
      const base = `incident-${value("priority")}`;
      if (["dispatched", "on_site"].includes(value("state"))) return [`${base}-attended`, base];
      if (["handled", "verified"].includes(value("state"))) return [`${base}-handled`, base];
      return value("state") === "closed" ? ["incident-closed"] : [base];
    }
    default:
      return [];
  }
}

export function kindOf(collection: string, properties: Record<string, unknown>): string {
  if (collection === "stations") return word("station", String(properties["kind"] ?? ""));
  if (collection === "cameras")
    return `${t("collection.cameras")} · ${word("state", String(properties["state"] ?? ""))}`;
  const names = symbolNames(collection, properties);
  const lines = (known(state.layers.value) ?? []).flatMap((layer) => layer.legend);
  for (const name of names) {
    const line = lines.find((each) => each.symbol === name);
    if (line) return pick(line.label);
  }
  return word("collection", collection);
}

export function useSymbols(): Record<string, SymbolImage> {
  useEffect(() => {
    let wanted = true;
    symbolSheet(theme.value).then(
      (found) => {
        if (wanted) sheet.value = found;
      },
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [theme.value]);
  return sheet.value;
}

export function SymbolPicture(props: { collection: string; properties: Record<string, unknown> }) {
  const all = useSymbols();
  const name = symbolNames(props.collection, props.properties).find((each) => all[each]);
  const symbol = name ? all[name] : undefined;
  return <span class="symbol">{symbol && <img src={imageAddress(symbol.svg)} alt="" />}</span>;
}
