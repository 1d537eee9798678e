"""What the events prove of the histories: lines that came, went or changed behind the store's back are found."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from spatial.accounts.secrets import Limits
from spatial.errors import GridscapeError
from spatial.governance import Role
from spatial.incidents.calendar import WorkingCalendar
from spatial.incidents.life import Act
from spatial.incidents.records import StoredCase
from spatial.incidents.steps import Case, Person, Step, take
from spatial.retention import Periods, due
from spatial.store import WholeStore
from spatial.store.cases import lines_of
from spatial.store.proof import first_odd
from spatial.store.session import Session
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


@contextmanager
def unguarded(store: WholeStore) -> Iterator[Session]:
    """Write as whoever owns the store could: what keeps lines from being removed is not there meanwhile."""
    with store.loading() as session:
        if store.url.startswith("postgresql"):
            session.execute("ALTER TABLE incident_steps DISABLE TRIGGER incident_steps_remain")
            yield session
            session.execute("ALTER TABLE incident_steps ENABLE TRIGGER incident_steps_remain")
        else:
            session.execute("DROP TRIGGER incident_steps_remain")
            yield session


LINE = "WHERE incident = '{code}' AND number = {number}"


def added(code: str, number: int, act: str, actor: str = "desk", role: str = "dispatcher", at: str = "at") -> str:
    """Return a statement that adds a line to a history, at the time of the first line of another one."""
    return (
        "INSERT INTO incident_steps (district, incident, number, at, actor, role, act, state_before, state_after) "
        f"SELECT district, '{code}', {number}, {at}, '{actor}', '{role}', '{act}', 'reported', 'filed' "
        f"FROM incident_steps WHERE incident IN ('FIRST', 'M104') AND number = 1"
    )


@pytest.mark.parametrize(
    "statement",
    [
        f"DELETE FROM incident_steps {LINE.format(code='FIRST', number=2)}",
        f"DELETE FROM incident_steps {LINE.format(code='FIRST', number=3)}",
        "DELETE FROM incident_steps WHERE incident = 'FIRST'",
        added("FIRST", 4, "close"),
        # in place of the line that was there: of another act
        f"DELETE FROM incident_steps {LINE.format(code='FIRST', number=3)};" + added("FIRST", 3, "verify"),
    ],
)
def test_a_line_that_came_went_or_is_another_is_found(store: WholeStore, statement: str) -> None:
    first = lived(store)
    with unguarded(store) as session:
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
        # beyond those that the event names too
        (f"DELETE FROM incident_steps {LINE.format(code='M108', number=2)}", "M108"),
        ("DELETE FROM incident_steps WHERE incident = 'M105'", "M105"),
        (added("M105", 3, "verify"), "M105"),
        # of an incident that is gone, by an event that names others
        (added("M115", 1, "report"), "M115"),
        # in place of the line that was there: of another actor, or another time
        (f"DELETE FROM incident_steps {LINE.format(code='M107', number=2)};" + added("M107", 2, "file", "me"), "M107"),
        (
            f"DELETE FROM incident_steps {LINE.format(code='M107', number=2)};"
            + added("M107", 2, "file", at="(SELECT max(at) FROM events)"),
            "M107",
        ),
        # what the events told of them
        ("UPDATE event_rolls SET content = replace(content, 'M105', 'M205')", ""),
        ("DELETE FROM event_rolls", ""),
        ("DELETE FROM event_salts", ""),
    ],
)
def test_of_histories_that_came_whole_what_is_another_is_found(store: WholeStore, statement: str, found: str) -> None:
    with_districts(store)
    brought(store)
    assert store.verify_histories() is None
    with unguarded(store) as session:
        for each in statement.split(";"):
            assert session.execute(each)
    assert store.verify_histories() == ("luxian", found)
    assert store.verify_events() is None


def test_of_a_store_whose_events_have_no_roll_that_lines_are_missing_is_found(store: WholeStore) -> None:
    """As such a store was written before there were rolls: its events name no more than a hundred."""
    with_districts(store)
    brought(store)
    events, lines = list(store.events(limit=10_000)), lines_of(store)
    old = [replace(event, fields=tuple(name for name in event.fields if name != "roll")) for event in events]
    assert first_odd(old, lines, {}) is None
    for code, found in (("M003", "M003"), ("M105", "")):
        fewer = {key: told for key, told in lines.items() if key[1] != code}
        assert first_odd(old, fewer, {}) == ("luxian", found)


def test_what_came_whole_and_was_erased_is_no_matter(store: WholeStore) -> None:
    with_districts(store)
    brought(store)
    with store.write("desk") as tx:
        for code in ("M003", "M109"):
            tx.update("incidents", "luxian", code, {"state": "closed", "closed_at": AT})
        assert tx.erase(due(AT + timedelta(days=90), Periods(steps=timedelta(days=30)), Limits()))["incident_steps"]
    assert (store.verify_histories(), store.verify_events()) == (None, None)


def test_a_history_is_removed_with_its_incident_alone(store: WholeStore) -> None:
    first = lived(store)
    lines = store.steps("luxian", first)
    for statement in ("DELETE FROM incident_steps", f"DELETE FROM incident_steps {LINE.format(code=first, number=1)}"):
        with pytest.raises(GridscapeError, match="not removed"), store.loading() as session:
            session.execute(statement)
    assert store.steps("luxian", first) == lines
    remove(store, [first])
    assert store.steps("luxian", first) == []
    assert store.verify_histories() is None
