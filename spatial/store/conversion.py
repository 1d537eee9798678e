"""From a table of features to values that a column can hold, checked once for both stores."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, assert_never

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.errors import BadGeometry, BadInput, BadParameter, BadPosition
from spatial.schema import Collection, Column, ColumnType, GeometryType
from spatial.store.records import Box
from spatial.table import Geometries, Table
from spatial.text import Text

ROW = "row"
"""The column that a read adds: the key for `Query.after`. It is not regarded when rows are written."""

_LARGEST_INTEGER = 2**63

_SHAPES: dict[GeometryType, frozenset[shapely.GeometryType]] = {
    GeometryType.POINT: frozenset({shapely.GeometryType.POINT}),
    GeometryType.LINE_STRING: frozenset({shapely.GeometryType.LINESTRING}),
    GeometryType.MULTI_POLYGON: frozenset({shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON}),
    GeometryType.ANY: frozenset(
        {
            shapely.GeometryType.POINT,
            shapely.GeometryType.LINESTRING,
            shapely.GeometryType.POLYGON,
            shapely.GeometryType.MULTIPOINT,
            shapely.GeometryType.MULTILINESTRING,
            shapely.GeometryType.MULTIPOLYGON,
        }
    ),
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows that fit their collection: every column of the schema as plain values, geometry of the right type."""

    columns: Mapping[str, list[Any]]
    geometry: Geometries

    def __len__(self) -> int:
        return len(self.geometry)

    def take(self, positions: Sequence[int]) -> "Prepared":
        """Return the rows at the given positions."""
        columns = {name: [values[index] for index in positions] for name, values in self.columns.items()}
        return Prepared(columns, self.geometry[np.asarray(positions, dtype=np.intp)])


def prepare(collection: Collection, rows: Table, fixed: Mapping[str, Any] | None = None) -> Prepared:
    """Return rows as plain values of the collection's columns.

    `fixed`: columns that have the same value in every row; what the table says of them is not regarded.
    Raises BadInput for a column that the collection does not have, a required one that is missing or a value of
    another type, BadGeometry and BadPosition for a shape that the collection cannot hold.
    """
    fixed = fixed or {}
    for name in rows.columns:
        if name != ROW and collection.column(name) is None:
            raise BadInput(
                Text(f"数据集 {collection.id} 没有字段 {name}", f"The collection {collection.id} has no column {name}"),
                Text(f"可用字段：{', '.join(collection.names)}", f"Its columns are: {', '.join(collection.names)}"),
            )
    columns: dict[str, list[Any]] = {}
    for column in collection.columns:
        if column.name in fixed:
            columns[column.name] = [fixed[column.name]] * len(rows)
            continue
        given = rows.columns.get(column.name)
        columns[column.name] = [None] * len(rows) if given is None else plain_values(column, given)
        if column.required and None in columns[column.name]:
            index = columns[column.name].index(None)
            raise BadInput(
                Text(
                    f"{collection.id} 第 {index + 1} 行缺少必填字段 {column.name}",
                    f"Row {index + 1} of {collection.id} lacks the required column {column.name}",
                )
            )
    return Prepared(columns, shapes(collection, rows.geometry))


def plain_values(column: Column, values: Sequence[Any] | NDArray[Any]) -> list[Any]:
    """Return the values of one column as plain Python values, None where there is none; raises BadInput."""
    listed = values.tolist() if isinstance(values, np.ndarray) and values.dtype.kind in "biuf" else list(values)
    return [None if value is None else plain_value(column, value) for value in listed]


def plain_value(column: Column, value: Any) -> Any:
    """Return one value as the column's plain Python type, None for NaN and NaT; raises BadInput."""
    if isinstance(value, np.generic):
        value = value.item() if not isinstance(value, np.datetime64) else _from_numpy(value)
    if value is None or value != value:
        return None
    match column.holds:
        case ColumnType.TEXT:
            if isinstance(value, str):
                return _text(column, value)
        case ColumnType.INTEGER:
            if isinstance(value, int | float) and value == math.floor(value) if _finite(value) else False:
                whole = int(value)
                if -_LARGEST_INTEGER <= whole < _LARGEST_INTEGER:
                    return whole
        case ColumnType.REAL:
            if isinstance(value, int | float) and _finite(value):
                return float(value)
        case ColumnType.BOOLEAN:
            if isinstance(value, bool) or (isinstance(value, int) and value in (0, 1)):
                return bool(value)
        case ColumnType.TIME:
            if isinstance(value, datetime) and value.tzinfo is not None:
                return milliseconds(value)
        case _:
            assert_never(column.holds)
    raise BadInput(
        Text(
            f"字段 {column.name} 不能存放 {_shown(value)}（应为 {_KINDS[column.holds].zh}）",
            f"The column {column.name} cannot hold {_shown(value)}: it holds {_KINDS[column.holds].en}",
        )
    )


_KINDS: dict[ColumnType, Text] = {
    ColumnType.TEXT: Text("文本", "text without control characters"),
    ColumnType.INTEGER: Text("64 位整数", "whole numbers of 64 bits"),
    ColumnType.REAL: Text("有限数值", "finite numbers"),
    ColumnType.BOOLEAN: Text("是或否", "true or false"),
    ColumnType.TIME: Text("带时区的时间", "times with a time zone"),
}


def milliseconds(moment: datetime) -> datetime:
    """Return an aware time in UTC, cut to milliseconds: what both stores keep."""
    moment = moment.astimezone(UTC)
    plain = datetime(
        moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, moment.microsecond, UTC
    )
    return plain.replace(microsecond=moment.microsecond // 1000 * 1000)


def _from_numpy(moment: np.datetime64) -> datetime | None:
    if np.isnat(moment):
        return None
    naive: datetime = moment.astype("datetime64[us]").item()
    return naive.replace(tzinfo=UTC)


def _finite(value: Any) -> bool:
    return isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))


def _text(column: Column, value: str) -> str:
    plain = str(value.value) if isinstance(value, Enum) else str(value)
    # a NUL ends the text in C programs and PostgreSQL refuses it; half a surrogate pair has no UTF-8
    if "\0" in plain or (not plain.isascii() and any("\ud800" <= letter <= "\udfff" for letter in plain)):
        raise BadInput(
            Text(
                f"字段 {column.name} 含有无法存储的字符：{_shown(plain)}",
                f"The column {column.name} holds letters that cannot be stored: {_shown(plain)}",
            )
        )
    return plain


def _shown(value: object) -> str:
    shown = ascii(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"


def shapes(collection: Collection, geometry: Geometries) -> Geometries:
    """Return geometries as the collection's column holds them: two-dimensional, polygons as multi-polygons.

    Raises BadGeometry for a type that the collection does not hold and for coordinates that are not finite,
    BadPosition for coordinates outside ±180, ±90.
    """
    geometry = np.asarray(geometry, dtype=object)
    present = ~shapely.is_missing(geometry)
    types = shapely.get_type_id(geometry)
    fits = np.isin(types, [int(kind) for kind in _SHAPES[collection.geometry]])
    for index in np.flatnonzero(present & ~fits)[:1]:
        found = geometry[index].geom_type if isinstance(geometry[index], shapely.Geometry) else "?"
        wanted = collection.geometry.value
        raise BadGeometry(
            Text(
                f"{collection.id} 第 {index + 1} 行的几何类型为 {found}，应为 {wanted}",
                f"Row {index + 1} of {collection.id} is a {found} where a {wanted} belongs",
            )
        )
    _check_coordinates(collection, geometry)
    flat: Geometries = shapely.force_2d(geometry)
    if collection.geometry is GeometryType.MULTI_POLYGON:
        single = np.flatnonzero(types == shapely.GeometryType.POLYGON)
        if len(single):
            flat[single] = _as_multi(flat[single])
    return flat


def _as_multi(polygons: Geometries) -> Geometries:
    empty = shapely.is_empty(polygons)
    multi = np.empty(len(polygons), dtype=object)
    multi[empty] = shapely.MultiPolygon()
    positions = np.flatnonzero(~empty)
    if len(positions):
        multi[positions] = shapely.multipolygons(polygons[positions], indices=np.arange(len(positions)))
    return multi


def _check_coordinates(collection: Collection, geometry: Geometries) -> None:
    coordinates, owners = shapely.get_coordinates(geometry, return_index=True)
    for index in owners[~np.isfinite(coordinates).all(axis=1)][:1]:
        raise BadGeometry(
            Text(
                f"{collection.id} 第 {index + 1} 行含有非有限坐标（NaN 或无穷大）",
                f"Row {index + 1} of {collection.id} has a coordinate that is not a finite number",
            )
        )
    outside = (np.abs(coordinates[:, 0]) > 180) | (np.abs(coordinates[:, 1]) > 90)
    for index in np.flatnonzero(outside)[:1]:
        x, y = coordinates[index]
        raise BadPosition(
            Text(
                f"{collection.id} 第 {owners[index] + 1} 行的坐标 ({x:g}, {y:g}) 不是经纬度",
                f"Row {owners[index] + 1} of {collection.id} lies at ({x:g}, {y:g}): not a longitude and latitude",
            ),
            Text("坐标应为 WGS 84，先经度后纬度", "Positions are WGS 84, longitude first"),
        )


def total_box(boxes: NDArray[np.float64]) -> Box | None:
    """Return the box around boxes (shape (n, 4): west, south, east, north; NaN where nothing has a place)."""
    placed = boxes[~np.isnan(boxes).any(axis=1)]
    if not len(placed):
        return None
    west, south = placed[:, :2].min(axis=0).tolist()
    east, north = placed[:, 2:].max(axis=0).tolist()
    return west, south, east, north


def column_of(collection: Collection, name: str) -> Column:
    """Return a column by its name; raises BadParameter where the collection has none."""
    column = collection.column(name)
    if column is None:
        raise BadParameter(
            Text(f"数据集 {collection.id} 没有字段 {name}", f"The collection {collection.id} has no column {name}"),
            Text(f"可用字段：{', '.join(collection.names)}", f"Its columns are: {', '.join(collection.names)}"),
        )
    return column
