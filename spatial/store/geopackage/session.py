"""The writer's transaction of a GeoPackage, as the shared code sees it."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from spatial.schema import Collection, ColumnType
from spatial.store.conversion import Prepared
from spatial.store.geopackage import connection as opening
from spatial.store.geopackage import geometry_blob
from spatial.store.geopackage.contents import Contents
from spatial.store.selection import Dialect, Fragment
from spatial.table import Geometries

# from so many rows on, filling the index in one go is worth taking its trigger away and putting it back
_MANY = 1000


class GeoPackageSession:
    """The writer's transaction, as the shared code sees it."""

    def __init__(self, connection: sqlite3.Connection, path: Path, dialect: Dialect) -> None:
        self.dialect: Dialect = dialect
        self.contents = Contents()
        self._connection = connection
        self._path = path

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with opening.translated(self._path):
            return self._connection.execute(sql, parameters).fetchall()

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        with opening.translated(self._path):
            return self._connection.execute(sql, parameters).rowcount

    def append(self, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        holes = ", ".join("?" * len(names))
        with opening.translated(self._path):
            self._connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({holes})", rows)

    def append_features(self, collection: Collection, rows: Prepared, keys: Sequence[int] | None = None) -> None:
        if not len(rows):
            return
        columns: list[Sequence[Any]] = []
        for column in collection.columns:
            values: Sequence[Any] = rows.columns[column.name]
            if column.holds in (ColumnType.TIME, ColumnType.BOOLEAN):
                values = [self.dialect.encode(column.holds, value) for value in values]
            columns.append(values)
        keys = self._next_keys(collection, len(rows)) if keys is None else keys
        blobs = geometry_blob.encode(rows.geometry)
        with self._index_filled_at_once(collection.id, keys, rows.geometry) if len(rows) >= _MANY else nullcontext():
            self.append(collection.id, ("fid", *collection.names, "geom"), zip(keys, *columns, blobs, strict=True))

    def _next_keys(self, collection: Collection, number: int) -> range:
        """Return the keys that AUTOINCREMENT would give: behind every key that was ever given."""
        given = self.rows("SELECT seq FROM sqlite_sequence WHERE name = ?", (collection.id,))
        first = int(given[0][0]) + 1 if given else 1
        return range(first, first + number)

    @contextmanager
    def _index_filled_at_once(self, table: str, keys: Sequence[int], geometry: Geometries) -> Iterator[None]:
        """Take the trigger of the R-tree away for the rows of the block, and index them in one go: twice as fast.

        All of it happens inside the transaction: nobody ever sees the table without its trigger.
        """
        name = f"rtree_{table}_geom_insert"
        ((trigger,),) = self.rows("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", (name,))
        self.execute(f"DROP TRIGGER {name}")
        yield
        boxes = shapely.bounds(geometry)
        placed = np.flatnonzero(~np.isnan(boxes[:, 0]))
        own = np.asarray(keys, dtype=np.int64)[placed].tolist()
        west, south, east, north = boxes[placed].T.tolist() if len(placed) else ([], [], [], [])
        self.append(
            f"rtree_{table}_geom",
            ("id", "minx", "maxx", "miny", "maxy"),
            zip(own, west, east, south, north, strict=True),
        )
        self.execute(trigger)

    def keys_taken(self, table: str, key: str) -> None:
        """Do nothing: AUTOINCREMENT follows the largest key by itself."""

    def set_geometry(self, collection: Collection, geometry: Geometries, restricted: Fragment) -> None:
        (blob,) = geometry_blob.encode(geometry)
        self.execute(f"UPDATE {collection.id} SET geom = ?{restricted.sql}", (blob, *restricted.parameters))

    def touched(self, collection: str, added: Geometries | None, removed: bool) -> None:
        self.contents.touched(collection, added, removed)

    def lock_events(self) -> None:
        """Do nothing: there is one writer, and it is this one."""

    def lock_request(self, actor: str, request: str) -> None:
        """Do nothing: there is one writer, and it is this one."""

    def announce(self, last: int) -> None:
        """Do nothing: SQLite tells every connection that the file has changed."""
