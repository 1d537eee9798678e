"""The life of an incident: one table that decides everything, walked in every way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.errors import BadInput, Conflict, GridscapeError, Refused
from spatial.governance import Department, Mediator, Role
from spatial.incidents.calendar import LimitUnit, TimeLimit, WorkingCalendar
from spatial.incidents.clocks import ClockState, clock_of, runs_out_at
from spatial.incidents.life import DECISIONS, RULES, Act, Request, acts_for, refusal
from spatial.incidents.steps import Case, Given, Outcome, Person, take
from spatial.vocabulary import IncidentState

CALENDAR = WorkingCalendar()
START = datetime(2026, 11, 23, 1, tzinfo=UTC)
DESK, OTHER_DESK, FIELD = (
    Person("desk", Role.DISPATCHER),
    Person("other", Role.DISPATCHER),
    Person("field", Role.WORKER),
)
EVERYTHING = Given("field", Department.MUNICIPAL_WORKS, "SJ-1", TimeLimit(4), Mediator.LEGAL_ADVISER)


def reported() -> Case:
    return Case(IncidentState.REPORTED, START, START + timedelta(hours=24), "/510521/510521001/510521001009")


def then(case: Case, outcome: Outcome) -> Case:
    """Return the case after a step, as a store would keep it."""
    kept = {name: value for name, value in outcome.changes.items() if name in Case.__dataclass_fields__}
    return Case(**{**{name: getattr(case, name) for name in Case.__dataclass_fields__}, **kept})


def walked(case: Case, *acts: tuple[Act, Person], hours: float = 1) -> Case:
    at = START
    for act, who in acts:
        at += timedelta(hours=hours)
        case = then(case, take(case, act, who, at, CALENDAR, "因为", EVERYTHING))
    return case


def test_every_state_act_and_role_has_a_verdict_and_a_refusal_says_why() -> None:
    assert set(RULES) == set(Act)
    for state, act, role in product(IncidentState, Act, Role):
        for asked in (None, Request(Act.ASK_EXTENSION, "another")):
            why = refusal(state, asked, act, role, "me")
            assert why is None or (why.zh and why.en)
            assert (act in acts_for(state, asked, role, "me")) == (why is None)


def test_viewers_and_planners_change_nothing_and_the_field_does_not_decide() -> None:
    for state, act in product(IncidentState, Act):
        for role in (Role.VIEWER, Role.PLANNER):
            assert refusal(state, Request(Act.ASK_RETURN, "x"), act, role, "me") is not None
    for act in (Act.FILE, Act.DISPATCH, Act.VERIFY, Act.CLOSE, Act.APPROVE, Act.MERGE, Act.REOPEN, Act.ESCALATE):
        assert Role.WORKER not in RULES[act].roles


def test_from_report_to_closure() -> None:
    case = walked(
        reported(),
        (Act.FILE, DESK), (Act.DISPATCH, DESK), (Act.ARRIVE, FIELD), (Act.HANDLE, FIELD), (Act.VERIFY, DESK),
    )  # fmt: skip
    assert case.state is IncidentState.VERIFIED
    outcome = take(case, Act.CLOSE, DESK, START + timedelta(hours=9), CALENDAR)
    assert outcome.changes == {"closed_at": START + timedelta(hours=9), "state": IncidentState.CLOSED}
    assert (outcome.step.before, outcome.step.after) == (IncidentState.VERIFIED, IncidentState.CLOSED)


@pytest.mark.parametrize("asks", [Act.ASK_RETURN, Act.ASK_SUSPENSION, Act.ASK_EXTENSION])
def test_what_is_asked_changes_nothing_until_another_person_approves(asks: Act) -> None:
    working = walked(reported(), (Act.FILE, DESK), (Act.DISPATCH, DESK))
    asked = walked(working, (asks, DESK))
    assert (asked.state, asked.due_at) == (working.state, working.due_at)
    with pytest.raises(Conflict):
        take(asked, Act.APPROVE, DESK, START, CALENDAR)
    with pytest.raises(Conflict):
        take(asked, Act.ARRIVE, FIELD, START, CALENDAR)
    with pytest.raises(Refused):
        take(asked, Act.APPROVE, FIELD, START, CALENDAR)
    approved = walked(asked, (Act.APPROVE, OTHER_DESK))
    assert approved.asked is None
    assert (approved.state, approved.due_at) != (working.state, working.due_at)
    assert walked(asked, (Act.DECLINE, OTHER_DESK)) == walked(asked, (Act.WITHDRAW, DESK)) == working


def test_a_suspension_stops_the_clock_and_gives_back_what_was_left() -> None:
    working = walked(reported(), (Act.FILE, DESK), (Act.DISPATCH, DESK))
    asked = walked(working, (Act.ASK_SUSPENSION, FIELD))
    suspended = then(asked, take(asked, Act.APPROVE, DESK, START + timedelta(hours=4), CALENDAR))
    assert suspended.left == timedelta(hours=20)
    assert clock_of(START, suspended.due_at, START, suspended=True).state is ClockState.PAUSED
    later = START + timedelta(days=9)
    resumed = then(suspended, take(suspended, Act.RESUME, DESK, later, CALENDAR))
    assert (resumed.state, resumed.due_at) == (IncidentState.DISPATCHED, later + timedelta(hours=20))


def test_a_suspension_counts_working_time_where_the_limit_does() -> None:
    due = CALENDAR.due(START, TimeLimit(2, LimitUnit.WORKING_DAYS))
    case = Case(IncidentState.FILED, START, due, None, working=True)
    asked = walked(case, (Act.ASK_SUSPENSION, FIELD))
    suspended = then(asked, take(asked, Act.APPROVE, DESK, START, CALENDAR))
    saturday = START + timedelta(days=5)
    resumed = then(suspended, take(suspended, Act.RESUME, DESK, saturday, CALENDAR))
    assert resumed.due_at is not None
    assert CALENDAR.between(saturday, resumed.due_at) == 2 * CALENDAR.day


def stood_still(case: Case, since: datetime, until: datetime) -> Case:
    """Return a case that was suspended and resumed."""
    asked = then(case, take(case, Act.ASK_SUSPENSION, FIELD, since, CALENDAR, "因为"))
    suspended = then(asked, take(asked, Act.APPROVE, DESK, since, CALENDAR))
    return then(suspended, take(suspended, Act.RESUME, DESK, until, CALENDAR))


def test_the_limit_for_being_there_moves_by_as_long_as_the_clock_stood_still() -> None:
    limit = START + timedelta(hours=4)
    case = replace(reported(), state=IncidentState.DISPATCHED, arrive_by=limit)
    since, until = START + timedelta(hours=1), START + timedelta(days=3)
    assert stood_still(case, since, until).arrive_by == limit + (until - since)
    there = replace(case, state=IncidentState.ON_SITE, arrived_at=START)
    assert stood_still(there, since, until).arrive_by == limit
    assert stood_still(replace(case, arrive_by=None), since, until).arrive_by is None


def test_it_moves_by_working_time_where_that_alone_counts() -> None:
    limits = [CALENDAR.due(START, TimeLimit(days, LimitUnit.WORKING_DAYS)) for days in (1, 3)]
    case = Case(IncidentState.DISPATCHED, START, limits[1], None, working=True, arrive_by=limits[0])
    # from Monday morning over two working days and a half, in the middle of which nobody works
    resumed = stood_still(case, START, START + timedelta(days=2, hours=2))
    assert resumed.arrive_by is not None
    moved = CALENDAR.between(limits[0], resumed.arrive_by)
    assert moved == CALENDAR.between(START, START + timedelta(days=2, hours=2)) > 2 * CALENDAR.day


def test_escalation_climbs_one_level_until_there_is_none() -> None:
    case = walked(reported(), (Act.ESCALATE, DESK), (Act.ESCALATE, DESK))
    assert case.command == "/510521"
    with pytest.raises(BadInput):
        take(case, Act.ESCALATE, DESK, START, CALENDAR, "更大")


@pytest.mark.parametrize("act", [act for act, rule in RULES.items() if rule.reason])
def test_what_needs_a_reason_is_refused_without_one(act: Act) -> None:
    state = next(iter(RULES[act].states))
    asked = Request(Act.ASK_EXTENSION, "another") if act in DECISIONS else None
    case = Case(state, START, None, "/1/2", asked)
    for reason in (None, "  "):
        with pytest.raises(BadInput):
            take(case, act, DESK, START, CALENDAR, reason, EVERYTHING)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(Act), st.sampled_from([DESK, OTHER_DESK, FIELD])), max_size=60))
def test_however_one_walks_what_holds_always_holds(acts: list[tuple[Act, Person]]) -> None:
    case, closed_at, at = reported(), None, START
    for act, who in acts:
        at += timedelta(minutes=7)
        try:
            outcome = take(case, act, who, at, CALENDAR, "因为", EVERYTHING)
        except GridscapeError:
            continue
        assert outcome.step.at == at
        assert outcome.step.before is case.state
        closed_at = outcome.changes.get("closed_at", closed_at)
        case = then(case, outcome)
        assert outcome.step.after is case.state
        assert (case.state is IncidentState.CLOSED) == (closed_at is not None)
        assert (case.state is IncidentState.SUSPENDED) == (case.before is not None)
        assert case.asked is None or case.state is not IncidentState.CLOSED


def test_a_clock_that_runs_out_is_another_thing_than_one_that_has() -> None:
    due = START + timedelta(hours=8)
    expected = {0: ClockState.RUNNING, 5.9: ClockState.RUNNING, 6: ClockState.RUNNING_OUT, 8: ClockState.RUNNING_OUT}
    for hours, state in {**expected, 8.01: ClockState.OVERDUE}.items():
        assert clock_of(START, due, START + timedelta(hours=hours)).state is state
    assert clock_of(START, due, due + timedelta(minutes=12)).left == -timedelta(minutes=12)
    assert clock_of(START, due, due, closed=True).state is ClockState.STOPPED
    assert clock_of(START, None, due).state is ClockState.RUNNING
    assert runs_out_at(START, START + timedelta(minutes=10)) == START
