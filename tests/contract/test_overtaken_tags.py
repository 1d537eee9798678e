"""A publication between the tagging of a place and its writing: what is kept has the owner and edition of after."""

from datetime import timedelta
from typing import Any

import pytest

from spatial.edits import move_vertex
from spatial.errors import EditionMoved
from spatial.governance import Role
from spatial.incidents.desk import Wanted, act, report
from spatial.incidents.event_list import EventItem
from spatial.incidents.life import Act
from spatial.incidents.records import StoredCase
from spatial.incidents.reporting import Report
from spatial.incidents.steps import Person
from spatial.incidents.tag import Position, Tag
from spatial.locate import Locator
from spatial.store.protocol import Store
from spatial.store.records import Query
from tests import small_town
from tests.small_town import FIRST_GRID, IN_FIRST_GRID, NOW, SIDE, SOUTH, VACANT_GRID, WEST

DESK = Person("desk", Role.DISPATCHER)
CORNER = (WEST + SIDE / 4, SOUTH + SIDE / 2)
BETWEEN = (105.355, 29.145)
"""In the first grid before the corner moves to the west, in the vacant one after."""


def publish(store: Store) -> None:
    areas = store.read("areas", Query(district="luxian", tree="main"))
    change = move_vertex(areas, CORNER, (CORNER[0] - 0.004, CORNER[1]), district="luxian", base=1)
    with store.write("planner") as tx:
        tx.publish_changes(change)


def told(stored: StoredCase, _tagged: Tag | None, _item: EventItem | None) -> dict[str, Any]:
    return {"code": stored.code}


def row_of(store: Store, code: str) -> dict[str, Any]:
    (row,) = store.read("incidents", Query(equal={"code": code})).rows()
    return row


def test_a_report_of_an_old_edition_is_not_kept_and_the_same_of_the_new_one_is(store: Store) -> None:
    small_town.fill(store)
    old, asked = Locator.of(store), Report(Position(*BETWEEN), "0502")
    publish(store)
    before = store.count("incidents"), store.events()
    with pytest.raises(EditionMoved) as overtaken:
        report(store, old, asked, DESK, NOW, told)
    assert overtaken.value.details == {"base": 1, "newest": 2}
    assert (store.count("incidents"), store.events()) == before
    _, answer = report(store, Locator.of(store), asked, DESK, NOW, told)
    row = row_of(store, answer["code"])
    assert (row["responsible"], row["first_responsible"], row["first_edition"]) == (VACANT_GRID, VACANT_GRID, 2)
    assert row["path"].endswith(VACANT_GRID)
    assert store.case("luxian", answer["code"]).tag["edition"] == 2


def test_a_move_and_its_taking_back_want_the_newest_edition_and_other_steps_none(store: Store) -> None:
    small_town.fill(store)
    old = Locator.of(store)
    code = report(store, old, Report(Position(*BETWEEN), "0502"), DESK, NOW, told)[1]["code"]
    act(store, old, "luxian", code, Wanted(Act.MOVE, "那边", position=Position(*IN_FIRST_GRID)), DESK, NOW, told)
    publish(store)
    back, soon = Wanted(Act.TAKE_BACK), NOW + timedelta(seconds=30)
    with pytest.raises(EditionMoved):
        act(store, old, "luxian", code, back, DESK, soon, told)
    assert row_of(store, code)["responsible"] == FIRST_GRID
    act(store, Locator.of(store), "luxian", code, back, DESK, soon, told)
    assert row_of(store, code)["responsible"] == VACANT_GRID
    move = Wanted(Act.MOVE, "这边", position=Position(*BETWEEN))
    with pytest.raises(EditionMoved):
        act(store, old, "luxian", code, move, DESK, soon, told)
    act(store, Locator.of(store), "luxian", code, move, DESK, soon, told)
    assert store.case("luxian", code).tag["edition"] == 2
    act(store, old, "luxian", code, Wanted(Act.FILE), DESK, soon, told)
