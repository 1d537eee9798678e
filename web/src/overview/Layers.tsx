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

const ELEMENTS: readonly ElementSlug[] = ["people", "places", "events", "things", "organisations"];

export function Layers() {
  const found = state.layers.value;
  const layers = known(found);
  if (!layers) {
    if (found.status === "failed") return <Failed failure={found.failure} onRetry={() => void state.loadLayers()} />;
    return <Waiting rows={10} label={t("map.loading")} />;
  }
  if (!layers.length) return <Empty title={t("layers.none")} />;
  return (
    <>
      {ELEMENTS.map((element) => (
        <Group key={element} element={element} layers={layers.filter((layer) => layer.element === element)} />
      ))}
      {state.chosenLayers.value && (
        <div class="section">
          <button
            type="button"
            class="button"
            onClick={() => {
              state.chosenLayers.value = null;
            }}
          >
            {t("layers.reset")}
          </button>
        </div>
      )}
    </>
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
  return (
    <div class="layer" data-layer={layer.id} data-on={on}>
      <label>
        <input
          type="checkbox"
          role="switch"
          checked={on}
          aria-checked={on}
          onChange={(event) => state.switchLayer(layer.id, event.currentTarget.checked)}
        />
        <span class="track" />
        {single && <Swatch line={single} />}
        <span class="main">{title}</span>
        {layer.count !== null && <span class="number">{count(layer.count)}</span>}
      </label>
      {on && !single && layer.legend.length > 0 && (
        <ul class="legend" aria-label={t("layers.legend", { layer: title })}>
          {layer.legend.map((line) => (
            <li key={line.label.en}>
              <Swatch line={line} />
              <span class="main">{pick(line.label)}</span>
              {line.count !== null && <span class="number">{count(line.count)}</span>}
            </li>
          ))}
        </ul>
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
  const outlineOnly = !line.fill && !hatch;
  return (
    <span class="swatch">
      <svg viewBox="0 0 22 14" aria-hidden="true">
        {!outlineOnly && (
          <rect
            x="1"
            y="1"
            width="20"
            height="12"
            rx="2"
            style={{ fill: colour(line.fill) ?? "none" }}
            fill-opacity={hatch ? 0.42 : 1}
          />
        )}
        {hatch && (
          <image
            href={imageAddress(hatch.svg)}
            x="1"
            y="1"
            width="20"
            height="12"
            preserveAspectRatio="xMinYMin slice"
          />
        )}
        {line.line && (
          <path
            d={outlineOnly ? "M1 7H21" : "M2 1H20a1 1 0 0 1 1 1V12a1 1 0 0 1-1 1H2a1 1 0 0 1-1-1V2a1 1 0 0 1 1-1Z"}
            style={{ stroke: colour(line.line) }}
            fill="none"
            stroke-width={outlineOnly ? 2 : 1.2}
            stroke-dasharray={line.dash?.join(" ")}
          />
        )}
      </svg>
    </span>
  );
}
