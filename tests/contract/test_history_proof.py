"""What the events prove of the histories: lines that came, went or changed behind the store's back are found."""

from datetime import timedelta

import pytest

from spatial.accounts.secrets import Limits
from spatial.governance import Role
from spatial.incidents.calendar import WorkingCalendar
from spatial.incidents.life import Act
from spatial.incidents.records import StoredCase
from spatial.incidents.steps import Case, Person, Step, take
from spatial.retention import Periods, due
from spatial.store import WholeStore
from spatial.table import Table
from spatial.vocabulary import IncidentState
from tests.contract.sample import AT, LUXIAN, QIBIN, report, with_districts

DESK = Person("desk", Role.DISPATCHER)


def step(store: WholeStore, code: str, act: Act, reason: str | None = "因为") -> None:
    with store.write(DESK.account) as tx:
        stored = tx.case("luxian", code)
        tx.step(stored, take(stored.case, act, DESK, AT + timedelta(hours=1), WorkingCalendar(), reason))


def bring(store: WholeStore, codes: list[str]) -> None:
    """Bring incidents with histories of two lines each, as a demo does."""
    rows = [
        {"code": code, "district": "luxian", "state": "filed", "reported_at": AT, "geometry": None} for code in codes
    ]
    lines = [
        Step(AT, "field", Role.WORKER, Act.REPORT, IncidentState.REPORTED, IncidentState.REPORTED, None, {}),
        Step(AT, "desk", Role.DISPATCHER, Act.FILE, IncidentState.REPORTED, IncidentState.FILED, None, {}),
    ]
    case = Case(IncidentState.FILED, AT, None, None)
    with store.write("fixtures") as tx:
        tx.insert("incidents", Table.from_rows(rows))
        tx.put_histories("luxian", [(StoredCase("luxian", code, 2, case, None), lines) for code in codes])


def remove(store: WholeStore, codes: list[str]) -> None:
    with store.write("fixtures") as tx:
        tx.delete("incidents", "luxian", codes)


MANY = [f"M{number:03d}" for number in range(120)]


def lived(store: WholeStore) -> str:
    """Return an incident with a life of three lines; another one came and went."""
    with_districts(store, LUXIAN, QIBIN)
    first, gone = report(store).code, report(store).code
    step(store, first, Act.FILE)
    step(store, first, Act.NOTE)
    step(store, gone, Act.FILE)
    remove(store, [gone])
    assert report(store).code == gone  # the code is another incident's now
    return first


def brought(store: WholeStore) -> None:
    """Let many incidents come with their histories, live on, go, and come again."""
    bring(store, MANY)
    step(store, "M007", Act.NOTE)
    step(store, "M119", Act.NOTE)
    remove(store, MANY)
    bring(store, MANY[:110])
    step(store, "M109", Act.NOTE)


def test_histories_that_were_lived_are_what_the_events_tell(store: WholeStore) -> None:
    with_districts(store)
    assert store.verify_histories() is None
    lived(store)
    assert store.verify_histories() is None
    brought(store)
    assert store.verify_histories() is None
    with store.write("tester") as tx:
        tx.clear_district("luxian")
    assert store.verify_histories() is None
    with_districts(store)
    code = report(store).code
    step(store, code, Act.FILE)
    assert store.verify_histories() is None


def test_what_was_erased_is_no_matter(store: WholeStore) -> None:
    first = lived(store)
    with store.write("desk") as tx:
        tx.update("incidents", "luxian", first, {"state": "closed", "closed_at": AT})
        assert tx.erase(due(AT + timedelta(days=90), Periods(steps=timedelta(days=30)), Limits()))["incident_steps"]
    assert store.verify_histories() is None


LINE = "WHERE incident = '{code}' AND number = {number}"
ADDED = (
    "INSERT INTO incident_steps (district, incident, number, at, actor, role, act, state_before, state_after) "
    "SELECT district, incident, {number}, at, 'desk', 'dispatcher', '{act}', state_after, state_after "
    "FROM incident_steps WHERE incident = '{code}' AND number = 1"
)


@pytest.mark.parametrize(
    "statement",
    [
        f"DELETE FROM incident_steps {LINE.format(code='FIRST', number=2)}",
        f"DELETE FROM incident_steps {LINE.format(code='FIRST', number=3)}",
        "DELETE FROM incident_steps WHERE incident = 'FIRST'",
        ADDED.format(code="FIRST", number=4, act="close"),
        # in place of the line that was there: of another act
        f"DELETE FROM incident_steps {LINE.format(code='FIRST', number=3)};"
        + ADDED.format(code="FIRST", number=3, act="verify"),
    ],
)
def test_a_line_that_came_went_or_is_another_is_found(store: WholeStore, statement: str) -> None:
    first = lived(store)
    with store.loading() as session:
        for each in statement.replace("FIRST", first).split(";"):
            assert session.execute(each)
    assert store.verify_histories() == ("luxian", first)
    assert store.verify_events() is None


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (f"DELETE FROM incident_steps {LINE.format(code='M109', number=3)}", "M109"),
        (f"DELETE FROM incident_steps {LINE.format(code='M109', number=2)}", "M109"),
        ("DELETE FROM incident_steps WHERE incident = 'M003'", "M003"),
        # the event names no more than a hundred: that there are too few is known, of which incident is not
        (f"DELETE FROM incident_steps {LINE.format(code='M108', number=2)}", ""),
        ("DELETE FROM incident_steps WHERE incident = 'M105'", ""),
    ],
)
def test_of_histories_that_came_whole_what_is_missing_is_found(store: WholeStore, statement: str, found: str) -> None:
    with_districts(store)
    brought(store)
    assert store.verify_histories() is None
    with store.loading() as session:
        assert session.execute(statement)
    assert store.verify_histories() == ("luxian", found)
