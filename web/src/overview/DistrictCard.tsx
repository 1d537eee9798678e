/** Nothing is selected: the district in a few figures, and what to do next. */

import { count } from "../shared/format";
import { nameOf, secondName, t, type Key as Word } from "../shared/language";
import { known } from "../shared/remote";
import { Edition } from "../shared/ui/Edition";
import { Icon } from "../shared/ui/icons";
import { Code, Failed, IconButton, Key, Waiting } from "../shared/ui/parts";
import { fitDistrict, fitTown } from "./camera";
import { closeLeft } from "./panels";
import * as state from "./state";
import "../shared/ui/panel.css";
import "./DistrictCard.css";

/** What a district is told by, by the layer that counts it. */
const FIGURES: readonly [layer: string, word: Word][] = [
  ["community", "district.communities"],
  ["grid", "district.grids"],
  ["compounds", "district.compounds"],
  ["buildings", "district.buildings"],
  ["stations", "district.stations"],
  ["incidents", "district.open_incidents"],
  ["cameras", "district.cameras"],
];
const MOST_FIGURES = 6;

export function DistrictCard() {
  const all = state.districts.value;
  const district = state.district.value;
  if (!district) {
    if (all.status === "failed") return <Failed failure={all.failure} onRetry={() => void state.loadDistricts()} />;
    return <Waiting rows={3} label={t("map.loading")} />;
  }
  const layers = known(state.layers.value) ?? [];
  const figures = FIGURES.flatMap(([id, word]) => {
    const value = layers.find((layer) => layer.id === id)?.count;
    return value ? [{ id, word, value }] : [];
  }).slice(0, MOST_FIGURES);
  const second = secondName(district);
  return (
    <>
      <header class="card-head">
        <div class="title">
          <h2>
            {nameOf(district)}
            {second && <small lang="zh-CN">{second}</small>}
          </h2>
          <IconButton
            icon="left"
            label={t("panel.close")}
            hint="["
            onClick={() => {
              closeLeft();
              state.sheet.value = null;
            }}
          />
        </div>
        <div class="line">
          <Code code={district.code} />
          <Edition of={district} />
        </div>
      </header>
      {figures.length > 0 && (
        <dl class="figures" aria-label={t("district.counts")}>
          {figures.map((figure) => (
            <div key={figure.id}>
              <dt>{t(figure.word)}</dt>
              <dd>{count(figure.value)}</dd>
            </div>
          ))}
        </dl>
      )}
      <div class="section quiet">
        <p>{t("district.hint")}</p>
        <p class="keys">
          <span>
            <Key>/</Key> {t("keys.search")}
          </span>
          <span>
            <Key>L</Key> {t("keys.layers")}
          </span>
          <span>
            <Key>?</Key> {t("keys.all")}
          </span>
        </p>
      </div>
      <footer class="actions">
        <button type="button" class="button" onClick={fitDistrict}>
          <Icon name="fit" />
          {t("district.zoom")}
        </button>
        {district.town && (
          <button type="button" class="button" onClick={() => fitTown()}>
            <Icon name="places" />
            {t("district.town")}
          </button>
        )}
      </footer>
    </>
  );
}
