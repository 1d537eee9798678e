"""Until when somebody is to be there, in a store: a suspension moves it, and taking its end back moves it back."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from fixtures.event_list import EVENT_LIST
from spatial.governance import Role
from spatial.incidents.calendar import LimitUnit, TimeLimit
from spatial.incidents.desk import Wanted, act, report
from spatial.incidents.event_list import EventItem, EventList
from spatial.incidents.life import Act
from spatial.incidents.records import StoredCase
from spatial.incidents.reporting import Report
from spatial.incidents.steps import Given, Person
from spatial.incidents.tag import Position, Tag
from spatial.locate import Locator
from spatial.store.protocol import Store
from spatial.store.records import Query
from tests import small_town
from tests.sendable import with_workers
from tests.small_town import IN_FIRST_GRID, NOW

FIRE_LANE = "0101"
DESK, OTHER = Person("desk", Role.DISPATCHER), Person("other", Role.DISPATCHER)


def told(stored: StoredCase, _tagged: Tag | None, _item: EventItem | None) -> dict[str, Any]:
    return {"code": stored.code}


def test_it_moves_by_all_of_the_time_where_working_time_counts_for_the_closure_alone(store: Store) -> None:
    small_town.fill(store)
    item = replace(
        EVENT_LIST.item(FIRE_LANE), arrive=TimeLimit(4), close=TimeLimit(5, LimitUnit.WORKING_DAYS), code="0199"
    )
    with store.write("desk") as tx:
        tx.put_event_list("luxian", EventList.of("mixed", [item]))
    locator = Locator.of(store)
    code = report(store, locator, Report(Position(*IN_FIRST_GRID), item.code), DESK, NOW, told)[1]["code"]
    limit = NOW + timedelta(hours=4)
    days = {Act.FILE: 0, Act.ASK_SUSPENSION: 0, Act.APPROVE: 0, Act.ESCALATE: 2, Act.RESUME: 9}
    for what, later in days.items():
        who = OTHER if what in (Act.APPROVE, Act.RESUME) else DESK
        act(store, locator, "luxian", code, Wanted(what, "因为"), who, NOW + timedelta(days=later), told)
    assert store.case("luxian", code).case.arrive_by == limit + timedelta(days=9)


def test_it_moves_with_the_clock_that_stood_still_until_somebody_is_there(store: Store) -> None:
    small_town.fill(store)
    with_workers(store, li="李")
    locator = Locator.of(store)
    _, answer = report(store, locator, Report(Position(*IN_FIRST_GRID), FIRE_LANE), DESK, NOW, told)
    code = answer["code"]

    def step(what: Act, who: Person, minutes: int) -> datetime:
        given = Given("li") if what is Act.DISPATCH else Given()
        at = NOW + timedelta(minutes=minutes)
        act(store, locator, "luxian", code, Wanted(what, "因为", given), who, at, told)
        (row,) = store.read("incidents", Query(equal={"code": code})).rows()
        limit: datetime = row["arrive_by"]
        assert store.case("luxian", code).case.arrive_by == limit
        return limit

    limit = step(Act.FILE, DESK, 1)
    step(Act.DISPATCH, DESK, 2)
    step(Act.ASK_SUSPENSION, DESK, 3)
    assert step(Act.APPROVE, OTHER, 10) == limit
    moved = limit + timedelta(minutes=90)
    assert step(Act.RESUME, OTHER, 100) == moved
    assert store.steps("luxian", code)[-1].step.details["arrive_by"] == moved.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    assert step(Act.TAKE_BACK, OTHER, 100) == limit
    assert step(Act.RESUME, OTHER, 100) == moved
    assert step(Act.ARRIVE, DESK, 101) == moved
    step(Act.ASK_SUSPENSION, DESK, 102)
    step(Act.APPROVE, OTHER, 103)
    assert step(Act.RESUME, OTHER, 200) == moved


def test_the_clock_counts_from_as_much_later_as_it_stood_still(store: Store) -> None:
    small_town.fill(store)
    locator = Locator.of(store)
    code = report(store, locator, Report(Position(*IN_FIRST_GRID), FIRE_LANE), DESK, NOW, told)[1]["code"]

    def counts_from(what: Act, who: Person, minutes: int) -> datetime | None:
        act(store, locator, "luxian", code, Wanted(what, "因为"), who, NOW + timedelta(minutes=minutes), told)
        (row,) = store.read("incidents", Query(equal={"code": code})).rows()
        begun: datetime | None = row["clock_from"]
        return begun

    counts_from(Act.FILE, DESK, 1)
    counts_from(Act.ASK_SUSPENSION, DESK, 2)
    before = counts_from(Act.APPROVE, OTHER, 10)
    assert before in (None, NOW)
    assert counts_from(Act.RESUME, OTHER, 100) == NOW + timedelta(minutes=90)
    assert counts_from(Act.TAKE_BACK, OTHER, 100) == before
    counts_from(Act.RESUME, OTHER, 100)
    counts_from(Act.ASK_SUSPENSION, DESK, 110)
    counts_from(Act.APPROVE, OTHER, 111)
    assert counts_from(Act.RESUME, OTHER, 121) == NOW + timedelta(minutes=100)
