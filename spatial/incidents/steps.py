"""Taking a step: what an act changes of an incident, and the line that its history gets. Nothing is stored here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from spatial.errors import BadInput
from spatial.governance import Department, Mediator, Role
from spatial.incidents.calendar import LimitUnit, TimeLimit, WorkingCalendar
from spatial.incidents.event_list import EventItem
from spatial.incidents.life import Act, Request, check
from spatial.text import Text
from spatial.vocabulary import IncidentState

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: an account and the role that it acts in."""

    account: str
    role: Role


@dataclass(frozen=True, slots=True)
class Case:
    """An incident as its life sees it.

    `asked`: what waits for a decision, with what was `given` and the reason. `before`: the state that a suspension
    interrupted; `left`: the time that it stopped the clock at, working time where `working`. `command`: the path of
    the area whose centre has the case; it climbs when the incident is escalated. `mediator`: who mediates a `dispute`.
    `arrive_by`: until when somebody is to be there; `arrived_at`: when somebody was.
    """

    state: IncidentState
    reported_at: datetime
    due_at: datetime | None
    command: str | None
    asked: Request | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    before: IncidentState | None = None
    left: timedelta | None = None
    working: bool = False
    dispute: bool = False
    mediator: Mediator | None = None
    arrive_by: datetime | None = None
    arrived_at: datetime | None = None

    @property
    def mediated(self) -> bool | None:
        """Whether it is chosen who mediates a dispute; None for what is no dispute."""
        return self.mediator is not None if self.dispute else None


@dataclass(frozen=True, slots=True)
class Given:
    """What comes with an act; each is for the acts that need it.

    `responder`, `department`: whom to send. `into`: the code of the incident that a duplicate is merged into.
    `extension`: by how much the limit is extended. `centre`: the path of the area whose centre escalates.
    `item`: of what is reopened or worked on again: its limits begin anew, or that of being there; of what is resumed:
    it says whether that one counts working time. `since`: when the suspension began that ends, `clock_from`: from when
    on its limit counted before it; None where nobody knows.
    `mediator`: who mediates a dispute.
    """

    responder: str | None = None
    department: Department | None = None
    into: str | None = None
    extension: TimeLimit | None = None
    centre: str | None = None
    item: EventItem | None = None
    since: datetime | None = None
    clock_from: datetime | None = None
    mediator: Mediator | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an incident's history, which is never rewritten."""

    at: datetime
    actor: str
    role: Role
    act: Act
    before: IncidentState
    after: IncidentState
    reason: str | None
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step makes of a case: its new state, the columns that change, and the line of its history."""

    state: IncidentState
    changes: Mapping[str, Any]
    step: Step


def take(
    case: Case,
    act: Act,
    who: Person,
    at: datetime,
    calendar: WorkingCalendar,
    reason: str | None = None,
    given: Given = Given(),
) -> Outcome:
    """Return what becomes of a case by an act at an aware time.

    Raises Refused for the role, Conflict for what is not next or waits for a decision, BadInput for what is missing.
    """
    rule = check(case.state, case.asked, act, who.role, who.account, reason, mediated=case.mediated)
    said = (reason or "").strip() or None
    if said is not None and len(said) > LONGEST_REASON:
        raise BadInput(
            Text(f"原因超过 {LONGEST_REASON} 字", f"The reason is longer than {LONGEST_REASON} characters"),
            Text("请缩短", "Shorten it"),
        )
    if rule.asks:
        changes = _asking(act, who, said, given, calendar)
        details = {key: value for key, value in changes["given"].items() if key != "reason"}
        return _outcome(case, act, who, at, said, case.state, changes, details)
    state, changes = case.state if rule.after is None else rule.after, _changes(case, act, at, given, calendar)
    details = {key: value for key, value in changes.items() if key in _TOLD}
    match act:
        case Act.APPROVE:
            state, changes, details = _approved(case, at, calendar)
        case Act.DECLINE | Act.WITHDRAW:
            changes = {"asked": None, "given": {}}
            details = {"asked": None if case.asked is None else case.asked.act.value}
        case Act.RESUME:
            state, changes = _resumed(case, at, given, calendar)
            details = {name: changes[name] for name in ("due_at", "arrive_by") if name in changes}
    if state is not case.state:
        changes = {**changes, "state": state}
    return _outcome(case, act, who, at, said, state, changes, details)


def after(case: Case, outcome: Outcome) -> Case:
    """Return the case that a step leaves."""
    own = {name: value for name, value in outcome.changes.items() if name in OF_THE_CASE}
    of_the_row = {name: outcome.changes.get(name, getattr(case, name)) for name in _OF_THE_ROW}
    return replace(case, state=outcome.state, **of_the_row, **own)


def due_of(item: EventItem, calendar: WorkingCalendar, at: datetime) -> tuple[datetime, datetime]:
    """Return until when somebody is to be there, and until when it is to be closed."""
    return calendar.due(at, item.arrive), calendar.due(at, item.close)


def command_after_move(command: str | None, before: str | None, path: str | None) -> str | None:
    """Return whose centre has a case that moves from one path to another: as far up there as it had climbed here."""
    depth = (command or "").count("/")
    if path is None or not 0 < depth < (before or "").count("/"):
        return path
    return "/".join(path.split("/")[: depth + 1])


_OF_THE_ROW = ("due_at", "arrive_by", "arrived_at", "mediator")

OF_THE_CASE = frozenset({"asked", "given", "before", "left", "working", "command"})
"""What a step changes of a case that is no column of the incident's row."""

_TOLD = frozenset({"responder", "department", "merged_into", "mediator", "command", "due_at"})


def _outcome(
    case: Case,
    act: Act,
    who: Person,
    at: datetime,
    reason: str | None,
    state: IncidentState,
    changes: Mapping[str, Any],
    details: Mapping[str, Any],
) -> Outcome:
    return Outcome(state, changes, Step(at, who.account, who.role, act, case.state, state, reason, details))


def _changes(case: Case, act: Act, at: datetime, given: Given, calendar: WorkingCalendar) -> dict[str, Any]:
    """Return the columns that a step changes beside the state."""
    match act:
        case Act.DISPATCH:
            if given.responder is None and given.department is None:
                raise _missing(act, Text("请选择处置人员或部门", "Choose a responder or a department"))
            sent: dict[str, Any] = {"responder": given.responder, "arrived_at": None}
            return sent if given.department is None else {**sent, "department": given.department.value}
        case Act.ARRIVE:
            return {"arrived_at": at}
        case Act.CLOSE:
            return {"closed_at": at}
        case Act.MERGE:
            if given.into is None:
                raise _missing(act, Text("请选择并入哪一事件", "Choose the incident that it is merged into"))
            return {"merged_into": given.into, "closed_at": at}
        case Act.REOPEN:
            opened: dict[str, Any] = {"closed_at": None, "merged_into": None, "responder": None, "arrived_at": None}
            if given.item is None:
                return opened
            arrive_by, due_at = due_of(given.item, calendar, at)
            return {**opened, "arrive_by": arrive_by, "due_at": due_at, "clock_from": at, "working": given.item.working}
        case Act.REWORK:
            again: dict[str, Any] = {"arrived_at": None}
            return again if given.item is None else {**again, "arrive_by": calendar.due(at, given.item.arrive)}
        case Act.MEDIATE:
            if given.mediator is None:
                raise _missing(act, Text("请选择由谁调解", "Choose who mediates"))
            return {"mediator": given.mediator}
        case Act.ESCALATE:
            return {"command": _one_up(case.command or "", given.centre)}
    return {}


def _asking(act: Act, who: Person, reason: str | None, given: Given, calendar: WorkingCalendar) -> dict[str, Any]:
    details: dict[str, Any] = {"reason": reason}
    if act is Act.ASK_EXTENSION:
        if given.extension is None:
            raise _missing(act, Text("请说明延长多久", "Say by how much it is extended"))
        if not calendar.counts(given.extension):
            raise calendar.too_long()
        details["extension"] = {"amount": given.extension.amount, "unit": given.extension.unit.value}
    return {"asked": Request(act, who.account), "given": details}


def _approved(
    case: Case, at: datetime, calendar: WorkingCalendar
) -> tuple[IncidentState, dict[str, Any], dict[str, Any]]:
    assert case.asked is not None  # checked before
    changes: dict[str, Any] = {"asked": None, "given": {}}
    details: dict[str, Any] = {"asked": case.asked.act.value, "by": case.asked.by}
    if case.asked.act is Act.ASK_RETURN:
        return IncidentState.RETURNED, {**changes, "responder": None}, details
    if case.asked.act is Act.ASK_SUSPENSION:
        left = None
        if case.due_at is not None:
            left = calendar.between(at, case.due_at) if case.working else case.due_at - at
        return IncidentState.SUSPENDED, {**changes, "before": case.state, "left": left}, details
    extension = TimeLimit(float(case.given["extension"]["amount"]), LimitUnit(case.given["extension"]["unit"]))
    due_at = calendar.due(max(case.due_at or at, at), extension)
    return case.state, {**changes, "due_at": due_at}, {**details, "due_at": due_at}


def _resumed(case: Case, at: datetime, given: Given, calendar: WorkingCalendar) -> tuple[IncidentState, dict[str, Any]]:
    """Return the state that the suspension interrupted, and the limits with as much time left as there was."""
    due_at = case.due_at
    if case.left is not None:
        ahead = case.left > timedelta()
        due_at = calendar.after(at, case.left) if case.working and ahead else at + case.left
    changes: dict[str, Any] = {"before": None, "left": None, "due_at": due_at}
    if case.due_at is not None and due_at is not None and given.clock_from is not None:
        # the whole of which something is left is what was promised, without the time that the clock stood still
        changes["clock_from"] = min(at, given.clock_from + (due_at - case.due_at))
    if case.arrive_by is not None and case.arrived_at is None and given.since is not None:
        working = case.working if given.item is None else given.item.arrive.working
        changes["arrive_by"] = _as_much_later(case.arrive_by, given.since, at, calendar, working=working)
    return case.before or IncidentState.FILED, changes


def _as_much_later(
    limit: datetime, since: datetime, until: datetime, calendar: WorkingCalendar, *, working: bool
) -> datetime:
    """Return where a limit ends when the clock stood still between two times: as much is left then as there was.

    That is working time where that alone counts and the limit was not over, else all of it.
    """
    if working and limit > since:
        return calendar.after(until, calendar.between(since, limit))
    return limit + (until - since)


def _one_up(command: str, centre: str | None) -> str:
    """Return the path of the area above the one that has a case; raises BadInput at the top.

    What a centre escalates that is still with an area below it goes above the centre; the topmost takes it itself.
    """
    if centre is not None and command.startswith(f"{centre}/"):
        return centre.rpartition("/")[0] or centre
    above = command.rpartition("/")[0]
    if not above:
        raise BadInput(
            Text("已在最上一级", "It is at the top already"),
            Text("由区级指挥中心处理", "The district's centre has it"),
        )
    return above


def _missing(act: Act, remedy: Text) -> BadInput:
    return BadInput(Text("缺少内容", "Something is missing"), remedy, act=act.value)
