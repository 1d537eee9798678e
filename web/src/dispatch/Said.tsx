/** What has just happened, for eight seconds, bottom left of the map. */

import { connection } from "../shared/connection";
import { t } from "../shared/language";
import { Key } from "../shared/ui/parts";
import { undo } from "./acts";
import { said } from "./said";
import "./Said.css";

export function Said() {
  const last = said.value;
  return (
    <div class="said-place" role="status">
      {last && (
        <p class="said" data-test="said">
          <span>{last.text}</span>
          {last.undo && (
            <button
              type="button"
              class="textual"
              disabled={connection.value.state === "offline"}
              onClick={() => void undo()}
            >
              {t("said.undo")} <Key>U</Key>
            </button>
          )}
        </p>
      )}
    </div>
  );
}
