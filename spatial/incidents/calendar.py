"""Working time: which hours of which days count, and when a time limit ends."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from itertools import pairwise
from typing import Any

from spatial.errors import BadInput
from spatial.text import Text

LONGEST_DAYS = 400
"""No limit reaches further, and no calendar has fewer working hours than one in so many days."""


class LimitUnit(StrEnum):
    """What a time limit is counted in. A working day is as many working hours as the calendar's day has."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """So many of a unit; the amount is above 0."""

    amount: float
    unit: LimitUnit = LimitUnit.HOURS


Span = tuple[time, time]


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working hours of a place.

    `spans`: the hours of a working day in local time, in order. `weekdays`: 0 is Monday. `holidays`: days that would be
    working days and are not; `workdays`: the other way round. `offset`: local time is so far ahead of UTC.
    """

    spans: tuple[Span, ...] = ((time(8, 30), time(12)), (time(14), time(17, 30)))
    weekdays: frozenset[int] = frozenset(range(5))
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    offset: timedelta = timedelta(hours=8)
    _ends: tuple[timedelta, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ends = [bound for span in self.spans for bound in span]
        if not ends or any(one >= other for one, other in pairwise(ends)):
            raise BadInput(
                Text("工作时段须先后排列且不重叠", "Working hours must follow one another without overlapping"),
                Text(
                    '例如 [["08:30", "12:00"], ["14:00", "17:30"]]', 'Such as [["08:30", "12:00"], ["14:00", "17:30"]]'
                ),
            )
        if not self.weekdays:
            raise BadInput(Text("一周至少有一个工作日", "A week needs at least one working day"))
        object.__setattr__(self, "_ends", tuple(_since_midnight(bound) for bound in ends))

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "WorkingCalendar":
        """Return a calendar as its JSON says; raises BadInput, naming what it cannot read.

        `hours`: pairs of HH:MM. `weekdays`: 1 is Monday. `holidays`, `workdays`: dates. `utc_offset_minutes`.
        """
        try:
            spans = tuple((time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in document["hours"])
            return cls(
                spans,
                frozenset(int(day) - 1 for day in document["weekdays"]) & frozenset(range(7)),
                frozenset(date.fromisoformat(day) for day in document.get("holidays", ())),
                frozenset(date.fromisoformat(day) for day in document.get("workdays", ())),
                timedelta(minutes=int(document.get("utc_offset_minutes", 480))),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BadInput(
                Text(f"工作日历无法读取：{error}", f"The working calendar cannot be read: {error}"),
                Text("请给出 hours、weekdays、holidays、workdays", "It has hours, weekdays, holidays and workdays"),
            ) from None

    @property
    def day(self) -> timedelta:
        """The working time of one working day."""
        return sum((end - begin for begin, end in self._hours()), timedelta())

    def works(self, day: date) -> bool:
        """Return whether a day is a working day."""
        return day in self.workdays or (day.weekday() in self.weekdays and day not in self.holidays)

    def due(self, start: datetime, limit: TimeLimit) -> datetime:
        """Return when a limit that begins at an aware time ends, in UTC; raises BadInput for one beyond all reason."""
        match limit.unit:
            case LimitUnit.HOURS:
                natural = timedelta(hours=limit.amount)
            case LimitUnit.DAYS:
                natural = timedelta(days=limit.amount)
            case LimitUnit.WORKING_HOURS:
                return self.after(start, timedelta(hours=limit.amount))
            case LimitUnit.WORKING_DAYS:
                return self.after(start, self.day * limit.amount)
        return start.astimezone(UTC) + natural

    def after(self, start: datetime, worked: timedelta) -> datetime:
        """Return when so much working time has passed since an aware time, in UTC."""
        left = worked
        for begin, end in self._spans_from(start):
            if left <= end - begin:
                return (begin + left).astimezone(UTC)
            left -= end - begin
        raise self.too_long()

    @property
    def longest(self) -> timedelta:
        """The working time that there is within LONGEST_DAYS, whenever they begin: no limit counts more of it."""
        off = sum(day.weekday() in self.weekdays for day in self.holidays - self.workdays)
        return max(LONGEST_DAYS // 7 * len(self.weekdays) - off, 0) * self.day

    def counts(self, limit: TimeLimit) -> bool:
        """Return whether a limit ends within LONGEST_DAYS, whenever it begins."""
        match limit.unit:
            case LimitUnit.HOURS:
                return timedelta(hours=limit.amount) <= timedelta(days=LONGEST_DAYS)
            case LimitUnit.DAYS:
                return limit.amount <= LONGEST_DAYS
            case LimitUnit.WORKING_HOURS:
                return timedelta(hours=limit.amount) <= self.longest
            case LimitUnit.WORKING_DAYS:
                return self.day * limit.amount <= self.longest

    def too_long(self, of: str = "") -> BadInput:
        """Return the error for a limit that this calendar does not count; `of`: the codes of items that have one."""
        days = self.longest // self.day
        return BadInput(
            Text(
                f"时限超出工作日历的范围{f'：{of}' if of else ''}",
                f"The limit reaches beyond the working calendar{f': {of}' if of else ''}",
            ),
            Text(
                f"时限至多 {LONGEST_DAYS} 天，或 {days} 个工作日",
                f"A limit reaches {LONGEST_DAYS} days at most, or {days} working days",
            ),
        )

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two aware times, negative where the second is the earlier one."""
        if end < start:
            return -self.between(end, start)
        total = timedelta()
        for begin, stop in self._spans_from(start, end.astimezone(timezone(self.offset)).date()):
            if begin >= end:
                break
            total += min(stop, end) - begin
        return total

    def working_at(self, at: datetime) -> bool:
        """Return whether an aware time is in working hours."""
        local = at.astimezone(timezone(self.offset))
        return self.works(local.date()) and bisect_right(self._ends, _since_midnight(local.time())) % 2 == 1

    def _hours(self) -> Iterator[tuple[timedelta, timedelta]]:
        return zip(self._ends[::2], self._ends[1::2], strict=True)

    def _spans_from(self, start: datetime, until: date | None = None) -> Iterator[tuple[datetime, datetime]]:
        """Yield spans of working time from a time on, cut off where they began before it."""
        zone = timezone(self.offset)
        local = start.astimezone(zone)
        last = until or local.date() + timedelta(days=LONGEST_DAYS)
        day = local.date()
        while day <= last:
            if self.works(day):
                midnight = datetime.combine(day, time(), zone)
                for begin, end in self._hours():
                    if midnight + end > local:
                        yield max(midnight + begin, local), midnight + end
            day += timedelta(days=1)


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)
