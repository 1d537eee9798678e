/** The map's own buttons: zoom, compass, flat or raised, look around; and the door to the layers where they are folded. */

import { t } from "../shared/language";
import { Icon, Needle } from "../shared/ui/icons";
import { IconButton } from "../shared/ui/parts";
import { northUp, raise, zoomBy } from "./camera";
import { openRight, rightShown } from "./panels";
import * as state from "./state";
import "../shared/ui/controls.css";

export function MapControls() {
  const bearing = state.camera.value?.bearing ?? 0;
  const solid = state.solid.value;
  return (
    <div class="controls" data-beside={rightShown.value}>
      {!rightShown.value && (
        <div class="stack wide-only">
          <IconButton icon="layers" label={t("layers.open")} hint="L" onClick={openRight} />
        </div>
      )}
      <div class="stack">
        <IconButton icon="plus" label={t("map.zoom_in")} hint="+" onClick={() => zoomBy(1)} />
        <IconButton icon="minus" label={t("map.zoom_out")} hint="−" onClick={() => zoomBy(-1)} />
        <button
          type="button"
          class="icon-button"
          aria-label={t("map.north")}
          title={`${t("map.north")} (N)`}
          onClick={northUp}
        >
          <Needle bearing={bearing} />
        </button>
      </div>
      <div class="stack">
        <button
          type="button"
          class="icon-button worded"
          aria-pressed={solid}
          title={`${t(solid ? "map.flat" : "map.tilt")} (B)`}
          onClick={() => raise(!solid)}
        >
          <Icon name="cube" />
          <span>{t("map.tilt")}</span>
        </button>
        <button
          type="button"
          class="icon-button worded"
          aria-pressed={state.picking.value}
          title={`${t("map.first_person")} (P)`}
          onClick={() => {
            state.picking.value = !state.picking.value;
          }}
        >
          <Icon name="person" />
          <span>{t("map.first_person")}</span>
        </button>
      </div>
    </div>
  );
}
