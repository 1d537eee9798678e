"""Taking the last step back: whatever it was, what was before it is again; the history keeps both."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.errors import Conflict, GridscapeError
from spatial.governance import Department, Mediator, Role
from spatial.incidents.calendar import TimeLimit, WorkingCalendar
from spatial.incidents.life import RULES, Act, Request, acts_for
from spatial.incidents.steps import Case, Given, Outcome, Person, take
from spatial.incidents.taking_back import BEFORE, COLUMNS, STAYS, WITHIN, can_be, remembered, take_back, until
from spatial.vocabulary import IncidentState

CALENDAR = WorkingCalendar()
START = datetime(2026, 11, 23, 1, tzinfo=UTC)
DESK, OTHER, FIELD = Person("desk", Role.DISPATCHER), Person("other", Role.DISPATCHER), Person("field", Role.WORKER)
EVERYTHING = Given("field", Department.MUNICIPAL_WORKS, "SJ-1", TimeLimit(4), mediator=Mediator.LEGAL_ADVISER)
ROW: dict[str, Any] = dict.fromkeys(COLUMNS)


def after(case: Case, row: dict[str, Any], outcome: Outcome) -> tuple[Case, dict[str, Any]]:
    """Return case and row after a step, as a store would keep them."""
    own = {name: value for name, value in outcome.changes.items() if name in Case.__dataclass_fields__}
    return replace(case, **own), {**row, **{name: outcome.changes[name] for name in COLUMNS if name in outcome.changes}}


def stepped(case: Case, row: dict[str, Any], act: Act, who: Person, at: datetime) -> Outcome:
    """Take a step as the desk does."""
    outcome = take(case, act, who, at, CALENDAR, "因为", EVERYTHING)
    details = {**outcome.step.details, BEFORE: remembered(case, row, outcome)}
    return replace(outcome, step=replace(outcome.step, details=details))


@given(
    st.lists(st.tuples(st.sampled_from(Act), st.sampled_from([DESK, OTHER, FIELD])), max_size=40),
    st.integers(0, 60),
)
def test_whatever_step_is_taken_back_state_assignee_and_deadlines_are_those_of_before(
    acts: list[tuple[Act, Person]], seconds: int
) -> None:
    case = Case(IncidentState.REPORTED, START, START + timedelta(hours=24), "/510521/510521001/510521001009")
    row, at = dict(ROW), START
    for act, who in acts:
        at += timedelta(minutes=7)
        try:
            outcome = stepped(case, row, act, who, at)
        except GridscapeError:
            continue
        next_case, next_row = after(case, row, outcome)
        back = take_back(next_case, outcome.step, who, at + timedelta(seconds=seconds))
        assert after(next_case, next_row, back) == (case, row)
        assert (back.step.act, back.step.before, back.step.after) == (Act.TAKE_BACK, next_case.state, case.state)
        assert back.step.details["act"] == act.value
        case, row = next_case, next_row


def _cases() -> list[tuple[Case, Act, Person]]:
    """Return every act in every state that allows it, by somebody who may."""
    found = []
    for act, rule in RULES.items():
        if act in STAYS:
            continue
        for state in sorted(rule.states):
            who = FIELD if Role.WORKER in rule.roles else DESK
            asked = None
            if act in {Act.APPROVE, Act.DECLINE}:
                asked = Request(Act.ASK_SUSPENSION, "another")
            elif act is Act.WITHDRAW:
                asked = Request(Act.ASK_SUSPENSION, who.account)
            given = {"reason": "因为"} if asked else {}
            held = {"before": IncidentState.ON_SITE, "left": timedelta(hours=3)} if state == "suspended" else {}
            case = Case(state, START, START + timedelta(hours=9), "/1/2/3", asked, given, **held)  # type: ignore[arg-type]
            mediator = Mediator.COMMUNITY_JUDGE
            found.append((replace(case, dispute=True, mediator=mediator, arrived_at=START), act, who))
    return found


def test_every_line_of_the_table_can_be_taken_back_whole() -> None:
    row = {**ROW, "responder": "before", "arrived_at": START, "department": "urban_management"}
    row["mediator"] = Mediator.COMMUNITY_JUDGE
    cases = _cases()
    assert {act for _, act, _ in cases} == set(Act) - STAYS
    for case, act, who in cases:
        outcome = stepped(case, row, act, who, START + timedelta(hours=1))
        changed = after(case, row, outcome)
        back = take_back(changed[0], outcome.step, who, START + timedelta(hours=1, seconds=59))
        assert after(*changed, back) == (case, row), act


def test_only_who_took_it_takes_it_back_and_only_for_so_long() -> None:
    case = Case(IncidentState.REPORTED, START, None, "/1/2")
    outcome = stepped(case, ROW, Act.FILE, DESK, START)
    filed, _ = after(case, ROW, outcome)
    end = START + WITHIN
    assert until(outcome.step, DESK) == end
    assert can_be(outcome.step, DESK, end)
    for who, at in ((DESK, end + timedelta(milliseconds=1)), (OTHER, START), (FIELD, START)):
        assert not can_be(outcome.step, who, at)
        with pytest.raises(Conflict) as refused:
            take_back(filed, outcome.step, who, at)
        assert refused.value.details["last"]["act"] == "file"
    assert Act.TAKE_BACK in acts_for(filed.state, None, DESK.role, DESK.account, takes_back=True)
    assert Act.TAKE_BACK not in acts_for(filed.state, None, DESK.role, DESK.account)


def test_a_report_and_what_was_taken_back_are_not_taken_back() -> None:
    case = Case(IncidentState.REPORTED, START, None, "/1/2")
    outcome = stepped(case, ROW, Act.FILE, DESK, START)
    filed, row = after(case, ROW, outcome)
    back = take_back(filed, outcome.step, DESK, START)
    for last in (None, back.step, replace(outcome.step, act=Act.REPORT)):
        with pytest.raises(Conflict):
            take_back(after(filed, row, back)[0], last, DESK, START)
