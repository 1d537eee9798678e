/** A far flight: the last picture stays, the map jumps, and the new picture shows through within 200 ms. */

import type { Map as MapLibre } from "maplibre-gl";
import "./crossFade.css";

/** However slow the tiles are, the old picture does not pretend to be the new place for longer than this. */
const PATIENCE_MS = 1200;

export function crossFade(map: MapLibre, jump: (map: MapLibre) => void, duration: number): void {
  const canvas = map.getCanvas();
  if (duration === 0) {
    jump(map);
    return;
  }
  map.once("render", () => {
    // The drawing buffer is only whole while the frame is being made.
    const picture = document.createElement("canvas");
    picture.width = canvas.width;
    picture.height = canvas.height;
    picture.className = "cross-fade";
    picture.getContext("2d")?.drawImage(canvas, 0, 0);
    map.getCanvasContainer().append(picture);
    jump(map);
    const patience = setTimeout(show, PATIENCE_MS);
    map.once("idle", show);
    function show(): void {
      clearTimeout(patience);
      map.off("idle", show);
      picture.animate([{ opacity: 1 }, { opacity: 0 }], { duration, fill: "forwards" });
      // By the clock, not by the animation's end, which a busy screen may put off.
      setTimeout(() => picture.remove(), duration);
    }
  });
  map.triggerRepaint();
}
