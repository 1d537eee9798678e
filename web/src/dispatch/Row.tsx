/** One incident of the list: what, where and whose, how long still, and how far it is. */

import type { IncidentRow } from "../shared/api";
import { t, word } from "../shared/language";
import { dropKey } from "./drag";
import { EscalatedMark } from "./Escalated";
import { Mark, StateDial } from "./Mark";
import { RowMark } from "./ResponseChip";
import * as state from "./state";
import { TimeLeft } from "./TimeLeft";
import { placeOf, titleOf } from "./words";

export const ROW_PX = 57;

export function Row(props: { row: IncidentRow; id: string; index: number; size: number; onOpen: () => void }) {
  const { row, id, index, size } = props;
  const selected = state.selected.value === id;
  const left = state.gone.value.has(id);
  const changed = state.changed.value.has(id);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus
    <div
      id={`row-${id}`}
      class="incident"
      role="option"
      aria-selected={selected}
      aria-posinset={index + 1}
      aria-setsize={size}
      data-key={id}
      data-left={left}
      data-drop={dropKey.value === id}
      style={{ transform: `translateY(${index * ROW_PX}px)` }}
      onClick={() => state.select(id)}
      onDblClick={props.onOpen}
    >
      <Mark row={row} />
      <div class="main">
        <b class="cut">{titleOf(row)}</b>
        <span class="sub cut">
          {placeOf(row)}
          {row.department && <> · {word("department", row.department)}</>}
        </span>
      </div>
      <EscalatedMark row={row} />
      <RowMark row={row} />
      <div class="side" data-changed={changed}>
        <TimeLeft row={row} />
        <span class="sub state">
          <StateDial state={row.state ?? ""} />
          {word("state", row.state ?? "")}
        </span>
      </div>
      {left && <span class="visually-hidden">{t("desk.left")}</span>}
    </div>
  );
}
