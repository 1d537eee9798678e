/** The incidents of one point that are too many to spread: a list over the map. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { count } from "../shared/format";
import { t } from "../shared/language";
import { useReturn } from "../shared/ui/layer";
import { IconButton } from "../shared/ui/parts";
import { closePoint } from "./atPoint";
import { keyOf } from "./filter";
import { Mark } from "./Mark";
import * as state from "./state";
import { TimeLeft } from "./TimeLeft";
import { placeOf, titleOf } from "./words";
import "./HereList.css";

export function HereList() {
  const first = useRef<HTMLButtonElement>(null);
  const here = state.here.value;
  const shown = here !== null;
  useReturn(shown);
  useLayoutEffect(() => {
    if (shown) first.current?.focus();
  }, [shown]);
  if (!here) return null;
  const [n, m] = [here.total, here.rows.length];
  const title = m < n ? t("desk.here_most", { n: count(n), m: count(m) }) : t("desk.here", { n: count(n) });
  return (
    <section class="here" aria-label={title}>
      <header>
        <b>{title}</b>
        <IconButton icon="close" label={t("keys.back")} hint="Esc" onClick={closePoint} />
      </header>
      <ul>
        {here.rows.map((row, index) => {
          const key = keyOf(row);
          return (
            <li key={key}>
              <button
                type="button"
                ref={index === 0 ? first : null}
                data-key={key}
                aria-pressed={state.selected.value === key}
                onClick={() => state.select(key)}
              >
                <Mark row={row} />
                <span class="main">
                  <b class="cut">{titleOf(row)}</b>
                  <span class="sub cut">{placeOf(row)}</span>
                </span>
                <TimeLeft row={row} />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
