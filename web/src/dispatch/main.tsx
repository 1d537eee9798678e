/** The desk starts here. */

import "../../../layers/tokens.css";
import "../shared/base.css";
import "../shared/words/page";
import "../shared/words/account";
import "../shared/words/sets";
import "../shared/words/map";
import "../shared/words/desk";
import "../shared/words/alert";
import "../shared/words/people";
import "../shared/words/response";
import { effect, untracked } from "@preact/signals";
import { render } from "preact";
import { watchAccount } from "../shared/account";
import { comebacks, watch } from "../shared/connection";
import { loadFonts } from "../shared/fonts";
import { language, nameOf, t } from "../shared/language";
import { fetchStyleEarly } from "../shared/map/style";
import { known } from "../shared/remote";
import { theme } from "../shared/theme";
import { App, fetchPanels } from "./App";
import { settle, sweep } from "./board";
import { clockOf, now, startTicking } from "./clock";
import { readDemo } from "./demo";
import { readDetail } from "./detail";
import { fetchHands } from "./handsLater";
import { keepLink } from "./link";
import * as live from "./live";
import { readSymbols } from "./Mark";
import { readNear, readNearSoon, watchNear } from "./near";
import { watchOnDuty } from "./onDuty";
import { follow as followPicture } from "./picture";
import { followResponses } from "./responses";
import { followScope, loadSession } from "./scope";
import * as state from "./state";
import { tell } from "./window";
import { placeOf, titleOf } from "./words";

tell();
void loadFonts();
fetchStyleEarly(theme.peek(), language.peek());

effect(() => {
  document.documentElement.lang = language.value === "zh" ? "zh-CN" : "en";
  const where = state.district.value ? `${nameOf(state.district.value)} · ` : "";
  document.title = `${where}${t("page.dispatch")} · Gridscape`;
});
effect(() => {
  comebacks.value;
  void readSymbols();
});
effect(() => {
  comebacks.value;
  void state.loadDistricts();
});
effect(() => {
  comebacks.value;
  void readDemo();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) void readDemo();
});
effect(() => {
  comebacks.value;
  const slug = state.filters.value.district;
  const first = slug ?? known(state.districts.value)?.[0]?.slug;
  if (first && known(state.layers.peek()) === null) void state.loadLayers(first);
});
// Who comes back, or signs in, may be another: whose board it is is asked again.
effect(() => {
  comebacks.value;
  state.nobody.value;
  untracked(() => void loadSession());
});
// Another filter is another board; after a failure it is tried again once the server answers.
effect(() => {
  state.filters.value;
  state.tab.value;
  untracked(() => void live.start());
});
effect(() => {
  if (comebacks.value && state.boardStatus.peek() === "failed") untracked(() => void live.start());
});

effect(() => {
  state.selected.value;
  untracked(() => {
    sweep();
    settle();
    void readDetail();
    void readNear();
  });
});
effect(() => {
  if (!comebacks.value) return;
  untracked(() => {
    void readDetail();
    void readNear();
  });
});
// Who has just signed in may see what the address named.
let wasNobody = false;
effect(() => {
  if (wasNobody && !state.nobody.value) untracked(() => void readDetail());
  wasNobody = state.nobody.value;
});
live.onTold(readNearSoon);

// What runs out while one looks is said, once.
const overdue = new Set<string>();
let begun = false;
effect(() => {
  const at = now.value;
  for (const [key, row] of untracked(() => state.rows.value)) {
    if (clockOf(row, at).state !== "overdue" || overdue.has(key)) continue;
    overdue.add(key);
    if (begun) state.assertive.value = t("desk.overdue_now", { name: titleOf(row), place: placeOf(row) });
  }
  begun ||= overdue.size > 0;
});

startTicking();
watchNear();
followScope();
followResponses();
watchOnDuty();
followPicture();
keepLink();
watch();
watchAccount();

const root = document.getElementById("app");
if (root) render(<App />, root);
fetchHands();
// asked for once the list has been, and begun when that stands
import("./map").catch(() => undefined);
let fetched = false;
effect(() => {
  if (fetched || !state.mapReady.value) return;
  fetched = true;
  fetchPanels();
});
