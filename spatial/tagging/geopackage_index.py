"""The spatial index of a GeoPackage, packed in bounded memory, however many rows there are.

GDAL packs it in memory, or else inserts row by row, which takes longer than all the rest and hears no signal. Here the
boxes of the rows go to a spool beside the file while rows are written. Then they are packed as Leutenegger, Lopez and
Edgington did (STR: A simple and efficient algorithm for R-tree packing, 1997), strip by strip, into the tables in which
SQLite keeps an R-tree (https://www.sqlite.org/rtree.html, shadow tables).
"""

import errno
import math
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# as SQLite stores them: 51 cells in a node after its depth and count, all of it big-endian
_CELL = np.dtype([("id", ">i8"), ("x0", ">f4"), ("x1", ">f4"), ("y0", ">f4"), ("y1", ">f4")])
_FULL = 51
_PAIR = np.dtype([("id", "<i8"), ("node", "<i8")])
_AT_ONCE = 100_000
_SAMPLE = 50_000
_ROOT = 1

Cells = NDArray[np.void]


class Spool:
    """The boxes of rows that are written, one batch after the other, in a file of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "boxes"
        self._file = self._path.open("wb")
        self.rows = 0

    def add(self, bounds: NDArray[np.float64]) -> None:
        """Take note of west, south, east, north of the next rows, shape (n, 4); NaN where a row has no shape."""
        cells = np.empty(len(bounds), dtype=_CELL)
        cells["id"] = np.arange(self.rows + 1, self.rows + 1 + len(bounds))
        for name, at, outward in (("x0", 0, -np.inf), ("y0", 1, -np.inf), ("x1", 2, np.inf), ("y1", 3, np.inf)):
            near = bounds[:, at].astype(np.float32)
            inside = near > bounds[:, at] if outward < 0 else near < bounds[:, at]
            cells[name] = np.where(inside, np.nextafter(near, np.float32(outward)), near)
        self.rows += len(bounds)
        self._file.write(cells[~np.isnan(bounds).any(axis=1)].tobytes())

    def build(self, path: Path, layer: str, geometry: str, twin: Path) -> None:
        """Give a layer of a GeoPackage, whose rows are 1, 2, 3 …, its index.

        `twin`: a GeoPackage with such a layer, empty and with an index, from which its triggers are taken.
        """
        self._file.close()
        with sqlite3.connect(twin) as source:
            triggers = [
                sql
                for name, sql in source.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
                if name.startswith(f"rtree_{layer}_{geometry}_")
            ]
            declared = source.execute("SELECT * FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'")
            extension = declared.fetchone()
            (made,) = source.execute(
                "SELECT sql FROM sqlite_master WHERE name = 'gpkg_extensions' AND type = 'table'"
            ).fetchone()
        source.close()
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            # the file is not in its place yet: when this fails nothing of it stays
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -8192"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("BEGIN")
            (low, high) = connection.execute(f"SELECT min(rowid), max(rowid) FROM {_quoted(layer)}").fetchone()
            if self.rows and (low, high) != (1, self.rows):
                raise AssertionError(f"{self.rows} rows were written, and they are {low} to {high}")
            name = f"rtree_{layer}_{geometry}"
            connection.execute(f"CREATE VIRTUAL TABLE {_quoted(name)} USING rtree(id, minx, maxx, miny, maxy)")
            self._fill(connection, name)
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'gpkg_extensions'").fetchone():
                connection.execute(made)
            connection.execute("INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)", extension)
            for trigger in triggers:
                connection.execute(trigger)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise OSError(errno.ENOSPC if "full" in str(error) else errno.EIO, str(error)) from error
        finally:
            connection.close()

    def _fill(self, connection: sqlite3.Connection, name: str) -> None:
        nodes = _Nodes(connection, name, self._folder)
        level = [nodes.leaves(_tiled(strip)) for strip in self._strips() if len(strip)]
        nodes.finish(np.concatenate([np.empty(0, dtype=_CELL), *level]))

    def _strips(self) -> Iterator[Cells]:
        """Yield the cells by strips from west to east, none much larger than AT_ONCE."""
        count = self._path.stat().st_size // _CELL.itemsize
        strips = -(-count // _AT_ONCE)
        if strips <= 1:
            yield np.fromfile(self._path, dtype=_CELL)
            return
        sample = np.concatenate([part["x0"][:: max(1, count // _SAMPLE)].copy() for part in _parts(self._path, _CELL)])
        edges = np.quantile(sample, np.arange(1, strips) / strips)
        yield from _dealt(self._path, _CELL, lambda part: np.searchsorted(edges, part["x0"], side="right"))


class _Nodes:
    """The nodes of one tree, written level by level from the leaves; the root is the last, and node 1."""

    def __init__(self, connection: sqlite3.Connection, name: str, folder: Path) -> None:
        self._connection, self._name = connection, name
        self._pairs = folder / "pairs"
        self._file = self._pairs.open("wb")
        self._next = _ROOT + 1

    def leaves(self, cells: Cells) -> Cells:
        """Write leaves of cells in their order; return a cell for each leaf."""
        made, of = self._written(cells)
        pairs = np.empty(len(cells), dtype=_PAIR)
        pairs["id"], pairs["node"] = cells["id"], of
        self._file.write(pairs.tobytes())
        return made

    def finish(self, level: Cells) -> None:
        """Write the levels above the leaves, and which leaf holds which row."""
        depth = 1
        while len(level) > _FULL:
            above, of = self._written(level)
            self._insert("parent", level["id"], of)
            level, depth = above, depth + 1
        if len(level):
            self._insert("parent", level["id"], np.full(len(level), _ROOT))
            blob = depth.to_bytes(2, "big") + len(level).to_bytes(2, "big") + level.astype(_CELL).tobytes()
            root = blob.ljust(4 + _FULL * _CELL.itemsize, b"\0")
            self._connection.execute(f"UPDATE {self._table('node')} SET data = ? WHERE nodeno = ?", (root, _ROOT))
        self._file.close()
        # in the order of the table: what is inserted all over it would be read and written again and again
        for part in _dealt(self._pairs, _PAIR, lambda pairs: pairs["id"] // _AT_ONCE):
            part.sort(order="id")
            for first in range(0, len(part), 50_000):
                some = part[first : first + 50_000]
                self._insert("rowid", some["id"], some["node"])

    def _written(self, cells: Cells) -> tuple[Cells, NDArray[np.int64]]:
        """Write nodes full of cells; return a cell for each node, and the node of each cell."""
        count = -(-len(cells) // _FULL)
        numbers = np.arange(self._next, self._next + count)
        self._next += count
        held = np.zeros((count, _FULL), dtype=_CELL)
        held.reshape(-1)[: len(cells)] = cells
        sizes = np.full(count, _FULL)
        sizes[-1] = len(cells) - _FULL * (count - 1)
        heads = np.zeros((count, 2), dtype=">u2")
        heads[:, 1] = sizes
        blobs = np.concatenate(
            [heads.view(np.uint8).reshape(count, 4), held.view(np.uint8).reshape(count, _FULL * _CELL.itemsize)], axis=1
        )
        rows = zip(numbers.tolist(), map(bytes, blobs), strict=True)
        self._connection.executemany(f"INSERT INTO {self._table('node')} VALUES (?, ?)", rows)
        starts = np.arange(count) * _FULL
        made = np.empty(count, dtype=_CELL)
        made["id"] = numbers
        for name, least in (("x0", np.minimum), ("x1", np.maximum), ("y0", np.minimum), ("y1", np.maximum)):
            made[name] = least.reduceat(cells[name].astype(np.float32), starts)
        return made, np.repeat(numbers, sizes)

    def _insert(self, table: str, keys: NDArray[np.int64], values: NDArray[np.int64]) -> None:
        rows = zip(keys.tolist(), values.tolist(), strict=True)
        self._connection.executemany(f"INSERT INTO {self._table(table)} VALUES (?, ?)", rows)

    def _table(self, kind: str) -> str:
        return _quoted(f"{self._name}_{kind}")


def _tiled(cells: Cells) -> Cells:
    """Return cells so ordered that those of a node lie together: by slices from west to east, each northwards."""
    each = math.ceil((len(cells) / _FULL) ** 0.5) * _FULL
    place = np.empty(len(cells), dtype=np.int64)
    place[np.argsort(cells["x0"].astype(np.float32), kind="stable")] = np.arange(len(cells))
    ordered: Cells = cells[np.lexsort((cells["y0"].astype(np.float32), place // each))]
    return ordered


def _parts(path: Path, kind: np.dtype[np.void]) -> Iterator[Cells]:
    with path.open("rb") as file:
        while len(part := np.fromfile(file, dtype=kind, count=_AT_ONCE)):
            yield part


def _dealt(path: Path, kind: np.dtype[np.void], pile_of: Callable[[Cells], NDArray[np.integer]]) -> Iterator[Cells]:
    """Yield the records of a file by piles, in the order of their numbers; there are files of each on the way."""
    piles: set[int] = set()
    for part in _parts(path, kind):
        pile = pile_of(part)
        for number in np.unique(pile).tolist():
            piles.add(number)
            with path.with_name(f"{path.name}-{number}").open("ab") as file:
                file.write(part[pile == number].tobytes())
    path.unlink()
    for number in sorted(piles):
        made = path.with_name(f"{path.name}-{number}")
        yield np.fromfile(made, dtype=kind)
        made.unlink()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
