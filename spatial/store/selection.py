"""From a query to SQL: one translation for both stores, which differ only in their dialect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from spatial.errors import BadInput, BadParameter
from spatial.schema import AREAS, Collection, Column, ColumnType
from spatial.store.conversion import column_of, milliseconds, plain_value
from spatial.store.records import Box, Query
from spatial.table import Geometries
from spatial.text import Text


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of SQL and the values of its placeholders, each written `?`."""

    sql: str
    parameters: tuple[Any, ...] = ()


class Dialect(Protocol):
    """What differs between the SQL of two stores."""

    geometry: str
    """The expression that reads a row's geometry, in the form that `geometries` understands."""

    for_update: str
    """What follows a SELECT whose rows nobody else may change before the transaction ends."""

    def table(self, name: str) -> str:
        """Return how the table of a collection is called in a statement."""

    def encode(self, holds: ColumnType, value: Any) -> Any:
        """Return a plain value as the driver takes it."""

    def decode(self, holds: ColumnType, values: Sequence[Any]) -> list[Any]:
        """Return the driver's values of one column as plain ones."""

    def geometries(self, stored: Sequence[Any]) -> Geometries:
        """Return what `geometry` read as shapely geometries, None where there is none."""

    listed_place: str
    """The aggregate that lists the points of rows as `places` reads them, as one JSON text."""

    def listed(self, column: str, holds: ColumnType) -> str | None:
        """Return the aggregate that lists the values of a column as one JSON text, None where that would change them.

        What it lists is read by `decode`, times by `instants`.
        """

    def instants(self, listed: Sequence[Any]) -> NDArray[np.datetime64]:
        """Return listed times as datetime64[us] in UTC, NaT where there is none."""

    def places(self, listed: Sequence[Any]) -> NDArray[np.float64]:
        """Return listed points as longitudes and latitudes in degrees, shape (n, 2), NaN where there is none."""

    def meets(self, table: str, box: Box) -> Fragment:
        """Return the test that a row's bounding box meets a box that does not cross the 180° meridian."""

    def one_of(self, column: str, holds: ColumnType, values: Sequence[Any]) -> Fragment:
        """Return the test that a column has one of any number of values."""

    def begins(self, column: str, text: str) -> Fragment:
        """Return the test that a column begins with a text, upper and lower case being the same."""

    def says(self, column: str, text: str) -> Fragment:
        """Return the test that a column contains a text, upper and lower case being the same."""


def where(collection: Collection, query: Query, dialect: Dialect, paged: bool = False) -> Fragment:
    """Return the WHERE clause of a query, `after` regarded only where `paged`; raises BadParameter."""
    tests: list[Fragment] = []
    if collection.view_of is not None:
        tests.append(Fragment("level = ?", (collection.view_of[1].value,)))
    if query.district is not None:
        tests.append(Fragment("district = ?", (query.district,)))
    if collection.stored_in == AREAS.id:
        tests.extend(_of_editions(query))
    if query.box is not None:
        tests.append(_in_box(dialect, collection.stored_in, query.box))
    if query.paths:
        # without a path a row lies below nothing: a scope must never let it through
        tests.append(below("path", query.paths) if collection.column("path") else Fragment("1 = 0"))
    tests.extend(_equal(dialect, column_of(collection, name), wanted) for name, wanted in query.equal.items())
    tests.extend(_in_time(collection, query, dialect))
    tests.extend(_at_or_after(dialect, column_of(collection, name), at) for name, at in query.from_time.items())
    if paged and query.after is not None:
        tests.append(Fragment("fid > ?", (query.after,)))
    return all_of(tests)


def all_of(tests: Sequence[Fragment]) -> Fragment:
    """Return the WHERE clause that every test holds; nothing where there is none."""
    return _joined(" WHERE ", " AND ", tests)


def any_of(tests: Sequence[Fragment]) -> Fragment:
    """Return the test that one of the tests holds."""
    inner = _joined("", " OR ", tests)
    return Fragment(f"({inner.sql or '1 = 0'})", inner.parameters)


def _joined(before: str, between: str, tests: Sequence[Fragment]) -> Fragment:
    if not tests:
        return Fragment("")
    parameters = tuple(value for test in tests for value in test.parameters)
    return Fragment(before + between.join(test.sql for test in tests), parameters)


def below(column: str, paths: Sequence[str]) -> Fragment:
    """Return the test that a path lies at or below one of `paths`, on whole steps; raises BadParameter."""
    tests = []
    for path in paths:
        steps = path.split("/")
        if steps[0] != "" or len(steps) < 2 or "" in steps[1:]:
            raise BadParameter(
                Text(f"路径 {path!r} 无效", f"{path!r} is not a path"),
                Text("路径形如 /510521/510521001", "A path looks like /510521/510521001"),
            )
        # "0" follows "/": the range holds exactly the paths that continue with another step, and uses the index
        tests.append(Fragment(f"({column} = ? OR ({column} >= ? AND {column} < ?))", (path, path + "/", path + "0")))
    return any_of(tests)


def _of_editions(query: Query) -> list[Fragment]:
    tests = [Fragment("tree = ?", (query.tree,))] if query.tree is not None else []
    if query.edition is None:
        tests.append(Fragment("to_edition IS NULL"))
    else:
        tests.append(
            Fragment("from_edition <= ? AND (to_edition IS NULL OR to_edition > ?)", (query.edition, query.edition))
        )
    return tests


def _in_box(dialect: Dialect, table: str, box: Box) -> Fragment:
    west, south, east, north = box
    if not all(-1e9 < edge < 1e9 for edge in box) or south > north:
        raise BadParameter(
            Text(f"范围 {box} 无效", f"{box} is not a box"),
            Text(
                "依次为西、南、东、北（度），南不大于北",
                "A box is west, south, east, north in degrees, south below north",
            ),
        )
    if west <= east:
        return dialect.meets(table, box)
    return any_of(
        [dialect.meets(table, (west, south, 180.0, north)), dialect.meets(table, (-180.0, south, east, north))]
    )


def _equal(dialect: Dialect, column: Column, wanted: Any) -> Fragment:
    if wanted is None:
        return Fragment(f"{column.name} IS NULL")
    if isinstance(wanted, str | Enum) or not hasattr(wanted, "__iter__"):
        return Fragment(f"{column.name} = ?", (dialect.encode(column.holds, _value(column, wanted)),))
    values = [_value(column, value) for value in wanted]
    tests = [dialect.one_of(column.name, column.holds, [value for value in values if value is not None])]
    if None in values:
        tests.append(Fragment(f"{column.name} IS NULL"))
    return any_of(tests)


def _value(column: Column, value: Any) -> Any:
    try:
        return plain_value(column, value)
    except BadInput as refused:
        raise BadParameter(refused.problem, refused.remedy) from refused


def _in_time(collection: Collection, query: Query, dialect: Dialect) -> list[Fragment]:
    if collection.time_column is None:
        return []
    tests = []
    for moment, comparison in ((query.since, ">="), (query.until, "<=")):
        if moment is not None:
            tests.append(Fragment(f"{collection.time_column} {comparison} ?", (_instant(dialect, moment),)))
    return tests


def _at_or_after(dialect: Dialect, column: Column, moment: datetime) -> Fragment:
    if column.holds is not ColumnType.TIME:
        raise BadParameter(Text(f"字段 {column.name} 不是时间", f"The column {column.name} holds no times"))
    return Fragment(f"{column.name} >= ?", (_instant(dialect, moment),))


def _instant(dialect: Dialect, moment: datetime) -> Any:
    if moment.tzinfo is None:
        raise BadParameter(Text("时间缺少时区", "A time without a time zone cannot be compared"))
    return dialect.encode(ColumnType.TIME, milliseconds(moment))


def page(query: Query) -> Fragment:
    """Return the LIMIT of a query; raises BadParameter for a negative one."""
    if query.limit is None:
        return Fragment("")
    if query.limit < 0:
        raise BadParameter(Text("limit 不能为负", "A limit cannot be negative"))
    return Fragment(" LIMIT ?", (query.limit,))


def columns_of(collection: Collection, query: Query) -> tuple[Column, ...]:
    """Return the columns that a query reads, in the schema's order; raises BadParameter for one that is not there."""
    if query.columns is None:
        return tuple(collection.columns)
    wanted = {column_of(collection, name).name for name in query.columns}
    return tuple(column for column in collection.columns if column.name in wanted)


def select(collection: Collection, query: Query, dialect: Dialect) -> Fragment:
    """Return the statement that reads rows: their key, the columns that are wanted, the geometry or NULL for it."""
    names = (column.name for column in columns_of(collection, query))
    chosen = ", ".join(("fid", *names, dialect.geometry if query.shapes else "NULL"))
    restricted = where(collection, query, dialect, paged=True)
    limited = page(query)
    return Fragment(
        f"SELECT {chosen} FROM {dialect.table(collection.stored_in)}{restricted.sql} ORDER BY fid{limited.sql}",
        restricted.parameters + limited.parameters,
    )


def assignments(dialect: Dialect, columns: Mapping[Column, Any]) -> Fragment:
    """Return the SET clause that gives columns their new plain values."""
    return _joined(
        "",
        ", ",
        [Fragment(f"{column.name} = ?", (dialect.encode(column.holds, value),)) for column, value in columns.items()],
    )


def escaped(text: str) -> str:
    """Return a text with the wildcards of LIKE made plain letters."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
