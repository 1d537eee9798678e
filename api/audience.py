"""What an audience may see: the one predicate."""

from spatial.errors import NotFound
from spatial.schema import COLLECTIONS, Collection
from spatial.text import Text
from spatial.vocabulary import Audience


def may_see(caller: Audience, audience: Audience) -> bool:
    """Return whether a caller may see what is meant for an audience."""
    return caller is Audience.STAFF or audience is Audience.PUBLIC


def visible_collections(caller: Audience) -> list[Collection]:
    """Return the collections that a caller may see."""
    return [collection for collection in COLLECTIONS.values() if may_see(caller, collection.audience)]


def no_such_collection(identifier: str, caller: Audience) -> NotFound:
    """Return the error for a collection that is not there, or not for this caller: the two look the same."""
    known = ", ".join(collection.id for collection in visible_collections(caller))
    return NotFound(
        Text(f"没有名为 {identifier} 的数据集", f"There is no collection {identifier}"),
        Text(f"可用：{known}", f"There are: {known}"),
    )
