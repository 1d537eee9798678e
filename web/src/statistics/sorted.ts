/** The order of a table's lines. Pure. */

import type { StatisticsLine } from "../shared/api";
import type { By, Sort } from "./address";

const VALUES: Record<Exclude<Sort, "name">, (line: StatisticsLine) => number | null> = {
  reported: ({ figures }) => figures.reported,
  closed: ({ figures }) => figures.closed,
  open_now: ({ figures }) => figures.open_now,
  response: ({ figures }) => figures.response_median_s,
  closing: ({ figures }) => figures.closing_median_s,
  overdue: ({ figures }) => figures.overdue_share,
  reopened: ({ figures }) => figures.reopened,
};

/** In which order a table is shown where nobody chose: the most first, weeks as they came. */
export function usual(by: By): { sort: Sort; down: boolean } {
  return by === "week" ? { sort: "name", down: true } : { sort: "reported", down: true };
}

/** Return lines in an order; what is not known is always last. `lines`: in the order of their keys. */
export function sorted(
  lines: readonly StatisticsLine[],
  sort: Sort,
  down: boolean,
  nameOf: ((line: StatisticsLine) => string) | null,
): StatisticsLine[] {
  const sign = down ? -1 : 1;
  if (sort === "name") {
    const named = [...lines];
    const order = nameOf
      ? (a: StatisticsLine, b: StatisticsLine) => nameOf(a).localeCompare(nameOf(b))
      : (a: StatisticsLine, b: StatisticsLine) => String(a.key).localeCompare(String(b.key));
    return named.sort((a, b) => Number(a.key === null) - Number(b.key === null) || sign * order(a, b));
  }
  const value = VALUES[sort];
  return [...lines].sort((a, b) => {
    const [first, second] = [value(a), value(b)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return sign * (first - second);
  });
}
