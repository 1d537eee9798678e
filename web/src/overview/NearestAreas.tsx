/** Outside every area: which ones are nearest. They do not own the place, and the card says so. */

import type { NearestArea } from "../shared/api";
import { distance } from "../shared/format";
import { nameOf, pick, t } from "../shared/language";
import { openArea } from "./steps";
import "../shared/ui/panel.css";
import "./rows.css";
import "./NearestAreas.css";

export function NearestAreas({ areas }: { areas: readonly NearestArea[] }) {
  const shown = areas.filter((area) => area.tree === "main");
  if (!shown.length) return null;
  return (
    <div class="section nearest">
      <h3>
        {t("place.nearest")}
        <small>{t("place.nearest_note")}</small>
      </h3>
      <ul class="rows">
        {shown.map((area) => (
          <li key={area.level} class="row">
            <button type="button" onClick={() => void openArea(area.code, area.district)}>
              <span class="level">{pick(area.level_name)}</span>
              <span class="main">
                <b>{nameOf(area) || t("place.no_name")}</b>
                <span class="sub code-text">{area.code}</span>
              </span>
              <span class="number">{distance(area.distance_m)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
