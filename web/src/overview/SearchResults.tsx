/** What the search found, as a list that the arrow keys of the field go through. */

import { useEffect, useRef } from "preact/hooks";
import type { Hit } from "../shared/api";
import { coordinates } from "../shared/format";
import { nameOf, pick, secondName, t, word } from "../shared/language";
import { known } from "../shared/remote";
import { Icon, type IconName } from "../shared/ui/icons";
import { Empty, Failed, Waiting } from "../shared/ui/parts";
import * as state from "./state";
import { openHit } from "./steps";
import "../shared/ui/panel.css";
import "./rows.css";

const ICONS: Record<string, IconName> = {
  areas: "area",
  compounds: "places",
  buildings: "organisations",
  stations: "places",
  incidents: "events",
  cameras: "things",
  assets: "things",
  roads: "right",
};

function kindOf(hit: Hit): string {
  const level = hit.level ? word("level", hit.level) : word("collection", hit.collection);
  const kind = hit.kind_name ? pick(hit.kind_name) : null;
  return kind && kind !== level ? `${level} · ${kind}` : level;
}

export function SearchResults() {
  const list = useRef<HTMLDivElement>(null);
  const found = state.hits.value;
  const rows = known(found);
  const typed = state.typedCoordinates.value;

  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [state.activeHit.value]);

  return (
    <>
      <header class="panel-head">
        <h2>{t("search.results")}</h2>
        <span class="number" role="status">
          {rows && !typed ? t("search.count", { n: rows.length }) : ""}
        </span>
      </header>
      {typed && (
        <div class="rows" id="results" role="listbox" tabIndex={-1} aria-label={t("search.results")}>
          <div id="hit-0" class="row" role="option" aria-selected={true} tabIndex={-1}>
            <button type="button" tabIndex={-1} onClick={() => void openHit(0)}>
              <Icon name="pin" />
              <span class="main">
                <b>{t("search.coordinates")}</b>
                <span class="code-text">{coordinates(typed[0], typed[1])}</span>
              </span>
              <kbd>Enter</kbd>
            </button>
          </div>
        </div>
      )}
      {!typed && found.status === "failed" && <Failed failure={found.failure} onRetry={() => void state.runSearch()} />}
      {!typed && found.status === "loading" && !rows && <Waiting rows={6} label={t("search.loading")} />}
      {!typed && rows?.length === 0 && (
        <Empty title={t("search.none", { q: state.query.value.trim() })} help={t("search.none_help")} />
      )}
      {!typed && rows && rows.length > 0 && (
        <div ref={list} class="rows" id="results" role="listbox" tabIndex={-1} aria-label={t("search.results")}>
          {rows.map((hit, row) => (
            <Row key={`${hit.collection}/${hit.district}/${hit.code}/${hit.level}`} hit={hit} row={row} />
          ))}
        </div>
      )}
    </>
  );
}

function Row({ hit, row }: { hit: Hit; row: number }) {
  const second = secondName(hit);
  const elsewhere = hit.district !== state.districtSlug.value;
  const district = known(state.districts.value)?.find((each) => each.slug === hit.district);
  return (
    <div id={`hit-${row}`} class="row" role="option" aria-selected={row === state.activeHit.value} tabIndex={-1}>
      <button type="button" tabIndex={-1} onClick={() => void openHit(row)}>
        <Icon name={ICONS[hit.collection] ?? "pin"} />
        <span class="main">
          <b>
            {nameOf(hit) || t("place.no_name")}
            {second && <small lang="zh-CN">{second}</small>}
          </b>
          <span class="sub">
            {kindOf(hit)}
            {elsewhere && district ? ` · ${nameOf(district)}` : ""}
          </span>
          <span class="code-text">{hit.code}</span>
        </span>
      </button>
    </div>
  );
}
