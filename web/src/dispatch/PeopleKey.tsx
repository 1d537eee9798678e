/** Who is on duty, in the layers and in the legend of the map. */

import { t } from "../shared/language";
import { onDuty, peopleOn } from "./onDuty";
import * as state from "./state";
import "./Held.css";

export function PeopleSwitch() {
  return (
    <label class="switch-line" data-layer="people" title={t("people.drag_help")}>
      <input
        type="checkbox"
        role="switch"
        checked={peopleOn.value}
        aria-checked={peopleOn.value}
        onChange={(event) => state.switchLayer(state.PEOPLE, event.currentTarget.checked)}
      />
      <span class="track" />
      {t("people.title")}
    </label>
  );
}

export function PeopleKey() {
  const told = onDuty.value;
  if (!told) return null;
  const shown = told.responders.length;
  return (
    <span class="people-key dim" title={`${t("people.fade")}. ${t("people.drag_help")}`} data-test="people-key">
      <i aria-hidden="true" />
      {shown < told.placed
        ? t("people.legend_some", { m: shown, n: told.placed })
        : t("people.legend", { n: told.on_duty })}
    </span>
  );
}
