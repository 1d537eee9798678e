"""The GeoPackage after accidents: whole after kill -9 and a full disk, clear about files that are no store."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from spatial.errors import NoSpace, StoreDamaged, StoreUnavailable
from spatial.schema import STORED
from spatial.store import open_store
from spatial.store.geopackage.store import GeoPackageStore
from tests.contract.sample import areas, full_rows, stations, with_districts
from tests.killed_writer import assert_whole, kill_while_writing


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a store that holds something of everything, and is closed."""
    place = tmp_path / "store.gpkg"
    store = with_districts(open_store(place, create=True))
    with store.write("tester") as tx:
        for collection in STORED:
            if collection.id != "areas":
                tx.insert(collection.id, full_rows(collection))
        tx.publish("luxian", areas(["a", "b", "c"], name=["甲", "乙", "丙"]))
        tx.publish("luxian", areas(["a", "b"], name=["甲", "新"]))
    store.close()
    return place


def test_a_writer_that_is_killed_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    place = tmp_path / "store.gpkg"
    with_districts(open_store(place, create=True)).close()
    for attempt in range(5):
        acknowledged = kill_while_writing(place, f"w{attempt}", 3 + 4 * attempt)
        store = open_store(place)
        assert_whole(store, f"w{attempt}", acknowledged)
        store.close()


def test_a_full_disk_refuses_the_write_keeps_what_was_there_and_goes_on_when_there_is_room(path: Path) -> None:
    store = GeoPackageStore(path)
    before = store.events()
    limit = store._writer.execute("PRAGMA max_page_count").fetchone()[0]
    pages = store._writer.execute("PRAGMA page_count").fetchone()[0]
    store._writer.execute(f"PRAGMA max_page_count = {pages + 5}")
    many = stations([(105, 29)] * 5000, code=[f"n{index}" for index in range(5000)], name=["x" * 200] * 5000)
    with pytest.raises(NoSpace) as refused, store.write("tester") as tx:
        tx.insert("stations", many)
    assert refused.value.remedy is not None
    assert store.events() == before
    store._writer.execute(f"PRAGMA max_page_count = {limit}")
    with store.write("tester") as tx:
        assert tx.insert("stations", many) == 5000
    store.close()


FILLER = """
import resource, signal, sys
from pathlib import Path
from spatial.errors import NoSpace
from spatial.store import open_store
from tests.contract.sample import stations
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_store(Path(sys.argv[1]))
most = Path(sys.argv[1]).stat().st_size + 300_000
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
rows = stations([(105, 29)] * 500, code=[f"n{index}" for index in range(500)], name=["x" * 2000] * 500)
try:
    with store.write("tester") as tx:
        tx.insert("stations", rows)
except NoSpace:
    print("no space", store.count("stations"))
"""


def test_a_file_that_may_not_grow_is_a_full_disk_and_stays_whole(path: Path) -> None:
    store = open_store(path)
    before = store.count("stations")
    store.close()
    said = subprocess.run(
        [sys.executable, "-c", FILLER, path], check=True, capture_output=True, text=True, cwd=Path.cwd()
    )
    assert said.stdout.split() == ["no", "space", str(before)]
    store = open_store(path)
    assert (store.count("stations"), store.verify_events()) == (before, None)
    store.close()


def test_a_file_that_another_program_is_writing_to_says_so_and_is_free_again_afterwards(path: Path) -> None:
    store = GeoPackageStore(path, patience_s=0.2)
    with closing(sqlite3.connect(path, isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="locked by another program"), store.write("tester") as tx:
            tx.delete("stations", "luxian", ["S0"])
        assert store.count("areas") == 2
        stranger.execute("ROLLBACK")
    with store.write("tester") as tx:
        tx.insert("stations", stations([(105, 29)]))
    store.close()


@contextmanager
def _as_anybody() -> Iterator[None]:
    """Give up root's right to write everywhere, for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_cannot_be_written_is_named(path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = Path(shutil.copytree(path.parent, f"/tmp/gridscape-readonly-{os.getpid()}"))
    try:
        (folder / path.name).chmod(0o444)
        folder.chmod(0o555)
        with _as_anybody(), pytest.raises(StoreUnavailable, match="cannot be written") as refused:
            open_store(folder / path.name)
        assert refused.value.remedy is not None
        with _as_anybody(), pytest.raises(StoreUnavailable, match="cannot be written"):
            open_store(folder / "new.gpkg", create=True)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_file_copied_without_its_log_opens_at_an_earlier_whole_state(path: Path, tmp_path: Path) -> None:
    store = open_store(path)
    with store.write("tester") as tx:
        tx.insert("stations", stations([(105, 29)] * 50, code=[f"n{index}" for index in range(50)]))
    # another process copies: in this one a plain open() would drop SQLite's locks
    subprocess.run(["/bin/cp", path, tmp_path / "torn.gpkg"], check=True)
    store.close()
    torn = open_store(tmp_path / "torn.gpkg")
    assert torn.count("stations") in (3, 53)
    assert torn.verify_events() is None
    torn.close()


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 4096)


def _cut_short(path: Path) -> None:
    os.truncate(path, 5000)


def _text(path: Path) -> None:
    path.write_text("id,name\n1,x\n" * 500)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _other_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE t (a)")


def _other_geopackage(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE gridscape_schema")


def _trigger(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON stations BEGIN DELETE FROM events; END")


def _view_instead(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE access_log")
        connection.execute("CREATE VIEW access_log AS SELECT 1 AS id")


@pytest.mark.parametrize(
    "damage",
    [_cut, _cut_short, _text, _empty, _other_database, _other_geopackage, _trigger, _view_instead],
    ids=lambda damage: damage.__name__.strip("_"),
)
def test_a_file_that_is_no_store_or_not_whole_is_refused_with_what_to_do(
    path: Path, damage: Callable[[Path], None]
) -> None:
    damage(path)
    before = path.read_bytes()
    with pytest.raises(StoreDamaged) as refused:
        open_store(path)
    assert refused.value.problem.zh
    assert refused.value.remedy is not None
    assert path.read_bytes() == before
