/** The desk: list, map and drawer, and the quiet frame around them. */

import { connection } from "../shared/connection";
import { t } from "../shared/language";
import { later } from "../shared/ui/later";
import { Foot } from "./Foot";
import { hands } from "./handsLater";
import { List } from "./List";
import { MapPane } from "./MapPane";
import { floating, tabbed } from "./panels";
import * as state from "./state";
import { TopBar } from "./TopBar";
import "./App.css";

const drawer = () => import("./Drawer").then((module) => module.Drawer);
const responses = () => import("./ResponsePanel").then((module) => module.ResponsePanel);
const Drawer = later(drawer, { id: "drawer", className: "drawer", label: () => t("one.title") });
const ResponsePanel = later(responses, {
  id: "responses",
  className: "drawer responses",
  label: () => t("response.title"),
});

const REST_MS = 300;

/** Once the page is at rest, what a click may need is fetched: a desk stays open longer than a release lasts. */
export function fetchPanels(): void {
  setTimeout(() => {
    for (const load of [drawer, responses]) load().catch(() => undefined);
  }, REST_MS);
}

export function App() {
  const Hands = hands.value?.Hands;
  const panel = state.responsesOpen.value;
  const open = !state.nobody.value && (panel || state.selected.value !== null);
  // in a narrow window too, who has to sign in first sees where
  const listed = floating.value || !open;
  return (
    <div class="desk" data-offline={connection.value.state === "offline"} data-side={state.side.value}>
      <TopBar />
      <main class="desk-main">
        {listed && <List />}
        {open && (floating.value || !listed) && (panel ? <ResponsePanel /> : <Drawer />)}
        <MapPane />
        {Hands && <Hands />}
      </main>
      {tabbed.value && <Sides />}
      <Foot />
      <p class="visually-hidden" aria-live="polite">
        {state.polite.value}
      </p>
      <p class="visually-hidden" aria-live="assertive">
        {state.assertive.value}
      </p>
    </div>
  );
}

function Sides() {
  return (
    <nav class="sides" aria-label={t("page.dispatch")}>
      {(["list", "map"] as const).map((side) => (
        <button
          key={side}
          type="button"
          aria-pressed={state.side.value === side}
          onClick={() => {
            state.side.value = side;
          }}
        >
          {t(side === "list" ? "desk.tab_list" : "map.name")}
        </button>
      ))}
    </nav>
  );
}
