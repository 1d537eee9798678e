"""What the desk refuses beyond the rules of an incident's life, as its transaction sees the rest of the store."""

from spatial.errors import BadInput, Conflict, EditionMoved, NotFound
from spatial.incidents.tag import Tag
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


def refuse_odd_merge(tx: Transaction, district: str, code: str, into: str | None) -> None:
    """Raise where an incident would be merged into itself, into none, or into one that is merged itself."""
    if into == code:
        raise BadInput(Text("不能并入自身", "It cannot be merged into itself"))
    try:
        other = tx.case(district, into or "")
    except NotFound:
        raise BadInput(Text(f"没有事件 {into}", f"There is no incident {into}")) from None
    if other.case.state is IncidentState.CLOSED:
        raise Conflict(
            Text(f"事件 {into} 已结案", f"The incident {into} is closed"),
            Text("请并入仍在处理的事件", "Merge it into one that is still open"),
        )
