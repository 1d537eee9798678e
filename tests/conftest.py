"""What the tests share: a throwaway PostGIS, and a fresh store of either kind."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from spatial.schema import STORED
from spatial.store import open_store
from spatial.store.copying import HOUSE
from spatial.store.postgis.connection import SCHEMA
from spatial.store.protocol import Store

IN_CI = os.environ.get("CI") == "true"
TEMPLATE = "gridscape_template"

# a law that holds holds on a slow machine too: how fast it is answered is measured elsewhere
settings.register_profile("gridscape", deadline=None)
settings.load_profile("gridscape")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs QGIS and GDAL where they are not installed; in CI it runs, and fails, instead."""
    if item.get_closest_marker("qgis") and not Path("/usr/bin/ogrinfo").exists() and not IN_CI:
        pytest.skip("QGIS and GDAL are not installed; on Debian: apt-get install gdal-bin python3-qgis")


@dataclass(frozen=True, slots=True)
class PostgisServer:
    """A PostgreSQL of our own on the loopback, with a template database that holds an empty store."""

    binaries: Path
    folder: Path
    port: int

    def url(self, database: str) -> str:
        """Return the address of one of its databases."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def create_database(self, template: str = TEMPLATE) -> str:
        """Make a database from a template and return its address."""
        name = f"test_{secrets.token_hex(6)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        name = url.rpartition("/")[2]
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())

    def control(self, *arguments: str) -> None:
        """Run pg_ctl on it."""
        log = self.folder / "log"
        command = [self.binaries / "pg_ctl", "-D", self.folder / "data", "-w", "-l", log, *arguments]
        # its output is let go: the server would keep a pipe open for as long as it runs
        subprocess.run(as_postgres(command), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self) -> None:
        """Start it on its port."""
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} "
            "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=64MB"
        )
        self.control("-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: at once and with what was not on the disk lost, or `fast`, keeping all."""
        self.control("-m", mode, "stop")


def as_postgres(command: list[Path | str]) -> list[Path | str]:
    """Return a command as the user postgres runs it: the server refuses to be run by root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgis_binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL that has PostGIS, None where there is none."""
    found = [
        path.parent
        for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")
        if Path(f"/usr/share/postgresql/{path.parts[-3]}/extension/postgis.control").exists()
    ]
    return max(found, key=lambda path: int(path.parts[-2]), default=None)


@pytest.fixture(scope="session")
def postgis_server() -> Iterator[PostgisServer]:
    """Start a throwaway PostGIS, one for each worker of the test run, and stop it at the end."""
    binaries = postgis_binaries()
    if binaries is None:
        if IN_CI:
            pytest.fail("PostGIS is not installed, and in CI nothing may be skipped: run `make install-test` as root")
        pytest.skip("PostGIS is not installed; on Debian: apt-get install postgresql-15-postgis-3")
    folder = Path(tempfile.mkdtemp(prefix="gridscape-postgis-"))
    server = PostgisServer(binaries, folder, free_port())
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        initialise = [binaries / "initdb", "-D", folder / "data", "-U", "postgres", "--auth=trust", "-E", "UTF8"]
        subprocess.run(
            as_postgres([*initialise, "--locale=C.UTF-8", "--no-sync"]), check=True, stdout=subprocess.DEVNULL
        )
        server.start()
        try:
            with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {TEMPLATE}".encode())
            open_store(server.url(TEMPLATE), create=True).close()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgis_database(postgis_server: PostgisServer) -> str:
    """Return the address of the database that tests use one after the other."""
    return postgis_server.create_database()


@pytest.fixture
def postgis_url(postgis_database: str) -> str:
    """Return the address of a database that holds an empty store; a test that changes its schema makes its own.

    Emptying the one database takes a fiftieth of the time of making another.
    """
    with psycopg.connect(postgis_database) as connection:
        names = ["responders", "sessions", *(table.name for table in reversed(HOUSE))]
        for name in (*(collection.id for collection in STORED), *names):
            connection.execute(f"DELETE FROM {SCHEMA}.{name}".encode())
    return postgis_database


@pytest.fixture(params=["geopackage", pytest.param("postgis", marks=pytest.mark.postgis)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a place for a store, of each kind in turn."""
    if request.param == "geopackage":
        return str(tmp_path / "store.gpkg")
    url: str = request.getfixturevalue("postgis_url")
    return url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """Return an empty store, of each kind in turn."""
    opened = open_store(store_url, create=True)
    yield opened
    opened.close()


@pytest.fixture
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Return a function that gives the address of a place for another store of a kind (`geopackage` or `postgis`)."""
    made: list[tuple[PostgisServer, str]] = []

    def place(kind: str) -> str:
        if kind == "geopackage":
            return str(tmp_path / f"{secrets.token_hex(4)}.gpkg")
        server: PostgisServer = request.getfixturevalue("postgis_server")
        made.append((server, server.create_database()))
        return made[-1][1]

    yield place
    for server, url in made:
        server.drop_database(url)
