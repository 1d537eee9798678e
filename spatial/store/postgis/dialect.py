"""The SQL that is PostGIS's own."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.schema import ColumnType
from spatial.store.records import Box
from spatial.store.selection import Fragment, escaped
from spatial.table import Geometries

_ARRAYS: dict[ColumnType, str] = {
    ColumnType.TEXT: "text[]",
    ColumnType.INTEGER: "bigint[]",
    ColumnType.REAL: "double precision[]",
    ColumnType.BOOLEAN: "boolean[]",
    ColumnType.TIME: "timestamptz[]",
}

_NO_TIME = np.datetime64("NaT", "us").astype(np.int64).item()
_POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])


class PostgisDialect:
    """Geometry travels as WKB in binary rows; times, booleans and lists are PostgreSQL's own types."""

    geometry = "ST_AsBinary(geom, 'NDR')"
    for_update = " FOR UPDATE"
    listed_place = "json_agg(encode(ST_AsBinary(geom, 'NDR'), 'hex'))::text"

    def table(self, name: str) -> str:
        return name

    def encode(self, holds: ColumnType, value: Any) -> Any:  # noqa: ARG002
        return value

    def decode(self, holds: ColumnType, values: Sequence[Any]) -> list[Any]:  # noqa: ARG002
        return list(values)

    def geometries(self, stored: Sequence[Any]) -> Geometries:
        wkb = np.empty(len(stored), dtype=object)
        wkb[:] = [None if shape is None else bytes(shape) for shape in stored]
        found: Geometries = shapely.from_wkb(wkb)
        return found

    def listed(self, column: str, holds: ColumnType) -> str | None:
        listed = f"(extract(epoch FROM {column}) * 1000000)::bigint" if holds is ColumnType.TIME else column
        return f"json_agg({listed})::text"

    def instants(self, listed: Sequence[Any]) -> NDArray[np.datetime64]:
        return np.array([_NO_TIME if at is None else at for at in listed], dtype=np.int64).view("datetime64[us]")

    def places(self, listed: Sequence[Any]) -> NDArray[np.float64]:
        wkb = [None if point is None else bytes.fromhex(point) for point in listed]
        plain = [point for point in wkb if point is not None and len(point) == _POINT.itemsize]
        if len(plain) == len(wkb):
            read = np.frombuffer(b"".join(plain), dtype=_POINT)
            return np.stack((read["x"], read["y"]), axis=1)
        points = self.geometries(wkb)
        return np.stack((shapely.get_x(points), shapely.get_y(points)), axis=1)

    def meets(self, table: str, box: Box) -> Fragment:  # noqa: ARG002
        # && goes through the index, whose boxes are floats rounded outwards; the edges themselves are then compared
        west, south, east, north = box
        return Fragment(
            "(geom && ST_MakeEnvelope(?, ?, ?, ?, 4326) AND "
            "ST_XMax(geom) >= ? AND ST_XMin(geom) <= ? AND ST_YMax(geom) >= ? AND ST_YMin(geom) <= ?)",
            (west, south, east, north, west, east, south, north),
        )

    def one_of(self, column: str, holds: ColumnType, values: Sequence[Any]) -> Fragment:
        return Fragment(f"{column} = ANY(?::{_ARRAYS[holds]})", (list(values),))

    def begins(self, column: str, text: str) -> Fragment:
        return Fragment(f"{column} ILIKE ?", (escaped(text) + "%",))

    def says(self, column: str, text: str) -> Fragment:
        return Fragment(f"{column} ILIKE ?", (f"%{escaped(text)}%",))
