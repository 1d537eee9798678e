/** Steps that panels, map and keys share. */

import { batch } from "@preact/signals";
import { type Hit, search } from "../shared/api";
import { known } from "../shared/remote";
import { closeLast } from "../shared/ui/layer";
import { fitTown, goTo, goToBox, POINT_ZOOM, uncoverAt } from "./camera";
import * as state from "./state";

export function flyToDistrict(slug: string): void {
  const changed = slug !== state.districtSlug.peek();
  batch(() => {
    state.unselect();
    state.districtSlug.value = slug;
    state.sheet.value = null;
  });
  if (changed || state.district.peek()) fitTown();
}

export function closeSearch(): void {
  batch(() => {
    state.forgetSearch();
    state.searchOpen.value = false;
    state.goingTo.value = false;
  });
}

export async function openHit(row: number): Promise<void> {
  const typed = state.typedCoordinates.peek();
  if (typed) {
    closeSearch();
    goTo(typed[0], typed[1], POINT_ZOOM);
    await state.askPlace(typed[0], typed[1]);
    return;
  }
  const hit = known(state.hits.peek())?.[row];
  if (hit) await show(hit);
}

/** A code is found first, but those of what lies in the area begin with it. */
const AREAS_LOOKED_FOR = 40;

async function show(hit: Hit): Promise<void> {
  state.searchOpen.value = false;
  const [lon, lat] = hit.position;
  const point = !hit.box || (hit.box[0] === hit.box[2] && hit.box[1] === hit.box[3]);
  if (hit.box && !point) goToBox(hit.box);
  else goTo(lon, lat, POINT_ZOOM);
  if (hit.level) await state.askPlace(lon, lat, null, hit.code);
  else await state.askThing(hit.collection, hit.code, {}, hit.position);
}

/** Show an area by its code, as if it had been looked for. */
export async function openArea(code: string, district: string): Promise<void> {
  const { hits } = await search(code, district, AREAS_LOOKED_FOR);
  const hit = hits.find((each) => each.code === code && each.level);
  if (hit) await show(hit);
}

/** What is selected comes out from under the panels; the scale stays. */
export function uncoverPlace(): void {
  const at = state.place.peek();
  if (at) uncoverAt(at.lon, at.lat);
}

/** Esc: one step back, the innermost first. Returns whether there was one. */
export function back(): boolean {
  if (closeLast()) return true;
  if (state.walking.peek()) state.walking.value = null;
  else if (state.picking.peek()) state.picking.value = false;
  else if (state.searchOpen.peek() && state.query.peek()) closeSearch();
  else if (state.spread.peek()) state.spread.value = null;
  else if (state.gathered.peek()) state.gathered.value = null;
  else if (state.place.peek()) state.unselect();
  else if (state.sheet.peek()) state.sheet.value = null;
  else return false;
  return true;
}
