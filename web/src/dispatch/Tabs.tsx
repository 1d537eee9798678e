/** The tabs by state, each with its count. */

import { batch } from "@preact/signals";
import { count } from "../shared/format";
import { t } from "../shared/language";
import * as state from "./state";
import { TAB_NAMES, TABS, type Tab } from "./tabs";

export function chooseTab(tab: Tab): void {
  batch(() => {
    state.tab.value = tab;
    state.narrow({ state: null });
  });
}

export function Tabs() {
  const tally = state.tally.value;
  return (
    <nav class="state-tabs" aria-label={t("desk.tabs")}>
      {TAB_NAMES.map((tab) => {
        const n = TABS[tab].reduce((sum, each) => sum + (tally[each] ?? 0), 0);
        return (
          <button
            key={tab}
            type="button"
            data-tab={tab}
            aria-pressed={state.tab.value === tab && state.filters.value.state === null}
            onClick={() => chooseTab(tab)}
          >
            <b>{count(n)}</b>
            <span>{t(`desk.tab.${tab}`)}</span>
          </button>
        );
      })}
    </nav>
  );
}
