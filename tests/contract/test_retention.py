"""Retention: what is due goes, what is not stays, and the chain of events still verifies."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import shapely

from spatial.accounts.account import new_account
from spatial.accounts.secrets import Limits, new_session, new_token
from spatial.governance import Department, Role
from spatial.incidents.by_column import COLUMNS, IncidentColumns, Wanted
from spatial.incidents.life import Act
from spatial.incidents.records import Answer
from spatial.incidents.responders import Responder
from spatial.incidents.statistics import Period, figures, together
from spatial.incidents.steps import Given, Person, take
from spatial.incidents.taking_back import BEFORE, take_back
from spatial.responses.convening import Convened, Seat
from spatial.responses.meetings import Meeting, ResponseLevel
from spatial.responses.response import Response, ShapeKind
from spatial.retention import Periods, due
from spatial.store import WholeStore
from spatial.store.records import DutyHolder, Query
from tests.contract.sample import AT, report, with_districts

DAY = timedelta(days=1)
NOW = AT + timedelta(days=400)


def test_what_is_due_goes_and_the_rest_stays(store: WholeStore) -> None:
    with_districts(store)
    with store.write("root") as tx:
        tx.put_account(new_account("root", "", Role.ADMINISTRATOR))
        for number, until in enumerate((None, NOW - DAY, NOW + DAY)):
            token = new_token("root", f"t{number}", AT, None, lambda count, n=number: bytes([n]) * count)[1]  # type: ignore[misc]
            tx.put_token(replace(token, expires_at=until))
    for days in (181, 179, 1):
        store.log_access(NOW - days * DAY, "root", "cameras", None, days)
    digests = []
    for number, (started, seen) in enumerate(((17, 1), (5, 5), (5, 3))):
        session = new_session("root", NOW - timedelta(hours=started), lambda count, n=number: bytes([n]) * count)[1]  # type: ignore[misc]
        store.start_session(replace(session, seen_at=NOW - timedelta(hours=seen)))
        digests.append(session.digest)
    for account, hours in (("a", 25), ("b", 23)):
        seen = NOW - timedelta(hours=hours)
        store.put_responder(
            Responder(account, "luxian", account, on_duty_since=seen, lon=105.0, lat=29.0, accuracy_m=5.0, seen_at=seen)
        )
    with store.write("root") as tx:
        tx.remember("old", Answer("d", 200, {}))
    with store.write("retention") as tx:
        erased = tx.erase(due(NOW))
    assert erased == {
        "positions": 1, "access_log": 1, "answers": 1, "sessions": 2, "tokens": 1, "photos": 0, "incident_steps": 0,
        "response_rosters": 0,
    }  # fmt: skip
    assert [count for *_, count in store.access_log()] == [1, 179]
    assert [store.session(digest) is None for digest in digests] == [True, True, False]
    assert [token.label for token in store.tokens("root")] == ["t0", "t2"]
    assert [(one.account, one.lon) for one in store.responders()] == [("a", None), ("b", 105.0)]
    noted = [(event.actor, event.action, event.collection, event.count) for event in store.events()[-5:]]
    assert noted == [("retention", "erase", name, count) for name, count in erased.items() if count]
    assert store.verify_events() is None
    events = len(store.events())
    with store.write("retention") as tx:
        assert not any(tx.erase(due(NOW)).values())
    assert len(store.events()) == events  # nothing was due


def test_answers_of_today_are_kept(store: WholeStore) -> None:
    with store.write("root") as tx:
        tx.remember("key", Answer("d", 200, {}))
    with store.write("retention") as tx:
        assert tx.erase(due(datetime.now(UTC)))["answers"] == 0
    with store.write("root") as tx:
        assert tx.answer("key") == Answer("d", 200, {})


def closed(store: WholeStore, days: int) -> str:
    """Report an incident, close it on a day, and return its code."""
    code = report(store, at=AT + days * DAY).code
    with store.write("desk") as tx:
        stored = tx.case("luxian", code)
        who = Person("desk", Role.DISPATCHER)
        step = take(stored.case, Act.FILE, who, AT + days * DAY, tx.calendar("luxian"), "秘密的原因")
        tx.step(stored, step)
    with store.write("desk") as tx:
        tx.update("incidents", "luxian", code, {"state": "closed", "closed_at": AT + (days + 1) * DAY})
    return code


def test_reasons_of_closed_incidents_are_erased_with_the_salts_of_their_digests(store: WholeStore) -> None:
    with_districts(store)
    old, recent, still_open = closed(store, 0), closed(store, 300), report(store, at=AT).code
    before = store.events()
    with store.write("retention") as tx:
        erased = tx.erase(due(NOW, Periods(steps=365 * DAY), Limits()))
    assert erased["incident_steps"] == 2
    assert {(line.step.reason, tuple(line.step.details)) for line in store.steps("luxian", old)} == {(None, ())}
    assert [line.step.act for line in store.steps("luxian", old)] == [Act.REPORT, Act.FILE]
    assert any(line.step.reason for line in store.steps("luxian", recent))
    assert any(line.step.reason for line in store.steps("luxian", still_open))
    assert store.events()[: len(before)] == before
    event = store.events()[-1]
    assert (event.action, event.collection, event.district, event.codes) == (
        "erase",
        "incident_steps",
        "luxian",
        (old,),
    )
    assert store.verify_events() is None
    with store.aside() as session:  # type: ignore[attr-defined]
        salted = {row[0] for row in session.rows("SELECT event FROM event_salts")}
    for event in before:
        assert (event.id in salted) is (event.codes != (old,))


def statistics_of(store: WholeStore) -> dict[str, Any]:
    wanted = Query(columns=COLUMNS)
    columns = IncidentColumns.of(store.read_points("incidents", wanted), store.reopenings())
    period = Period(AT.date(), AT.date() + DAY)
    counted = figures(columns, columns.which(Wanted()), period, together(columns), NOW)
    return {name: getattr(counted, name).tolist() for name in ("reported", "closed", "reopened")}


def test_what_was_reopened_is_known_when_the_words_about_it_are_gone(store: WholeStore) -> None:
    with_districts(store)
    who, code = Person("desk", Role.DISPATCHER), report(store, at=AT).code
    ways = (Act.FILE, Act.DISPATCH, Act.ARRIVE, Act.HANDLE, Act.VERIFY, Act.CLOSE)
    for hours, what in enumerate((*ways, Act.REOPEN, None, Act.REOPEN, *ways[1:])):
        with store.write("desk") as tx:
            stored, steps = tx.case("luxian", code), tx.steps("luxian", code)
            at = AT + timedelta(hours=hours)
            if what is None:
                kept = replace(steps[-1].step, details={BEFORE: {"state": "closed", "closed_at": at.isoformat()}})
                tx.step(stored, take_back(stored.case, kept, who, kept.at))
            else:
                sent = Given(department=Department.MUNICIPAL_WORKS)
                tx.step(stored, take(stored.case, what, who, at, tx.calendar("luxian"), "秘密的原因", sent))
    reopened, numbers = [("luxian", code, AT + timedelta(hours=8))], statistics_of(store)
    assert store.reopenings() == reopened
    with store.write("retention") as tx:
        assert tx.erase(due(NOW, Periods(steps=365 * DAY), Limits()))["incident_steps"] == 15
    assert {(line.step.reason, tuple(line.step.details)) for line in store.steps("luxian", code)} == {(None, ())}
    assert store.reopenings() == reopened
    assert statistics_of(store) == numbers


def test_without_a_period_histories_are_kept(store: WholeStore) -> None:
    with_districts(store)
    code = closed(store, 0)
    with store.write("retention") as tx:
        tx.erase(due(NOW))
    assert any(line.step.reason for line in store.steps("luxian", code))


def test_who_was_convened_is_erased_with_the_salt_of_its_digest_where_the_response_is_over(store: WholeStore) -> None:
    with_districts(store)
    seat = Seat("/510521", "510521", "泸县", None, (DutyHolder("P1", "luxian", "p", "510521", "/510521", "王敏"),), 0)
    convened = [Convened(Meeting.DISPATCH, (seat,))]
    storm = Response(
        "luxian", "", ResponseLevel.I, ShapeKind.AREA, shapely.box(105, 29, 106, 30), "/510521", "暴雨", AT, "wang"
    )
    codes = []
    for days in (1, 300, None):
        with store.write("wang") as tx:
            codes.append(tx.open_response(storm, convened).code)
        if days is not None:
            with store.write("wang") as tx:
                tx.end_response(tx.response("luxian", codes[-1]), AT + days * DAY, "wang", "雨停")
    before, responses = store.events(), store.responses()
    with store.write("retention") as tx:
        assert tx.erase(due(NOW))["response_rosters"] == 0
        assert tx.erase(due(NOW, Periods(steps=365 * DAY), Limits()))["response_rosters"] == 1
    assert [store.roster("luxian", code) for code in codes] == [None, convened, convened]
    assert store.responses() == responses
    assert (store.events()[-1].collection, store.events()[-1].codes) == ("response_rosters", (codes[0],))
    assert store.verify_events() is None
    with store.aside() as session:  # type: ignore[attr-defined]
        salted = {row[0] for row in session.rows("SELECT event FROM event_salts")}
    for event in before:
        assert (event.id in salted) is not (event.action == "open" and event.codes == (codes[0],))
