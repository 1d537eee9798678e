/** The report page starts here. */

import "../../../layers/tokens.css";
import "../shared/base.css";
import "../shared/words/page";
import "../shared/words/account";
import "../shared/words/map";
import "../shared/words/photo";
import "../shared/words/report";
import { effect } from "@preact/signals";
import { render } from "preact";
import { readSession, session, watchAccount } from "../shared/account";
import { connection, watch } from "../shared/connection";
import { loadFonts } from "../shared/fonts";
import { language, t } from "../shared/language";
import { remembered } from "../shared/memory";
import { theme } from "../shared/theme";
import { expose } from "../shared/window";
import { App } from "./App";
import { goOn } from "./send";
import * as state from "./state";

// Read in the sun: light, unless somebody chose otherwise.
const parameters = new URLSearchParams(location.search);
const [inTheme, inLanguage] = [parameters.get("theme"), parameters.get("lang")];
if (inTheme === "dark" || inTheme === "light") theme.value = inTheme;
else if (remembered("theme") === null) theme.value = "light";
if (inLanguage === "zh" || inLanguage === "en") language.value = inLanguage;

void loadFonts();
effect(() => {
  document.documentElement.lang = language.value === "zh" ? "zh-CN" : "en";
  document.title = `${t("page.report")} · Gridscape`;
});

expose(
  () => ({
    ready: session.value.status === "ready",
    map: state.mapReady.value,
    step: state.form.value.step,
    place: state.place.value,
    device: state.device.value,
    owner: state.responsible.value?.code ?? null,
    located: state.located.value.status,
    candidates: state.candidates.value.map(({ code }) => code),
    stated: state.stated.value,
    list: state.list.value.status,
    kind: state.form.value.kind,
    note: state.form.value.note,
    photo: state.form.value.photo,
    sending: state.sending.value,
    answer: state.form.value.answer?.code ?? null,
    whole: state.whole.value.status,
    connection: connection.value.state,
  }),
  () => session.value.status === "ready",
);

void readSession();
void state.readPhoto().then(goOn);
watch();
watchAccount();

const root = document.getElementById("app");
if (root) render(<App />, root);
