/** The incidents where the map will draw them, until it does: on a slow machine that takes longer than reading them. */

import { now } from "./clock";
import { symbolOf } from "./Mark";
import { told, tooMany } from "./picture";
import { drawing } from "./source";
import * as state from "./state";
import { pixelAt } from "./view";

/** A mark so far beyond an edge is not seen. */
const OUT_PX = 30;

/** One drawing for all: as pictures, each would be a document of its own, which takes longer than reading them. */
export function FirstMarks() {
  const camera = state.camera.value;
  const { width, height } = document.getElementById("map")?.getBoundingClientRect() ?? { width: 0, height: 0 };
  const read = tooMany.value ? told.value !== null : state.rows.value.size > 0;
  if (!camera || !width || !read || state.mapFailure.value) return null;
  const found = drawing(now.peek()).marks.features.map(({ geometry, properties }) => {
    const [lon = 0, lat = 0] = geometry.type === "Point" ? geometry.coordinates : [];
    const [x, y] = pixelAt(camera, width, height, lon, lat);
    if (x < -OUT_PX || y < -OUT_PX || x > width + OUT_PX || y > height + OUT_PX) return "";
    const symbol = symbolOf(properties?.mark);
    const place = symbol ? `<svg x="${-symbol.width / 2}" y="${-symbol.height / 2}" ` : "";
    const mark = symbol?.svg.replace("<svg ", place) ?? "";
    return `<g transform="translate(${x.toFixed(1)},${y.toFixed(1)})">${mark}<text>${properties?.count ?? ""}</text></g>`;
  });
  // symbols of our own, from the style's sheet, and counts
  return <svg class="first-marks" aria-hidden="true" dangerouslySetInnerHTML={{ __html: found.join("") }} />;
}
