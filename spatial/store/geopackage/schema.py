"""The GeoPackage store's schema: its migrations, and the spatial index of every feature table."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from importlib.resources import files
from pathlib import Path

from spatial.store import migrations
from spatial.store.geopackage import geometry_blob
from spatial.store.geopackage.connection import check_is_store, connect, refuse_strangers, require_file, translated
from spatial.store.migrations import Migration

PACKAGE = "spatial.store.geopackage"
VERSION_TABLE = (
    "CREATE TABLE IF NOT EXISTS gridscape_schema ("
    "number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
    "applied_at DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')))"
)


@cache
def known_migrations() -> tuple[Migration, ...]:
    """Return the migrations of the GeoPackage store."""
    return tuple(migrations.of_package(PACKAGE))


class GeoPackageSchema:
    """The schema of one file, as the migrator sees it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def version(self) -> int:
        with translated(self._path):
            known = self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'gridscape_schema'").fetchone()
            if known is None:
                return 0
            return int(self._connection.execute("SELECT coalesce(max(number), 0) FROM gridscape_schema").fetchone()[0])

    def apply(self, migration: Migration) -> None:
        with translated(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                if self.version() < migration.number:
                    self._connection.execute(VERSION_TABLE)
                    for statement in statements(migration.sql):
                        self._connection.execute(statement)
                    index_features(self._connection)
                    self._connection.execute(
                        "INSERT INTO gridscape_schema (number, name) VALUES (?, ?)", (migration.number, migration.name)
                    )
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one; the semicolons inside a trigger do not end it."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""
    if gathered.strip():
        yield gathered


def index_features(connection: sqlite3.Connection) -> None:
    """Give every feature table that has none yet its R-tree and the triggers that keep it."""
    present = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "gpkg_geometry_columns" not in present:
        return
    template = files(PACKAGE).joinpath("spatial_index.sql").read_text("utf-8")
    for (table,) in connection.execute("SELECT table_name FROM gpkg_geometry_columns").fetchall():
        if table in present and f"rtree_{table}_geom" not in present:
            for statement in statements(template.replace("{table}", table)):
                connection.execute(statement)


@cache
def expected_programs(version: int) -> frozenset[tuple[str, str]]:
    """Return the triggers and views, names and text, that a file of a schema version holds."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        geometry_blob.register(connection)
        for _ in migrations.migrate(GeoPackageSchema(connection, Path(":memory:")), known_migrations()[:version]):
            pass
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
        return frozenset(found.fetchall())


def upgrade(connection: sqlite3.Connection, path: Path) -> Iterator[Migration]:
    """Run the migrations that a file still lacks, yielding each once it is kept."""
    yield from migrations.migrate(GeoPackageSchema(connection, path), known_migrations())


def upgrade_file(path: Path) -> Iterator[Migration]:
    """Run the migrations that a store's file still lacks; raises as opening it does."""
    require_file(path)
    with closing(connect(path, patience_s=5.0)) as connection:
        check_is_store(connection, path)
        version = GeoPackageSchema(connection, path).version()
        refuse_strangers(connection, path, set(expected_programs(version)))
        yield from upgrade(connection, path)
