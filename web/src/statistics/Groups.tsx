/** The table: a line for each group, sorted as one likes; what a bar shows stands beside it as a number. */

import type { IncidentFigures, IncidentStatistics, StatisticsLine } from "../shared/api";
import { statisticsAddress } from "../shared/api";
import { count } from "../shared/format";
import { pick, t, word } from "../shared/language";
import { known } from "../shared/remote";
import { Choice } from "../shared/ui/Choice";
import { Icon } from "../shared/ui/icons";
import { Segmented } from "../shared/ui/parts";
import { BYS, type By, queryOf, type Sort } from "./address";
import { deskOf } from "./link";
import { daysIn } from "./Plot";
import { duration, share, shortDay } from "./say";
import { sorted, usual } from "./sorted";
import * as state from "./state";
import "./Groups.css";

export function Groups({ told }: { told: IncidentStatistics }) {
  const { by } = state.asked.value;
  return (
    <section class="groups" aria-labelledby="groups-title">
      <header>
        <h2 id="groups-title" class="visually-hidden">
          {t("statistics.groups")}
        </h2>
        <Segmented
          label={t("statistics.by")}
          value={by}
          options={BYS.map((each) => ({ value: each, label: t(`statistics.by.${each}`) }))}
          onChoose={(chosen) => state.ask({ by: chosen })}
        />
        {by === "area" && told.levels.length > 1 && (
          <Choice
            name="level"
            label={t("statistics.level")}
            value={state.asked.value.level ?? told.level ?? null}
            options={told.levels.map((level) => ({ value: level, label: word("level", level) }))}
            onChoose={(level) => state.ask({ level: told.levels.find((each) => each === level) ?? null })}
          />
        )}
        <div class="grow" />
        <Save />
      </header>
      <Table told={told} />
    </section>
  );
}

function Save() {
  const query = queryOf(state.asked.value, Date.now());
  return (
    <span class="save">
      {(["csv", "parquet"] as const).map((form) => {
        const named = form === "csv" ? "CSV" : "Parquet";
        return (
          <a
            key={form}
            class="button"
            href={statisticsAddress({ ...query, f: form })}
            download
            aria-label={t("statistics.save_as", { form: named })}
            title={t("statistics.save_as", { form: named })}
          >
            <Icon name="save" />
            {named}
          </a>
        );
      })}
    </span>
  );
}

const COLUMNS: readonly Exclude<Sort, "name">[] = [
  "reported",
  "closed",
  "open_now",
  "response",
  "closing",
  "overdue",
  "reopened",
];

function Table({ told }: { told: IncidentStatistics }) {
  const { by } = told;
  const { sort, down } = state.sort.value === null ? usual(by) : { sort: state.sort.value, down: state.down.value };
  const names = by === "week" || by === "item" ? null : (line: StatisticsLine) => pick(line.name);
  const lines = sorted(told.groups, sort, down, names);
  const most = Math.max(1, ...lines.map(({ figures }) => figures.reported));
  const desk = by !== "week" && by !== "item" && state.asked.value.item === null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by its keys
    <section class="table-scroll" tabIndex={0} aria-label={t("statistics.groups")}>
      <table>
        <thead>
          <tr>
            <Heading column="name" label={t(`statistics.by.${by}`)} {...{ sort, down }} />
            {COLUMNS.map((column) => (
              <Heading key={column} column={column} label={t(`statistics.${column}`)} {...{ sort, down }} />
            ))}
            {desk && (
              <th scope="col">
                <span class="visually-hidden">{t("statistics.to_desk")}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key ?? ""} data-key={line.key ?? ""}>
              <th scope="row">
                <Name line={line} by={by} />
              </th>
              <Cells figures={line.figures} most={most} />
              {desk && (
                <td class="to-desk">
                  <ToDesk line={line} by={by} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
        {lines.length > 1 && (
          <tfoot>
            <tr data-key="all">
              <th scope="row">{t("statistics.all")}</th>
              <Cells figures={told.total} most={null} />
              {desk && <td />}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}

function Heading({ column, label, sort, down }: { column: Sort; label: string; sort: Sort; down: boolean }) {
  const current = sort === column;
  const order = current ? (down ? "descending" : "ascending") : undefined;
  return (
    <th scope="col" class={column === "name" ? undefined : "figure"} {...(order ? { "aria-sort": order } : {})}>
      <button
        type="button"
        data-sort={column}
        title={t("statistics.sorted", { column: label })}
        onClick={() => {
          // what is in order already by itself turns round, as what was chosen does
          if (state.sort.peek() === null && current) {
            state.sort.value = column;
            state.down.value = down;
          }
          state.sortBy(column);
        }}
      >
        {label}
        <span class="order" data-order={order}>
          <Icon name="down" />
        </span>
      </button>
    </th>
  );
}

function Name({ line, by }: { line: StatisticsLine; by: By }) {
  const name = pick(line.name);
  const { key } = line;
  if (by === "week") {
    const part = daysIn(line) < 7;
    return (
      <span class="named">
        {name}
        <small>
          {shortDay(line.first_day)} – {shortDay(line.last_day)}
          {part && ` · ${t("statistics.plot.part", { days: daysIn(line) })}`}
        </small>
      </span>
    );
  }
  const deeper = by !== "area" || (line.level !== null && line.level !== known(state.counted.value)?.levels.at(-1));
  const look = (): void => {
    if (by === "area") state.lookAt(line.district, line.level === "district" ? null : key);
    else state.ask({ [by]: key, by: "area" });
  };
  return (
    <span class="named">
      {key !== null && (deeper || line.level !== null) ? (
        <button type="button" class="look" title={t("statistics.narrow", { name })} onClick={look}>
          {name}
        </button>
      ) : (
        <span class="dim">{name}</span>
      )}
      {line.code && <small class="code-text">{line.code}</small>}
    </span>
  );
}

function ToDesk({ line, by }: { line: StatisticsLine; by: By }) {
  const href = deskOf(line, by);
  if (!href) return null;
  const name = pick(line.name);
  return (
    <a class="textual" href={href} aria-label={t("statistics.desk", { name })} title={t("statistics.desk", { name })}>
      {t("statistics.to_desk")}
    </a>
  );
}

/** `most`: of all lines, for the length of a bar; null for no bars. */
function Cells({ figures, most }: { figures: IncidentFigures; most: number | null }) {
  const beside = (seconds: number | null, unknown: number): string =>
    [
      seconds !== null && t("statistics.p90", { time: duration(seconds) }),
      unknown > 0 && t("statistics.unknown", { n: count(unknown) }),
    ]
      .filter(Boolean)
      .join(" · ");
  return (
    <>
      <td data-column="reported">
        <span class="with-bar">
          {most !== null && <i class="bar" style={{ width: `${(64 * figures.reported) / most}px` }} />}
          <span>{count(figures.reported)}</span>
        </span>
        {figures.merged > 0 && <small>{t("statistics.merged", { n: count(figures.merged) })}</small>}
      </td>
      <td data-column="closed">{count(figures.closed)}</td>
      <td data-column="open_now">{count(figures.open_now)}</td>
      <td data-column="response">
        {duration(figures.response_median_s)}
        <small>{beside(figures.response_p90_s, figures.response_unknown)}</small>
      </td>
      <td data-column="closing">
        {duration(figures.closing_median_s)}
        <small>{beside(figures.closing_p90_s, figures.closing_unknown)}</small>
      </td>
      <td data-column="overdue">
        <span class="with-bar">
          {most !== null && figures.overdue > 0 && (
            <i class="bar late" style={{ width: `${64 * (figures.overdue_share ?? 0)}px` }} />
          )}
          <span>{share(figures.overdue_share)}</span>
        </span>
        <small>
          {t("statistics.share", { n: count(figures.overdue), of: count(figures.overdue_of) })}
          {figures.overdue_unknown > 0 && ` · ${t("statistics.unknown", { n: count(figures.overdue_unknown) })}`}
        </small>
      </td>
      <td data-column="reopened">{count(figures.reopened)}</td>
    </>
  );
}
