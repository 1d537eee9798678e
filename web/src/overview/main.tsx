/** The overview page starts here. */

import "../../../layers/tokens.css";
import "../shared/base.css";
import "../shared/words/page";
import "../shared/words/account";
import "../shared/words/sets";
import "../shared/words/map";
import "../shared/words/layers";
import "../shared/words/place";
import "../shared/words/things";
import { effect, untracked } from "@preact/signals";
import { render } from "preact";
import { readSession, watchAccount } from "../shared/account";
import { comebacks, watch } from "../shared/connection";
import { loadFonts } from "../shared/fonts";
import { language, nameOf, t } from "../shared/language";
import { fetchStyleEarly } from "../shared/map/style";
import { symbolSheet } from "../shared/map/symbols";
import { theme } from "../shared/theme";
import { App } from "./App";
import { listen } from "./keyboard";
import { keepLink } from "./link";
import * as state from "./state";
import { tell } from "./window";

tell();
void loadFonts();
symbolSheet(theme.peek()).catch(() => undefined);
fetchStyleEarly(theme.peek(), language.peek());

effect(() => {
  document.documentElement.lang = language.value === "zh" ? "zh-CN" : "en";
  document.title = state.district.value
    ? `${nameOf(state.district.value)} · ${t("page.overview")} · Gridscape`
    : `${t("page.overview")} · Gridscape`;
});

effect(() => {
  comebacks.value;
  void state.loadDistricts();
  untracked(() => void readSession());
});
effect(() => {
  comebacks.value;
  if (state.districtSlug.value) void state.loadLayers();
});
effect(() => {
  if (!comebacks.value) return;
  if (state.hits.peek().status === "failed") void state.runSearch();
  if (state.located.peek().status === "failed") void state.readPlace();
});
if (state.opened.place) void state.readPlace();

listen();
keepLink();
watch();
watchAccount();

const root = document.getElementById("app");
if (root) render(<App />, root);
