/** What was escalated: how many to one's own centre, above the list; the mark of a row, and a line in the drawer. */

import type { IncidentRow } from "../shared/api";
import { count } from "../shared/format";
import { t } from "../shared/language";
import { Icon } from "../shared/ui/icons";
import { climbed, onlyOurs, switchOnlyOurs, toUs } from "./escalated";
import "./Escalated.css";

/** A switch: nothing else than these is listed. It is there while there are some, or it is on. */
export function EscalatedSwitch() {
  const on = onlyOurs.value;
  const n = toUs.value;
  if (!on && n === 0) return null;
  return (
    <button type="button" class="escalated-switch" data-test="escalated" aria-pressed={on} onClick={switchOnlyOurs}>
      <Icon name="up" />
      <span class="grow">{t("escalated.to_us", { n: count(n) })}</span>
      {on && <Icon name="close" />}
    </button>
  );
}

export function EscalatedMark({ row }: { row: IncidentRow }) {
  const says = climbed(row);
  if (says === null) return null;
  return (
    <span class="row-escalated" title={says}>
      <Icon name="up" />
      <span class="visually-hidden">{says}</span>
    </span>
  );
}

export function EscalatedLine({ row }: { row: IncidentRow }) {
  const says = climbed(row);
  if (says === null) return null;
  return (
    <p class="escalated-line">
      <Icon name="up" />
      {says}
    </p>
  );
}
