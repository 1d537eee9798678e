"""The districts that a command names."""

from typing import TYPE_CHECKING

from spatial.errors import no_district

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spatial.store.protocol import Store


def refuse_unknown(store: "Store", wanted: "Iterable[str]") -> None:
    """Raise NotFound for a district that the store does not have, by its slug."""
    known = [each.slug for each in store.districts()]
    for slug in wanted:
        if slug not in known:
            raise no_district(slug, known)
