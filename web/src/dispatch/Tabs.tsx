/** The tabs by state, each with its count. */

import { count } from "../shared/format";
import { t } from "../shared/language";
import * as state from "./state";
import { TAB_NAMES, TABS, type Tab } from "./tabs";

export function chooseTab(tab: Tab): void {
  state.tab.value = tab;
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
            aria-pressed={state.tab.value === tab}
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
