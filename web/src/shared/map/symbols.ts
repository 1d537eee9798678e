/** The map's symbols: SVG from the server in the colours of a theme, drawn at the screen's own resolution. */

import type { Map as MapLibre } from "maplibre-gl";
import * as api from "../api";

const sheets = new Map<api.Theme, Promise<Record<string, api.SymbolImage>>>();

export function symbolSheet(theme: api.Theme): Promise<Record<string, api.SymbolImage>> {
  let sheet = sheets.get(theme);
  if (!sheet) {
    sheet = api.symbols(theme);
    sheet.catch(() => sheets.delete(theme));
    sheets.set(theme, sheet);
  }
  return sheet;
}

export function imageAddress(svg: string): string {
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}

/** Hatches repeat, so their pixels must be whole: two to a point on any dense screen, one on others. */
function pixelRatio(): number {
  return devicePixelRatio > 1 ? 2 : 1;
}

async function drawn(symbol: api.SymbolImage): Promise<ImageData> {
  const ratio = pixelRatio();
  const image = new Image(symbol.width * ratio, symbol.height * ratio);
  image.src = imageAddress(symbol.svg);
  await image.decode();
  const canvas = new OffscreenCanvas(symbol.width * ratio, symbol.height * ratio);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser has no 2D canvas");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** Makes symbols that no sheet holds, from what it does hold. */
export type Maker = (id: string, sheet: Record<string, api.SymbolImage>) => api.SymbolImage | undefined;

const given = new WeakMap<MapLibre, Set<string>>();

/** The symbols that a map holds. It cannot be asked for a list itself while its style is on the way. */
export function symbolsOf(map: MapLibre): string[] {
  const ids = given.get(map) ?? new Set<string>();
  for (const id of ids) if (!map.hasImage(id)) ids.delete(id); // marks of clusters come and go all day
  return [...ids];
}

/** Let a map fetch the symbols of the present theme as its style asks for them. */
export function installSymbols(map: MapLibre, theme: () => api.Theme, make?: Maker): void {
  const ids = new Set<string>();
  given.set(map, ids);
  map.setMissingStyleImageResolver(async (id) => {
    const sheet = await symbolSheet(theme());
    const symbol = sheet[id] ?? make?.(id, sheet);
    if (!symbol) return;
    const image = await drawn(symbol);
    if (!map.hasImage(id)) map.addImage(id, image, { pixelRatio: pixelRatio() });
    ids.add(id);
  });
}

/** Redraw the symbols that a map holds in another theme's colours. */
export async function recolourSymbols(map: MapLibre, theme: api.Theme, make?: Maker): Promise<void> {
  const held = symbolsOf(map);
  if (!held.length) return;
  const sheet = await symbolSheet(theme);
  await Promise.all(
    held.map(async (id) => {
      const symbol = sheet[id] ?? make?.(id, sheet);
      const image = symbol && (await drawn(symbol));
      if (image && map.hasImage(id)) map.updateImage(id, image);
    }),
  );
}
