"""Reopening in a store: the limits begin anew, by the item that was reported, and come back when it is taken back."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from fixtures.event_list import EVENT_LIST
from spatial.governance import Department, Role
from spatial.incidents.board_rows import COLUMNS, PointRows, Row, rows_of
from spatial.incidents.calendar import LimitUnit, TimeLimit, WorkingCalendar
from spatial.incidents.clocks import runs_out_at
from spatial.incidents.desk import Wanted, act, report
from spatial.incidents.event_list import EventItem, EventList
from spatial.incidents.life import Act
from spatial.incidents.records import StoredCase
from spatial.incidents.reporting import Report
from spatial.incidents.steps import Given, Person, due_of
from spatial.incidents.tag import Position, Tag
from spatial.locate import Locator
from spatial.store.protocol import Store
from spatial.store.records import Query
from tests import small_town
from tests.small_town import IN_FIRST_GRID, NOW

DESK = Person("desk", Role.DISPATCHER)
LIGHT = EVENT_LIST.item("0502")
LATER = NOW + timedelta(days=30)
TO_CLOSURE = (Act.FILE, Act.DISPATCH, Act.ARRIVE, Act.HANDLE, Act.VERIFY, Act.CLOSE)


def told(stored: StoredCase, _tagged: Tag | None, _item: EventItem | None) -> dict[str, Any]:
    return {"code": stored.code}


def step(store: Store, code: str, what: Act, at: datetime) -> None:
    given = Given(department=Department.MUNICIPAL_WORKS)
    act(store, Locator.of(store), "luxian", code, Wanted(what, "因为", given), DESK, at, told)


def closed(store: Store) -> str:
    small_town.fill(store)
    code: str = report(store, Locator.of(store), Report(Position(*IN_FIRST_GRID), LIGHT.code), DESK, NOW, told)[1][
        "code"
    ]
    for what in TO_CLOSURE:
        step(store, code, what, NOW + timedelta(hours=1))
    return code


def limits(store: Store, code: str) -> tuple[datetime, datetime]:
    (row,) = store.read("incidents", Query(equal={"code": code})).rows()
    return row["arrive_by"], row["due_at"]


def test_its_limits_begin_with_the_reopening_and_are_those_of_before_when_it_is_taken_back(store: Store) -> None:
    code = closed(store)
    before = limits(store, code)
    step(store, code, Act.REOPEN, LATER)
    arrive_by, due_at = due_of(LIGHT, WorkingCalendar(), LATER)
    assert limits(store, code) == (arrive_by, due_at)
    assert store.case("luxian", code).case.due_at == due_at > LATER
    assert datetime.fromisoformat(store.steps("luxian", code)[-1].step.details["due_at"]) == due_at
    step(store, code, Act.TAKE_BACK, LATER + timedelta(seconds=30))
    assert limits(store, code) == before
    assert store.case("luxian", code).case.due_at == before[1]


@pytest.mark.parametrize("in_bulk", [False, True])
def test_its_clock_warns_by_the_limit_that_runs(store: Store, in_bulk: bool) -> None:
    def told_of(code: str) -> Row:
        wanted = Query("luxian", equal={"code": code}, columns=COLUMNS)
        if in_bulk:
            return PointRows(store.read_points("incidents", wanted))[0]
        return rows_of(store.read("incidents", wanted))[0]

    def warned(code: str, begin: datetime) -> None:
        row = told_of(code)
        assert (row["clock_from"], row["warn_at"]) == (begin, runs_out_at(begin, row["due_at"]))

    code = closed(store)
    warned(code, NOW)
    step(store, code, Act.REOPEN, LATER)
    warned(code, LATER)
    assert told_of(code)["warn_at"] > LATER
    step(store, code, Act.TAKE_BACK, LATER + timedelta(seconds=30))
    warned(code, NOW)
    with store.write("desk") as tx:
        tx.update("incidents", "luxian", code, {"clock_from": None})  # as it was stored before this was noted
    warned(code, NOW)
    step(store, code, Act.REOPEN, LATER)
    warned(code, LATER)
    step(store, code, Act.TAKE_BACK, LATER + timedelta(seconds=30))
    warned(code, NOW)


def test_the_list_that_it_was_reported_by_decides_and_after_it_the_one_in_force(store: Store) -> None:
    code = closed(store)
    hour = TimeLimit(1, LimitUnit.HOURS)
    with store.write("desk") as tx:
        tx.put_event_list("luxian", EventList.of("new", [replace(LIGHT, arrive=hour, close=hour)]))
        tx.put_event_list("luxian", EventList.of("newest", [replace(LIGHT, code="manhole", arrive=hour, close=hour)]))
    step(store, code, Act.REOPEN, LATER)
    assert limits(store, code) == due_of(LIGHT, WorkingCalendar(), LATER)
    # one that was imported was reported by no list
    step(store, "IN0003", Act.REOPEN, LATER)
    assert limits(store, "IN0003") == (LATER + timedelta(hours=1), LATER + timedelta(hours=1))
    assert not store.case("luxian", "IN0003").case.working


def test_what_no_list_knows_keeps_its_limits(store: Store) -> None:
    small_town.fill(store)
    before = limits(store, "IN0003")
    step(store, "IN0003", Act.REOPEN, LATER)
    assert limits(store, "IN0003") == before


def test_work_that_is_sent_back_is_to_be_begun_within_the_limit_of_arrival_again(store: Store) -> None:
    small_town.fill(store)
    code: str = report(store, Locator.of(store), Report(Position(*IN_FIRST_GRID), LIGHT.code), DESK, NOW, told)[1][
        "code"
    ]
    for what in (Act.FILE, Act.DISPATCH, Act.ARRIVE, Act.HANDLE):
        step(store, code, what, NOW + timedelta(hours=1))
    arrive_by, due_at = limits(store, code)
    step(store, code, Act.REWORK, LATER)
    assert limits(store, code) == (WorkingCalendar().due(LATER, LIGHT.arrive), due_at)
    assert store.case("luxian", code).case.arrive_by == WorkingCalendar().due(LATER, LIGHT.arrive)
    step(store, code, Act.TAKE_BACK, LATER + timedelta(seconds=30))
    assert limits(store, code) == (arrive_by, due_at)
