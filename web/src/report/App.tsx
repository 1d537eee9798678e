/** The report page: one task per screen, the thumb at the bottom. */

import { useEffect, useRef } from "preact/hooks";
import { connection } from "../shared/connection";
import { chooseLanguage, language, t } from "../shared/language";
import { known } from "../shared/remote";
import { chooseTheme, theme } from "../shared/theme";
import { ConnectionChip } from "../shared/ui/ConnectionChip";
import { Icon } from "../shared/ui/icons";
import { Empty, Failed, IconButton, Segmented, Waiting } from "../shared/ui/parts";
import { SignIn } from "../shared/ui/SignIn";
import { Answer } from "./Answer";
import { Details } from "./Details";
import * as state from "./state";
import { What } from "./What";
import { Where } from "./Where";
import "../shared/ui/top.css";
import "./App.css";

export function App() {
  return (
    <div class="report">
      <Head />
      <Body />
    </div>
  );
}

function Body() {
  const { session, form } = { session: state.session.value, form: state.form.value };
  const me = known(session);
  if (!me && session.status === "failed")
    return (
      <main>
        <Failed failure={session.failure} onRetry={() => void state.readSession()} />
      </main>
    );
  if (!me) return <Waiting rows={4} label={t("page.report")} />;
  if (me.role === null)
    return (
      <main>
        <SignIn onDone={state.readSession} />
      </main>
    );
  if (!state.mayReport.value)
    return (
      <main>
        <Empty title={t("report.cannot")} help={t("report.cannot_help")} />
      </main>
    );
  if (form.answer) return <Answer answer={form.answer} />;
  if (form.step === "where") return <Where />;
  return form.step === "what" ? <What /> : <Details />;
}

function Head() {
  const { step, answer, pending } = state.form.value;
  const at = state.STEPS.indexOf(step);
  const back = at > 0 && !answer && !pending ? state.STEPS[at - 1] : null;
  return (
    <header class="report-head">
      {back ? (
        <IconButton icon="left" label={t("report.back")} onClick={() => state.change({ step: back })} />
      ) : (
        <a class="icon-button" href="/" aria-label={t("page.overview")} title={t("page.overview")}>
          <Icon name="close" />
        </a>
      )}
      <h1>{t("page.report")}</h1>
      {!answer && (
        <span class="dim number">
          {at + 1}/{state.STEPS.length}
        </span>
      )}
      <div class="grow" />
      {connection.value.state === "offline" && <ConnectionChip />}
      <Segmented
        label={t("language.label")}
        value={language.value}
        options={[
          { value: "zh", label: "中", lang: "zh-CN" },
          { value: "en", label: "EN", lang: "en" },
        ]}
        onChoose={chooseLanguage}
      />
      <IconButton
        icon={theme.value === "dark" ? "sun" : "moon"}
        label={t(theme.value === "dark" ? "theme.to_light" : "theme.to_dark")}
        onClick={() => chooseTheme(theme.value === "dark" ? "light" : "dark")}
      />
    </header>
  );
}

/** The heading of a screen: focus goes there, so that whoever does not see the page hears that it is another. */
export function Question({ title, help }: { title: string; help?: string | undefined }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div class="question">
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {help && <p>{help}</p>}
    </div>
  );
}
