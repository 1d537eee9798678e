/** Responses in the bar above everything, in a row of the list, and in the drawer of an incident that lies in one. */

import type { IncidentRow } from "../shared/api";
import { pick, t } from "../shared/language";
import { known } from "../shared/remote";
import { Icon } from "../shared/ui/icons";
import { now } from "./clock";
import { enterPanel } from "./responsePanels";
import { dayOf } from "./responseShape";
import { active, around, board, keyOf, lookAt, looked, making, titleOf } from "./responses";
import * as state from "./state";
import "./Responses.css";

export function ResponseChip() {
  if (!known(board.value)) return null;
  const on = active.value;
  const [first] = on;
  const open = state.responsesOpen.value;
  const many = on.length > 1 ? t("response.chip_many", { n: on.length }) : null;
  const text = first ? (many ?? titleOf(first, now.value)) : t("response.chip_none");
  return (
    <button
      type="button"
      class="response-chip"
      data-on={on.length > 0}
      aria-expanded={open}
      aria-label={first && many ? `${many}: ${titleOf(first, now.value)}` : text}
      title={text}
      onClick={() => {
        if (open) {
          state.responsesOpen.value = false;
          return;
        }
        if (!making.value) looked.value = on.length === 1 && first ? keyOf(first) : null;
        enterPanel();
      }}
    >
      <i class="hatch" />
      <span>{text}</span>
    </button>
  );
}

/** The responses in which an incident lies, each a way to it. */
export function InResponse({ row }: { row: IncidentRow }) {
  const found = around(row);
  if (!found.length) return null;
  return (
    <ul class="in-response">
      {found.map((one) => (
        <li key={keyOf(one)}>
          <button
            type="button"
            onClick={() => {
              state.select(null);
              lookAt(keyOf(one));
              enterPanel();
            }}
          >
            <i class="hatch" />
            <span class="grow">
              {t("response.incident", {
                level: pick(one.level_name),
                day: t("response.day", { n: dayOf(one.opened_at, now.value) }),
              })}
            </span>
            <Icon name="right" />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The mark in a row of the list: the hatch of the map. */
export function RowMark({ row }: { row: IncidentRow }) {
  const [first] = around(row);
  if (!first) return null;
  const says = t("response.incident_mark", { level: pick(first.level_name) });
  return (
    <span class="row-response" title={says}>
      <i class="hatch" />
      <span class="visually-hidden">{says}</span>
    </span>
  );
}
