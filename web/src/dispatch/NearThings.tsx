/** Which cameras bear on the selected incident, and the stations that are reached first. */

import { distance } from "../shared/format";
import { nameOf, t, word } from "../shared/language";
import { near } from "./near";
import { minutes } from "./words";
import "./Near.css";

export function NearThings() {
  const found = near.value;
  if (!found) return null;
  const { cameras, stations } = found;
  const dark = cameras.filter((each) => each.state !== "online").length;
  return (
    <>
      <section class="section" data-test="cameras">
        <h3>
          {cameras.length ? t("near.cameras", { n: cameras.length }) : t("near.no_camera")}
          {dark > 0 && ` · ${t("near.dark", { n: dark })}`}
        </h3>
        {cameras.length > 0 && (
          <>
            <ul class="near-things">
              {cameras.map((camera) => (
                <li key={camera.code}>
                  <span class="cut">{nameOf(camera) || camera.code}</span>
                  <span class="dim">{camera.state && word("state", camera.state)}</span>
                  <span class="number">{distance(camera.metres)}</span>
                </li>
              ))}
            </ul>
            <small class="dim">{t("near.camera_help")}</small>
          </>
        )}
      </section>
      {stations.length > 0 && (
        <section class="section" data-test="stations">
          <h3>{t("near.stations")}</h3>
          <ul class="near-things">
            {stations.map((station) => (
              <li key={station.code}>
                <span class="cut">{nameOf(station) || station.code}</span>
                <span class="dim">{distance(station.metres)}</span>
                <span class="number">{minutes(station.seconds)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
