"""Incidents in a store: a report, steps, and a history that nobody rewrites."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import shapely

from spatial.errors import BadInput, GridscapeError, NotFound, Stale
from spatial.governance import Role
from spatial.incidents.calendar import LimitUnit, TimeLimit, WorkingCalendar
from spatial.incidents.event_list import EventItem, EventList
from spatial.incidents.life import Act
from spatial.incidents.records import Answer, StoredCase
from spatial.incidents.steps import Given, Outcome, Person, take
from spatial.store.cases import refuse_stale
from spatial.store.protocol import Store
from spatial.table import Table
from spatial.text import Text
from spatial.vocabulary import IncidentState
from tests.contract.sample import AT, ITEM, LUXIAN, QIBIN, report, with_districts

DESK, FIELD = Person("desk", Role.DISPATCHER), Person("field", Role.WORKER)
CALENDAR = WorkingCalendar()


def step(store: Store, code: str, act: Act, who: Person, hours: float, **more: object) -> StoredCase:
    with store.write(who.account) as tx:
        stored = tx.case("luxian", code)
        outcome = take(
            stored.case, act, who, AT + timedelta(hours=hours), CALENDAR, "因为", Given(responder="field"),
        )  # fmt: skip
        return tx.step(stored, outcome, **more)  # type: ignore[arg-type]


def test_a_report_gets_the_next_number_of_its_day_and_its_case(store: Store) -> None:
    with_districts(store, LUXIAN, QIBIN)
    evening = datetime(2026, 11, 23, 17, tzinfo=UTC)  # the next day in the district
    codes = [report(store).code, report(store).code, report(store, "qibin").code, report(store, at=evening).code]
    assert codes == ["SJ-20261123-0001", "SJ-20261123-0002", "SJ-20261123-0001", "SJ-20261124-0001"]
    stored = store.case("luxian", codes[1])
    assert (stored.version, stored.list_version, stored.path) == (1, "2026-1", "/510521/a")
    assert stored.tag == {"candidates": [{"code": "a", "probability": 0.7}]}
    assert stored.case.working
    (first,) = store.steps("luxian", codes[1])
    assert (first.number, first.step.reason, first.step.details) == (1, "看见的", {"accuracy_m": 9.5})
    (row,) = (row for row in store.read("incidents").rows() if row["code"] == codes[1] and row["district"] == "luxian")
    assert (row["state"], row["note"], row["first_responsible"]) == ("reported", "第三盏", None)
    event = store.events()[-1]
    assert (event.action, event.collection, event.codes) == ("report", "incidents", (codes[3],))


def test_steps_change_the_row_the_case_and_the_history_together(store: Store) -> None:
    code = report(with_districts(store)).code
    step(store, code, Act.FILE, DESK, 1)
    step(store, code, Act.DISPATCH, DESK, 2)
    stored = step(store, code, Act.ASK_SUSPENSION, FIELD, 3)
    assert stored == store.case("luxian", code)
    assert (stored.version, stored.case.state) == (4, IncidentState.DISPATCHED)
    assert stored.case.asked is not None
    assert store.events()[-1].fields == ("asked", "given")
    suspended = step(store, code, Act.APPROVE, DESK, 4)
    assert suspended == store.case("luxian", code)
    assert suspended.case.left is not None
    assert suspended.case.before is IncidentState.DISPATCHED
    history = store.steps("luxian", code)
    assert [line.number for line in history] == [1, 2, 3, 4, 5]
    assert [line.step.after.value for line in history] == [
        "reported", "filed", "dispatched", "dispatched", "suspended",
    ]  # fmt: skip
    (row,) = store.read("incidents").rows()
    assert (row["state"], row["responder"]) == ("suspended", "field")
    assert [event.action for event in store.events()[-5:]] == [
        "report", "file", "dispatch", "ask_suspension", "approve",
    ]  # fmt: skip
    assert store.verify_events() is None


def test_an_incident_that_was_imported_begins_its_history_with_its_first_step(store: Store) -> None:
    row = Table(
        np.array([shapely.Point(105.0, 29.0)], dtype=object),
        {"code": ["OLD-1"], "district": ["luxian"], "state": ["filed"], "reported_at": [AT], "path": ["/510521/a"]},
    )
    with with_districts(store).write("importer") as tx:
        tx.insert("incidents", row)
    assert (store.case("luxian", "OLD-1").version, store.steps("luxian", "OLD-1")) == (0, [])
    assert step(store, "OLD-1", Act.DISPATCH, DESK, 1).version == 1
    (only,) = store.steps("luxian", "OLD-1")
    assert (only.number, only.step.before) == (1, IncidentState.FILED)


def test_what_was_reopened_is_told_with_its_times_as_often_as_it_was(store: Store) -> None:
    with_districts(store, LUXIAN, QIBIN)
    code = report(store).code
    report(store, "qibin")
    assert store.reopenings() == []
    acts = (Act.FILE, Act.DISPATCH, Act.ARRIVE, Act.HANDLE, Act.VERIFY, Act.CLOSE, Act.REOPEN)
    for hours, act in enumerate((*acts, *acts[1:])):
        step(store, code, act, DESK, hours)
    assert store.reopenings() == [("luxian", code, AT + timedelta(hours=hours)) for hours in (6, 12)]
    assert store.reopenings("luxian") == store.reopenings()
    assert store.reopenings("qibin") == []


def test_moving_retags_in_the_same_step(store: Store) -> None:
    code = report(with_districts(store)).code
    place = {"geometry": shapely.Point(105.01, 29.01), "responsible": "b", "path": "/510521/b"}
    stored = step(store, code, Act.MOVE, FIELD, 1, columns=place, tag={"candidates": []})
    assert (stored.path, stored.tag) == ("/510521/b", {"candidates": []})
    assert store.case("luxian", code) == stored
    (row,) = store.read("incidents").rows()
    assert (row["responsible"], row["geometry"].x) == ("b", 105.01)
    assert set(store.events()[-1].fields) == {"geometry", "responsible", "path"}


def test_a_change_of_another_version_is_refused_and_told_what_happened(store: Store) -> None:
    code = report(with_districts(store)).code
    seen = store.case("luxian", code)
    step(store, code, Act.FILE, DESK, 1)
    now, history = store.case("luxian", code), store.steps("luxian", code)
    with pytest.raises(Stale) as refused:
        refuse_stale(now, seen.version, history)
    assert refused.value.details["last"] == {
        "act": "file", "by": "desk", "at": (AT + timedelta(hours=1)).isoformat(),
    }  # fmt: skip
    refuse_stale(now, now.version, history)
    refuse_stale(now, None, history)


def test_the_history_is_not_rewritten_but_its_words_can_be_erased(store: Store) -> None:
    code = report(with_districts(store)).code
    step(store, code, Act.FILE, DESK, 1)
    before = store.steps("luxian", code)
    for change in ("actor = 'somebody'", "at = '2020-01-01T00:00:00.000Z'", "reason = 'another'", "act = 'close'"):
        with pytest.raises(Exception, match="not rewritten"), store.write("tester") as tx:
            tx._session.execute(f"UPDATE incident_steps SET {change} WHERE number = 2")  # type: ignore[attr-defined]
    assert store.steps("luxian", code) == before
    with store.write("tester") as tx:
        tx._session.execute("UPDATE incident_steps SET reason = NULL, details = NULL")  # type: ignore[attr-defined]
    assert [line.step.reason for line in store.steps("luxian", code)] == [None, None]


def test_the_newest_event_list_is_in_force_and_none_is_changed(store: Store) -> None:
    with_districts(store)
    assert store.event_list("luxian") is None
    old, new = EventList.of("2025", [ITEM]), EventList.of("2026", [ITEM])
    with store.write("desk") as tx:
        tx.put_event_list("luxian", old)
        tx.put_event_list("luxian", new)
        tx.put_event_list("luxian", old)  # the same again is nothing new
    assert store.event_list("luxian") == new
    assert store.event_list("luxian", "2025") == old
    assert store.event_list("luxian", "1999") is None
    other = EventList.of("2026", [ITEM, EventItem(**{**_fields(ITEM), "code": "0503"})])
    with pytest.raises(BadInput), store.write("desk") as tx:
        tx.put_event_list("luxian", other)
    with pytest.raises(NotFound), store.write("desk") as tx:
        tx.put_event_list("nowhere", new)


def _fields(item: EventItem) -> dict[str, object]:
    return {name: getattr(item, name) for name in EventItem.__dataclass_fields__}


def test_a_calendar_is_the_usual_one_until_the_place_has_its_own(store: Store) -> None:
    with_districts(store)
    assert store.calendar("luxian") == WorkingCalendar()
    with store.write("desk") as tx:
        tx.put_calendar("luxian", {"hours": [["09:00", "17:00"]], "weekdays": [1, 2, 3, 4, 5, 6]})
    assert store.calendar("luxian").day == timedelta(hours=8)
    with pytest.raises(BadInput), store.write("desk") as tx:
        tx.put_calendar("luxian", {"hours": []})


def test_a_limit_that_the_calendar_cannot_count_is_not_put_in_force(store: Store) -> None:
    with_districts(store)
    long = replace(ITEM, close=TimeLimit(200, LimitUnit.WORKING_DAYS))
    with pytest.raises(BadInput, match="0502"), store.write("desk") as tx:
        tx.put_event_list("luxian", EventList.of("1", [replace(ITEM, close=TimeLimit(300, LimitUnit.WORKING_DAYS))]))
    assert store.event_list("luxian") is None
    with store.write("desk") as tx:
        tx.put_event_list("luxian", EventList.of("1", [long]))
    mondays = {"hours": [["09:00", "17:00"]], "weekdays": [1]}
    with pytest.raises(BadInput, match="0502"), store.write("desk") as tx:
        tx.put_calendar("luxian", mondays)
    assert store.calendar("luxian") == WorkingCalendar()
    with store.write("desk") as tx:
        tx.put_event_list("luxian", EventList.of("2", [ITEM]))
        tx.put_calendar("luxian", mondays)
    assert store.calendar("luxian").day == timedelta(hours=8)


def test_an_answer_is_remembered_with_what_was_changed_or_not_at_all(store: Store) -> None:
    with_districts(store)
    given = Answer("d1", 201, {"code": "SJ-1"})
    with store.write("desk") as tx:
        assert tx.answer("key") is None
        tx.remember("key", given)
        assert tx.answer("key") == given
    with store.write("other") as tx:
        assert tx.answer("key") is None
    with pytest.raises(GridscapeError), store.write("desk") as tx:  # noqa: PT012
        tx.remember("second", given)
        raise BadInput(Text("不", "no"))
    with store.write("desk") as tx:
        assert (tx.answer("key"), tx.answer("second")) == (given, None)


def test_what_is_not_there_has_no_case(store: Store) -> None:
    with_districts(store)
    with pytest.raises(NotFound):
        store.case("luxian", "SJ-1")


def test_a_step_that_changes_no_column_makes_itself_heard_too(store: Store) -> None:
    code = report(with_districts(store)).code
    outcome = Outcome(IncidentState.REPORTED, {}, store.steps("luxian", code)[0].step)
    with store.write("desk") as tx:
        tx.step(tx.case("luxian", code), outcome)
    assert [line.number for line in store.steps("luxian", code)] == [1, 2]
    assert store.events()[-1].fields == ("history",)


def test_what_was_escalated_is_told_with_the_centre_that_has_it(store: Store) -> None:
    with_districts(store, LUXIAN, QIBIN)
    ours, theirs, still = report(store).code, report(store, "qibin").code, report(store).code
    assert store.escalated() == {}
    step(store, ours, Act.ESCALATE, DESK, 1)
    assert store.escalated() == {("luxian", ours): "/510521"}
    assert store.escalated("qibin", [theirs]) == store.escalated("luxian", [still]) == {}
    assert store.escalated("luxian", [ours, still]) == store.escalated("luxian") == store.escalated()
