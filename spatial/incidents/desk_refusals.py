"""What the desk refuses beyond the rules of an incident's life, by what its transaction sees and holds of the store."""

from collections.abc import Sequence
from contextlib import suppress

from spatial.accounts.account import Account, within
from spatial.errors import BadInput, Conflict, EditionMoved, NotFound
from spatial.incidents.board import is_below
from spatial.incidents.life import may_be_sent
from spatial.incidents.records import StoredCase
from spatial.incidents.steps import Person
from spatial.incidents.tag import Tag
from spatial.store.cases import unknown_incident
from spatial.store.protocol import Transaction
from spatial.text import Text
from spatial.vocabulary import IncidentState


def refuse_old_edition(tx: Transaction, tagged: Tag) -> None:
    """Raise EditionMoved where a place was tagged by another edition than the newest, and let none be published."""
    used, newest = tagged.main.edition.number, tx.newest_edition(tagged.district)
    if used != newest:
        raise EditionMoved(
            Text("边界刚刚重新发布", "The boundaries were published anew just now"),
            Text("请再试一次", "Try again"),
            base=used,
            newest=newest,
        )


def is_sendable(account: Account, path: str | None) -> bool:
    """Return whether an account can be sent to an incident, given the path of its area."""
    able = not account.disabled and may_be_sent(account.role)
    return able and (not account.scope or within(path, account.scope))


def refuse_unsendable(tx: Transaction, stored: StoredCase, who: Person, responder: str | None) -> None:
    """Raise BadInput for a responder who cannot be sent to an incident: one error for all reasons, which it names.

    Who sends may go too, and needs no account: everybody is staff in an open demo.
    """
    if responder is None or responder == who.account:
        return
    account = tx.account(responder)
    if account is not None and is_sendable(account, stored.path):
        return
    raise BadInput(
        Text(f"不能派给 {responder}", f"{responder} cannot be sent here"),
        Text(
            "请选择有可用账户、角色可出勤且辖区包含该事件的人员，或派给部门",
            "Choose the login of an enabled account of the field or the desk whose area has the incident, "
            "or send a department",
        ),
        responder=responder,
    )


def hold_both(tx: Transaction, district: str, code: str, into: str | None) -> None:
    """Hold an incident and what it is merged into, in one order: two that are merged into each other wait in turn."""
    for each in sorted({code, into or code}):
        with suppress(NotFound):  # it is refused where it is needed
            tx.case(district, each)


def refuse_odd_merge(tx: Transaction, district: str, code: str, into: str | None, scope: Sequence[str]) -> None:
    """Raise where an incident would be merged into itself, into none, or into one that is closed.

    `scope`: paths that bound who merges; one beyond them is none.
    """
    if into == code:
        raise BadInput(Text("不能并入自身", "It cannot be merged into itself"))
    try:
        other = tx.case(district, into or "")
        if scope and not is_below(other.path, scope):
            raise unknown_incident(other.code)
    except NotFound:
        raise BadInput(
            Text(f"没有事件 {into}", f"There is no incident {into}"),
            Text("请核对要并入的编号", "Check the number of the one that it is merged into"),
        ) from None
    if other.case.state is IncidentState.CLOSED:
        raise Conflict(
            Text(f"事件 {into} 已结案", f"The incident {into} is closed"),
            Text("请并入仍在处理的事件", "Merge it into one that is still open"),
        )
