"""Taking one's last step back: for a minute, by who took it, and with a line of its own in the history."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from spatial.errors import Conflict
from spatial.governance import Mediator
from spatial.incidents.life import Act, Request, check
from spatial.incidents.steps import Case, Outcome, Person, Step
from spatial.text import Text
from spatial.vocabulary import IncidentState, word

WITHIN = timedelta(seconds=60)
"""So long after it a step can be taken back."""

BEFORE = "before"
"""Where the details of a step keep what it changed; only the server reads it."""

STAYS = frozenset({Act.REPORT, Act.TAKE_BACK})
"""What cannot be taken back: there is nothing before a report, and a step that was taken back is taken again."""

COLUMNS = ("responder", "department", "arrive_by", "arrived_at", "closed_at", "merged_into", "mediator", "clock_from")
"""The columns of an incident's row that steps change beside its state and its limit."""

_CASE = ("due_at", "command", "asked", "given", "before", "left", "working")
_TIMES = frozenset({"due_at", "arrive_by", "arrived_at", "closed_at", "clock_from"})


def remembered(case: Case, row: Mapping[str, Any], outcome: Outcome) -> dict[str, Any]:
    """Return what a step changes as it was before, as plain values; `row`: COLUMNS of the incident before the step."""
    before = {"state": case.state, **{name: getattr(case, name) for name in _CASE}, **row}
    return {name: _plain(before[name]) for name in ("state", *_CASE, *COLUMNS) if name in outcome.changes}


def until(last: Step | None, who: Person) -> datetime | None:
    """Return until when somebody can take back the last step of an incident; None where they cannot at all."""
    if last is None or last.actor != who.account or last.act in STAYS or BEFORE not in last.details:
        return None
    return last.at + WITHIN


def can_be(last: Step | None, who: Person, at: datetime) -> bool:
    """Return whether somebody can take back the last step of an incident at a time."""
    end = until(last, who)
    return end is not None and at <= end


def take_back(case: Case, last: Step | None, who: Person, at: datetime, reason: str | None = None) -> Outcome:
    """Return what becomes of a case when its last step is taken back; raises Refused for the role, else Conflict."""
    if not can_be(last, who, at):
        raise _too_late(case, last, who)
    check(case.state, case.asked, Act.TAKE_BACK, who.role, who.account, reason, takes_back=True, mediated=case.mediated)
    assert last is not None  # it can be taken back
    changes = {name: _valued(name, value) for name, value in last.details[BEFORE].items() if name != "place"}
    state = changes.get("state", case.state)
    details = {"act": last.act.value}
    if "responder" in changes:
        details["responder"] = changes["responder"]
    said = (reason or "").strip() or None
    return Outcome(state, changes, Step(at, who.account, who.role, Act.TAKE_BACK, case.state, state, said, details))


def _plain(value: Any) -> Any:
    match value:
        case Request():
            return {"act": value.act.value, "by": value.by}
        case timedelta():
            return value.total_seconds()
        case datetime():
            return value.isoformat()
        case Mapping():
            return dict(value)
    return getattr(value, "value", value)


def _valued(name: str, value: Any) -> Any:
    if name == "given":
        return value or {}
    if value is None:
        return None
    if name in _TIMES:
        return datetime.fromisoformat(value)
    match name:
        case "state" | "before":
            return IncidentState(value)
        case "mediator":
            return Mediator(value)
        case "asked":
            return Request(Act(value["act"]), value["by"])
        case "left":
            return timedelta(seconds=value)
    return value


def _too_late(case: Case, last: Step | None, who: Person) -> Conflict:
    if last is None or last.act is Act.REPORT:
        what = Text("还没有可撤销的步骤", "There is no step to take back yet")
    elif last.actor != who.account:
        what = Text(
            f"最近一步是 {last.actor} 的“{word(last.act).zh}”", f"The last step is {last.actor}'s: {word(last.act).en}"
        )
    elif last.act is Act.TAKE_BACK:
        what = Text("最近一步已撤销", "The last step was taken back already")
    else:
        seconds = int(WITHIN.total_seconds())
        what = Text(f"只能在 {seconds} 秒内撤销", f"A step can be taken back for {seconds} seconds")
    last_said = {} if last is None else {"act": last.act.value, "by": last.actor, "at": last.at.isoformat()}
    return Conflict(
        what,
        Text("历史照旧；请执行下一步", "What happened stays; go on from here"),
        state=case.state.value,
        last=last_said,
    )
