/** The map between list and drawer, its buttons, its legend and its layers. */

import { effect, untracked, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { comebacks } from "../shared/connection";
import { pick, t, word } from "../shared/language";
import { known } from "../shared/remote";
import { later } from "../shared/ui/later";
import { useLayer, useReturn } from "../shared/ui/layer";
import { NoMap } from "../shared/ui/NoMap";
import { IconButton } from "../shared/ui/parts";
import { fitAll, goToSelected, lookAhead, theMap, zoomBy } from "./camera";
import { FirstMarks } from "./FirstMarks";
import { SheetSymbol } from "./Mark";
import { PeopleKey, PeopleSwitch } from "./PeopleKey";
import { firstPainted } from "./painted";
import { floating } from "./panels";
import { heatOn, tooMany } from "./picture";
import { drawing } from "./responses";
import * as state from "./state";
import "../shared/ui/controls.css";
import "./MapPane.css";

// of the panel that begins the drawing, so it is there by then
const DrawBar = later(() => import("./ResponseShapes").then((module) => module.DrawBar), {
  id: "draw-bar",
  className: "draw-bar",
  label: () => t("response.title"),
});

const HereList = later(() => import("./HereList").then((module) => module.HereList), {
  id: "here",
  className: "here",
  label: () => t("map.name"),
});

const PersonCard = later(() => import("./PersonCard").then((module) => module.PersonCard), {
  id: "person",
  className: "here",
  label: () => t("people.title"),
});

export function MapPane() {
  return (
    <section class="map-pane" aria-label={t("map.name")}>
      <Buttons />
      <Canvas />
      {state.here.value && <HereList />}
      {state.person.value !== null && <PersonCard />}
      {drawing.value !== null && <DrawBar />}
      <Legend />
    </section>
  );
}

function closeLayers(): void {
  state.layersOpen.value = false;
}

function Buttons() {
  const open = state.layersOpen.value;
  useLayer(open, closeLayers);
  useReturn(open);
  return (
    <div class="map-buttons">
      <div class="stack">
        <IconButton icon="plus" label={t("map.zoom_in")} hint="+" onClick={() => zoomBy(1)} />
        <IconButton icon="minus" label={t("map.zoom_out")} hint="−" onClick={() => zoomBy(-1)} />
        <IconButton icon="fit" label={t("desk.fit")} onClick={() => fitAll()} />
        <IconButton
          icon="pin"
          label={t("desk.locate")}
          hint="Enter"
          disabled={state.selected.value === null}
          onClick={goToSelected}
        />
      </div>
      <div class="stack">
        <IconButton
          icon="layers"
          label={t("layers.title")}
          hint="L"
          pressed={open}
          onClick={() => {
            state.layersOpen.value = !open;
          }}
        />
      </div>
      {open && <LayerSwitches />}
    </div>
  );
}

function LayerSwitches() {
  const layers = (known(state.layers.value) ?? []).filter(({ id, base }) => !base && !id.startsWith("incidents"));
  return (
    <section class="layer-switches" aria-label={t("layers.title")}>
      <PeopleSwitch />
      <label class="switch-line" data-layer="heat">
        <input
          type="checkbox"
          role="switch"
          checked={heatOn.value}
          aria-checked={heatOn.value}
          onChange={(event) => state.switchLayer(state.HEAT, event.currentTarget.checked)}
        />
        <span class="track" />
        {t("desk.heat")}
      </label>
      {layers.length === 0 && <p class="dim">{t("layers.none")}</p>}
      {layers.map((layer) => {
        const on = state.switched.value.get(layer.id) ?? layer.visible;
        return (
          <label key={layer.id} class="switch-line">
            <input
              type="checkbox"
              role="switch"
              checked={on}
              aria-checked={on}
              onChange={(event) => state.switchLayer(layer.id, event.currentTarget.checked)}
            />
            <span class="track" />
            {pick(layer.title)}
          </label>
        );
      })}
    </section>
  );
}

function Canvas() {
  const container = useRef<HTMLDivElement>(null);
  const made = useSignal(false);
  useEffect(() => {
    const watch = new ResizeObserver(() => theMap()?.resize());
    let [left, failed] = [false, false];
    const begin = async (): Promise<void> => {
      try {
        const { createMap } = await import("./map");
        if (left || !container.current) return;
        made.value = await createMap(container.current);
        if (!made.value) state.mapFailure.value = "webgl";
        if (made.value) watch.observe(container.current);
      } catch {
        // the scripts did not come; they are asked for again when the server is back
        failed = true;
        state.mapFailure.value = "style";
      }
    };
    void firstPainted().then(begin);
    const ahead = effect(() => {
      const read = state.rows.value.size >= state.matched.value || tooMany.value;
      if (read && state.boardStatus.value === "ready") untracked(lookAhead);
    });
    const leave = effect(() => {
      if (!comebacks.value || !failed) return;
      failed = false;
      void begin();
    });
    return () => {
      left = true;
      leave();
      ahead();
      watch.disconnect();
    };
  }, [made]);
  useEffect(() => {
    container.current?.querySelector("canvas")?.setAttribute("aria-label", t("desk.map"));
  });
  made.value;
  return (
    <>
      <div id="map" class="map" ref={container} tabIndex={-1} />
      {!state.mapReady.value && <FirstMarks />}
      <NoMap failure={state.mapFailure.value} ready={state.mapReady} />
    </>
  );
}

function Legend() {
  if (state.selected.value !== null && !floating.value) return null;
  return (
    <div class="legend">
      <span class="dim">{t("desk.legend")}</span>
      {[1, 2, 3, 4].map((priority) => (
        <span key={priority} title={word("priority", String(priority))}>
          <SheetSymbol name={`incident-${priority}`} label={word("priority", String(priority))} />
        </span>
      ))}
      <span class="dim">{t("desk.hollow")}</span>
      <PeopleKey />
      {heatOn.value && (
        <span class="heat-key dim">
          <i />
          {t("desk.heat_legend")}
        </span>
      )}
    </div>
  );
}
