"""The GeoPackage store: one writer, as many readers as there are threads, nothing lost on kill -9."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from spatial.errors import Conflict, StoreUnavailable
from spatial.store import migrations
from spatial.store.beside import BesideTheTrail
from spatial.store.conversion import milliseconds
from spatial.store.geopackage import connection as opening
from spatial.store.geopackage.dialect import GeoPackageDialect
from spatial.store.geopackage.listener import GeoPackageListener
from spatial.store.geopackage.schema import GeoPackageSchema, expected_programs, known_migrations, upgrade
from spatial.store.geopackage.session import GeoPackageSession
from spatial.store.protocol import Transaction
from spatial.store.reading import Clock, RowReader, SqlReader, now
from spatial.store.session import Session
from spatial.store.writing import SqlTransaction
from spatial.text import Text


class GeoPackageStore(BesideTheTrail, SqlReader):
    """A store in one GeoPackage file.

    `patience_s`: how long a writer waits for another program to let go of the file, in seconds.
    """

    def __init__(self, path: Path, create: bool = False, patience_s: float = 5.0, clock: Clock = now) -> None:
        self.path = path.absolute()
        self.url = str(path)
        self.dialect = GeoPackageDialect()
        self._patience_s = patience_s
        self._clock = clock
        self._closed = False
        self._guard = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._writing = threading.Lock()
        self._writing_thread: int | None = None
        if create:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        else:
            opening.require_file(self.path)
        self._writer = opening.connect(self.path, patience_s, create)
        try:
            self._prepare(create)
        except BaseException:
            self._writer.close()
            raise

    def _prepare(self, create: bool) -> None:
        opening.check_is_store(self._writer, self.path)
        schema = GeoPackageSchema(self._writer, self.path)
        # a file whose making was cut off is made to the end; one that holds something is upgraded by command alone
        if create and (schema.version() < 2 or not self._writer.execute("SELECT 1 FROM districts").fetchone()):
            for _ in upgrade(self._writer, self.path):
                pass
        migrations.refuse_older(schema, known_migrations(), self.url)
        opening.refuse_strangers(self._writer, self.path, set(expected_programs(schema.version())))
        with opening.translated(self.path):
            self._writer.execute("PRAGMA journal_mode = WAL")

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._reader() as connection, opening.translated(self.path):
            return connection.execute(sql, parameters).fetchall()

    @contextmanager
    def _reader(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection to one thread; there are as many as there are threads that read at once."""
        with self._guard:
            if self._closed:
                raise StoreUnavailable(Text("存储已关闭", "The store is closed"))
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = opening.connect(self.path, self._patience_s, reading=True)
        try:
            yield connection
        finally:
            with self._guard:
                if self._closed:
                    connection.close()
                else:
                    self._idle.append(connection)

    @contextmanager
    def snapshot(self) -> Iterator[SqlReader]:
        with self._reader() as connection, opening.translated(self.path):
            connection.execute("BEGIN")
            try:
                yield RowReader(lambda sql, parameters: connection.execute(sql, parameters).fetchall(), self.dialect)
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def loading(self) -> Iterator[Session]:
        """Open a transaction that fills an empty store from a copy."""
        with self._alone() as connection:
            session = GeoPackageSession(connection, self.path, self.dialect)
            yield session
            with opening.translated(self.path):
                session.contents.write(connection, milliseconds(self._clock()))

    @contextmanager
    def write(self, actor: str) -> Iterator[Transaction]:
        with self._alone() as connection:
            session = GeoPackageSession(connection, self.path, self.dialect)
            transaction = SqlTransaction(session, actor, self._clock)
            yield transaction
            transaction.finish()
            with opening.translated(self.path):
                session.contents.write(connection, milliseconds(self._clock()))

    @contextmanager
    def _alone(self) -> Iterator[sqlite3.Connection]:
        """Hold the writer and a transaction of it: kept when the block ends, undone when it raises."""
        me = threading.get_ident()
        if self._writing_thread == me:
            raise Conflict(Text("写事务不能嵌套", "A write inside a write would wait for itself"))
        if not self._writing.acquire(timeout=max(self._patience_s, 60.0)):
            raise StoreUnavailable(
                Text("另一项写入耗时过长", "Another write takes too long"), Text("稍后重试", "Try again later")
            )
        try:
            self._writing_thread = me
            if self._closed:
                raise StoreUnavailable(Text("存储已关闭", "The store is closed"))
            with opening.translated(self.path):
                self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                with opening.translated(self.path):
                    self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise
        finally:
            self._writing_thread = None
            self._writing.release()

    @contextmanager
    def aside(self) -> Iterator[Session]:
        with self._alone() as connection:
            yield GeoPackageSession(connection, self.path, self.dialect)

    def listener(self) -> GeoPackageListener:
        return GeoPackageListener(self.path, self._patience_s)

    def ping(self) -> None:
        opening.require_file(self.path)
        self.rows("SELECT 1 FROM gridscape_schema LIMIT 1")

    def backup(self, target: Path) -> Iterator[float]:
        from spatial.store.geopackage.backup import back_up

        with self._reader() as connection:
            yield from back_up(connection, target)

    def close(self) -> None:
        with self._guard:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
        # a write that is under way ends first
        with self._writing:
            self._writer.close()
