"""The ledger: how often responses were on, and for how many days.

A response counts every calendar day of the district on which it was on for any time, its first and its last among
them: one that is switched off on the day on which it was switched on has one day. Responses that overlap count each on
its own, because each has its own people and its own report; so the days of a ledger are days of response, not days of
the calendar.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from spatial.responses.meetings import ResponseLevel
from spatial.responses.response import Response

DISTRICT_ZONE = timezone(timedelta(hours=8))
"""Asia/Shanghai, which has had no summer time since 1991: the days of all districts."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a ledger: activations that began in it, and days that lie in it."""

    activations: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """`total`, and the same by level and by year; `by_level` has all three levels."""

    total: Line
    by_level: dict[ResponseLevel, Line]
    by_year: dict[int, Line]


def span(response: Response, now: datetime) -> tuple[date, date]:
    """Return the first and the last calendar day of a response, the present day while it is on."""
    first = response.opened_at.astimezone(DISTRICT_ZONE).date()
    last = (response.closed_at or now).astimezone(DISTRICT_ZONE).date()
    return first, max(first, last)


def days(response: Response, now: datetime) -> int:
    """Return how many calendar days a response has been on, both ends counted: on its first day 1."""
    first, last = span(response, now)
    return (last - first).days + 1


def ledger(responses: Iterable[Response], now: datetime) -> Ledger:
    """Return the ledger of responses, those that are on counted up to now."""
    by_level: dict[ResponseLevel, Line] = dict.fromkeys(ResponseLevel, Line())
    by_year: dict[int, Line] = {}
    total = Line()
    for response in responses:
        first, last = span(response, now)
        long = (last - first).days + 1
        total = _add(total, 1, long)
        by_level[response.level] = _add(by_level[response.level], 1, long)
        for year in range(first.year, last.year + 1):
            part = (min(last, date(year, 12, 31)) - max(first, date(year, 1, 1))).days + 1
            by_year[year] = _add(by_year.get(year, Line()), int(year == first.year), part)
    return Ledger(total, by_level, dict(sorted(by_year.items())))


def _add(line: Line, activations: int, more: int) -> Line:
    return Line(line.activations + activations, line.days + more)
