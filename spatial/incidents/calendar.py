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

MOST_DAYS = 2000
"""So many holidays, and so many days worked instead, has a calendar at most."""
MONTH = timedelta(days=30)


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

    @property
    def working(self) -> bool:
        """Whether working time alone counts."""
        return self.unit in (LimitUnit.WORKING_HOURS, LimitUnit.WORKING_DAYS)


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
        unknown = [name for name in document if name not in _FIELDS]
        if unknown:
            raise BadInput(
                Text(f"工作日历没有字段 {unknown[0]}", f"A working calendar has no field {unknown[0]}"),
                Text(f"可用字段：{', '.join(_FIELDS)}", f"Its fields are: {', '.join(_FIELDS)}"),
            )
        holidays, workdays = _days(document, "holidays"), _days(document, "workdays")
        both = sorted(holidays & workdays)
        if both:
            raise BadInput(
                Text(f"{both[0]} 既是休息日又是工作日", f"{both[0]} stands among the holidays and the workdays"),
                Text("请只保留其一", "Leave it in one of them"),
            )
        return cls(_spans(document), _weekdays(document), holidays, workdays, _offset(document))

    def as_document(self) -> dict[str, Any]:
        """Return the calendar as plain values for JSON."""
        return {
            "hours": [[f"{bound:%H:%M}" for bound in span] for span in self.spans],
            "weekdays": sorted(day + 1 for day in self.weekdays),
            "holidays": [day.isoformat() for day in sorted(self.holidays)],
            "workdays": [day.isoformat() for day in sorted(self.workdays)],
            "utc_offset_minutes": self.offset // timedelta(minutes=1),
        }

    @property
    def listed_until(self) -> date | None:
        """The newest day that it lists, None where it lists none: beyond it nobody has said which days are worked."""
        return max(self.holidays | self.workdays, default=None)

    def runs_out(self, at: datetime) -> bool:
        """Return whether the newest day that it lists lies, at an aware time, behind or less than a month ahead."""
        today = at.astimezone(timezone(self.offset)).date()
        return self.listed_until is None or self.listed_until < today + MONTH

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


_FIELDS = ("hours", "weekdays", "holidays", "workdays", "utc_offset_minutes")


def _spans(document: Mapping[str, Any]) -> tuple[Span, ...]:
    try:
        return tuple((_clock(begin), _clock(end)) for begin, end in document["hours"])
    except (KeyError, TypeError, ValueError):
        raise _unread(
            Text("hours 须为成对的 HH:MM", "hours: pairs of HH:MM"),
            Text('例如 [["08:30", "12:00"], ["14:00", "17:30"]]', 'Such as [["08:30", "12:00"], ["14:00", "17:30"]]'),
        ) from None


def _clock(said: str) -> time:
    return datetime.strptime(said, "%H:%M").time()  # noqa: DTZ007  a time of day, of no zone


def _weekdays(document: Mapping[str, Any]) -> frozenset[int]:
    days = document.get("weekdays")
    if not isinstance(days, list) or any(type(day) is not int or not 1 <= day <= 7 for day in days):
        raise _unread(
            Text("weekdays 须为 1 至 7 的列表，1 为星期一", "weekdays: a list of 1 to 7, where 1 is Monday"),
            Text("例如 [1, 2, 3, 4, 5]", "Such as [1, 2, 3, 4, 5]"),
        )
    return frozenset(day - 1 for day in days)


def _days(document: Mapping[str, Any], name: str) -> frozenset[date]:
    listed = document.get(name, [])
    if not isinstance(listed, list) or len(listed) > MOST_DAYS:
        raise _unread(
            Text(f"{name} 须为日期列表，至多 {MOST_DAYS} 个", f"{name}: a list of dates, {MOST_DAYS} at most"),
            Text('例如 ["2026-10-01"]', 'Such as ["2026-10-01"]'),
        )
    found: set[date] = set()
    for each in listed:
        try:
            found.add(date.fromisoformat(each))
        except (TypeError, ValueError):
            raise _unread(
                Text(f"{name} 中的 {each!r} 不是日期", f"{name}: {each!r} is no date"),
                Text("请写作 2026-10-01", "Write it as 2026-10-01"),
            ) from None
    return frozenset(found)


def _offset(document: Mapping[str, Any]) -> timedelta:
    minutes = document.get("utc_offset_minutes", 480)
    if type(minutes) is not int or not -720 <= minutes <= 840:
        raise _unread(
            Text("utc_offset_minutes 须为 -720 至 840 的整数", "utc_offset_minutes: a whole number from -720 to 840"),
            Text("例如 480，即 UTC+8", "Such as 480, which is UTC+8"),
        )
    return timedelta(minutes=minutes)


def _unread(why: Text, remedy: Text) -> BadInput:
    return BadInput(Text(f"工作日历无法读取：{why.zh}", f"The working calendar cannot be read: {why.en}"), remedy)


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)
