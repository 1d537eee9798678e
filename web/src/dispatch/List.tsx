/** The list: the pressing ones first, only what is in view drawn, and nothing moved while it is read. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { count } from "../shared/format";
import { t } from "../shared/language";
import { Empty, Failed, Key, Waiting } from "../shared/ui/parts";
import { arrange, readingFromTop, showNew } from "./board";
import { goToSelected } from "./camera";
import { EscalatedSwitch } from "./Escalated";
import { Filters, filterNames } from "./Filters";
import { morePressing } from "./filter";
import * as live from "./live";
import { enterDrawer } from "./panels";
import { ROW_PX, Row } from "./Row";
import { SignIn } from "./SignIn";
import * as state from "./state";
import { Tabs } from "./Tabs";
import { MOST } from "./tally";
import "./List.css";

export function List() {
  return (
    <section class="list" aria-label={t("desk.list")}>
      <Tabs />
      <Filters />
      <EscalatedSwitch />
      <Most />
      <NotRead />
      <NewBar />
      <Rows />
    </section>
  );
}

/** Not all of them are listed. */
function Most() {
  const n = state.matched.value;
  if (n <= MOST) return null;
  return <p class="most-rows dim">{t("desk.too_many", { n: count(n), m: count(MOST) })}</p>;
}

/** What is listed is not what there is, or not what was asked for. */
function NotRead() {
  const failure = state.boardFailure.value;
  if (!failure || !state.order.value.length) return null;
  return (
    <div class="not-read" role="alert" data-test="not-read">
      <p>
        <b>{t(state.boardOther.value ? "desk.old_filter" : "desk.old_rows")}</b>{" "}
        {failure.problem.problem ?? t(failure.offline ? "error.network" : "error.title")}
      </p>
      <button type="button" class="button" onClick={() => void live.start()}>
        {t("error.retry")}
      </button>
    </div>
  );
}

function NewBar() {
  const waiting = state.behind.value.size;
  if (!waiting) return null;
  const rows = state.rows.value;
  const first = rows.get(state.order.value[0] ?? "");
  const above = [...state.behind.value].every((key) => {
    const row = rows.get(key);
    return row && first && morePressing(row, first) < 0;
  });
  return (
    <button type="button" class="new-bar" data-test="new-bar" aria-label={t("desk.show_new")} onClick={showNew}>
      <i />
      <span role="status">{t(above ? "desk.new_above" : "desk.new", { n: waiting })}</span>
      <span class="grow" />
      <Key>.</Key>
    </button>
  );
}

/** Rows drawn beyond each end of what is in view. */
const SPARE = 8;

function Rows() {
  const root = useRef<HTMLDivElement>(null);
  const window_ = useSignal({ first: 0, last: 30 });
  const order = state.order.value;
  const selected = state.selected.value;

  useEffect(() => {
    const list = root.current;
    if (!list) return;
    const measure = (): void => {
      const first = Math.max(0, Math.floor(list.scrollTop / ROW_PX) - SPARE);
      const last = Math.ceil((list.scrollTop + list.clientHeight) / ROW_PX) + SPARE;
      if (first !== window_.peek().first || last !== window_.peek().last) window_.value = { first, last };
      readingFromTop(list.scrollTop < ROW_PX / 2);
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(list);
    list.addEventListener("scroll", measure, { passive: true });
    return () => {
      watch.disconnect();
      list.removeEventListener("scroll", measure);
    };
  }, [window_]);

  // The selected row is brought into view when the selection moves, not when the list changes.
  useEffect(() => {
    const list = root.current;
    const index = selected === null ? -1 : state.order.peek().indexOf(selected);
    if (!list || index < 0) return;
    const [top, bottom] = [index * ROW_PX, (index + 1) * ROW_PX];
    if (top < list.scrollTop) list.scrollTop = top;
    else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
  }, [selected, state.boardStatus.value]);

  const { first, last } = window_.value;
  const drawn = order.slice(first, last);
  const open = (): void => {
    goToSelected();
    enterDrawer();
  };
  return (
    <div class="rows-scroll" id="list" ref={root} data-status={state.boardStatus.value}>
      <div
        role="listbox"
        id="incidents"
        tabIndex={0}
        aria-label={t("desk.list")}
        aria-busy={state.boardLate.value}
        aria-activedescendant={selected !== null && drawn.includes(selected) ? `row-${selected}` : undefined}
        style={{ height: `${order.length * ROW_PX}px` }}
      >
        {drawn.map((key, offset) => {
          const row = state.rows.value.get(key);
          return row && <Row key={key} id={key} row={row} index={first + offset} size={order.length} onOpen={open} />;
        })}
      </div>
      {order.length === 0 && <NoRows />}
    </div>
  );
}

function NoRows() {
  if (state.boardStatus.value === "loading") return <Waiting rows={12} label={t("desk.loading")} />;
  const failure = state.boardFailure.value;
  if (state.nobody.value) return <SignIn />;
  if (failure) return <Failed failure={failure} onRetry={() => void live.start()} />;
  const hiding = state.narrowing.value;
  if (!hiding.length) return <Empty title={t("desk.empty")} help={t("desk.empty_help")} />;
  return (
    <Empty
      title={t("desk.hidden")}
      help={t("desk.hidden_by", { filters: filterNames().join(" · "), n: count(state.all.value) })}
    >
      <button
        type="button"
        class="button"
        onClick={() => {
          state.clearFilters();
          arrange();
        }}
      >
        {t("desk.clear")} <Key>X</Key>
      </button>
    </Empty>
  );
}
