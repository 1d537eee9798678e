/** Right: the layers with their legends, and the table of what is in view. */

import { t } from "../shared/language";
import { IconButton, Segmented } from "../shared/ui/parts";
import { InViewTable } from "./InViewTable";
import { Layers } from "./Layers";
import { closeRight, rightShown } from "./panels";
import * as state from "./state";
import "../shared/ui/panel.css";

export function RightPanel() {
  const tab = state.rightTab.value;
  return (
    <section
      class="panel right"
      hidden={!rightShown.value}
      aria-label={t(tab === "layers" ? "layers.title" : "view.title")}
    >
      <header class="panel-head">
        <Segmented
          label={t("layers.title")}
          value={tab}
          options={[
            { value: "layers", label: t("layers.title"), hint: "L" },
            { value: "view", label: t("view.title"), hint: "V" },
          ]}
          onChoose={(chosen) => {
            state.rightTab.value = chosen;
            if (state.sheet.value) state.sheet.value = chosen;
          }}
        />
        <div class="grow" />
        <IconButton
          icon="right"
          label={t("layers.close")}
          hint="]"
          onClick={() => {
            closeRight();
            state.sheet.value = null;
          }}
        />
      </header>
      <div class="scroll">{tab === "layers" ? <Layers /> : <InViewTable />}</div>
    </section>
  );
}
