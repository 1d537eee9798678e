/** The foot: where the pointer is and who owns it, the scale, the edition, and that the data are made up. */

import { coordinates } from "../shared/format";
import { nameOf, t } from "../shared/language";
import { Edition } from "../shared/ui/Edition";
import { Key } from "../shared/ui/parts";
import { ScaleBar } from "../shared/ui/ScaleBar";
import * as state from "./state";
import "../shared/ui/foot.css";

export function Foot() {
  const district = state.district.value;
  const pointer = state.pointer.value;
  const centre = state.camera.value;
  const at = pointer ?? centre;
  const owners = state.ownerUnderPointer.value.slice(-3);
  return (
    <footer class="foot">
      <span class="code-text place" data-test="coordinates">
        {at ? coordinates(at.lon, at.lat) : ""}
      </span>
      {!pointer && at && <span class="dim">{t("map.centre")}</span>}
      <span class="owner cut" data-test="owner">
        {pointer ? owners.map(nameOf).join(" · ") : ""}
      </span>
      <div class="grow" />
      {state.attribution.value.map((text) => (
        <span key={text} class="dim cut">
          {text.replaceAll(/<[^>]*>/g, "")}
        </span>
      ))}
      <ScaleBar metresPerPixel={state.metresPerPixel.value} />
      {district && <Edition of={district} />}
      {district?.synthetic && <span class="synthetic">{t("app.synthetic")}</span>}
      <span class="keys">
        <Key>/</Key> {t("keys.search")} <Key>L</Key> {t("keys.layers")}
        <button
          type="button"
          class="textual"
          onClick={() => {
            state.keysOpen.value = !state.keysOpen.value;
          }}
        >
          <Key>?</Key> {t("keys.all")}
        </button>
      </span>
    </footer>
  );
}
