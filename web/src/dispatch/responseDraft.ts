/** The response that somebody is about to switch on: level, shape and reason, kept until it is on or thrown away. */

import { computed, effect, signal, untracked } from "@preact/signals";
import * as api from "../shared/api";
import { forget, load, remote } from "../shared/remote";
import { lead } from "./panels";
import { drawing, making } from "./responses";
import { ownDistricts, topsOf } from "./scope";
import * as state from "./state";

export type Kind = "area" | "circle" | "drawn";

export interface Draft {
  level: api.ResponseLevel;
  kind: Kind;
  district: string | null;
  /** The paths that were chosen, from one's own area down. */
  areas: readonly string[];
  centre: api.Position | null;
  /** Metres, as it was typed. */
  radius: string;
  ring: readonly api.Position[];
  closed: boolean;
  reason: string;
}

const EMPTY: Draft = {
  level: 2,
  kind: "area",
  district: null,
  areas: [],
  centre: null,
  radius: "500",
  ring: [],
  closed: false,
  reason: "",
};
const LEAST_VERTICES = 3;
const ASK_AFTER_MS = 350;

export const draft = signal<Draft>(EMPTY);
export const preview = remote<api.ResponsePreview>();

export function change(part: Partial<Draft>): void {
  draft.value = { ...draft.peek(), ...part };
}

export function throwAway(): void {
  drawing.value = null;
  draft.value = EMPTY;
  forget(preview);
}

/** The district of the draft: the one that was chosen, the one in work, or one's first. */
export const ofDistrict = computed(
  () => draft.value.district ?? state.filters.value.district ?? ownDistricts.value[0]?.slug ?? null,
);

/** One's own areas in the district: where a draft by area begins. */
export const tops = computed(() => topsOf(ofDistrict.value));

/** What would be asked of the server; null while there is no whole shape. */
export const wanted = computed((): api.ResponseShape | null => {
  const { level, kind, areas, centre, radius, ring, closed } = draft.value;
  const district = ofDistrict.value;
  if (district === null) return null;
  if (kind === "area") {
    const area = areas.at(-1) ?? tops.value[0]?.path;
    return area ? { district, level, area } : null;
  }
  if (kind === "circle") {
    const metres = Number(radius);
    if (!centre || !(metres > 0)) return null;
    return { district, level, circle: { lon: centre[0], lat: centre[1], radius_m: metres } };
  }
  return closed ? { district, level, polygon: [...ring] } : null;
});

// --- drawing -------------------------------------------------------------------------------------------------------

export function startDrawing(kind: "circle" | "drawn"): void {
  if (kind === "drawn" && draft.peek().closed) change({ ring: [], closed: false });
  drawing.value = kind;
  if (state.side.peek() === "list") state.side.value = "map";
}

/** Take a place of the map for the shape. */
export function place(at: api.Position): void {
  if (drawing.peek() === "circle") {
    change({ centre: at });
    drawing.value = null;
    back();
  } else change({ ring: [...draft.peek().ring, at] });
}

export function undoVertex(): void {
  change({ ring: draft.peek().ring.slice(0, -1) });
}

export function canClose(): boolean {
  return draft.peek().ring.length >= LEAST_VERTICES;
}

export function closeRing(): void {
  if (!canClose()) return;
  change({ closed: true });
  drawing.value = null;
  back();
}

/** Leave the drawing; what is not closed is gone. */
export function leaveDrawing(): void {
  if (drawing.peek() === "drawn") change({ ring: [], closed: false });
  drawing.value = null;
  back();
}

function back(): void {
  state.side.value = "list";
  lead("responses");
}

// --- what it would mean ----------------------------------------------------------------------------------------------

/** Keep the preview with the draft. */
export function followDraft(): void {
  let timer = 0;
  let asked = "";
  effect(() => {
    const shape = wanted.value;
    const open = state.responsesOpen.value && making.value;
    const text = shape ? JSON.stringify(shape) : "";
    if (text === asked || (!open && shape)) return;
    asked = text;
    untracked(() => {
      clearTimeout(timer);
      forget(preview);
      if (shape) timer = window.setTimeout(() => void ask(shape), ASK_AFTER_MS);
    });
  });
}

export async function ask(shape: api.ResponseShape): Promise<void> {
  await load(preview, (stop) => api.previewResponse(shape, stop), false);
}
