"""Statistics say what a look at every incident says, and what is not known is counted as such."""

import math
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.errors import BadParameter
from spatial.incidents.board import is_below
from spatial.incidents.by_column import COLUMNS, IncidentColumns, Reopening, Wanted
from spatial.incidents.statistics import (
    NAMES,
    Figures,
    Period,
    by_area,
    by_week,
    by_word,
    crossed,
    figures,
    filled,
    together,
)
from spatial.points import Points
from tests.in_bulk import in_bulk

PERIOD = Period(date(2026, 11, 4), date(2026, 11, 20))
NOW = datetime(2026, 11, 18, 7, 30, tzinfo=UTC)
CHINA = timedelta(hours=8)
STREETS = {"/1/2", "/1/20"}


def read(rows: Iterable[dict[str, Any]]) -> Points:
    return in_bulk([{"district": "luxian", "state": "filed", **row} for row in rows], COLUMNS)


def told(rows: Iterable[dict[str, Any]], reopenings: Iterable[Reopening] = (), by: str = "all", **which: Any) -> Any:
    columns = IncidentColumns.of(read(rows), list(reopenings))
    groups = together(columns) if by == "all" else by_word(columns, by)
    return figures(columns, columns.which(Wanted(**which)), PERIOD, groups, NOW)


MOMENTS = st.one_of(
    st.none(),
    # the edges of days and weeks in the districts' time among them
    st.sampled_from([PERIOD.since, PERIOD.until, PERIOD.until - timedelta(milliseconds=1), NOW]),
    st.integers(-400, 500).map(lambda hours: PERIOD.since + timedelta(hours=hours)),
)
INCIDENTS = st.lists(
    st.fixed_dictionaries({
        "path": st.sampled_from([None, "/1", "/1/2", "/1/2/3", "/1/20", "/4/5"]),
        "category": st.sampled_from([None, "facilities", "disputes"]),
        "department": st.sampled_from([None, "police"]),
        "kind": st.sampled_from(["0502", "0101"]),
        "state": st.sampled_from(["filed", "suspended", "closed", "closed"]),
        "merged_into": st.sampled_from([None, None, "other"]),
        "reported_at": MOMENTS, "arrive_by": MOMENTS, "arrived_at": MOMENTS, "closed_at": MOMENTS, "due_at": MOMENTS,
    }),
    max_size=25,
)  # fmt: skip
REOPENINGS = st.lists(st.tuples(st.just("luxian"), st.integers(0, 26).map(str), MOMENTS.filter(bool)), max_size=4)
WANTED = st.builds(
    Wanted,
    scope=st.sampled_from([(), ("/1",), ("/1/2", "/4")]),
    areas=st.sampled_from([(), ("/1/2",)]),
    categories=st.sampled_from([(), ("facilities",)]),
    departments=st.sampled_from([(), ("police",)]),
)


def in_period(at: datetime | None) -> bool:
    return at is not None and PERIOD.first <= (at + CHINA).date() < PERIOD.last


def quantile(values: list[float], share: float) -> float:
    return float(np.quantile(values, share)) if values else math.nan


def slowly(rows: list[dict[str, Any]], reopenings: list[Reopening], by: Any) -> dict[Any, dict[str, float]]:
    """Count by looking at each incident in turn. `by`: the key of a row, and of the time that is counted."""
    found: dict[Any, dict[str, Any]] = {}

    def group(row: dict[str, Any], at: datetime | None) -> dict[str, Any]:
        blank = {**dict.fromkeys(NAMES, 0), "responses": [], "closings": []}
        return found.setdefault(by(row, at), blank)

    for row in rows:
        reported, closed, due = row["reported_at"], row["closed_at"], row["due_at"]
        is_closed = row["state"] == "closed"
        if is_closed and not row["merged_into"] and in_period(closed):
            of = group(row, closed)
            of["closed"] += 1
            if reported is not None and closed >= reported:
                of["closings"].append((closed - reported).total_seconds())
            else:
                of["closing_unknown"] += 1
        if not in_period(reported):
            continue
        of = group(row, reported)
        of["reported"] += 1
        if row["merged_into"]:
            of["merged"] += 1
            continue
        of["open_now"] += not is_closed
        arrived = row["arrived_at"]
        if arrived is not None and arrived >= reported:
            of["responses"].append((arrived - reported).total_seconds())
        else:
            of["response_unknown"] += 1
        of["closing_unknown"] += is_closed and closed is None
        limit, noted = row["arrive_by"], arrived is not None and arrived >= reported
        waited_for = not noted and not is_closed and row["state"] != "suspended" and limit is not None and limit < NOW
        of["late_arrivals"] += waited_for or (noted and limit is not None and arrived > limit)
        of["late_arrivals_of"] += waited_for or (noted and limit is not None)
        if due is None or (is_closed and closed is None):
            of["overdue_unknown"] += 1
        elif is_closed:
            of["overdue_of"] += 1
            of["overdue"] += closed > due
        elif row["state"] == "suspended" or due >= NOW:
            of["overdue_pending"] += 1
        else:
            of["overdue_of"] += 1
            of["overdue"] += 1
    by_code = {row["code"]: row for row in rows}
    for _, code, at in reopenings:
        if code in by_code and in_period(at):
            group(by_code[code], at)["reopened"] += 1
    for of in found.values():
        for name in ("response", "closing"):
            times = of.pop(f"{name}s")
            of[f"{name}_known"] = len(times)
            of[f"{name}_median_s"], of[f"{name}_p90_s"] = quantile(times, 0.5), quantile(times, 0.9)
        for name in ("overdue", "late_arrivals"):
            of[f"{name}_share"] = of[name] / of[f"{name}_of"] if of[f"{name}_of"] else math.nan
    return found


def same(found: Figures, keys: list[Any], expected: dict[Any, dict[str, float]]) -> None:
    assert {keys[position] for position in filled(found)} == set(expected)
    for position in filled(found):
        for name in NAMES:
            mine = float(getattr(found, name)[position])
            assert mine == pytest.approx(float(expected[keys[position]][name]), nan_ok=True), (keys[position], name)


@settings(max_examples=150)
@given(INCIDENTS, REOPENINGS, WANTED)
def test_every_grouping_equals_a_slow_count(
    rows: list[dict[str, Any]], reopenings: list[Reopening], wanted: Wanted
) -> None:
    rows = [{**row, "code": str(number)} for number, row in enumerate(rows)]
    columns = IncidentColumns.of(read(rows), reopenings)
    which = columns.which(wanted)
    mine = [
        row
        for row in rows
        if (not wanted.scope or is_below(row["path"], wanted.scope))
        and (not wanted.areas or is_below(row["path"], wanted.areas))
        and (not wanted.categories or row["category"] in wanted.categories)
        and (not wanted.departments or row["department"] in wanted.departments)
    ]

    def monday(_row: dict[str, Any], at: datetime | None) -> str:
        assert at is not None
        day = (at + CHINA).date()
        return (day - timedelta(days=day.weekday())).isoformat()

    def area(row: dict[str, Any], _at: datetime | None) -> str | None:
        steps = (row["path"] or "").split("/")[1:]
        return "/".join(["", *steps[:2]]) if steps and steps[0] == "1" and len(steps) > 1 else None

    groupings: list[tuple[Any, Any]] = [
        (together(columns), lambda _row, _at: "all"),
        (by_word(columns, "category"), lambda row, _at: row["category"]),
        (by_word(columns, "kind"), lambda row, _at: row["kind"]),
        (by_area(columns, STREETS), area),
        (by_week(columns, PERIOD), monday),
    ]
    for groups, key in groupings:
        same(figures(columns, which, PERIOD, groups, NOW), list(groups.keys), slowly(mine, reopenings, key))
    both, pairs = crossed(by_word(columns, "category"), by_week(columns, PERIOD))
    expected = slowly(mine, reopenings, lambda row, at: (row["category"], monday(row, at)))
    same(figures(columns, which, PERIOD, both, NOW), pairs, expected)


@settings(max_examples=60)
@given(INCIDENTS)
def test_the_groups_add_up_to_the_whole(rows: list[dict[str, Any]]) -> None:
    columns = IncidentColumns.of(read({**row, "code": str(number)} for number, row in enumerate(rows)))
    every = np.ones(len(rows), dtype=bool)
    whole = figures(columns, every, PERIOD, together(columns), NOW)
    counts = [name for name in NAMES if not name.endswith(("_s", "_share"))]
    for groups in (by_word(columns, "department"), by_area(columns, STREETS), by_week(columns, PERIOD)):
        parts = figures(columns, every, PERIOD, groups, NOW)
        for name in counts:
            assert getattr(parts, name).sum() == getattr(whole, name)[0], name
    own = whole.reported - whole.merged
    assert (whole.overdue_of + whole.overdue_pending + whole.overdue_unknown == own).all()
    assert (whole.response_known + whole.response_unknown == own).all()


def test_a_day_begins_at_midnight_in_the_district() -> None:
    assert PERIOD.since == datetime(2026, 11, 3, 16, tzinfo=UTC)
    assert PERIOD.before == Period(date(2026, 10, 19), date(2026, 11, 4))
    edge = timedelta(milliseconds=1)
    rows = [{"reported_at": at} for at in (PERIOD.since - edge, PERIOD.since, PERIOD.until - edge, PERIOD.until)]
    assert told(rows).reported.tolist() == [2]


def test_a_week_begins_on_monday_in_the_district_and_an_empty_one_is_there() -> None:
    sunday_evening = datetime(2026, 11, 8, 15, 59, tzinfo=UTC)
    columns = IncidentColumns.of(read([{"reported_at": sunday_evening + timedelta(minutes=late)} for late in (0, 1)]))
    groups = by_week(columns, PERIOD)
    assert groups.keys == ("2026-11-02", "2026-11-09", "2026-11-16")
    found = figures(columns, np.ones(2, dtype=bool), PERIOD, groups, NOW)
    assert found.reported.tolist() == [1, 1, 0]


def test_nothing_known_is_not_zero() -> None:
    found = told([{"reported_at": NOW - timedelta(days=1)}, {"reported_at": NOW, "state": "closed"}])
    assert (found.response_unknown[0], found.closing_unknown[0], found.overdue_unknown[0]) == (2, 1, 2)
    assert np.isnan([found.response_median_s[0], found.closing_p90_s[0], found.overdue_share[0]]).all()
    empty = told([])
    assert empty.reported.tolist() == [0]
    assert np.isnan(empty.overdue_share[0])


def test_a_duplicate_counts_as_reported_and_as_nothing_else() -> None:
    at = NOW - timedelta(days=2)
    row = {"reported_at": at, "closed_at": at, "due_at": at, "state": "closed", "merged_into": "A"}
    found = told([row])
    assert {name for name in NAMES if getattr(found, name)[0] > 0} == {"reported", "merged"}


@pytest.mark.parametrize(
    ("first", "last"), [("2026-11-04", "2026-11-04"), ("2026-11-04", "2026-11-03"), ("2000-01-01", "2026-01-01")]
)
def test_a_period_that_cannot_be_is_refused(first: str, last: str) -> None:
    with pytest.raises(BadParameter):
        Period(date.fromisoformat(first), date.fromisoformat(last))
