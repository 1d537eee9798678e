"""What an audience may see, and what of it a caller sees who is bounded by areas: the predicates, once."""

from dataclasses import dataclass

from api.caller import Caller
from api.freshness import Moment, digest
from spatial.errors import NotFound
from spatial.schema import COLLECTIONS, Collection
from spatial.text import Text
from spatial.vocabulary import Audience


def may_see(caller: Audience, audience: Audience) -> bool:
    """Return whether a caller may see what is meant for an audience."""
    return caller is Audience.STAFF or audience is Audience.PUBLIC


def paths_of(audience: Audience, caller: Caller) -> tuple[str, ...]:
    """Return the paths below which a caller sees what is meant for an audience; none for all of it."""
    return caller.scope if audience is Audience.STAFF else ()


@dataclass(frozen=True, slots=True)
class View:
    """As whom a whole picture of a collection is drawn for a caller: rows below `scope` alone, none for all."""

    audience: Audience
    scope: tuple[str, ...] = ()

    def stamp(self, moment: Moment, collection: Collection) -> str:
        """Return a short text that changes whenever what is drawn may have changed, another for each view."""
        stamp = moment.stamp(collection, self.audience)
        return digest(stamp, self.scope) if self.scope else stamp


def view_of(collection: Collection, caller: Caller) -> View:
    """Return as whom a collection is drawn for a caller.

    For whom areas bound, what is for staff holds the rows within them alone, and what is for everybody is drawn as for
    everybody: such pictures are then the same for all, and are kept once.
    """
    if caller.scope and collection.audience is Audience.PUBLIC:
        return View(Audience.PUBLIC)
    return View(caller.audience, caller.scope)


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
