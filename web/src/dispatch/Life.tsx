/** The steps of an incident's life as a row: which are behind it, and where it stands. */

import { t, word } from "../shared/language";
import { StateDial } from "./Mark";

const USUAL = ["reported", "filed", "dispatched", "on_site", "handled", "verified", "closed"];

export function Life({ state }: { state: string }) {
  const at = USUAL.indexOf(state);
  const beside = at < 0 && state !== "" ? [state] : [];
  return (
    <ol class="life" aria-label={t("one.life")}>
      {[...beside, ...USUAL].map((step) => {
        const index = USUAL.indexOf(step);
        const here = step === state;
        return (
          <li key={step} data-done={index >= 0 && index < at} aria-current={here ? "step" : undefined}>
            <StateDial state={step} />
            <span>{word("state", step)}</span>
          </li>
        );
      })}
    </ol>
  );
}
