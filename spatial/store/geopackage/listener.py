"""Hearing that events were written to a file, by whichever program: SQLite counts the changes of a file for us."""

import sqlite3
import time
from pathlib import Path

from spatial.store.geopackage import connection as opening

_LOOKED_AT_EVERY_S = 0.1
"""A look takes a few microseconds: SQLite compares a number in the memory that its connections share."""


class GeoPackageListener:
    """One who hears of events, through a connection of its own."""

    def __init__(self, path: Path, patience_s: float) -> None:
        self._path = path
        self._patience_s = patience_s
        self._connection: sqlite3.Connection | None = None
        self._changes = 0
        self._last = 0
        self._closed = False

    def heard(self, timeout_s: float) -> int | None:
        with opening.translated(self._path):
            if self._connection is None:
                self._connection = opening.connect(self._path, self._patience_s, reading=True)
                self._changes = self._count()
                self._last = self._end()
                return self._last
            until = time.monotonic() + timeout_s
            while not self._closed:
                changes = self._count()
                if changes != self._changes:
                    self._changes = changes
                    last, self._last = self._last, self._end()
                    if self._last != last:
                        return self._last
                left = until - time.monotonic()
                if left <= 0:
                    break
                time.sleep(min(left, _LOOKED_AT_EVERY_S))
        return None

    def close(self) -> None:
        self._closed = True
        if self._connection is not None:
            self._connection.close()

    def _count(self) -> int:
        assert self._connection is not None
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _end(self) -> int:
        assert self._connection is not None
        head = self._connection.execute("SELECT last FROM event_head").fetchone()
        return 0 if head is None else int(head[0])
