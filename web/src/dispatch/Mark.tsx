/** The mark of an incident and the dial of its state, as the map draws them. */

import { signal, useComputed } from "@preact/signals";
import type { IncidentRow, SymbolImage } from "../shared/api";
import { word } from "../shared/language";
import { imageAddress, symbolSheet } from "../shared/map/symbols";
import { theme } from "../shared/theme";
import { now } from "./clock";
import { makeMark, markOf } from "./marks";
import "./Mark.css";

type Sheet = Record<string, SymbolImage>;

const sheet = signal<{ theme: string; symbols: Sheet } | null>(null);
const drawn = new Map<string, string>();

/** Draw with the symbols of the present theme as soon as they are there. */
export async function readSymbols(): Promise<void> {
  const asked = theme.value;
  const symbols = await symbolSheet(asked).catch(() => null);
  if (!symbols || theme.peek() !== asked) return;
  drawn.clear();
  sheet.value = { theme: asked, symbols };
}

/** A symbol of the sheet, or one that is made from it; null until the sheet is there. */
export function symbolOf(id: string): SymbolImage | null {
  const known = sheet.value;
  if (!known || known.theme !== theme.value) return null;
  return known.symbols[id] ?? makeMark(id, known.symbols) ?? null;
}

/** The address of its picture. */
function address(id: string): string | null {
  const kept = drawn.get(id);
  if (kept && sheet.value?.theme === theme.value) return kept;
  const symbol = symbolOf(id);
  if (!symbol) return null;
  const made = imageAddress(symbol.svg);
  drawn.set(id, made);
  return made;
}

export function Mark({ row }: { row: IncidentRow }) {
  // Changes when the ring does, not with every tick.
  const name = useComputed(() => markOf(row, now.value)).value;
  const image = address(name);
  return (
    <span class="incident-mark" data-mark={name}>
      {image && <img src={image} alt={word("priority", String(row.priority ?? 4))} />}
    </span>
  );
}

export function StateDial({ state }: { state: string }) {
  const image = address(`state-${state}`);
  return <span class="state-dial">{image && <img src={image} alt="" width="14" height="14" />}</span>;
}

/** A symbol of the sheet on its own, as a legend needs it. */
export function SheetSymbol({ name, label }: { name: string; label: string }) {
  const image = address(name);
  return <span class="sheet-symbol">{image && <img src={image} alt={label} />}</span>;
}
