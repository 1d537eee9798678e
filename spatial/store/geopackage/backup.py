"""A consistent copy of a live GeoPackage, through SQLite's own backup."""

import os
import queue
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from spatial.errors import Conflict, NotFound
from spatial.store.copying import copy_tables
from spatial.store.geopackage.connection import translated
from spatial.store.geopackage.store import GeoPackageStore
from spatial.store.reading import SqlReader
from spatial.text import Text

_PAGES_AT_ONCE = 200


def back_up(source: sqlite3.Connection, target: Path) -> Iterator[float]:
    """Copy the database of a reading connection to a new file, yielding progress from 0 to 1.

    The connection holds one snapshot for the whole copy, so writers neither wait for it nor make it begin anew.
    """
    refuse_present(target)
    partial = target.with_name(f".{target.name}.partial")
    remove_with_journals(partial)
    told: queue.Queue[float | BaseException | None] = queue.Queue()
    stopped = threading.Event()

    def tell(_status: int, remaining: int, total: int) -> None:
        if stopped.is_set():
            raise InterruptedError
        told.put(1 - remaining / max(total, 1))

    def copy() -> None:
        try:
            with closing(sqlite3.connect(partial, isolation_level=None)) as destination:
                destination.execute("PRAGMA synchronous = OFF")  # it is synced once, at the end
                source.backup(destination, pages=_PAGES_AT_ONCE, progress=tell)
                destination.execute("PRAGMA secure_delete = ON")
                # whoever finds a backup must not be signed in by it
                destination.execute("DELETE FROM sessions")
                destination.execute("DELETE FROM responders")
                # without this the copy would want a WAL beside it wherever it is opened
                destination.execute("PRAGMA journal_mode = DELETE")
            told.put(None)
        except BaseException as failed:
            told.put(failed)

    with translated(target):
        try:
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM gridscape_schema").fetchone()
            worker = threading.Thread(target=copy, name="backup")
            worker.start()
            try:
                while (said := told.get()) is not None:
                    if isinstance(said, BaseException):
                        raise said
                    yield said
            finally:
                stopped.set()
                worker.join()
                source.execute("ROLLBACK")
            put_in_place(partial, target)
        finally:
            remove_with_journals(partial)


def write_copy(source: SqlReader, target: Path) -> Iterator[float]:
    """Copy another store, table by table, into a new GeoPackage store, yielding progress from 0 to 1."""
    refuse_present(target)
    partial = target.with_name(f".{target.name}.partial")
    remove_with_journals(partial)
    try:
        store = GeoPackageStore(partial, create=True)
        try:
            with store.loading() as session:
                yield from copy_tables(source, session)
        finally:
            store.close()
        with translated(target), closing(sqlite3.connect(partial, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        put_in_place(partial, target)
    finally:
        remove_with_journals(partial)


def refuse_present(target: Path) -> None:
    """Raise Conflict where a file is in the way, NotFound where its folder is not there."""
    if not target.parent.is_dir():
        raise NotFound(
            Text(f"没有文件夹 {target.parent}", f"There is no folder {target.parent}"),
            Text("先建立该文件夹", "Make the folder first"),
        )
    if target.exists():
        raise Conflict(
            Text(f"{target} 已存在", f"{target} is already there"),
            Text("换一个文件名，或先移走它", "Choose another name, or move it away first"),
        )


def put_in_place(partial: Path, target: Path) -> None:
    """Give a finished copy its name, once it is on the disk."""
    for place in (partial, partial.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    refuse_present(target)
    partial.rename(target)


def remove_with_journals(path: Path) -> None:
    """Remove a file and what SQLite keeps beside it; what is not there is no matter."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
