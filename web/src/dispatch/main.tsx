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
import { computed, effect, untracked } from "@preact/signals";
import { render } from "preact";
import { session, watchAccount } from "../shared/account";
import { comebacks, watch } from "../shared/connection";
import { loadFonts } from "../shared/fonts";
import { language, nameOf, t } from "../shared/language";
import { fetchStyleEarly } from "../shared/map/style";
import { forget, known } from "../shared/remote";
import { theme } from "../shared/theme";
import { App, fetchPanels } from "./App";
import { settle, sweep } from "./board";
import { startTicking } from "./clock";
import { readDemo } from "./demo";
import { readDetail } from "./detail";
import { fetchHands } from "./handsLater";
import { keepLink } from "./link";
import * as live from "./live";
import { readSymbols } from "./Mark";
import { read as near, readNear, readNearSoon, watchNear } from "./near";
import { readOnDuty, watchOnDuty } from "./onDuty";
import { followTime } from "./overdue";
import { firstPainted } from "./painted";
import { follow as followPicture } from "./picture";
import { followResponses, readResponses, board as responses, whole } from "./responses";
import { followScope, loadSession } from "./scope";
import * as state from "./state";
import { tell } from "./window";

tell();
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
// Who is another sees nothing of what was read for the one before.
const whose = computed(() => {
  const me = known(session.value);
  return me?.account ? `${me.account} ${me.scope.map((each) => each.path).join(" ")}` : null;
});
let before: string | null = null;
effect(() => {
  const who = whose.value;
  const another = before !== null && who !== null && who !== before;
  before = who ?? before;
  if (!another) return;
  untracked(() => {
    forget(state.detail);
    forget(near);
    forget(responses);
    forget(whole);
    void readDetail();
    void readNear();
    void readOnDuty(true);
    void readResponses();
  });
});

// Another filter is another board; after a failure it is tried again once the server answers.
effect(() => {
  state.filters.value;
  state.tab.value;
  state.boardStale.value;
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
// Nobody is told no more of what somebody saw; who has just signed in may see what the address named.
let wasNobody = false;
effect(() => {
  if (wasNobody === state.nobody.value) return;
  wasNobody = state.nobody.value;
  untracked(() => {
    void readDetail();
    void readNear();
  });
});
live.onTold(readNearSoon);

startTicking();
followTime();
live.watchStream();
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
// what the first rows can do without comes after them: on a slow machine it would keep them waiting
void firstPainted().then(() => {
  void loadFonts();
  fetchHands();
});
let fetched = false;
effect(() => {
  if (fetched || !state.mapReady.value) return;
  fetched = true;
  fetchPanels();
});
