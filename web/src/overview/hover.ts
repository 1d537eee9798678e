/** The preview under the pointer: a thin line around what a click would select. No panel opens and nothing moves. */

import type { Map as MapLibre, Point } from "maplibre-gl";
import * as api from "../shared/api";
import { ownersAt, positionOf, thingsAt } from "./features";
import * as state from "./state";

/** The pointer has to rest for so long before an area's outline is asked for. */
const REST_MS = 120;
const KEPT = 200;

/** What answers for a place, as far as the map can tell: the grid, or the compound where that is the grid. */
const ANSWERING = ["grid", "compound", "community", "street", "district"];

const outlines = new Map<string, GeoJSON.Geometry | null>();
let shown = "";
let timer = 0;

async function outlineOf(area: state.Under): Promise<GeoJSON.Geometry | null> {
  const key = `${area.district}/${area.code}`;
  const kept = outlines.get(key);
  if (kept !== undefined) return kept;
  const query = { district: area.district, level: area.level, code: area.code, limit: 1 };
  const page = await api.items("areas", query).catch(() => null);
  if (!page) return null;
  const outline = page.features[0]?.geometry ?? null;
  if (outlines.size >= KEPT) outlines.clear();
  outlines.set(key, outline);
  return outline;
}

export function preview(map: MapLibre, at: Point): void {
  const [thing] = thingsAt(map, at);
  const owners = ownersAt(map, at);
  state.ownerUnderPointer.value = owners;
  map.getCanvas().style.cursor = state.picking.peek() ? "crosshair" : thing ? "pointer" : "";
  const position = thing ? positionOf(thing) : null;
  if (position) {
    show(`point/${position}`, { type: "Point", coordinates: position });
    return;
  }
  const area = ANSWERING.map((level) => owners.find((owner) => owner.level === level)).find(
    (each) => each !== undefined,
  );
  if (!area || state.picking.peek() || area.code === state.area.peek()?.code) {
    endPreview();
    return;
  }
  const key = `area/${area.district}/${area.code}`;
  if (key === shown) return;
  endPreview();
  shown = key;
  timer = window.setTimeout(async () => {
    const outline = await outlineOf(area);
    if (shown === key) state.hovered.value = outline;
  }, REST_MS);
}

function show(key: string, geometry: GeoJSON.Geometry): void {
  if (key === shown) return;
  endPreview();
  shown = key;
  state.hovered.value = geometry;
}

export function endPreview(): void {
  clearTimeout(timer);
  shown = "";
  if (state.hovered.peek()) state.hovered.value = null;
}
