/** The incidents where the map will draw them, until it does: on a slow machine that takes longer than reading them. */

import { now } from "./clock";
import { address } from "./Mark";
import { told, tooMany } from "./picture";
import { drawing } from "./source";
import * as state from "./state";
import { pixelAt } from "./view";

export function FirstMarks() {
  const camera = state.camera.value;
  const { width, height } = document.getElementById("map")?.getBoundingClientRect() ?? { width: 0, height: 0 };
  const read = tooMany.value ? told.value !== null : state.rows.value.size > 0;
  if (!camera || !width || !read || state.mapFailure.value) return null;
  const found = drawing(now.peek()).marks.features.map(({ geometry, properties }, index) => {
    const [lon = 0, lat = 0] = geometry.type === "Point" ? geometry.coordinates : [];
    const [x, y] = pixelAt(camera, width, height, lon, lat);
    const image = address(properties?.mark);
    return (
      <span key={index} style={{ left: `${x}px`, top: `${y}px` }}>
        {image && <img src={image} alt="" />}
        <b>{properties?.count}</b>
      </span>
    );
  });
  return (
    <div class="first-marks" aria-hidden="true">
      {found}
    </div>
  );
}
