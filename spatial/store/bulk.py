"""Reading tens of thousands of points: the database lists each column itself, so that no row is made on the way.

A driver that makes a tuple of each row takes several times as long, and keeps every other thread of the process waiting
at each of them.
"""

from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from spatial.errors import BadParameter
from spatial.points import Points
from spatial.schema import Collection, Column, ColumnType, GeometryType
from spatial.store.conversion import ROW
from spatial.store.records import Query
from spatial.store.searching import Rows
from spatial.store.selection import Dialect, Fragment, all_of, columns_of, where
from spatial.text import Text

PAGE = 20_000
"""So many rows are listed by one statement: none takes long, and no text becomes too long for a database."""


def read_points(rows: Rows, dialect: Dialect, collection: Collection, query: Query) -> Points:
    """Return the points that a query wants, in a stable order; the reader sees one state of the store meanwhile.

    Raises BadParameter for a collection whose geometries are no points.
    """
    if collection.geometry is not GeometryType.POINT:
        raise BadParameter(
            Text(f"{collection.id} 的几何不是点", f"The shapes of {collection.id} are no points"),
            Text("请用 read 读取", "Read them with `read`"),
        )
    chosen = columns_of(collection, query)
    restricted = where(collection, query, dialect)
    table, found = dialect.table(collection.stored_in), []
    after, left = query.after or 0, query.limit
    while left is None or left > 0:
        size = PAGE if left is None else min(PAGE, left)
        page, last = _page(rows, table, restricted, after, size)
        found.append(_read(rows, dialect, chosen, page))
        left = None if left is None else left - len(found[-1])
        if last is None:
            break
        after = last
    return Points.concatenate(found) if found else _of(dialect, chosen, {}, np.empty((0, 2)))


def _page(rows: Rows, table: str, restricted: Fragment, after: int, size: int) -> tuple[Fragment, int | None]:
    """Return where the next rows come from, and the key of the last of them where there may be more behind it."""
    asked = f"SELECT fid FROM {table}{restricted.sql}{' AND' if restricted.sql else ' WHERE'} fid > ?"
    ends = rows(f"{asked} ORDER BY fid LIMIT 1 OFFSET ?", (*restricted.parameters, after, size - 1))
    bounds = [Fragment("fid > ?", (after,)), *(Fragment("fid <= ?", end) for end in ends)]
    tests = [Fragment(restricted.sql.removeprefix(" WHERE "), restricted.parameters)] if restricted.sql else []
    page = all_of([*tests, *bounds])
    return Fragment(f"{table}{page.sql}", page.parameters), ends[0][0] if ends else None


def _read(rows: Rows, dialect: Dialect, chosen: tuple[Column, ...], page: Fragment) -> Points:
    listed = {ROW: dialect.listed("fid", ColumnType.INTEGER)}
    listed |= {column.name: dialect.listed(column.name, column.holds) for column in chosen}
    asked = {name: sql for name, sql in listed.items() if sql is not None}
    (texts,) = rows(f"SELECT {', '.join((*asked.values(), dialect.listed_place))} FROM {page.sql}", page.parameters)
    *columns, places = [orjson.loads(text or "[]") for text in texts]
    values: dict[str, list[Any]] = dict(zip(asked, columns, strict=True))
    for name in listed.keys() - asked.keys():
        given: dict[int, Any] = dict(
            rows(f"SELECT fid, {name} FROM {page.sql} AND {name} IS NOT NULL", page.parameters)
        )
        values[name] = [given.get(fid) for fid in values[ROW]]
    return _in_order(_of(dialect, chosen, values, dialect.places(places)))


def _in_order(points: Points) -> Points:
    """Return points by their keys: a database lists them in whatever order it comes upon them."""
    keys = np.asarray(points[ROW])
    return points if (keys[:-1] < keys[1:]).all() else points.take(np.argsort(keys))


def _of(
    dialect: Dialect, chosen: tuple[Column, ...], values: dict[str, list[Any]], places: NDArray[np.float64]
) -> Points:
    columns: dict[str, Any] = {ROW: np.array(values.get(ROW, []), dtype=np.int64)}
    for column in chosen:
        read = values.get(column.name, [])
        if column.holds is ColumnType.TIME:
            columns[column.name] = dialect.instants(read)
        else:
            columns[column.name] = dialect.decode(column.holds, read)
    return Points(places, columns)
