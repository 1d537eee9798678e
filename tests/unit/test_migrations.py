"""The migrator: in order, each step whole or not at all, begun anew where it was cut off."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from spatial.errors import StoreDamaged
from spatial.store import migrate, migrations, open_store
from spatial.store.geopackage.schema import GeoPackageSchema, known_migrations, statements
from spatial.store.migrations import Migration
from spatial.store.postgis.connection import SCHEMA, configure
from spatial.store.postgis.schema import PostgisSchema

STEPS = [
    Migration(1, "one", "CREATE TABLE one (a INTEGER);\nINSERT INTO one VALUES (1);"),
    Migration(2, "two", "CREATE TABLE two (a INTEGER);\nINSERT INTO two SELECT a FROM one;"),
]
BROKEN = Migration(3, "three", "CREATE TABLE three (a INTEGER);\nINSERT INTO nowhere VALUES (1);")


def test_both_stores_have_their_migrations_numbered_without_a_gap() -> None:
    for package in ("spatial.store.geopackage", "spatial.store.postgis"):
        found = migrations.of_package(package)
        assert [each.number for each in found] == list(range(1, len(found) + 1))
        assert all(each.sql.strip() for each in found)


def test_a_trigger_is_one_statement_whatever_semicolons_are_in_it() -> None:
    script = (
        "CREATE TABLE a (b);\n-- ; a remark\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM a;\nEND;\nSELECT 1"
    )
    assert [statement.strip().splitlines()[0] for statement in statements(script)] == [
        "CREATE TABLE a (b);",
        "-- ; a remark",
        "SELECT 1",
    ]


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_steps_run_in_order_and_once(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        schema = GeoPackageSchema(connection, path)
        assert schema.version() == 0
        assert [step.number for step in migrations.migrate(schema, STEPS)] == [1, 2]
        assert schema.version() == 2
        assert list(migrations.migrate(schema, STEPS)) == []
        assert connection.execute("SELECT a FROM two").fetchall() == [(1,)]


def test_a_step_that_fails_leaves_nothing_and_is_run_again_when_it_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        schema = GeoPackageSchema(connection, path)
        with pytest.raises(Exception, match="nowhere"):
            list(migrations.migrate(schema, [*STEPS, BROKEN]))
        assert schema.version() == 2
        assert "three" not in _tables(connection)
        mended = Migration(3, "three", "CREATE TABLE three (a INTEGER);")
        assert [step.number for step in migrations.migrate(schema, [*STEPS, mended])] == [3]


KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from spatial.store import migrations
from spatial.store.geopackage.schema import GeoPackageSchema, known_migrations
from spatial.store.geopackage import geometry_blob
path = Path(sys.argv[1])
connection = sqlite3.connect(path, isolation_level=None)
geometry_blob.register(connection)
connection.execute("PRAGMA journal_mode = WAL")
seen = 0
def count():
    global seen
    seen += 1
    if seen == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    return 0
connection.set_progress_handler(count, 50)
for _ in migrations.migrate(GeoPackageSchema(connection, path), known_migrations()):
    pass
"""


@pytest.mark.parametrize("instant", [1, 30, 90, 150])
def test_a_migration_that_is_killed_halfway_is_finished_by_the_next_start(tmp_path: Path, instant: int) -> None:
    path = tmp_path / "a.gpkg"
    killed = subprocess.run([sys.executable, "-c", KILLED, path, str(instant)], check=False, cwd=Path.cwd())
    assert killed.returncode == -signal.SIGKILL
    store = open_store(path, create=True)
    assert store.count("areas") == 0
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        numbers = [number for (number,) in connection.execute("SELECT number FROM gridscape_schema ORDER BY 1")]
        assert numbers == [migration.number for migration in known_migrations()]
        assert connection.execute("SELECT count(*) FROM gpkg_extensions").fetchone() == (7,)


@pytest.mark.postgis
def test_a_step_that_fails_in_a_database_leaves_nothing(new_url: Callable[[str], str]) -> None:
    url = new_url("postgis")
    with psycopg.connect(url) as connection:
        configure(connection)
        connection.execute(f"DROP SCHEMA {SCHEMA} CASCADE".encode())
        connection.commit()
        schema = PostgisSchema(connection, url)
        with pytest.raises(StoreDamaged, match="nowhere"):
            list(migrations.migrate(schema, [*STEPS, BROKEN]))
        assert schema.version() == 2
        assert connection.execute("SELECT to_regclass('gridscape.three')").fetchone() == (None,)


def _set_version(url: str, number: int) -> None:
    if url.startswith("postgresql"):
        with psycopg.connect(url) as connection:
            connection.execute(f"INSERT INTO {SCHEMA}.gridscape_schema (number, name) VALUES ({number}, 'x')".encode())
    else:
        with closing(sqlite3.connect(url)) as database, database:
            database.execute("INSERT INTO gridscape_schema (number, name) VALUES (?, 'x')", (number,))


@pytest.mark.parametrize("kind", ["geopackage", pytest.param("postgis", marks=pytest.mark.postgis)])
def test_a_store_of_a_newer_version_is_refused_and_left_alone(kind: str, new_url: Callable[[str], str]) -> None:
    url = new_url(kind)
    open_store(url, create=True).close()
    _set_version(url, 99)
    for refused in (lambda: open_store(url), lambda: open_store(url, create=True), lambda: list(migrate(url))):
        with pytest.raises(StoreDamaged) as error:
            refused()
        assert "Upgrade Gridscape" in str(error.value)


def test_a_store_of_an_older_version_says_how_to_upgrade_and_upgrading_works(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for _ in migrations.migrate(GeoPackageSchema(connection, path), known_migrations()[:2]):
            pass
    with pytest.raises(StoreDamaged, match="gridscape migrate --store"):
        open_store(path)
    assert [step.number for step in migrate(path)] == [migration.number for migration in known_migrations()[2:]]
    assert list(migrate(path)) == []
    store = open_store(path)
    assert store.count("areas") == 0
    store.close()
