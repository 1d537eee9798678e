"""How many incidents were reported and closed in a period, how long that took, and how many were late, by group.

Every figure says what is counted, of what, and in which time; what is not known is counted as unknown, never as zero.
A duplicate that was merged into another incident counts as reported and as merged, and in nothing else: nobody worked
on it. Hours are natural hours, not working hours. How an incident stands is how it stands now, whatever the period.
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from spatial.errors import BadParameter
from spatial.incidents.by_column import Booleans, IncidentColumns, Numbers, Times
from spatial.text import Text
from spatial.vocabulary import WORDS

LOCAL = timezone(timedelta(hours=8))
"""The time of the districts (Asia/Shanghai), which knows no summer time since 1991."""

LONGEST_DAYS = 3660
_DAY_MS = 86_400_000.0
_WEEK = 7
_THURSDAY = 3
"""The weekday of 1 January 1970, Monday being 0."""

Floats = NDArray[np.float64]


class GroupBy(StrEnum):
    """What incidents are grouped by."""

    AREA = "area"
    CATEGORY = "category"
    DEPARTMENT = "department"
    WEEK = "week"
    ITEM = "item"


for _by, _zh, _en in (
    (GroupBy.AREA, "区域", "Area"),
    (GroupBy.CATEGORY, "类别", "Category"),
    (GroupBy.DEPARTMENT, "部门", "Department"),
    (GroupBy.WEEK, "周", "Week"),
    (GroupBy.ITEM, "事项", "Item"),
):
    WORDS[GroupBy, _by.value] = Text(_zh, _en)


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the districts' own time, `last` the day after the last one; raises BadParameter where it cannot be."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not 0 < (self.last - self.first).days <= LONGEST_DAYS:
            raise BadParameter(
                Text(f"时段 {self.first} 至 {self.last} 不可用", f"No period runs from {self.first} to {self.last}"),
                Text(
                    f"to 是截止日的次日，须晚于 from；至多 {LONGEST_DAYS} 天",
                    f"`to` is the day after the last one, and later than `from`; {LONGEST_DAYS} days at most",
                ),
            )

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days

    @property
    def since(self) -> datetime:
        """When it begins, in UTC."""
        return datetime.combine(self.first, time(), LOCAL).astimezone(UTC)

    @property
    def until(self) -> datetime:
        """When it is over, in UTC."""
        return datetime.combine(self.last, time(), LOCAL).astimezone(UTC)

    @property
    def before(self) -> "Period":
        """The period of the same length that ends where this one begins."""
        return Period(self.first - (self.last - self.first), self.first)

    def holds(self, times: Times) -> Booleans:
        """Return which times lie in it; one that is not known does not."""
        since, until = (1000 * at.timestamp() for at in (self.since, self.until))
        held: Booleans = (times >= since) & (times < until)
        return held


@dataclass(frozen=True, slots=True)
class Groups:
    """Into which groups incidents fall. `keys`: of each group, None where it is not known.

    `reported`, `closed`: for each incident the number of its group by its report and by its closing, -1 for none,
    shape (n,); they differ where time is what groups. `reopened`: the same for each reopening, shape (m,).
    """

    keys: tuple[str | None, ...]
    reported: Numbers
    closed: Numbers
    reopened: Numbers


def together(columns: IncidentColumns) -> Groups:
    """Return one group that holds all incidents."""
    of = np.zeros(len(columns), dtype=np.intp)
    return Groups(("all",), of, of, of[columns.reopened])


def by_word(columns: IncidentColumns, name: str) -> Groups:
    """Return a group for each text of a column, such as `category`."""
    return _by_key(columns, name, lambda word: word)


def by_area(columns: IncidentColumns, areas: Container[str]) -> Groups:
    """Return a group for each area of a level in which an incident lies, its key the path of the area.

    `areas`: the paths of the areas of the level. What lies in none of them has no key, such as what is tagged with an
    area above the level.
    """

    def cut(path: str | None) -> str | None:
        while path and path not in areas:
            path = path.rpartition("/")[0]
        return path or None

    return _by_key(columns, "path", cut)


def _by_key(columns: IncidentColumns, name: str, key: Callable[[str | None], str | None]) -> Groups:
    number: dict[str | None, int] = {}
    words = columns.words[name]
    of_words = np.array([number.setdefault(key(word), len(number)) for word in words.known] or [0], dtype=np.intp)
    of = of_words[words.of]
    return Groups(tuple(number), of, of, of[columns.reopened])


def by_week(columns: IncidentColumns, period: Period) -> Groups:
    """Return a group for each ISO week that a period touches, empty ones too; its key is the date of its Monday."""
    first = period.first - timedelta(days=period.first.weekday())
    count = (period.last - timedelta(days=1) - first).days // _WEEK + 1
    keys = tuple((first + timedelta(days=_WEEK * week)).isoformat() for week in range(count))

    def week_of(times: Times) -> Numbers:
        held = period.holds(times)
        local = np.where(held, times, 0.0) + 1000 * LOCAL.utcoffset(None).total_seconds()
        days = np.floor(local / _DAY_MS).astype(np.intp)
        begun = (first - date(1970, 1, 1)).days
        return np.where(held, (days - begun) // _WEEK, -1)

    return Groups(
        keys,
        week_of(columns.times["reported_at"]),
        week_of(columns.times["closed_at"]),
        week_of(columns.reopened_at),
    )


def crossed(one: Groups, other: Groups) -> tuple[Groups, list[tuple[str | None, str | None]]]:
    """Return groups of two groupings at once, in the order of the first, then the second, and the keys of each."""

    def both(first: Numbers, second: Numbers) -> Numbers:
        return np.where((first < 0) | (second < 0), -1, first * len(other.keys) + second)

    pairs = [(first, second) for first in one.keys for second in other.keys]
    keys = tuple(f"{first} {second}" for first, second in pairs)
    made = Groups(
        keys,
        both(one.reported, other.reported),
        both(one.closed, other.closed),
        both(one.reopened, other.reopened),
    )
    return made, pairs


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of groups, each of shape (groups,); NaN where there is nothing to tell.

    Of the incidents *reported* in the period:
    `reported`: how many there are, `merged` of them duplicates merged into another. The others are
    `open_now`: not closed as things stand now;
    `response_known`: somebody has arrived, and it is noted when; `response_unknown`: nobody has, or it is not noted;
    `response_median_s`, `response_p90_s`: seconds from the report to the arrival, of those known (the last arrival
    counts where one was sent back to work);
    `late_arrivals`: somebody was there after the limit for it, or nobody is noted to have been, and it is open, not
    suspended and beyond that limit now; `late_arrivals_of`: those of which it can be said.
    `late_arrivals_share`: `late_arrivals` / `late_arrivals_of`;
    `overdue`: closed after their time limit, or open and beyond it now; `overdue_of`: those of which it can be said
    (closed, or beyond their limit); `overdue_pending`: open with time left, or suspended, so that their clock stands;
    `overdue_unknown`: without a limit, or closed nobody knows when. `overdue_share`: `overdue` / `overdue_of`.

    Of the incidents *closed* in the period, whenever they were reported, duplicates left out:
    `closed`: how many there are; `closing_known`: the time of their report is known;
    `closing_median_s`, `closing_p90_s`: seconds from the report to the closing, of those known (the last closing counts
    where one was reopened).
    `closing_unknown`: closings of which no duration can be told: closed in the period without a time of the report,
    or reported in it and closed nobody knows when.

    `reopened`: how often an incident was reopened in the period, as the histories say; one that was imported has no
    history before its first step.

    Quantiles are interpolated between the two nearest values.
    """

    reported: Numbers
    merged: Numbers
    closed: Numbers
    open_now: Numbers
    reopened: Numbers
    response_known: Numbers
    response_unknown: Numbers
    response_median_s: Floats
    response_p90_s: Floats
    late_arrivals: Numbers
    late_arrivals_of: Numbers
    late_arrivals_share: Floats
    closing_known: Numbers
    closing_unknown: Numbers
    closing_median_s: Floats
    closing_p90_s: Floats
    overdue: Numbers
    overdue_of: Numbers
    overdue_pending: Numbers
    overdue_unknown: Numbers
    overdue_share: Floats


NAMES = tuple(each.name for each in fields(Figures))
"""The names of the figures, in their order."""


def figures(columns: IncidentColumns, which: Booleans, period: Period, groups: Groups, now: datetime) -> Figures:
    """Return the figures of a period for each group of the incidents of a question; `now` is an aware time.

    `which`: of shape (n,). What each figure counts is said at `Figures`.
    """
    count = len(groups.keys)
    at = 1000 * now.timestamp()
    reported_at, closed_at, due_at = (columns.times[name] for name in ("reported_at", "closed_at", "due_at"))
    reported = which & period.holds(reported_at)
    own = reported & ~columns.merged
    closed = which & columns.closed & ~columns.merged & period.holds(closed_at)
    open_now = own & ~columns.closed

    response = columns.times["arrived_at"] - reported_at
    responded = own & (response >= 0)
    arrive_by = columns.times["arrive_by"]
    waited_for = open_now & ~responded & ~columns.suspended & (arrive_by < at)
    there_late = waited_for | (responded & (columns.times["arrived_at"] > arrive_by))
    there_known = waited_for | (responded & ~np.isnan(arrive_by))
    closing = closed_at - reported_at
    told = closed & (closing >= 0)
    untold = own & columns.closed & np.isnan(closed_at)

    unknown = own & (np.isnan(due_at) | (columns.closed & np.isnan(closed_at)))
    late = own & ~unknown & np.where(columns.closed, closed_at > due_at, ~columns.suspended & (due_at < at))
    pending = open_now & ~unknown & ~late

    def counted(kept: Booleans, of: Numbers) -> Numbers:
        return _counted(of[kept], count)

    by_report, by_closing = groups.reported, groups.closed
    overdue = counted(late, by_report)
    overdue_of = counted(own & ~unknown & ~pending, by_report)
    late_arrivals, late_arrivals_of = counted(there_late, by_report), counted(there_known, by_report)
    response_median, response_p90 = _quantiles(response[responded], by_report[responded], count)
    closing_median, closing_p90 = _quantiles(closing[told], by_closing[told], count)
    reopened = which[columns.reopened] & period.holds(columns.reopened_at)
    return Figures(
        reported=counted(reported, by_report),
        merged=counted(reported & columns.merged, by_report),
        closed=counted(closed, by_closing),
        open_now=counted(open_now, by_report),
        reopened=counted(reopened, groups.reopened),
        response_known=counted(responded, by_report),
        response_unknown=counted(own & ~responded, by_report),
        response_median_s=response_median,
        response_p90_s=response_p90,
        late_arrivals=late_arrivals,
        late_arrivals_of=late_arrivals_of,
        late_arrivals_share=_share(late_arrivals, late_arrivals_of),
        closing_known=counted(told, by_closing),
        # a closing of which nobody knows when falls into the group of its report
        closing_unknown=counted(closed & ~told, by_closing) + counted(untold, by_report),
        closing_median_s=closing_median,
        closing_p90_s=closing_p90,
        overdue=overdue,
        overdue_of=overdue_of,
        overdue_pending=counted(pending, by_report),
        overdue_unknown=counted(unknown, by_report),
        overdue_share=_share(overdue, overdue_of),
    )


def filled(found: Figures) -> Numbers:
    """Return the positions of the groups in which something is counted."""
    counts: Sequence[Numbers] = (found.reported, found.closed, found.reopened, found.closing_unknown)
    return np.flatnonzero(np.logical_or.reduce([each > 0 for each in counts]))


def _share(some: Numbers, of: Numbers) -> Floats:
    share: Floats = np.divide(some, of, out=np.full(len(of), np.nan), where=of > 0)
    return share


def _counted(of: Numbers, count: int) -> Numbers:
    return np.bincount(of[of >= 0], minlength=count)


def _quantiles(values_ms: Floats, of: Numbers, count: int) -> tuple[Floats, Floats]:
    """Return the median and the ninth decile of the values of each group in seconds, NaN where it has none."""
    order = np.lexsort((values_ms, of))
    ranked = values_ms[order] / 1000
    sizes = _counted(of, count)
    starts = np.cumsum(sizes) - sizes + np.count_nonzero(of < 0)
    found = []
    for share in (0.5, 0.9):
        place = share * np.maximum(sizes - 1, 0)
        lower = np.floor(place).astype(np.intp)
        upper = np.minimum(lower + 1, np.maximum(sizes - 1, 0))
        quantile = np.full(count, np.nan)
        some = sizes > 0
        low, high = ranked[(starts + lower)[some]], ranked[(starts + upper)[some]]
        quantile[some] = low + (high - low) * (place - lower)[some]
        found.append(quantile)
    return found[0], found[1]
