"""Finding rows by code or name, in the same order whatever the store."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely

from spatial import schema
from spatial.schema import STORED, Collection
from spatial.store.records import Hit, Query
from spatial.store.selection import Dialect, Fragment, any_of, where
from spatial.table import Geometries

USUAL_LIMIT = 20
LONGEST_TEXT = 100

Rows = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]


def find(rows: Rows, dialect: Dialect, text: str, query: Query, collections: Sequence[str]) -> list[Hit]:
    """Return hits in all the collections named (all stored ones if none is), the best first."""
    wanted = text.strip()[:LONGEST_TEXT].replace("\0", "")
    if not wanted:
        return []
    searched = [schema.collection(name) for name in collections] or list(STORED)
    # a view's rows are its collection's rows: they are not to be found twice
    whole = {collection.id for collection in searched if collection.view_of is None}
    searched = [each for each in searched if each.view_of is None or each.stored_in not in whole]
    limit = USUAL_LIMIT if query.limit is None else query.limit
    found = [hit for collection in searched for hit in _in_collection(rows, dialect, collection, wanted, query, limit)]
    return best(found, wanted, limit)


def best(hits: Sequence[Hit], text: str, limit: int) -> list[Hit]:
    """Return the best hits for a text: exact ones first, then by the length of the name, then by code."""
    folded = text.strip().casefold()
    return sorted(hits, key=lambda hit: _rank(hit, folded))[:limit]


def _rank(hit: Hit, folded: str) -> tuple[bool, int, str]:
    exact = folded in (hit.code.casefold(), hit.name.casefold(), hit.name_en.casefold())
    return not exact, len(hit.name or hit.name_en or hit.code), hit.code


def _in_collection(
    rows: Rows, dialect: Dialect, collection: Collection, text: str, query: Query, limit: int
) -> list[Hit]:
    restricted = where(collection, query, dialect)
    named = any_of([dialect.begins("code", text), dialect.says("name", text), dialect.says("name_en", text)])
    exact = any_of([Fragment(f"lower({name}) = lower(?)", (text,)) for name in ("code", "name", "name_en")])
    optional = [name if collection.column(name) else "NULL" for name in ("level", "kind", "path")]
    begun = f"{restricted.sql} AND" if restricted.sql else " WHERE"
    length = "length(coalesce(nullif(name, ''), nullif(name_en, ''), code))"
    statement = (
        f"SELECT district, code, name, name_en, {', '.join(optional)}, {dialect.geometry} "
        f"FROM {dialect.table(collection.stored_in)}{begun} {named.sql} "
        f"ORDER BY CASE WHEN {exact.sql} THEN 0 ELSE 1 END, {length}, code, fid LIMIT ?"
    )
    parameters = (*restricted.parameters, *named.parameters, *exact.parameters, limit)
    found = rows(statement, parameters)
    shapes = dialect.geometries([row[-1] for row in found])
    points, boxes = representatives(shapes), shapely.bounds(shapes)
    return [
        Hit(
            collection=collection.id,
            district=district,
            code=code,
            name=name or "",
            name_en=name_en or "",
            level=level,
            kind=kind,
            path=path,
            position=(float(shapely.get_x(point)), float(shapely.get_y(point))),
            box=tuple(box.tolist()),
        )
        for (district, code, name, name_en, level, kind, path, _), point, box in zip(found, points, boxes, strict=True)
        if point is not None and not point.is_empty
    ]


def representatives(shapes: Geometries) -> Geometries:
    """Return a point on each geometry: on the surface of a polygon, halfway along a line; None where there is none."""
    points: Geometries = shapely.point_on_surface(shapes)
    lines = np.flatnonzero(shapely.get_type_id(shapes) == shapely.GeometryType.LINESTRING)
    if len(lines):
        points[lines] = shapely.line_interpolate_point(shapes[lines], 0.5, normalized=True)
    return points
