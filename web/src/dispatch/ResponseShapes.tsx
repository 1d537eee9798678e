/** The shapes that are chosen on the map, as fields beside it; and the bar over the map while one is drawn. */

import "../shared/words/responseShapes";
import { t } from "../shared/language";
import { Key } from "../shared/ui/parts";
import { theMap } from "./camera";
import { canClose, change, closeRing, draft, leaveDrawing, startDrawing, undoVertex } from "./responseDraft";
import { placeMiddle } from "./responseDraw";
import { drawing } from "./responses";

const DIGITS = 5;

/** "114.29437, 35.74581" as a position; null where it is none. */
function parsed(text: string): [number, number] | null {
  const [lon, lat, ...rest] = text
    .split(/[,，\s]+/)
    .filter(Boolean)
    .map(Number);
  if (lon === undefined || lat === undefined || rest.length || Number.isNaN(lon) || Number.isNaN(lat)) return null;
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : null;
}

export function CircleShape() {
  const { centre, radius } = draft.value;
  return (
    <>
      <label>
        <span>{t("response.centre")}</span>
        <input
          type="text"
          class="field code-text"
          key={centre?.join()}
          defaultValue={centre?.map((degrees) => degrees.toFixed(DIGITS)).join(", ") ?? ""}
          onChange={(event) => {
            const at = parsed(event.currentTarget.value);
            if (at || !event.currentTarget.value.trim()) change({ centre: at });
          }}
        />
      </label>
      <div class="line-of-buttons">
        <button
          type="button"
          class="button"
          aria-pressed={drawing.value === "circle"}
          onClick={() => startDrawing("circle")}
        >
          {t("response.pick_centre")}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            const middle = theMap()?.getCenter();
            if (middle) change({ centre: [middle.lng, middle.lat] });
          }}
        >
          {t("response.use_middle")}
        </button>
      </div>
      <label>
        <span>{t("response.radius")}</span>
        <input
          type="number"
          class="field"
          min="10"
          max="50000"
          step="10"
          value={radius}
          onInput={(event) => change({ radius: event.currentTarget.value })}
        />
      </label>
    </>
  );
}

export function DrawnShape() {
  const { ring, closed } = draft.value;
  const words = ring.length && !closed ? "response.points_open" : "response.points";
  return (
    <>
      <p role="status">{t(words, { n: ring.length })}</p>
      <div class="line-of-buttons">
        <button
          type="button"
          class="button"
          aria-pressed={drawing.value === "drawn"}
          onClick={() => startDrawing("drawn")}
        >
          {t(closed ? "response.draw_anew" : ring.length ? "response.draw_more" : "response.draw")}
        </button>
      </div>
    </>
  );
}

/** Over the map, for as long as it takes clicks for a shape. */
export function DrawBar() {
  const what = drawing.value;
  const { ring } = draft.value;
  return (
    <>
      <i class="draw-cross" />
      <div class="draw-bar" role="toolbar" aria-label={t("response.draw")}>
        <span role="status">
          {what === "circle" ? t("response.drawing_circle") : t("response.drawing", { n: ring.length })}
        </span>
        <button type="button" class="button" onClick={placeMiddle}>
          {t(what === "circle" ? "response.here_centre" : "response.here")} <Key>␣</Key>
        </button>
        {what === "drawn" && (
          <>
            <button type="button" class="button" disabled={!ring.length} onClick={undoVertex}>
              {t("response.undo_point")} <Key>⌫</Key>
            </button>
            <button type="button" class="button primary" disabled={!canClose()} onClick={closeRing}>
              {t("response.finish")} <Key>↵</Key>
            </button>
          </>
        )}
        <button type="button" class="button" onClick={leaveDrawing}>
          {t("response.leave")} <Key>Esc</Key>
        </button>
      </div>
    </>
  );
}
