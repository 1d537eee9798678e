/** Nothing is selected: the district in a few figures, and what to do next. */

import { count, shortDate } from "../shared/format";
import { nameOf, pick, secondName, t } from "../shared/language";
import { known } from "../shared/remote";
import { Icon } from "../shared/ui/icons";
import { Code, Failed, Key, Waiting } from "../shared/ui/parts";
import { fitDistrict } from "./map";
import * as state from "./state";

const MOST_FIGURES = 6;

export function DistrictCard() {
  const all = state.districts.value;
  const district = state.district.value;
  if (!district) {
    if (all.status === "failed") return <Failed failure={all.failure} onRetry={() => void state.loadDistricts()} />;
    return <Waiting rows={3} label={t("map.loading")} />;
  }
  const figures = (known(state.layers.value) ?? [])
    .filter((layer) => layer.count !== null && layer.count > 0)
    .slice(0, MOST_FIGURES);
  const second = secondName(district);
  return (
    <>
      <header class="card-head">
        <h2>
          {nameOf(district)}
          {second && <small lang="zh-CN">{second}</small>}
        </h2>
        <div class="line">
          <Code code={district.code} />
          <span class="dim">
            {t("app.edition", { edition: district.edition, date: shortDate(district.published_at) })}
          </span>
        </div>
      </header>
      {figures.length > 0 && (
        <dl class="figures" aria-label={t("district.counts")}>
          {figures.map((layer) => (
            <div key={layer.id}>
              <dt>{pick(layer.title)}</dt>
              <dd>{count(layer.count ?? 0)}</dd>
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
        <button type="button" class="button" onClick={() => fitDistrict()}>
          <Icon name="fit" />
          {t("district.zoom")}
        </button>
      </footer>
    </>
  );
}
