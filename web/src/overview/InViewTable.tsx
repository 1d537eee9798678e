/** The features in view as a table: what the map shows, for those who do not see it, with the same selection. */

import { count } from "../shared/format";
import { nameOf, secondName, t, word } from "../shared/language";
import { Empty } from "../shared/ui/parts";
import { theMap, uncoverAt } from "./camera";
import { kindOf, SymbolPicture } from "./kinds";
import type { InView } from "./state";
import * as state from "./state";
import "../shared/ui/panel.css";
import "./rows.css";

export function InViewTable() {
  const gathered = state.gathered.value;
  const { rows, more } = gathered ? { rows: gathered, more: 0 } : state.inView.value;
  if (!rows.length) {
    return (
      <Empty title={t("view.empty")} help={t("view.empty_help")}>
        {state.switched.value.size > 0 && (
          <button type="button" class="button" onClick={state.resetLayers}>
            {t("view.reset_layers")}
          </button>
        )}
      </Empty>
    );
  }
  return (
    <>
      {gathered && (
        <p class="section pair">
          <span>{t("view.gathered", { n: count(rows.length) })}</span>
          <button
            type="button"
            class="textual"
            onClick={() => {
              state.gathered.value = null;
            }}
          >
            {t("view.all")}
          </button>
        </p>
      )}
      <div class="rows in-view" role="listbox" tabIndex={-1} aria-label={t("view.label")} onKeyDown={go}>
        {rows.map((row, index) => (
          <Row key={`${row.collection}/${row.code}`} row={row} first={index === 0} />
        ))}
      </div>
      {more > 0 && <p class="section dim">{t("view.more", { n: count(more) })}</p>}
    </>
  );
}

/** Arrow keys move the focus from row to row. */
function go(event: KeyboardEvent): void {
  const by = event.key === "ArrowDown" || event.key === "j" ? 1 : event.key === "ArrowUp" || event.key === "k" ? -1 : 0;
  if (!by || !(event.currentTarget instanceof HTMLElement)) return;
  const options = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=option]")];
  const next = options[options.indexOf(document.activeElement as HTMLElement) + by];
  if (next) next.focus();
  event.preventDefault();
  event.stopPropagation();
}

function Row({ row, first }: { row: InView; first: boolean }) {
  const selected = state.thing.value?.code === row.code;
  const open = (): void => {
    if (row.count > 1) {
      const map = theMap();
      map?.easeTo({ center: [row.lon, row.lat], zoom: Math.min(map.getZoom() + 2, 18) });
      return;
    }
    void state.askThing(row.collection, row.code, row.properties, [row.lon, row.lat]);
    uncoverAt(row.lon, row.lat);
  };
  const second = secondName(row);
  return (
    <div
      class="row"
      role="option"
      aria-selected={selected}
      tabIndex={selected || first ? 0 : -1}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        open();
      }}
    >
      <div class="cell">
        <SymbolPicture collection={row.collection} properties={row.properties} />
        <span class="main">
          <b>
            {row.count > 1 ? word("collection", row.collection) : nameOf(row) || kindOf(row.collection, row.properties)}
            {second && <small lang="zh-CN">{second}</small>}
          </b>
          <span class="sub">
            {row.count > 1 ? t("view.merged", { n: count(row.count) }) : kindOf(row.collection, row.properties)}
          </span>
        </span>
      </div>
    </div>
  );
}
