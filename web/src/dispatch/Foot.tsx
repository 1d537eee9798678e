/** The foot: where the pointer is, the scale, the edition, that the data are made up, and the keys. */

import { coordinates, count } from "../shared/format";
import { t } from "../shared/language";
import { known } from "../shared/remote";
import { Edition } from "../shared/ui/Edition";
import { Key } from "../shared/ui/parts";
import { ScaleBar } from "../shared/ui/ScaleBar";
import * as state from "./state";
import "../shared/ui/foot.css";

export function Foot() {
  const district = state.district.value;
  const pointer = state.pointer.value;
  const at = pointer ?? state.camera.value;
  const synthetic = district?.synthetic ?? (known(state.districts.value) ?? []).some((each) => each.synthetic);
  return (
    <footer class="foot">
      <span class="code-text place">{at ? coordinates(at.lon, at.lat) : ""}</span>
      {!pointer && at && <span class="dim">{t("map.centre")}</span>}
      <span class="dim">{t("desk.count", { n: count(state.matched.value) })}</span>
      <div class="grow" />
      <ScaleBar metresPerPixel={state.metresPerPixel.value} />
      {district && <Edition of={district} />}
      {synthetic && <span class="synthetic">{t("app.synthetic")}</span>}
      <span class="keys">
        <Key>J</Key>
        <Key>K</Key> {t("keys.next")}
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
