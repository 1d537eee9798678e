"""The PostGIS store's schema and its migrations."""

from collections.abc import Iterator
from functools import cache

import psycopg

from spatial.store import migrations
from spatial.store.migrations import Migration
from spatial.store.postgis.connection import PATIENCE, SCHEMA, Connection, configure, translated

PACKAGE = "spatial.store.postgis"
# two servers that start at once must not run the same migration
_LOCK = 0x67726964


@cache
def known_migrations() -> tuple[Migration, ...]:
    """Return the migrations of the PostGIS store."""
    return tuple(migrations.of_package(PACKAGE))


class PostgisSchema:
    """The schema of one database, as the migrator sees it."""

    def __init__(self, connection: Connection, url: str) -> None:
        self._connection = connection
        self._url = url

    def version(self) -> int:
        with translated(self._url), self._connection.transaction():
            known = self._connection.execute("SELECT to_regclass(%s)", (f"{SCHEMA}.gridscape_schema",)).fetchone()
            if known is None or known[0] is None:
                return 0
            found = self._connection.execute("SELECT coalesce(max(number), 0) FROM gridscape_schema").fetchone()
            return 0 if found is None else int(found[0])

    def apply(self, migration: Migration) -> None:
        with translated(self._url), self._connection.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            self._connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            self._connection.execute("CREATE EXTENSION IF NOT EXISTS postgis SCHEMA public")
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS gridscape_schema ("
                "number integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())"
            )
            if self.version() < migration.number:
                self._connection.execute(migration.sql.encode())
                self._connection.execute(
                    "INSERT INTO gridscape_schema (number, name) VALUES (%s, %s)", (migration.number, migration.name)
                )


def upgrade_database(url: str) -> Iterator[Migration]:
    """Run the migrations that a database still lacks; raises as opening it does."""
    with translated(url), psycopg.connect(url, **PATIENCE) as connection:
        configure(connection)
        yield from migrations.migrate(PostgisSchema(connection, url), known_migrations())
