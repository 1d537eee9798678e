"""Which districts touch each other: what tiles must look at together, and what may be made for itself."""

from collections.abc import Mapping, Sequence
from threading import Lock
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
import shapely

from layers.blocks import blocks_of
from spatial.levels import MAIN_TREE
from spatial.schema import AREAS, COLLECTIONS
from spatial.store.records import Query
from spatial.table import Table
from spatial.vocabulary import LevelSlug

_LARGE = tuple(level.value for level in LevelSlug if level is not LevelSlug.BUILDING)


class TileStore(Protocol):
    """What tiles need of a store."""

    def read(self, collection: str, query: Query = Query()) -> Table:
        """Return the rows that a query wants."""

    def revision(self, collection: str) -> int:
        """Return a number that grows whenever a row of the collection changes."""

    def tally(self, collection: str, by: Sequence[str], query: Query = Query()) -> dict[tuple[Any, ...], int]:
        """Return how many rows there are for each combination of values of the columns `by`."""


class Neighbours:
    """The districts of a store, in groups whose bounding boxes meet; safe to use from several threads."""

    def __init__(self, store: TileStore) -> None:
        self._store = store
        self._lock = Lock()
        self._known: tuple[int, Mapping[str, int]] | None = None
        self._latest: tuple[object, set[str]] = (None, set())

    def groups(self) -> Mapping[str, int]:
        """Return the number of the group of each district that has a place."""
        revision = self._store.revision(AREAS.id)
        with self._lock:
            if self._known is None or self._known[0] != revision:
                query = Query(tree=MAIN_TREE, equal={"level": LevelSlug.DISTRICT.value}, columns=("district",))
                self._known = (revision, groups_of(self._store.read(AREAS.id, query)))
            return self._known[1]

    def around(self, collection: str, query: Query) -> tuple[str, ...] | None:
        """Return the districts of the rows that a query wants with all that touch them, None where that is unknown."""
        groups = self.groups()
        # one answer for every layer of a tile: buildings lie within the others and are many
        equal = {"level": _LARGE} if COLLECTIONS[collection].stored_in == AREAS.id else {}
        key = (collection, query.box, self._store.revision(COLLECTIONS[collection].stored_in))
        with self._lock:
            latest, found = self._latest
        if latest != key:
            tallied = self._store.tally(collection, ("district",), Query(box=query.box, tree=query.tree, equal=equal))
            found = {str(district) for (district,) in tallied}
            with self._lock:
                self._latest = (key, found)
        if not found <= groups.keys():
            return None
        wanted = {groups[district] for district in found}
        return tuple(sorted(district for district, group in groups.items() if group in wanted))


def groups_of(districts: Table) -> Mapping[str, int]:
    """Return a number for each district, the same for those that can be reached over boxes that meet.

    `districts`: their polygons in degrees, with the column `district`.
    """
    boxes = shapely.bounds(districts.geometry).reshape(-1, 4)
    placed = ~np.isnan(boxes).any(axis=1)
    names = [str(name) for name, there in zip(districts["district"], placed, strict=True) if there]
    return MappingProxyType(dict(zip(names, blocks_of(boxes[placed]).tolist(), strict=True)))
