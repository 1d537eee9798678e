"""Choosing who mediates a dispute, in a store: row, case and history tell it, and a dispute is not verified before."""

from datetime import timedelta
from typing import Any

import pytest

from spatial.errors import BadInput, Conflict
from spatial.governance import Mediator, Role
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
from tests.small_town import IN_FIRST_GRID, NOW

LEAK_DISPUTE, LIGHT = "0301", "0502"
DESK, FIELD = Person("desk", Role.DISPATCHER), Person("li", Role.WORKER)


def told(stored: StoredCase, _tagged: Tag | None, _item: EventItem | None) -> dict[str, Any]:
    return {"code": stored.code}


class Town:
    """One incident of the small town, handled, and a clock that goes on."""

    def __init__(self, store: Store, kind: str, mediator: Mediator | None = None) -> None:
        small_town.fill(store)
        with_workers(store, li="李")
        self.store, self.at = store, NOW
        self.locator = Locator.of(store)
        _, answer = report(
            store, self.locator, Report(Position(*IN_FIRST_GRID), kind, mediator=mediator), DESK, NOW, told
        )
        self.code = answer["code"]
        for what in (Act.FILE, Act.DISPATCH, Act.ARRIVE, Act.HANDLE):
            self.step(what)

    def step(self, what: Act, who: Person = DESK, mediator: Mediator | None = None) -> None:
        self.at += timedelta(seconds=30)
        given = Given("li" if what is Act.DISPATCH else None, mediator=mediator)
        act(self.store, self.locator, "luxian", self.code, Wanted(what, given=given), who, self.at, told)

    def mediator(self) -> tuple[Any, Any]:
        """Return who mediates by the row, and by the case."""
        (row,) = self.store.read("incidents", Query(equal={"code": self.code})).rows()
        return row["mediator"], self.store.case("luxian", self.code).case.mediator


def test_a_dispute_is_verified_once_it_is_chosen_who_mediates(store: Store) -> None:
    town = Town(store, LEAK_DISPUTE)
    with pytest.raises(Conflict) as refused:
        town.step(Act.VERIFY)
    assert refused.value.problem.zh == "纠纷须先选择调解人"
    assert refused.value.remedy is not None
    assert "选择调解人" in refused.value.remedy.zh
    town.step(Act.MEDIATE, FIELD, Mediator.LEGAL_ADVISER)
    assert town.mediator() == ("legal_adviser", Mediator.LEGAL_ADVISER)
    last = store.steps("luxian", town.code)[-1].step
    assert (last.act, last.actor, last.details["mediator"]) == (Act.MEDIATE, "li", "legal_adviser")
    assert store.events()[-1].action == "mediate"
    assert "mediator" in store.events()[-1].fields
    town.step(Act.VERIFY)


def test_it_can_be_chosen_anew_and_taken_back(store: Store) -> None:
    town = Town(store, LEAK_DISPUTE, Mediator.COMMUNITY_JUDGE)
    assert town.mediator() == ("community_judge", Mediator.COMMUNITY_JUDGE)
    town.step(Act.MEDIATE, mediator=Mediator.PEOPLES_MEDIATOR)
    assert town.mediator() == ("peoples_mediator", Mediator.PEOPLES_MEDIATOR)
    town.step(Act.TAKE_BACK)
    assert town.mediator() == ("community_judge", Mediator.COMMUNITY_JUDGE)


def test_taking_the_only_choice_back_leaves_none(store: Store) -> None:
    town = Town(store, LEAK_DISPUTE)
    town.step(Act.MEDIATE, mediator=Mediator.PEOPLES_MEDIATOR)
    town.step(Act.TAKE_BACK)
    assert town.mediator() == (None, None)


def test_only_a_dispute_is_mediated_and_by_somebody(store: Store) -> None:
    town = Town(store, LIGHT)
    with pytest.raises(Conflict, match="Only a dispute is mediated"):
        town.step(Act.MEDIATE, mediator=Mediator.LEGAL_ADVISER)
    town.step(Act.VERIFY)


def test_who_mediates_is_named(store: Store) -> None:
    town = Town(store, LEAK_DISPUTE)
    with pytest.raises(BadInput, match="Choose who mediates"):
        town.step(Act.MEDIATE)
