"""The life of an incident: which step may follow which, who may take it, and what it needs.

    reported → filed → dispatched → on site → handled → verified → closed

Beside it: returned, suspended, extended (each asked for with a reason, and decided by another person), escalated one
level up, merged into a duplicate, moved, reopened. A dispute is verified only once it is chosen who mediates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from spatial.errors import BadInput, Conflict, Refused
from spatial.governance import Role
from spatial.text import Text
from spatial.vocabulary import WORDS, IncidentState, word


class Act(StrEnum):
    """What a person does with an incident."""

    REPORT = "report"
    FILE = "file"
    DISPATCH = "dispatch"
    ARRIVE = "arrive"
    HANDLE = "handle"
    REWORK = "rework"
    VERIFY = "verify"
    CLOSE = "close"
    ASK_RETURN = "ask_return"
    ASK_SUSPENSION = "ask_suspension"
    ASK_EXTENSION = "ask_extension"
    APPROVE = "approve"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    RESUME = "resume"
    ESCALATE = "escalate"
    MERGE = "merge"
    MOVE = "move"
    REOPEN = "reopen"
    MEDIATE = "mediate"
    NOTE = "note"
    TAKE_BACK = "take_back"


for _act, _zh, _en in (
    (Act.REPORT, "上报", "Report"),
    (Act.FILE, "立案", "File"),
    (Act.DISPATCH, "派遣", "Dispatch"),
    (Act.ARRIVE, "到场", "Arrive"),
    (Act.HANDLE, "处置完成", "Handled"),
    (Act.REWORK, "退回重办", "Send back to work"),
    (Act.VERIFY, "核查通过", "Verify"),
    (Act.CLOSE, "结案", "Close"),
    (Act.ASK_RETURN, "申请退回", "Ask for return"),
    (Act.ASK_SUSPENSION, "申请挂起", "Ask for suspension"),
    (Act.ASK_EXTENSION, "申请延期", "Ask for extension"),
    (Act.APPROVE, "同意", "Approve"),
    (Act.DECLINE, "不同意", "Decline"),
    (Act.WITHDRAW, "撤回申请", "Withdraw the request"),
    (Act.RESUME, "恢复", "Resume"),
    (Act.ESCALATE, "上报上级", "Escalate"),
    (Act.MERGE, "并入", "Merge"),
    (Act.MOVE, "改位置", "Move"),
    (Act.REOPEN, "重新立案", "Reopen"),
    (Act.MEDIATE, "选择调解人", "Choose the mediator"),
    (Act.NOTE, "备注", "Note"),
    (Act.TAKE_BACK, "撤销上一步", "Take the last step back"),
):
    WORDS[Act, _act.value] = Text(_zh, _en)

_S = IncidentState
_OPEN = frozenset(_S) - {_S.CLOSED}
_AT_WORK = frozenset({_S.DISPATCHED, _S.ON_SITE})
_BEFORE_WORK = frozenset({_S.REPORTED, _S.FILED, _S.RETURNED})
_DESK = frozenset({Role.DISPATCHER, Role.ADMINISTRATOR})
_FIELD = _DESK | {Role.WORKER}


@dataclass(frozen=True, slots=True)
class Rule:
    """When an act is allowed, and what becomes of the incident.

    `after`: the state that follows; None where it stays, or where it is told by what the incident waits for.
    `reason`: it says why. `asks`: another person decides, and only then something changes. `while_asked`: allowed too
    while a request waits for its decision. `own_last`: only by who took the last step, and soon after it.
    """

    states: frozenset[IncidentState]
    roles: frozenset[Role]
    after: IncidentState | None = None
    reason: bool = False
    asks: bool = False
    while_asked: bool = False
    own_last: bool = False


RULES: Mapping[Act, Rule] = {
    Act.REPORT: Rule(frozenset(), _FIELD),  # what an incident begins with: it follows nothing
    Act.FILE: Rule(frozenset({_S.REPORTED, _S.RETURNED}), _DESK, _S.FILED),
    Act.DISPATCH: Rule(frozenset({_S.FILED, *_AT_WORK}), _DESK, _S.DISPATCHED),
    Act.ARRIVE: Rule(frozenset({_S.DISPATCHED}), _FIELD, _S.ON_SITE),
    Act.HANDLE: Rule(frozenset({_S.ON_SITE}), _FIELD, _S.HANDLED),
    Act.REWORK: Rule(frozenset({_S.HANDLED, _S.VERIFIED}), _DESK, _S.DISPATCHED, reason=True),
    Act.VERIFY: Rule(frozenset({_S.HANDLED}), _DESK, _S.VERIFIED),
    Act.CLOSE: Rule(frozenset({_S.VERIFIED}), _DESK, _S.CLOSED),
    Act.ASK_RETURN: Rule(frozenset({_S.REPORTED, _S.FILED, *_AT_WORK}), _FIELD, _S.RETURNED, reason=True, asks=True),
    Act.ASK_SUSPENSION: Rule(frozenset({_S.FILED, *_AT_WORK}), _FIELD, _S.SUSPENDED, reason=True, asks=True),
    Act.ASK_EXTENSION: Rule(frozenset({_S.FILED, _S.HANDLED, _S.VERIFIED, *_AT_WORK}), _FIELD, reason=True, asks=True),
    Act.APPROVE: Rule(_OPEN, _DESK, while_asked=True),
    Act.DECLINE: Rule(_OPEN, _DESK, reason=True, while_asked=True),
    Act.WITHDRAW: Rule(_OPEN, _FIELD, while_asked=True),
    Act.RESUME: Rule(frozenset({_S.SUSPENDED}), _DESK),
    Act.ESCALATE: Rule(_OPEN, _DESK, reason=True, while_asked=True),
    Act.MERGE: Rule(_BEFORE_WORK | _AT_WORK, _DESK, _S.CLOSED, reason=True),
    Act.MOVE: Rule(_OPEN, _FIELD, reason=True, while_asked=True),
    Act.REOPEN: Rule(frozenset({_S.CLOSED}), _DESK, _S.FILED, reason=True),
    Act.MEDIATE: Rule(_OPEN, _FIELD, while_asked=True),
    Act.NOTE: Rule(frozenset(_S), _FIELD, reason=True, while_asked=True),
    Act.TAKE_BACK: Rule(frozenset(_S), _FIELD, while_asked=True, own_last=True),
}
"""One rule for each act: an act, state or role that is not here is not allowed."""

DECISIONS = frozenset({Act.APPROVE, Act.DECLINE, Act.WITHDRAW})
"""What ends the waiting of a request."""


@dataclass(frozen=True, slots=True)
class Request:
    """What waits for the decision of another person: what is asked, by whom."""

    act: Act
    by: str


def refusal(
    state: IncidentState,
    asked: Request | None,
    act: Act,
    role: Role,
    account: str,
    *,
    takes_back: bool = False,
    mediated: bool | None = None,
) -> Text | None:
    """Return why an act is not allowed, None where it is.

    `takes_back`: the account can take the last step back now. `mediated`: whether it is chosen who mediates a dispute;
    None for what is no dispute.
    """
    rule, said = RULES[act], word(act)
    if role not in rule.roles:
        post = word(role)
        return Text(f"{post.zh}不能执行“{said.zh}”", f"A {post.en.lower()} may not do this: {said.en}")
    if state not in rule.states:
        stands = word(state)
        return Text(f"事件{stands.zh}，不能{said.zh}", f"It is {stands.en.lower()}, this is not next: {said.en}")
    if act is Act.MEDIATE and mediated is None:
        return Text("只有纠纷才选择调解人", "Only a dispute is mediated")
    if act is Act.VERIFY and mediated is False:
        return Text("纠纷须先选择调解人", "It is a dispute: choose the mediator first")
    if rule.own_last and not takes_back:
        return Text("最近一步不能撤销", "The last step cannot be taken back")
    if act in DECISIONS:
        if asked is None:
            return Text("没有待审批的申请", "Nothing waits for a decision")
        own = asked.by == account
        if act is Act.WITHDRAW and not own:
            return Text("只有申请人可以撤回", "Only who asked may withdraw it")
        if act is Act.APPROVE and own:
            return Text("申请须由他人审批", "Another person has to decide")
    elif asked is not None and not rule.while_asked:
        return Text(f"“{word(asked.act).zh}”正待审批", f"A decision is waited for: {word(asked.act).en}")
    return None


def acts_for(
    state: IncidentState,
    asked: Request | None,
    role: Role,
    account: str,
    *,
    takes_back: bool = False,
    mediated: bool | None = None,
) -> tuple[Act, ...]:
    """Return what an account may do next, in the order of `Act`."""
    return tuple(
        act
        for act in Act
        if refusal(state, asked, act, role, account, takes_back=takes_back, mediated=mediated) is None
    )


def check(
    state: IncidentState,
    asked: Request | None,
    act: Act,
    role: Role,
    account: str,
    reason: str | None,
    *,
    takes_back: bool = False,
    mediated: bool | None = None,
) -> Rule:
    """Return the rule of an act that is allowed; raises Refused for the role, Conflict for what is not next.

    BadInput where it needs a reason and has none.
    """
    rule, why = RULES[act], refusal(state, asked, act, role, account, takes_back=takes_back, mediated=mediated)
    if why is not None:
        wrong = Refused if role not in rule.roles else Conflict
        acts = acts_for(state, asked, role, account, mediated=mediated)
        names = "、".join(word(each).zh for each in acts) or "无"
        listed = ", ".join(word(each).en for each in acts) or "nothing"
        raise wrong(
            why,
            Text(f"现在可以：{names}", f"What can be done now: {listed}"),
            state=state.value,
            act=act.value,
        )
    if rule.reason and not (reason or "").strip():
        raise BadInput(
            Text(f"{word(act).zh}需要说明原因", f"This needs a reason: {word(act).en}"),
            Text("请写明原因", "Say why"),
            act=act.value,
        )
    return rule


def may_be_sent(role: Role) -> bool:
    """Return whether somebody in a role can come on duty and be sent."""
    return role in _FIELD
