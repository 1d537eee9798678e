"""Mending the coverages of a store: an edition in which every level is one again."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from spatial.levels import of_tree
from spatial.ownership import GridIndex
from spatial.ownership.repair import Repair, repaired
from spatial.ownership.validity import InvalidCoverage
from spatial.store.protocol import Store
from spatial.store.records import Edition, Query
from spatial.table import Table


@dataclass(frozen=True, slots=True)
class Mended:
    """A tree that was mended: the edition that was published, and what changed in each level."""

    edition: Edition
    repairs: dict[str, list[Repair]]


def mend(store: Store, actor: str, district: str | None = None) -> Iterator[Mended]:
    """Publish the next edition of every tree of which a level is no coverage, with that level mended; yield each.

    Areas that vanish are left out of the edition; they are among the repairs. Levels above and below stay as they are,
    so that what a mended area gained or lost may show as a gap there. Raises InvalidCoverage where a level cannot be
    mended; trees before it are then published.
    """
    levels = store.levels(district)
    for slug, tree in dict.fromkeys((edition.district, edition.tree) for edition in store.editions(district)):
        with store.write(actor) as transaction:
            # read within the transaction: nobody publishes in between
            every = store.read("areas", Query(district=slug, tree=tree))
            geometry = np.array(every.geometry, dtype=object)
            names = np.asarray(every["level"], dtype=object)
            repairs: dict[str, list[Repair]] = {}
            for level in of_tree(levels, slug, tree):
                mine = np.flatnonzero(names == level.slug)
                codes = [str(every["code"][at]) for at in mine.tolist()]
                try:
                    GridIndex.build(geometry[mine], codes)
                except InvalidCoverage:
                    mended, repairs[level.slug] = repaired(geometry[mine], codes)
                    geometry[mine] = _multi(mended)
            if not repairs:
                continue
            kept = np.flatnonzero(~shapely.is_missing(geometry))
            columns = {name: values for name, values in every.columns.items() if name != "row"}
            edition = transaction.publish(slug, Table(geometry, columns).take(kept), tree, "coverages mended")
        yield Mended(edition, repairs)


def _multi(shapes: "np.ndarray[tuple[int], np.dtype[np.object_]]") -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    made = shapes.copy()
    for at, shape in enumerate(shapes):
        if shape is not None and shape.geom_type == "Polygon":
            made[at] = shapely.MultiPolygon([shape])
    return made
