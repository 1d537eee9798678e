/** The nearest stations, as the crow flies: the street network has not been asked. */

import type { Collections } from "../shared/api";
import { distance, metresBetween } from "../shared/format";
import { nameOf, t } from "../shared/language";
import { known } from "../shared/remote";
import { kindOf, SymbolPicture } from "./kinds";
import * as state from "./state";
import { uncoverPlace } from "./steps";
import "../shared/ui/panel.css";
import "./rows.css";
import "./Near.css";

const SHOWN = 3;
const WITHIN_M = 1000;

export function Near() {
  const place = state.place.value;
  const found = known(state.near.value);
  if (!place || !found) return null;
  const nearest = found
    .flatMap((feature) => {
      if (feature.geometry?.type !== "Point" || feature.properties.code === state.thing.value?.code) return [];
      const [lon = 0, lat = 0] = feature.geometry.coordinates;
      return [{ station: feature.properties, lon, lat, metres: metresBetween([place.lon, place.lat], [lon, lat]) }];
    })
    .filter((each) => each.metres <= WITHIN_M)
    .sort((a, b) => a.metres - b.metres)
    .slice(0, SHOWN);
  return (
    <div class="section near">
      <h3>
        {t("place.near")}
        <small>{t("place.near_note")}</small>
      </h3>
      {nearest.length === 0 && <p class="dim">{t("place.near_none")}</p>}
      <ul class="rows">
        {nearest.map((each) => (
          <li key={each.station.code} class="row">
            <button type="button" onClick={() => void open(each.station, each.lon, each.lat)}>
              <SymbolPicture collection="stations" properties={each.station} />
              <span class="main">
                <b>{nameOf(each.station) || t("place.no_name")}</b>
                <span class="sub">{kindOf("stations", each.station)}</span>
              </span>
              <span class="number">{distance(each.metres)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

async function open(station: Collections["stations"]["properties"], lon: number, lat: number): Promise<void> {
  await state.askPlace(lon, lat, { collection: "stations", code: station.code, properties: station, lon, lat });
  uncoverPlace();
}
