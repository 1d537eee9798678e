"""Which editions were in force at a time."""

from collections.abc import Sequence
from datetime import datetime

from spatial.errors import BadParameter
from spatial.store.records import Edition
from spatial.text import Text


def newest(editions: Sequence[Edition]) -> tuple[Edition, ...]:
    """Return the newest edition of each tree, in the order of district and tree; `editions` come oldest first."""
    return tuple({(edition.district, edition.tree): edition for edition in editions}.values())


def editions_at(editions: Sequence[Edition], at: datetime) -> tuple[Edition, ...]:
    """Return the edition of each tree that was in force at a time; a tree that had none yet is left out.

    `at` is an aware datetime; a time to come has the newest ones. Raises BadParameter where nothing had been published
    by then.
    """
    found = newest([edition for edition in editions if edition.published_at <= at])
    if editions and not found:
        first = min(edition.published_at for edition in editions).isoformat().replace("+00:00", "Z")
        raise BadParameter(
            Text("那时还没有发布任何版本", "Nothing had been published by then"),
            Text(f"最早的版本发布于 {first}", f"The first edition is of {first}"),
            parameter="at",
            first=first,
        )
    return found
