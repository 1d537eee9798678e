/** The overview page: the map, and the quiet frame around it. */

import { useEffect, useRef } from "preact/hooks";
import { connection } from "../shared/connection";
import { t } from "../shared/language";
import { graphics } from "../shared/map/graphics";
import { KeysPanel } from "../shared/ui/KeysPanel";
import { NoMap } from "../shared/ui/NoMap";
import { Key } from "../shared/ui/parts";
import { DistrictTabs } from "./DistrictTabs";
import { Foot } from "./Foot";
import { BINDINGS } from "./keyboard";
import { LeftPanel } from "./LeftPanel";
import { MapControls } from "./MapControls";
import { createMap } from "./map";
import { RightPanel } from "./RightPanel";
import { SheetTabs } from "./SheetTabs";
import * as state from "./state";
import { TopBar } from "./TopBar";
import { Walk } from "./Walk";
import "./App.css";

export function App() {
  return (
    <div class="page" data-sheet={state.sheet.value ?? "none"} data-offline={connection.value.state === "offline"}>
      <TopBar />
      <main class="stage">
        {/* In the order of the Tab key; what lies above what is for the style sheet. */}
        <DistrictTabs />
        <LeftPanel />
        <RightPanel />
        <MapControls />
        <MapCanvas />
        <KeysPanel shown={state.keysOpen} bindings={BINDINGS} />
        {state.picking.value && (
          <p class="hint" role="status">
            {t("map.pick")} <Key>Esc</Key>
          </p>
        )}
        {state.walking.value && <Walk />}
      </main>
      <SheetTabs />
      <Foot />
      <p class="visually-hidden" aria-live="polite">
        {state.settled.value}
      </p>
    </div>
  );
}

function MapCanvas() {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!container.current) return;
    const drawnBy = graphics();
    if (drawnBy === "none") state.mapFailure.value = "webgl";
    else createMap(container.current, drawnBy);
  }, []);
  useEffect(() => {
    container.current?.querySelector("canvas")?.setAttribute("aria-label", t("map.label"));
  });
  return (
    <>
      <div id="map" class="map" ref={container} tabIndex={-1} />
      <NoMap failure={state.mapFailure.value} ready={state.mapReady} />
    </>
  );
}
