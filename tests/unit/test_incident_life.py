"""The life of an incident: one table that decides everything, walked in every way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures.event_list import EVENT_LIST
from spatial.errors import BadInput, Conflict, GridscapeError, Refused
from spatial.governance import Department, Mediator, Role
from spatial.incidents.calendar import LimitUnit, TimeLimit, WorkingCalendar
from spatial.incidents.clocks import ClockState, clock_of, runs_out_at
from spatial.incidents.event_list import EventItem
from spatial.incidents.life import DECISIONS, RULES, Act, Request, acts_for, refusal
from spatial.incidents.steps import Case, Given, Outcome, Person, due_of, take
from spatial.vocabulary import IncidentState

CALENDAR = WorkingCalendar()
START = datetime(2026, 11, 23, 1, tzinfo=UTC)
DESK, OTHER_DESK, FIELD = (
    Person("desk", Role.DISPATCHER),
    Person("other", Role.DISPATCHER),
    Person("field", Role.WORKER),
)
EVERYTHING = Given("field", Department.MUNICIPAL_WORKS, "SJ-1", TimeLimit(4), mediator=Mediator.LEGAL_ADVISER)


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


NEXT = {
    # what the desk may do, and what the field may do, where nothing waits for a decision
    "reported": ("file ask_return escalate merge move note", "ask_return move note"),
    "filed": (
        "dispatch ask_return ask_suspension ask_extension escalate merge move note",
        "ask_return ask_suspension ask_extension move note",
    ),
    "dispatched": (
        "dispatch arrive ask_return ask_suspension ask_extension escalate merge move note",
        "arrive ask_return ask_suspension ask_extension move note",
    ),
    "on_site": (
        "dispatch handle ask_return ask_suspension ask_extension escalate merge move note",
        "handle ask_return ask_suspension ask_extension move note",
    ),
    "handled": ("rework verify ask_extension escalate move note", "ask_extension move note"),
    "verified": ("rework close ask_extension escalate move note", "ask_extension move note"),
    "closed": ("reopen note", "note"),
    "returned": ("file escalate merge move note", "move note"),
    "suspended": ("resume escalate move note", "move note"),
}
"""The life of an incident as the five districts live it: what is not here is refused."""

ASKED_BY = {
    # the same in every open state, while a request of somebody waits
    "another": ("approve decline escalate move note", "move note"),
    "me": ("decline withdraw escalate move note", "withdraw move note"),
}

DESK_ROLES, FIELD_ROLES = {Role.DISPATCHER, Role.ADMINISTRATOR}, {Role.WORKER}


def of_role(role: Role, cells: tuple[str, str]) -> set[str]:
    """Return what a role may do by a pair of cells; nobody else changes anything."""
    of_desk, of_field = (set(cell.split()) for cell in cells)
    return of_desk if role in DESK_ROLES else of_field if role in FIELD_ROLES else set()


def allowed(state: IncidentState, asked: Request | None, role: Role, takes_back: bool = False) -> set[str]:
    """Return what may be done, by asking for the refusal of each act; each refusal says why in both languages."""
    whys = {act: refusal(state, asked, act, role, "me", takes_back=takes_back) for act in Act}
    assert all(why is None or (why.zh and why.en) for why in whys.values())
    named = tuple(act for act, why in whys.items() if why is None)
    assert acts_for(state, asked, role, "me", takes_back=takes_back) == named
    return {act.value for act in named}


def test_the_table_names_every_state() -> None:
    assert set(NEXT) == {state.value for state in IncidentState}
    assert set(RULES) == set(Act)


@pytest.mark.parametrize("state", IncidentState)
@pytest.mark.parametrize("role", Role)
def test_what_a_role_may_do_in_a_state_is_what_the_table_says(state: IncidentState, role: Role) -> None:
    expected = of_role(role, NEXT[state.value])
    assert allowed(state, None, role) == expected
    back = {"take_back"} if role in DESK_ROLES | FIELD_ROLES else set()
    assert allowed(state, None, role, takes_back=True) == expected | back
    if state is IncidentState.CLOSED:
        return  # nothing waits for a decision there
    for by, cells in ASKED_BY.items():
        assert allowed(state, Request(Act.ASK_EXTENSION, by), role) == of_role(role, cells)


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


def test_an_extension_that_no_calendar_counts_is_not_asked_for() -> None:
    case = walked(reported(), (Act.FILE, DESK))
    for amount, unit in ((286, LimitUnit.WORKING_DAYS), (401, LimitUnit.DAYS)):
        with pytest.raises(BadInput, match="400 days at most, or 285 working days"):
            take(case, Act.ASK_EXTENSION, FIELD, START, CALENDAR, "因为", Given(extension=TimeLimit(amount, unit)))


def test_a_suspension_counts_working_time_where_the_limit_does() -> None:
    due = CALENDAR.due(START, TimeLimit(2, LimitUnit.WORKING_DAYS))
    case = Case(IncidentState.FILED, START, due, None, working=True)
    asked = walked(case, (Act.ASK_SUSPENSION, FIELD))
    suspended = then(asked, take(asked, Act.APPROVE, DESK, START, CALENDAR))
    saturday = START + timedelta(days=5)
    resumed = then(suspended, take(suspended, Act.RESUME, DESK, saturday, CALENDAR))
    assert resumed.due_at is not None
    assert CALENDAR.between(saturday, resumed.due_at) == 2 * CALENDAR.day


def limits_after(since: datetime, until: datetime, limit: TimeLimit) -> tuple[datetime, datetime]:
    """Return where a limit from START begins and ends after the clock stood still between two times."""
    case = Case(IncidentState.FILED, START, CALENDAR.due(START, limit), None, working=limit.working)
    asked = walked(case, (Act.ASK_SUSPENSION, FIELD))
    suspended = then(asked, take(asked, Act.APPROVE, DESK, since, CALENDAR))
    resumed = take(suspended, Act.RESUME, DESK, until, CALENDAR, given=Given(since=since, clock_from=START))
    return resumed.changes["clock_from"], resumed.changes["due_at"]


MINUTES = st.integers(0, 30 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(MINUTES, MINUTES, MINUTES)
def test_a_clock_that_stood_still_stands_as_if_it_never_had(ran: timedelta, stood: timedelta, goes: timedelta) -> None:
    limit = TimeLimit(2, LimitUnit.DAYS)
    begun, due = limits_after(START + ran, START + ran + stood, limit)
    stands = clock_of(begun, due, START + ran + stood + goes)
    never = clock_of(START, CALENDAR.due(START, limit), START + ran + goes)
    assert (stands.state, stands.left) == (never.state, never.left)


@given(MINUTES, MINUTES)
def test_a_clock_never_counts_from_after_it_went_on(ran: timedelta, stood: timedelta) -> None:
    begun, _ = limits_after(START + ran, START + ran + stood, TimeLimit(2, LimitUnit.WORKING_DAYS))
    assert begun <= START + ran + stood


def test_where_nobody_works_a_clock_stands_still_anyway() -> None:
    saturday, sunday = START + timedelta(days=5), START + timedelta(days=6)
    limit = TimeLimit(8, LimitUnit.WORKING_DAYS)
    assert limits_after(saturday, sunday, limit) == (START, CALENDAR.due(START, limit))


def stood_still(case: Case, since: datetime, until: datetime, item: EventItem | None = None) -> Case:
    """Return a case that was suspended and resumed."""
    asked = then(case, take(case, Act.ASK_SUSPENSION, FIELD, since, CALENDAR, "因为"))
    suspended = then(asked, take(asked, Act.APPROVE, DESK, since, CALENDAR))
    given = Given(since=since, item=item)
    return then(suspended, take(suspended, Act.RESUME, DESK, until, CALENDAR, given=given))


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


UNITS = st.sampled_from([LimitUnit.HOURS, LimitUnit.WORKING_HOURS])
MINUTES = st.integers(0, 14 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(UNITS, UNITS, MINUTES, MINUTES)
def test_each_limit_moves_by_the_time_that_it_counts(
    arrive: LimitUnit, close: LimitUnit, before: timedelta, still: timedelta
) -> None:
    item = replace(EVENT_LIST.item("0502"), arrive=TimeLimit(20, arrive), close=TimeLimit(40, close))
    limits = due_of(item, CALENDAR, START)
    case = Case(IncidentState.DISPATCHED, START, limits[1], None, working=item.working, arrive_by=limits[0])
    since, until = START + before, START + before + still
    resumed = stood_still(case, since, until, item)

    def left(unit: LimitUnit, at: datetime, limit: datetime | None) -> timedelta:
        assert limit is not None
        return CALENDAR.between(at, limit) if TimeLimit(1, unit).working and limit > at else limit - at

    for unit, was, moved in ((arrive, limits[0], resumed.arrive_by), (close, limits[1], resumed.due_at)):
        if was > since:
            assert left(unit, until, moved) == left(unit, since, was)


def test_a_suspension_over_the_weekend_moves_a_natural_limit_by_all_of_it_and_a_working_one_by_none() -> None:
    friday, monday = START + timedelta(days=4, hours=9), START + timedelta(days=7, hours=-2)
    natural, working = TimeLimit(24), TimeLimit(1, LimitUnit.WORKING_DAYS)
    for arrive, close in ((natural, working), (working, natural)):
        item = replace(EVENT_LIST.item("0502"), arrive=arrive, close=close)
        there, over = due_of(item, CALENDAR, friday)
        case = Case(IncidentState.DISPATCHED, friday, over, None, working=item.working, arrive_by=there)
        resumed = stood_still(case, friday, monday, item)
        moved = {arrive: (there, resumed.arrive_by), close: (over, resumed.due_at)}
        assert moved[natural] == (moved[natural][0], moved[natural][0] + (monday - friday))
        assert moved[working] == (moved[working][0], moved[working][0])


def test_escalation_climbs_one_level_until_there_is_none() -> None:
    case = walked(reported(), (Act.ESCALATE, DESK), (Act.ESCALATE, DESK))
    assert case.command == "/510521"
    with pytest.raises(BadInput):
        take(case, Act.ESCALATE, DESK, START, CALENDAR, "更大")


@pytest.mark.parametrize(
    ("centre", "climbs_to"),
    [
        ("/510521/a/b", "/510521/a"),
        ("/510521/a", "/510521"),
        ("/510521", "/510521"),
        (None, "/510521/a/b"),
        ("/510521/x", "/510521/a/b"),
    ],
)
def test_what_a_centre_escalates_goes_above_the_centre(centre: str | None, climbs_to: str) -> None:
    case = replace(reported(), command="/510521/a/b/grid")
    outcome = take(case, Act.ESCALATE, DESK, START, CALENDAR, "更大", Given(centre=centre))
    assert outcome.changes["command"] == climbs_to


@pytest.mark.parametrize("act", [act for act, rule in RULES.items() if rule.reason])
def test_what_needs_a_reason_is_refused_without_one(act: Act) -> None:
    state = next(iter(RULES[act].states))
    asked = Request(Act.ASK_EXTENSION, "another") if act in DECISIONS else None
    case = Case(state, START, None, "/1/2", asked)
    for reason in (None, "  "):
        with pytest.raises(BadInput):
            take(case, act, DESK, START, CALENDAR, reason, EVERYTHING)


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
