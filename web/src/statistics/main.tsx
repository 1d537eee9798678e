/** The statistics page starts here. */

import "../../../layers/tokens.css";
import "../shared/base.css";
import "../shared/words/page";
import "../shared/words/account";
import "../shared/words/sets";
import "../shared/words/statistics";
import { effect, untracked } from "@preact/signals";
import { render } from "preact";
import { readSession, watchAccount } from "../shared/account";
import { comebacks, connection, watch } from "../shared/connection";
import { loadFonts } from "../shared/fonts";
import { language, nameOf, otherLanguage, t } from "../shared/language";
import { known } from "../shared/remote";
import { singleKeys } from "../shared/singleKeys";
import { otherTheme, theme } from "../shared/theme";
import { takesLetters } from "../shared/typing";
import { expose } from "../shared/window";
import { App } from "./App";
import { keepLink } from "./link";
import * as state from "./state";

// A link that was shared says how it looks; it does not change what this person chose for other visits.
if (state.opened.language) language.value = state.opened.language;
if (state.opened.theme) theme.value = state.opened.theme;

void loadFonts();
effect(() => {
  document.documentElement.lang = language.value === "zh" ? "zh-CN" : "en";
  const where = state.district.value ? `${nameOf(state.district.value)} · ` : "";
  document.title = `${where}${t("page.statistics")} · Gridscape`;
});

expose(
  () => ({
    ready: state.nobody.value || state.counted.value.status === "ready" || state.counted.value.status === "failed",
    status: state.counted.value.status,
    asked: state.asked.value,
    sort: state.sort.value,
    down: state.down.value,
    told: known(state.counted.value),
    nobody: state.nobody.value,
    connection: connection.value.state,
  }),
  () => state.counted.value.status === "ready",
);

effect(() => {
  comebacks.value;
  untracked(() => {
    void readSession();
    void state.readDistricts();
  });
});
// Another question, or another who asks, is another answer; after a failure it is asked again once the server answers.
effect(() => {
  state.asked.value;
  comebacks.value;
  if (state.who.value === null) return;
  untracked(() => void state.read());
});
keepLink();
watch();
watchAccount();

addEventListener("keydown", (event) => {
  if (takesLetters(event.target) || event.ctrlKey || event.metaKey || event.altKey || !singleKeys.value) return;
  const key = event.key.toLowerCase();
  if (key === "r") void state.read();
  else if (key === "t") otherTheme();
  else if (key === "e") otherLanguage();
  else return;
  event.preventDefault();
});

const root = document.getElementById("app");
if (root) render(<App />, root);
