/** One figure, or two beside each other, week by week as bars. The table by week says the same in words. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { StatisticsLine } from "../shared/api";
import { t } from "../shared/language";
import { NOTHING_KNOWN, shortDay } from "./say";
import { ticks } from "./scale";
import "./Plot.css";

export interface Series {
  name: "first" | "second" | "late";
  label: string;
  value: (line: StatisticsLine) => number | null;
}

interface Asked {
  title: string;
  weeks: readonly StatisticsLine[];
  series: readonly Series[];
  kind: "count" | "time" | "share";
  say: (value: number | null) => string;
  /** Beneath the value of a week: of how many it is. */
  of?: (line: StatisticsLine) => string;
}

const HEIGHT = 148;
const TOP = 8;
const BOTTOM = 20;
const LABEL_PX = 52;
const WIDEST = 28;
const WEEK_DAYS = 7;

export function daysIn(line: StatisticsLine): number {
  return (Date.parse(line.last_day) - Date.parse(line.first_day)) / 86_400_000 + 1;
}

export function Plot({ title, weeks, series, kind, say, of }: Asked) {
  const box = useRef<HTMLDivElement>(null);
  const width = useSignal(0);
  const at = useSignal<number | null>(null);
  useEffect(() => {
    const here = box.current;
    if (!here) return;
    const watching = new ResizeObserver(([entry]) => {
      width.value = Math.floor(entry?.contentRect.width ?? 0);
    });
    watching.observe(here);
    return () => watching.disconnect();
  }, [width]);
  const values = weeks.flatMap((line) => series.map(({ value }) => value(line)));
  const known = values.filter((value): value is number => value !== null);
  const marks = ticks(Math.max(0, ...known), kind);
  const shown = at.value === null ? null : weeks[at.value];
  const last = weeks.findLast((line) => series.some(({ value }) => value(line) !== null));
  const main = series[0];
  const firsts = main ? weeks.map(main.value).filter((value): value is number => value !== null) : [];
  return (
    <figure class="plot" data-plot={series.map(({ name }) => name).join(" ")}>
      <figcaption>
        <b>{title}</b>
        <span class="readout" data-shown={shown !== null && shown !== undefined}>
          {shown ? (
            <>
              <span class="dim">
                {t("statistics.week", { n: Number(shown.code?.slice(-2)) })} · {shortDay(shown.first_day)}–
                {shortDay(shown.last_day)}
              </span>{" "}
              {series.map(({ name, label, value }) => (
                <span key={name} data-series={series.length > 1 ? name : undefined}>
                  {series.length > 1 && `${label} `}
                  <b>{say(value(shown))}</b>
                </span>
              ))}
              {of && <span class="dim">{of(shown)}</span>}
            </>
          ) : (
            series.length > 1 &&
            series.map(({ name, label }) => (
              <span key={name} data-series={name}>
                {label}
              </span>
            ))
          )}
        </span>
      </figcaption>
      <div class="canvas" ref={box}>
        {known.length === 0 ? (
          <p class="none">{t("statistics.plot.none")}</p>
        ) : (
          width.value > 0 && (
            <Bars
              label={t("statistics.plot.says", {
                title,
                n: weeks.length,
                least: say(Math.min(...firsts)),
                most: say(Math.max(...firsts)),
                last: last && main ? say(main.value(last)) : NOTHING_KNOWN,
              })}
              {...{ weeks, series, marks, say, at, width: width.value }}
            />
          )
        )}
      </div>
    </figure>
  );
}

interface Drawn {
  label: string;
  weeks: readonly StatisticsLine[];
  series: readonly Series[];
  marks: readonly number[];
  say: (value: number | null) => string;
  at: { value: number | null };
  width: number;
}

function Bars({ label, weeks, series, marks, say, at, width }: Drawn) {
  const markOf = (mark: number): string => (mark === 0 ? "0" : say(mark).replace(/\.0(?=\D)/, ""));
  const left = 8 + Math.max(...marks.map((mark) => markOf(mark).length)) * 6.6;
  const [bottom, most] = [HEIGHT - BOTTOM, marks.at(-1) ?? 1];
  const slot = (width - left) / Math.max(1, weeks.length);
  const gap = Math.min(10, slot * 0.24);
  const own = Math.min(WIDEST, (slot - gap) / series.length);
  const thick = Math.max(1, own - (series.length > 1 && slot > 14 ? 1 : 0));
  const y = (value: number): number => bottom - (value / most) * (bottom - TOP);
  const every = Math.max(1, Math.ceil(LABEL_PX / slot));
  const point = (event: PointerEvent): void => {
    const { left: begin } = (event.currentTarget as SVGElement).getBoundingClientRect();
    const which = Math.floor((event.clientX - begin - left) / slot);
    at.value = which >= 0 && which < weeks.length ? which : null;
  };
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={HEIGHT}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => {
        at.value = null;
      }}
    >
      {marks.map((mark) => (
        <g key={mark}>
          <path class={mark === 0 ? "base" : "mark-line"} d={`M${left} ${Math.round(y(mark)) + 0.5}H${width}`} />
          <text class="axis" x={left - 6} y={y(mark) + 4} text-anchor="end">
            {markOf(mark)}
          </text>
        </g>
      ))}
      {at.value !== null && (
        <rect class="under" x={left + at.value * slot} y={TOP} width={slot} height={bottom - TOP} />
      )}
      {weeks.map((line, which) => {
        const begin = left + (which + 0.5) * slot - (own * series.length) / 2;
        return (
          <g key={line.key} data-part={daysIn(line) < WEEK_DAYS}>
            {series.map(({ name, value }, number) => {
              const known = value(line);
              const x = begin + number * own;
              if (known === null) return <path key={name} class="unknown" d={`M${x} ${bottom - 3}h${thick}`} />;
              const top = Math.min(y(known), known > 0 ? bottom - 1 : bottom);
              return <rect key={name} class={`bar ${name}`} x={x} y={top} width={thick} height={bottom - top} />;
            })}
            {(weeks.length - 1 - which) % every === 0 && (
              <text class="axis" x={left + (which + 0.5) * slot} y={HEIGHT - 5} text-anchor="middle">
                {shortDay(line.key ?? line.first_day)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
