"""Reading a collection page by page, so that no export holds all of a large one."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import shapely

from spatial.audience import seen_by
from spatial.schema import Collection, GeometryType
from spatial.store.parts import Features
from spatial.store.records import Query
from spatial.table import Geometries, Table
from spatial.vocabulary import Audience

PAGE = 5_000

Progress = Callable[[int], None]
"""Called with the number of rows written since the last call."""


def pages(
    store: Features, wanted: Collection, query: Query, audience: Audience, progress: Progress = lambda _: None
) -> Iterator[Table]:
    """Yield the rows of a collection as an audience may see them, in the store's order, up to PAGE at a time.

    Columns are the schema's. Polygons of a collection of multi-polygons are made into ones of a single part.
    """
    after = query.after
    while True:
        page = store.read(wanted.id, replace(query, after=after, limit=PAGE))
        if not len(page):
            return
        yield _as_declared(wanted, seen_by(wanted, page, audience))
        progress(len(page))
        if len(page) < PAGE:
            return
        after = int(page["row"][len(page) - 1])


def column_names(wanted: Collection, audience: Audience) -> list[str]:
    """Return the columns that an export has, in the schema's order."""
    return [column.name for column in wanted.columns if audience is Audience.STAFF or not column.staff]


def _as_declared(wanted: Collection, rows: Table) -> Table:
    geometry = rows.geometry
    if wanted.geometry is GeometryType.MULTI_POLYGON:
        geometry = _multi(geometry)
    return Table(geometry, {name: rows[name] for name in wanted.names if name in rows.columns})


def _multi(geometry: Geometries) -> Geometries:
    single = shapely.get_type_id(geometry) == shapely.GeometryType.POLYGON
    if not single.any():
        return geometry
    made = geometry.copy()
    made[single] = [shapely.MultiPolygon([polygon]) for polygon in geometry[single]]
    return np.asarray(made, dtype=object)
