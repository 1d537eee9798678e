"""The PostGIS store: a pool of connections, writers side by side, events in one order."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import psycopg_pool
import shapely

from spatial.errors import Conflict, NotFound, StoreUnavailable
from spatial.schema import Collection
from spatial.store import migrations
from spatial.store.beside import BesideTheTrail
from spatial.store.conversion import Prepared
from spatial.store.postgis.connection import (
    AWAY_TIMEOUT_S,
    PATIENCE,
    POOL_TIMEOUT_S,
    Connection,
    configure,
    pool,
    shown,
    translate,
    translated,
)
from spatial.store.postgis.dialect import PostgisDialect
from spatial.store.postgis.listener import CHANNEL, PostgisListener
from spatial.store.postgis.schema import PostgisSchema, known_migrations
from spatial.store.postgis.watch import Watch
from spatial.store.protocol import Transaction
from spatial.store.reading import Clock, RowReader, SqlReader, now
from spatial.store.records import Box
from spatial.store.selection import Dialect, Fragment
from spatial.store.session import Session
from spatial.store.writing import SqlTransaction
from spatial.table import Geometries
from spatial.text import Text

# appenders take this lock, so that events commit in the order of their ids
_EVENTS_LOCK = 0x65766E74
_REQUEST_LOCK = 0x72657175


class PostgisStore(BesideTheTrail, SqlReader):
    """A store in a PostgreSQL database, in a schema of its own.

    `most_connections`: how many threads may read or write at once before one waits.
    """

    def __init__(self, url: str, create: bool = False, most_connections: int = 8, clock: Clock = now) -> None:
        self.url = url
        self.dialect = PostgisDialect()
        self._clock = clock
        self._writing = threading.local()
        self._away = False
        self._prepare(create)
        self._watch = Watch(url, PATIENCE)
        self._pool = pool(url, most_connections, self._watch)

    def _prepare(self, create: bool) -> None:
        """Look at the schema over a connection of its own: a database that is down says so at once."""
        with translated(self.url), psycopg.connect(self.url, **PATIENCE) as connection:
            configure(connection)
            schema = PostgisSchema(connection, self.url)
            version = schema.version()
            if version == 0 and not create:
                raise NotFound(
                    Text(f"数据库 {shown(self.url)} 中没有存储", f"There is no store in {shown(self.url)}"),
                    Text("先生成：gridscape demo --store 地址", "Make one first: gridscape demo --store ADDRESS"),
                )
            # a store whose making was cut off is made to the end; one that holds something is upgraded by command alone
            if create and (version == 0 or not connection.execute("SELECT 1 FROM districts").fetchone()):
                for _ in migrations.migrate(schema, known_migrations()):
                    pass
            migrations.refuse_older(schema, known_migrations(), shown(self.url))

    @contextmanager
    def _lent(self) -> Iterator[Connection]:
        """Lend a connection of the pool; whoever asks while the database is known to be away hears so soon.

        The first ones wait, so that a restart of a few seconds is not noticed. Did all others wait as long, requests
        would come faster than they are answered, and would soon fill every thread. Where it is silent, nobody waits.
        """
        if self._watch.silent:
            raise translate(psycopg.OperationalError("silent for some seconds"), self.url)
        patience = AWAY_TIMEOUT_S if self._away else POOL_TIMEOUT_S
        try:
            with translated(self.url):
                connection = self._pool.getconn(patience)
                try:
                    # the commit is waited for as anything else, and is watched over like it
                    with self._watch.over(connection), connection:
                        self._away = False
                        yield connection
                finally:
                    self._pool.putconn(connection)
        except StoreUnavailable as unavailable:
            self._away = self._away or isinstance(unavailable.__cause__, psycopg_pool.PoolTimeout)
            raise

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._lent() as connection:
            return _rows(connection, sql, parameters)

    def box_of(self, table: str, restricted: Fragment) -> Box | None:
        edges = "min(ST_XMin(geom)), min(ST_YMin(geom)), max(ST_XMax(geom)), max(ST_YMax(geom))"
        west, south, east, north = self.rows(f"SELECT {edges} FROM {table}{restricted.sql}", restricted.parameters)[0]
        return None if west is None else (west, south, east, north)

    @contextmanager
    def snapshot(self) -> Iterator[SqlReader]:
        with self._lent() as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield RowReader(lambda sql, parameters: _rows(connection, sql, parameters), self.dialect)

    @contextmanager
    def loading(self) -> Iterator[Session]:
        """Open a transaction that fills an empty store from a copy."""
        with self._lent() as connection:
            session = _Session(connection, self.dialect)
            # nobody else writes before the copy is whole
            connection.execute("LOCK TABLE districts, event_head IN ACCESS EXCLUSIVE MODE")
            yield session

    @contextmanager
    def write(self, actor: str) -> Iterator[Transaction]:
        if getattr(self._writing, "now", False):
            raise Conflict(Text("写事务不能嵌套", "A write inside a write would wait for itself"))
        self._writing.now = True
        try:
            with self._lent() as connection:
                transaction = SqlTransaction(_Session(connection, self.dialect), actor, self._clock)
                yield transaction
                transaction.finish()
        finally:
            self._writing.now = False

    @contextmanager
    def aside(self) -> Iterator[Session]:
        with self._lent() as connection:
            yield _Session(connection, self.dialect)

    def listener(self) -> PostgisListener:
        return PostgisListener(self.url, self._watch)

    def ping(self) -> None:
        self.rows("SELECT 1 FROM gridscape_schema LIMIT 1")

    def backup(self, target: Path) -> Iterator[float]:
        """Copy every table into a GeoPackage store: the backup of either store can be restored into either."""
        from spatial.store.geopackage.backup import write_copy

        with self.snapshot() as source:
            yield from write_copy(source, target)

    def close(self) -> None:
        self._pool.close()
        self._watch.close()


def _rows(connection: Connection, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor(binary=True) as cursor:
        return cursor.execute(placed(sql), parameters).fetchall()


def placed(sql: str) -> bytes:
    """Return a statement with its placeholders as psycopg writes them."""
    return sql.replace("?", "%s").encode()


class _Session:
    """A transaction of one connection, as the shared code sees it."""

    def __init__(self, connection: Connection, dialect: Dialect) -> None:
        self.dialect = dialect
        self._connection = connection

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return _rows(self._connection, sql, parameters)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        return self._connection.execute(placed(sql), parameters).rowcount

    def append(self, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN".encode()) as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def append_features(self, collection: Collection, rows: Prepared, keys: Sequence[int] | None = None) -> None:
        columns: list[Sequence[Any]] = [] if keys is None else [keys]
        columns.extend(rows.columns[name] for name in collection.names)
        names = (*(() if keys is None else ("fid",)), *collection.names, "geom")
        self.append(collection.id, names, zip(*columns, encode(rows.geometry), strict=True))

    def keys_taken(self, table: str, key: str) -> None:
        self.rows(
            f"SELECT setval(pg_get_serial_sequence(?, ?), coalesce(max({key}), 0) + 1, false) FROM {table}",
            (table, key),
        )

    def set_geometry(self, collection: Collection, geometry: Geometries, restricted: Fragment) -> None:
        (shape,) = encode(geometry)
        self.execute(f"UPDATE {collection.id} SET geom = ?::geometry{restricted.sql}", (shape, *restricted.parameters))

    def touched(self, collection: str, added: Geometries | None, removed: bool) -> None:
        """Do nothing: PostgreSQL keeps no list of contents."""

    def lock_events(self) -> None:
        self.rows("SELECT pg_advisory_xact_lock(?)", (_EVENTS_LOCK,))

    def lock_request(self, actor: str, request: str) -> None:
        self.rows("SELECT pg_advisory_xact_lock(?::int, hashtext(?))", (_REQUEST_LOCK, f"{actor} {request}"))

    def announce(self, last: int) -> None:
        self.rows("SELECT pg_notify(?, ?)", (CHANNEL, str(last)))


def encode(geometry: Geometries) -> list[str | None]:
    """Return geometries as PostGIS reads them from text: hexadecimal EWKB that names its coordinate system."""
    named = shapely.set_srid(geometry, 4326)
    return list(shapely.to_wkb(named, hex=True, output_dimension=2, include_srid=True))
