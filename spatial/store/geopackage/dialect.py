"""The SQL that is SQLite's own."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from spatial.schema import ColumnType
from spatial.store.geopackage import geometry_blob
from spatial.store.records import Box
from spatial.store.selection import Fragment, escaped
from spatial.table import Geometries

_TIME_LETTERS = len("2026-11-23T08:00:00.000Z")


class GeoPackageDialect:
    """Times are text as GeoPackage wants it (…T…Z, milliseconds), booleans 0 and 1, lists travel as JSON."""

    geometry = "geom"
    for_update = ""
    listed_place = "json_group_array(hex(geom))"

    def table(self, name: str) -> str:
        return name

    def encode(self, holds: ColumnType, value: Any) -> Any:
        if value is None:
            return None
        if holds is ColumnType.TIME:
            return time_text(value)
        return int(value) if holds is ColumnType.BOOLEAN else value

    def decode(self, holds: ColumnType, values: Sequence[Any]) -> list[Any]:
        if holds is ColumnType.TIME:
            return [None if value is None else time_of(value) for value in values]
        if holds is ColumnType.BOOLEAN:
            return [None if value is None else bool(value) for value in values]
        return list(values)

    def geometries(self, stored: Sequence[Any]) -> Geometries:
        return geometry_blob.decode(stored)

    def listed(self, column: str, holds: ColumnType) -> str | None:
        # SQLite writes a number as text with fifteen digits, where it may need seventeen
        return None if holds is ColumnType.REAL else f"json_group_array({column})"

    def instants(self, listed: Sequence[Any]) -> NDArray[np.datetime64]:
        there = np.array([text is not None for text in listed], dtype=bool)
        found = np.full(len(listed), np.datetime64("NaT", "us"))
        present = [text for text in listed if text is not None]
        joined = "".join(present)
        if (
            set(map(len, present)) <= {_TIME_LETTERS}
            and joined.isascii()
            and set(joined[_TIME_LETTERS - 1 :: _TIME_LETTERS]) <= {"Z"}
        ):
            letters = np.frombuffer(joined.encode(), dtype=f"S{_TIME_LETTERS}")
            found[there] = letters.astype(f"S{_TIME_LETTERS - 1}").astype("datetime64[us]")
        else:  # written by another program
            found[there] = np.array([time_of(text).replace(tzinfo=None) for text in present], dtype="datetime64[us]")
        return found

    def places(self, listed: Sequence[Any]) -> NDArray[np.float64]:
        return geometry_blob.places_of_hex(listed)

    def meets(self, table: str, box: Box) -> Fragment:
        west, south, east, north = box
        # the R-tree holds floats, rounded outwards: only rows on the box's rim need their own geometry looked at
        return Fragment(
            f"fid IN (SELECT id FROM rtree_{table}_geom AS near "
            "WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ? "
            "AND (minx >= ? AND maxx <= ? AND miny >= ? AND maxy <= ? OR gridscape_meets("
            f"(SELECT geom FROM {table} AS own WHERE own.fid = near.id), ?, ?, ?, ?)))",
            (west, east, south, north, west, east, south, north, west, south, east, north),
        )

    def one_of(self, column: str, holds: ColumnType, values: Sequence[Any]) -> Fragment:
        listed = orjson.dumps([self.encode(holds, value) for value in values]).decode()
        return Fragment(f"{column} IN (SELECT value FROM json_each(?))", (listed,))

    def begins(self, column: str, text: str) -> Fragment:
        return self._like(column, escaped(text) + "%")

    def says(self, column: str, text: str) -> Fragment:
        return self._like(column, f"%{escaped(text)}%")

    def _like(self, column: str, pattern: str) -> Fragment:
        if pattern.isascii() or pattern.lower() == pattern.upper():
            return Fragment(f"{column} LIKE ? ESCAPE '\\'", (pattern,))
        # LIKE folds the letters A to Z alone
        return Fragment(f"casefold({column}) LIKE ? ESCAPE '\\'", (pattern.casefold(),))


def time_text(moment: datetime) -> str:
    """Return an aware time as a GeoPackage writes it, to the millisecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def time_of(text: str) -> datetime:
    """Return a GeoPackage's text as an aware time in UTC."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
