"""What stands on an operations map, before it is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from spatial.incidents.clocks import Clock, ClockState, clock_of
from spatial.table import Table
from spatial.text import Language, Text
from spatial.vocabulary import IncidentState, Priority

GOING = frozenset({IncidentState.DISPATCHED, IncidentState.ON_SITE, IncidentState.HANDLED, IncidentState.VERIFIED})
"""States in which somebody is on the way, or further: the marker is hollow."""


@dataclass(frozen=True, slots=True)
class Case:
    """An open case.

    `number` counts from 1 in the order of urgency; `clock_from`: from when its limit counts; `lon`, `lat` are degrees,
    None without a place.
    """

    number: int
    code: str
    name: Text
    place: Text
    department: Text
    owner: Text
    state: IncidentState
    priority: Priority
    clock_from: datetime
    due_at: datetime | None
    lon: float | None
    lat: float | None

    def clock(self, now: datetime) -> Clock:
        """Return how its clock stands."""
        paused = self.state is IncidentState.SUSPENDED
        return clock_of(self.clock_from, self.due_at, now, suspended=paused)

    def share_left(self, now: datetime) -> float:
        """Return which share of its time is left, from 0 to 1; 1 where nothing was promised."""
        if self.due_at is None:
            return 1.0
        whole = (self.due_at - self.clock_from).total_seconds()
        return min(max((self.due_at - now).total_seconds() / whole, 0.0), 1.0) if whole > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Duty:
    """A post and who holds it: `holder` None where it is vacant."""

    post: Text
    area: Text
    holder: str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is drawn. `ground`: the tables of what lies in the frame, by collection id, WGS 84 degrees.

    `area`: the area alone, one row. `printed_at` is the clock of the sheet, `offset` how far the district's time is
    ahead of UTC, `zone` the EPSG code of its CGCS2000 zone.
    """

    area: Table
    name: Text
    code: str
    level: Text
    above: Text
    edition: int
    zone: int
    offset: timedelta
    synthetic: bool
    printed_at: datetime
    printed_by: str
    counts: tuple[tuple[Text, int], ...]
    duties: tuple[Duty, ...]
    cases: tuple[Case, ...]
    ground: Mapping[str, Table]


def in_order(cases: list[Case], now: datetime) -> list[Case]:
    """Return cases with the clock that runs out first in front; paused ones and those without a clock behind."""
    late = datetime.max.replace(tzinfo=now.tzinfo)

    def key(case: Case) -> tuple[bool, datetime, int, str]:
        return case.state is IncidentState.SUSPENDED, case.due_at or late, int(case.priority), case.code

    return sorted(cases, key=key)


def local(at: datetime, offset: timedelta, language: Language, *, year: bool = False) -> str:
    """Return a time as the district's people write it."""
    there = at.astimezone(timezone(offset))
    if language is Language.ZH:
        return f"{there:%Y-%m-%d %H:%M}" if year else f"{there:%m-%d %H:%M}"
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    day = f"{there.day} {months[there.month - 1]}"
    return f"{day} {there.year}, {there:%H:%M}" if year else f"{day}, {there:%H:%M}"


def duration(length: timedelta, language: Language) -> str:
    """Return a length of time in days and hours, or hours and minutes below a day."""
    minutes = int(abs(length).total_seconds()) // 60
    days, hours = divmod(minutes // 60, 24)
    zh = language is Language.ZH
    if days:
        return f"{days} 天 {hours} 小时" if zh else f"{days} d {hours} h"
    return f"{hours}:{minutes % 60:02d}"


def told_clock(clock: Clock, language: Language) -> Text | None:
    """Return the words for a clock that needs attention, None for one that simply runs."""
    if clock.state is ClockState.OVERDUE and clock.left is not None:
        return Text(f"超时 {duration(clock.left, Language.ZH)}", f"Overdue {duration(clock.left, language)}")
    if clock.state is ClockState.RUNNING_OUT and clock.left is not None:
        return Text(f"剩 {duration(clock.left, Language.ZH)}", f"{duration(clock.left, language)} left")
    if clock.state is ClockState.PAUSED:
        return Text("计时暂停", "Clock paused")
    return None
