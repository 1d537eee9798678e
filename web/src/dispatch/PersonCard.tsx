/** Somebody on duty whose disc was chosen on the map: how old their position is, what they have, and sending them. */

import "../shared/words/near";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t, word } from "../shared/language";
import { useLayer, useReturn } from "../shared/ui/layer";
import { IconButton } from "../shared/ui/parts";
import { factsOf } from "./CandidateList";
import { person, verdictOf } from "./drag";
import { initial } from "./nearMap";
import { letGo } from "./sending";
import * as state from "./state";
import "./HereList.css";
import "./PersonCard.css";

function close(): void {
  state.person.value = null;
}

export function PersonCard() {
  const first = useRef<HTMLElement>(null);
  const account = state.person.value;
  const one = account === null ? null : person(account);
  const shown = one !== null;
  useLayer(shown, close);
  useReturn(shown);
  useLayoutEffect(() => {
    if (shown) first.current?.focus();
  }, [shown, account]);
  if (!one) return null;
  const key = state.selected.value;
  const verdict = key === null ? null : verdictOf(one, { key, at: null });
  return (
    <section
      ref={first}
      class="here person-card"
      id="person"
      tabIndex={-1}
      aria-label={one.name}
      data-account={one.account}
    >
      <header>
        <i class="near-disc" data-freshness={one.freshness} aria-hidden="true">
          {initial(one.name)}
        </i>
        <span class="near-who">
          <b class="cut">{one.name}</b>
          {one.department && <small>{word("department", one.department)}</small>}
        </span>
        <IconButton icon="close" label={t("keys.back")} hint="Esc" onClick={close} />
      </header>
      <p>{factsOf(one)}</p>
      <p class="dim" role="status">
        {verdict ? verdict.text : t("near.select_first")}
      </p>
      <button
        type="button"
        class="button primary"
        disabled={key === null || verdict?.kind === "no"}
        onClick={() => {
          close();
          if (key !== null) void letGo(one, { key, at: null });
        }}
      >
        {t("near.send")}
      </button>
    </section>
  );
}
