/** The shape in the hand on the map, until a response is switched on there. */

import { effect } from "@preact/signals";
import type { Position } from "../shared/api";
import { NOTHING } from "../shared/map/style";
import { known } from "../shared/remote";
import { draft, preview } from "./responseDraft";
import { draftDrawn } from "./responseMap";
import { circleAround } from "./responseShape";
import { drawing, making } from "./responses";
import * as state from "./state";

function lineOf(places: readonly Position[]): GeoJSON.Geometry {
  return { type: "LineString", coordinates: [...places] };
}

/** The shape that is being chosen: as the server would have it, or as it is in the hand. */
function drawn(): GeoJSON.FeatureCollection {
  if (drawing.value === null && !(state.responsesOpen.value && making.value)) return NOTHING;
  const { kind, centre, radius, ring, closed } = draft.value;
  const features: GeoJSON.Feature[] = [];
  const put = (geometry: GeoJSON.Geometry, what: string): void => {
    features.push({ type: "Feature", properties: { what }, geometry });
  };
  const shown = known(preview.value);
  if (shown && drawing.value === null) put(shown.geometry as unknown as GeoJSON.Geometry, "shape");
  else if (kind === "circle" && centre && Number(radius) > 0) {
    put({ type: "Polygon", coordinates: [circleAround(centre, Number(radius))] }, "shape");
  } else if (kind === "drawn" && closed) {
    put({ type: "Polygon", coordinates: [[...ring, ...ring.slice(0, 1)]] }, "shape");
  }
  if (kind === "circle" && centre) put({ type: "Point", coordinates: centre }, "vertex");
  if (drawing.value === "drawn") {
    const pointer = state.pointer.value;
    const hand = pointer && ring.length ? [...ring, [pointer.lon, pointer.lat] as Position] : [...ring];
    if (hand.length > 1) put(lineOf(hand), "hand");
  }
  if (kind === "drawn") for (const coordinates of ring) put({ type: "Point", coordinates }, "vertex");
  return { type: "FeatureCollection", features };
}

/** Keep the map true to the shape in the hand. */
export function followDraftMap(): void {
  effect(() => {
    draftDrawn.value = drawn();
  });
}
