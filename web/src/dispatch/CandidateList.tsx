/** Who can be sent, with a digit each; the first is preselected, and nobody is sent unasked. */

import type * as api from "../shared/api";
import { t } from "../shared/language";
import { Key } from "../shared/ui/parts";
import { candidates } from "./candidates";
import * as state from "./state";

export function CandidateList({ one }: { one: api.Incident }) {
  if (!one.acts.some((act) => act.act === "dispatch")) return null;
  const found = candidates(one);
  if (!found.length) return null;
  return (
    <section class="section">
      <h3 id="who">{t("one.to")}</h3>
      <fieldset class="candidates" aria-labelledby="who">
        {found.map((candidate, index) => (
          <button
            key={`${candidate.responder}/${candidate.department}`}
            type="button"
            aria-pressed={state.chosen.value === index}
            onClick={() => {
              state.chosen.value = index;
            }}
          >
            <Key>{index + 1}</Key>
            <b class="cut">{candidate.name}</b>
            <span class="dim">{candidate.why}</span>
          </button>
        ))}
      </fieldset>
    </section>
  );
}
