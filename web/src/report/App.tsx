/** The report page: one task per screen, the thumb at the bottom. */

import { computed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { readSession, session } from "../shared/account";
import { connection } from "../shared/connection";
import { t } from "../shared/language";
import { known } from "../shared/remote";
import { Account } from "../shared/ui/Account";
import { ConnectionChip } from "../shared/ui/ConnectionChip";
import { Icon } from "../shared/ui/icons";
import { Empty, Failed, IconButton, Waiting } from "../shared/ui/parts";
import { SignIn } from "../shared/ui/SignIn";
import { Tools } from "../shared/ui/Tools";
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

/** Something was written that nobody has yet. */
const unsent = computed(() => {
  const { answer, kind, note, photo } = state.form.value;
  return answer === null && (kind !== null || note !== "" || photo === "with");
});

async function signedIn(): Promise<void> {
  await readSession();
}

function Body() {
  const form = state.form.value;
  const asked = session.value;
  const me = known(asked);
  if (!me && asked.status === "failed")
    return (
      <main>
        <Failed failure={asked.failure} onRetry={() => void readSession()} />
      </main>
    );
  if (!me) return <Waiting rows={4} label={t("page.report")} />;
  if (me.role === null)
    return (
      <main>
        <SignIn onDone={signedIn} />
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
      <Tools keys={false} />
      <Account>{unsent.value && <p class="refused">{t("report.out_erases")}</p>}</Account>
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
