/** Layers by the five elements (人地事物组织), each switch with its count and its legend beneath it. */

import type { ElementSlug, LayerInfo, LegendLine } from "../shared/api";
import { count } from "../shared/format";
import { pick, t } from "../shared/language";
import { imageAddress } from "../shared/map/symbols";
import { known } from "../shared/remote";
import { Icon } from "../shared/ui/icons";
import { Empty, Failed, Waiting } from "../shared/ui/parts";
import { useSymbols } from "./kinds";
import * as state from "./state";
import "../shared/ui/panel.css";
import "./Layers.css";

const ELEMENTS: readonly ElementSlug[] = ["people", "places", "events", "things", "organisations"];

export function Layers() {
  const found = state.layers.value;
  const layers = known(found);
  if (!layers) {
    if (found.status === "failed") return <Failed failure={found.failure} onRetry={() => void state.loadLayers()} />;
    return <Waiting rows={10} label={t("map.loading")} />;
  }
  if (!layers.length) return <Empty title={t("layers.none")} />;
  // The server names layers as they are drawn, bottom first; a list is read from the top.
  const listed = [...layers].reverse();
  return (
    <>
      {ELEMENTS.map((element) => (
        <Group
          key={element}
          element={element}
          layers={listed.filter((layer) => layer.element === element && !layer.base)}
        />
      ))}
      <Base layers={listed.filter((layer) => layer.base)} />
      {state.switched.value.size > 0 && (
        <div class="section">
          <button type="button" class="button" onClick={state.resetLayers}>
            {t("layers.reset")}
          </button>
        </div>
      )}
    </>
  );
}

/** The ground of the map, folded away: it is seldom switched. */
function Base({ layers }: { layers: LayerInfo[] }) {
  if (!layers.length) return null;
  return (
    <details class="group">
      <summary>
        <Icon name="right" />
        {t("layers.base")}
      </summary>
      {layers.map((layer) => (
        <Layer key={layer.id} layer={layer} />
      ))}
    </details>
  );
}

function Group({ element, layers }: { element: ElementSlug; layers: LayerInfo[] }) {
  if (!layers.length) return null;
  return (
    <fieldset class="group">
      <legend>
        <Icon name={element} />
        {t(`element.${element}`)}
      </legend>
      {layers.map((layer) => (
        <Layer key={layer.id} layer={layer} />
      ))}
    </fieldset>
  );
}

function Layer({ layer }: { layer: LayerInfo }) {
  const on = state.visibleLayers.value.has(layer.id);
  const title = pick(layer.title);
  // One line that says what the title says already is told by the switch's own row.
  const single = layer.legend.length === 1 ? layer.legend[0] : undefined;
  // People are told per building, and the layer counts the buildings, which has to be said.
  const amount = layer.element === "people" ? (single?.count ?? layer.count) : layer.count;
  const ofBuildings = layer.element === "people" && !!amount;
  const tooFar = on && Math.floor((state.camera.value?.zoom ?? 0) * 10) / 10 < (layer.zooms[0] ?? 0);
  return (
    <div class="layer" data-layer={layer.id} data-on={on}>
      <label class="switch-line">
        <input
          type="checkbox"
          role="switch"
          checked={on}
          aria-checked={on}
          onChange={(event) => state.switchLayer(layer.id, event.currentTarget.checked)}
        />
        <span class="track" />
        {single && <Swatch line={single} />}
        <span class="main">
          {title}
          {ofBuildings && <small>{t("layers.buildings", { n: count(amount ?? 0) })}</small>}
          {tooFar && amount !== 0 && <small>{t("layers.at_zoom")}</small>}
        </span>
        {amount === 0 && <span class="none">{t("layers.none_here")}</span>}
        {!!amount && !ofBuildings && <span class="number">{count(amount)}</span>}
      </label>
      {on && amount !== 0 && (
        <>
          {!single && layer.legend.length > 0 && (
            <ul class="legend" aria-label={t("layers.legend", { layer: title })}>
              {layer.legend.map((line) => (
                <li key={line.label.en} data-none={line.count === 0}>
                  <Swatch line={line} />
                  <span class="main">{pick(line.label)}</span>
                  {line.count !== null && <span class="number">{count(line.count)}</span>}
                </li>
              ))}
            </ul>
          )}
          {layer.note && <p class="note">{pick(layer.note)}</p>}
        </>
      )}
    </div>
  );
}

function colour(token: string | null): string | undefined {
  if (!token) return undefined;
  return `var(${token.startsWith("--") ? token : `--${token}`})`;
}

/** What a line of the legend looks like on the map: its symbol, else its tint, hatch and line. */
function Swatch({ line }: { line: LegendLine }) {
  const symbols = useSymbols();
  const symbol = line.symbol ? symbols[line.symbol] : undefined;
  if (symbol) {
    return (
      <span class="swatch">
        <img src={imageAddress(symbol.svg)} alt="" />
      </span>
    );
  }
  const hatch = line.hatch ? symbols[line.hatch] : undefined;
  const fill = { fill: colour(line.fill) ?? "none", stroke: colour(line.line) ?? "none" };
  const opacity = line.fill_opacity ?? 1;
  const width = Math.min(line.line_width ?? 1.2, 4);
  const dash = line.dash?.join(" ");
  const filled = line.fill !== null || hatch !== undefined;
  return (
    <span class="swatch">
      <svg viewBox="0 0 24 14" aria-hidden="true">
        {line.dot && <circle cx="12" cy="7" r="4" style={fill} fill-opacity={opacity} stroke-width={width} />}
        {!line.dot && filled && (
          <rect x="1.5" y="1" width="21" height="12" rx="2" style={{ fill: fill.fill }} fill-opacity={opacity} />
        )}
        {hatch && (
          <image
            href={imageAddress(hatch.svg)}
            x="2"
            y="1.5"
            width="20"
            height="11"
            preserveAspectRatio="xMinYMin slice"
          />
        )}
        {!line.dot && filled && line.line && (
          <rect
            x="1.5"
            y="1"
            width="21"
            height="12"
            rx="2"
            fill="none"
            style={{ stroke: fill.stroke }}
            stroke-width={Math.min(width, 1.5)}
            stroke-dasharray={dash}
          />
        )}
        {!line.dot && !filled && line.line && (
          <path d="M0 7H24" style={{ stroke: fill.stroke }} fill="none" stroke-width={width} stroke-dasharray={dash} />
        )}
      </svg>
    </span>
  );
}
