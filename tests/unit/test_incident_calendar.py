"""Working time: laws that hold on any calendar, and days that a person can check on a wall calendar."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.errors import BadInput
from spatial.incidents.calendar import LONGEST_DAYS, LimitUnit, TimeLimit, WorkingCalendar

CHINA = timezone(timedelta(hours=8))
USUAL = WorkingCalendar(
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)),
    workdays=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
)
DAYS = st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=12).map(frozenset)
CALENDARS = st.builds(
    WorkingCalendar,
    spans=st.lists(st.times(time(0), time(23, 59)), min_size=2, max_size=6, unique=True).map(
        lambda bounds: tuple(zip(*[iter(sorted(bounds)[: len(bounds) // 2 * 2])] * 2, strict=True))
    ),
    weekdays=st.sets(st.integers(0, 6), min_size=1).map(frozenset),
    holidays=DAYS,
    workdays=DAYS,
)
MOMENTS = st.integers(0, 333 * 86_400).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
WORKED = st.timedeltas(timedelta(microseconds=1), timedelta(hours=20))


def local(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


@given(CALENDARS, MOMENTS, WORKED)
def test_as_much_was_worked_until_the_limit_as_the_limit_says(
    calendar: WorkingCalendar, start: datetime, worked: timedelta
) -> None:
    worked = min(worked, 10 * calendar.day)
    due = calendar.after(start, worked)
    assert due > start
    assert calendar.between(start, due) == worked
    assert calendar.between(due, start) == -worked


@given(CALENDARS, MOMENTS, MOMENTS, MOMENTS)
def test_working_times_add_up(calendar: WorkingCalendar, one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted((one, two, three))
    assert calendar.between(first, middle) + calendar.between(middle, last) == calendar.between(first, last)
    assert timedelta() <= calendar.between(first, last) <= last - first


@given(CALENDARS, MOMENTS)
def test_time_passes_exactly_in_working_hours(calendar: WorkingCalendar, at: datetime) -> None:
    passed = calendar.between(at, at + timedelta(microseconds=1))
    assert (passed > timedelta()) == calendar.working_at(at)


def test_a_working_day_is_seven_hours_and_skips_nights_weekends_and_holidays() -> None:
    assert USUAL.day == timedelta(hours=7)
    # Wednesday 30 September, an hour before closing: the holidays, then Thursday the 8th
    assert USUAL.due(local(9, 30, 16, 30), TimeLimit(2, LimitUnit.WORKING_HOURS)) == local(10, 8, 9, 30)
    assert USUAL.due(local(9, 30, 16, 30), TimeLimit(1, LimitUnit.WORKING_DAYS)) == local(10, 8, 16, 30)
    # Saturday the 10th is worked instead
    assert USUAL.due(local(10, 9, 17), TimeLimit(1, LimitUnit.WORKING_HOURS)) == local(10, 10, 9)
    # at night and at noon the clock waits
    assert USUAL.due(local(11, 23, 22), TimeLimit(0.5, LimitUnit.WORKING_HOURS)) == local(11, 24, 9)
    assert USUAL.due(local(11, 23, 12, 30), TimeLimit(3.5, LimitUnit.WORKING_HOURS)) == local(11, 23, 17, 30)


def test_natural_hours_and_days_do_not_wait() -> None:
    assert USUAL.due(local(10, 1, 3), TimeLimit(4)) == local(10, 1, 7)
    assert USUAL.due(local(10, 1, 3), TimeLimit(2, LimitUnit.DAYS)) == local(10, 3, 3)
    assert USUAL.due(local(10, 1, 3), TimeLimit(4)).tzinfo == UTC


def test_a_calendar_comes_from_its_document() -> None:
    document = {
        "hours": [["08:30", "12:00"], ["14:00", "17:30"]],
        "weekdays": [1, 2, 3, 4, 5],
        "holidays": [f"2026-10-0{day}" for day in range(1, 8)],
        "workdays": ["2026-09-20", "2026-10-10"],
    }
    assert WorkingCalendar.from_document(document) == USUAL


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"hours": [], "weekdays": [1]},
        {"hours": [["09:00", "12:00"], ["11:00", "17:00"]], "weekdays": [1]},
        {"hours": [["09:00", "08:00"]], "weekdays": [1]},
        {"hours": [["09:00", "12:00"]], "weekdays": []},
        {"hours": [["09:00", "12:00"]], "weekdays": [1], "holidays": ["yesterday"]},
        {"hours": "always", "weekdays": [1]},
        {"hours": [["09:00", "12:00"]], "weekdays": [1, 8]},
        {"hours": [["09:00", "12:00"]], "weekdays": [1], "holiday": ["2027-01-01"]},
        {"hours": [["09:00", "12:00"]], "weekdays": [1], "holidays": ["2027-01-01"], "workdays": ["2027-01-01"]},
        {"hours": [["09:00", "12:00"]], "weekdays": [1], "holidays": "2027-01-01"},
        {"hours": [["09:00", "12:00"]], "weekdays": [1], "utc_offset_minutes": 5000},
    ],
)
def test_what_is_no_calendar_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(BadInput) as refused:
        WorkingCalendar.from_document(document)
    assert refused.value.problem.zh != refused.value.problem.en
    assert not re.search("[a-z]+ [a-z]+ [a-z]+", refused.value.problem.zh)


@given(CALENDARS)
def test_a_calendar_comes_back_from_its_document(calendar: WorkingCalendar) -> None:
    plain = replace(
        USUAL, weekdays=calendar.weekdays, holidays=calendar.holidays - calendar.workdays, workdays=calendar.workdays
    )
    assert WorkingCalendar.from_document(plain.as_document()) == plain


@pytest.mark.parametrize(
    ("at", "runs_out"),
    [(local(9, 10, 23, 59), False), (local(9, 11, 0), True), (local(10, 10, 12), True), (local(11, 1, 9), True)],
)
def test_a_calendar_runs_out_a_month_before_the_newest_day_that_it_lists(at: datetime, runs_out: bool) -> None:
    assert USUAL.listed_until == date(2026, 10, 10)
    assert USUAL.runs_out(at) is runs_out


def test_a_calendar_that_lists_no_day_has_run_out() -> None:
    assert WorkingCalendar().runs_out(local(1, 1, 9))


def test_a_limit_beyond_all_reason_is_refused() -> None:
    with pytest.raises(BadInput):
        USUAL.due(local(11, 23, 9), TimeLimit(5000, LimitUnit.WORKING_DAYS))


@given(CALENDARS, MOMENTS, st.floats(0.1, 10_000), st.sampled_from(LimitUnit))
def test_what_a_calendar_counts_ends_whenever_it_begins(
    calendar: WorkingCalendar, at: datetime, amount: float, unit: LimitUnit
) -> None:
    limit = TimeLimit(amount, unit)
    if calendar.counts(limit):
        assert at < calendar.due(at, limit) <= at + timedelta(days=LONGEST_DAYS + 1)


def test_the_longest_limits_of_the_usual_calendar() -> None:
    longest = {LimitUnit.HOURS: 9600, LimitUnit.DAYS: 400, LimitUnit.WORKING_HOURS: 1960, LimitUnit.WORKING_DAYS: 280}
    for unit, amount in longest.items():
        assert USUAL.counts(TimeLimit(amount, unit))
        assert not USUAL.counts(TimeLimit(amount + 0.1, unit))
    assert "280 working days" in str(USUAL.too_long())
