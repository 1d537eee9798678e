/** On a phone the panels are sheets, one at a time, behind tabs at the bottom. */

import { t } from "../shared/language";
import { openLeft } from "./panels";
import type { Sheet } from "./state";
import * as state from "./state";
import "./SheetTabs.css";

export function SheetTabs() {
  const tabs: { value: Sheet | null; label: string }[] = [
    { value: null, label: t("sheet.map") },
    { value: "place", label: t("sheet.place") },
    { value: "layers", label: t("sheet.layers") },
    { value: "view", label: t("sheet.view") },
  ];
  return (
    <nav class="sheet-tabs" aria-label={t("app.name")}>
      {tabs.map((tab) => (
        <button
          key={tab.label}
          type="button"
          aria-pressed={state.sheet.value === tab.value}
          onClick={() => {
            state.sheet.value = tab.value;
            if (tab.value === "place") openLeft();
            if (tab.value === "layers" || tab.value === "view") state.rightTab.value = tab.value;
          }}
        >
          {tab.label}
        </button>
      ))}
    </nav>
  );
}
