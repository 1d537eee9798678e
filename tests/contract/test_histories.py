"""Incidents that come with a history: kept whole, once, and gone with the incident."""

from datetime import timedelta

import numpy as np
import pytest
import shapely

from spatial.errors import Conflict
from spatial.governance import Role
from spatial.incidents.life import Act
from spatial.incidents.records import StoredCase
from spatial.incidents.steps import Case, Person, Step, after, take
from spatial.store.protocol import Store
from spatial.table import Table
from spatial.vocabulary import IncidentState
from tests.contract.sample import AT, report, with_districts
from tests.contract.test_incidents import CALENDAR

DESK = Person("desk", Role.DISPATCHER)


def brought(code: str) -> tuple[Table, StoredCase, list[Step]]:
    """Return the row of an incident that was filed elsewhere, its case and its two steps."""
    case = Case(IncidentState.REPORTED, AT, AT + timedelta(days=2), "/510521/a")
    filed = take(case, Act.FILE, DESK, AT + timedelta(hours=1), CALENDAR)
    first = Step(AT, "desk", Role.DISPATCHER, Act.REPORT, case.state, case.state, None, {"kind": "0502"})
    row = Table(
        np.array([shapely.Point(105.37, 29.15)], dtype=object),
        {
            "code": [code],
            "district": ["luxian"],
            "state": ["filed"],
            "reported_at": [AT],
            "due_at": [case.due_at],
            "path": ["/510521/a"],
        },
    )
    return row, StoredCase("luxian", code, 2, after(case, filed), "/510521/a", "2026-1"), [first, filed.step]


def test_a_history_is_kept_as_it_came_in_one_event(store: Store) -> None:
    with_districts(store)
    before = len(store.events())
    with store.write("fixtures") as tx:
        came = [brought("A-1"), brought("A-2")]
        for row, _, _ in came:
            tx.insert("incidents", row)
        assert tx.put_histories("luxian", [(stored, steps) for _, stored, steps in came]) == 4
    assert store.case("luxian", "A-2") == came[1][1]
    assert [line.step for line in store.steps("luxian", "A-1")] == came[0][2]
    assert store.histories("luxian") == {code: store.steps("luxian", code) for code in ("A-1", "A-2")}
    event = store.events()[-1]
    assert len(store.events()) == before + 3
    assert (event.collection, event.codes, event.count) == ("incident_steps", ("A-1", "A-2"), 4)
    assert store.verify_events() is None


def test_a_history_is_never_put_in_place_of_another(store: Store) -> None:
    code = report(with_districts(store)).code
    history = store.steps("luxian", code)
    _, stored, steps = brought(code)
    with pytest.raises(Conflict), store.write("fixtures") as tx:
        tx.put_histories("luxian", [(stored, steps)])
    assert store.steps("luxian", code) == history


def test_who_gets_the_code_of_an_incident_that_is_no_more_does_not_get_its_history(store: Store) -> None:
    code = report(with_districts(store)).code
    with store.write("fixtures") as tx:
        assert tx.delete("incidents", "luxian", [code]) == 1
    assert store.histories("luxian") == {}
    assert report(store).code == code
    assert [line.step.act for line in store.steps("luxian", code)] == [Act.REPORT]
    assert store.case("luxian", code).version == 1
