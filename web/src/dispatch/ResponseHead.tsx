/** The head of each view of the panel: where one is, a way back, a way out. */

import { t } from "../shared/language";
import { IconButton } from "../shared/ui/parts";
import { closePanel, leavePanel } from "./responsePanels";

export function ResponseHead({ title, sub, back }: { title: string; sub?: string; back?: boolean }) {
  return (
    <header class="drawer-head">
      {back && <IconButton icon="left" label={t("response.back")} hint="Esc" onClick={() => void leavePanel()} />}
      <div class="main">
        <h2>{title}</h2>
        {sub && <p>{sub}</p>}
      </div>
      <IconButton icon="close" label={t("response.close")} {...(back ? {} : { hint: "Esc" })} onClick={closePanel} />
    </header>
  );
}
