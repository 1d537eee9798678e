/** The foot: where the pointer is and who owns it, the scale, the edition, and that the data are made up. */

import type { District } from "../shared/api";
import { coordinates, shortDate } from "../shared/format";
import { nameOf, t } from "../shared/language";
import { Key } from "../shared/ui/parts";
import * as state from "./state";
import "./Foot.css";

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
      <ScaleBar />
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

export function Edition({ of: district }: { of: District }) {
  if (district.edition === null || district.published_at === null) return null;
  return (
    <span class="edition dim">
      {t("app.edition", { edition: district.edition, date: shortDate(district.published_at) })}
    </span>
  );
}

const LONGEST_PX = 100;

/** A round length and its pixels at the middle of the map. */
function scale(metresPerPixel: number): { label: string; pixels: number } {
  const most = metresPerPixel * LONGEST_PX;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((step) => step * power).find((each) => each <= most) ?? power;
  const label = metres >= 1000 ? `${metres / 1000} km` : metres >= 1 ? `${metres} m` : `${Math.round(metres * 100)} cm`;
  return { label, pixels: metres / metresPerPixel };
}

function ScaleBar() {
  const metres = state.metresPerPixel.value;
  if (metres === null) return null;
  const { label, pixels } = scale(metres);
  return (
    <span class="scale">
      <i style={{ width: `${pixels}px` }} />
      {label}
    </span>
  );
}
