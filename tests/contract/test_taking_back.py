"""Taking a step back in a store: row, case and tag are those of before, and the history is longer by two lines."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from spatial.errors import Conflict, NotFound, Stale
from spatial.governance import Role
from spatial.incidents.desk import Wanted, act, report
from spatial.incidents.event_list import EventItem
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
from tests.small_town import FIRST_GRID, IN_FIRST_GRID, IN_VACANT_GRID, NOW

DESK, OTHER = Person("desk", Role.DISPATCHER), Person("other", Role.DISPATCHER)
IN_OTHER_STREET = (small_town.WEST + small_town.SIDE / 2 + 0.001, small_town.SOUTH + 0.001)
SOON = timedelta(seconds=30)


def told(stored: StoredCase, _tagged: Tag | None, _item: EventItem | None) -> dict[str, Any]:
    return {"code": stored.code, "version": stored.version}


class Town:
    """One incident of the small town, and a clock that goes on."""

    def __init__(self, store: Store) -> None:
        small_town.fill(store)
        with_workers(store, li="李敏")
        self.store, self.at = store, NOW
        self.locator = Locator.of(store).with_posts(store.duty_holders())
        _, answer = report(store, self.locator, Report(Position(*IN_FIRST_GRID), "0502"), DESK, NOW, told)
        self.code = answer["code"]

    def step(self, what: Act, who: Person = DESK, later: timedelta = timedelta(hours=1), **more: Any) -> None:
        self.at += later
        scope = more.pop("scope", ())
        given = Given(responder="li") if what is Act.DISPATCH else Given()
        wanted = Wanted(what, more.pop("reason", "因为"), given, **more)
        act(self.store, self.locator, "luxian", self.code, wanted, who, self.at, told, scope=scope)

    def picture(self) -> tuple[dict[str, Any], StoredCase]:
        """Return everything that is kept of it beside its history, and without its version."""
        (row,) = self.store.read("incidents", Query(equal={"code": self.code})).rows()
        row["geometry"] = row["geometry"].wkt
        return dict(row), replace(self.store.case("luxian", self.code), version=0)

    def history(self) -> list[Act]:
        return [line.step.act for line in self.store.steps("luxian", self.code)]


@pytest.fixture
def town(store: Store) -> Town:
    return Town(store)


WAYS: list[list[Act]] = [
    [Act.FILE],
    [Act.FILE, Act.DISPATCH],
    [Act.FILE, Act.DISPATCH, Act.ARRIVE],
    [Act.FILE, Act.DISPATCH, Act.ARRIVE, Act.HANDLE, Act.VERIFY, Act.CLOSE],
    [Act.FILE, Act.DISPATCH, Act.ARRIVE, Act.HANDLE, Act.VERIFY, Act.CLOSE, Act.REOPEN],
    [Act.FILE, Act.ASK_SUSPENSION],
    [Act.ESCALATE],
    [Act.NOTE],
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[-1].value)
def test_what_was_before_the_step_is_again(town: Town, way: list[Act]) -> None:
    for each in way[:-1]:
        town.step(each)
    before = town.picture()
    town.step(way[-1])
    town.step(Act.TAKE_BACK, later=SOON)
    assert town.picture() == before
    assert town.history() == [Act.REPORT, *way, Act.TAKE_BACK]
    assert town.store.events()[-1].action == "take_back"


def test_a_suspension_and_its_end_are_taken_back_with_their_clocks(town: Town) -> None:
    town.step(Act.FILE)
    town.step(Act.ASK_SUSPENSION)
    for step in (Act.APPROVE, Act.RESUME):
        before = town.picture()
        town.step(step, OTHER)
        assert town.picture() != before
        town.step(Act.TAKE_BACK, OTHER, SOON)
        assert town.picture() == before
        town.step(step, OTHER)


def test_a_move_is_taken_back_to_its_place_its_owner_and_its_words(town: Town) -> None:
    before = town.picture()
    town.step(Act.MOVE, position=Position(*IN_VACANT_GRID, accuracy_m=30.0))
    assert town.picture()[0]["responsible"] != before[0]["responsible"]
    assert town.picture()[1].case.command == town.picture()[0]["path"] != before[1].case.command
    town.step(Act.TAKE_BACK, later=SOON)
    assert town.picture() == before


def test_the_centre_that_it_was_escalated_to_moves_with_it_and_comes_back(town: Town) -> None:
    town.step(Act.ESCALATE)
    town.step(Act.ESCALATE)
    before = town.picture()
    assert before[1].case.command == "/510521/510521001"
    town.step(Act.MOVE, position=Position(*IN_OTHER_STREET))
    assert town.picture()[1].case.command == "/510521/510521002"
    assert town.picture()[0]["path"].startswith("/510521/510521002/510521002001/")
    town.step(Act.TAKE_BACK, later=SOON)
    assert town.picture() == before


def test_who_moved_it_out_of_their_area_takes_that_back_for_a_minute_and_nothing_else(town: Town) -> None:
    mine = (f"/510521/510521001/510521001001/{FIRST_GRID}",)
    before = town.picture()
    for who, what, later in (
        (DESK, Act.NOTE, SOON),
        (OTHER, Act.TAKE_BACK, SOON),
        (DESK, Act.TAKE_BACK, timedelta(seconds=61)),
    ):
        town.step(Act.MOVE, position=Position(*IN_VACANT_GRID), scope=mine)
        with pytest.raises(NotFound):
            town.step(what, who, later, scope=mine)
        town.step(Act.MOVE, position=Position(*IN_FIRST_GRID))
    town.step(Act.MOVE, position=Position(*IN_VACANT_GRID), scope=mine)
    town.step(Act.TAKE_BACK, later=SOON, scope=mine)
    assert town.picture()[0]["path"] == before[0]["path"] == mine[0]
    town.step(Act.MOVE, position=Position(*IN_VACANT_GRID))
    town.step(Act.NOTE)
    with pytest.raises(NotFound):  # what was moved before the last step was is not theirs to see
        town.step(Act.TAKE_BACK, later=SOON, scope=mine)


def test_another_step_in_between_another_person_and_a_minute_too_late_are_refused(town: Town) -> None:
    town.step(Act.FILE)
    version = town.store.case("luxian", town.code).version
    town.step(Act.NOTE, OTHER, SOON)
    now = town.picture()
    with pytest.raises(Stale) as stale:
        town.step(Act.TAKE_BACK, later=timedelta(), version=version)
    assert stale.value.details["last"]["by"] == "other"
    with pytest.raises(Conflict) as refused:
        town.step(Act.TAKE_BACK, later=timedelta(), version=version + 1)
    assert refused.value.details["last"]["by"] == "other"
    with pytest.raises(Conflict):
        town.step(Act.TAKE_BACK, OTHER, timedelta(seconds=61))
    assert town.picture() == now


def test_a_reopening_that_was_taken_back_was_none(town: Town) -> None:
    acts = (Act.FILE, Act.DISPATCH, Act.ARRIVE, Act.HANDLE, Act.VERIFY, Act.CLOSE)
    for what in acts:
        town.step(what)
    town.step(Act.REOPEN)
    town.step(Act.TAKE_BACK, later=SOON)
    assert town.store.reopenings() == []
    town.step(Act.REOPEN)
    again = ("luxian", town.code, town.at)
    assert town.store.reopenings() == [again]
    town.step(Act.DISPATCH)
    town.step(Act.TAKE_BACK, later=SOON)
    assert town.store.reopenings("luxian") == [again]
