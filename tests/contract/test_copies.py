"""Backup and restore: what comes out of a copy is what went in, whatever kind of store it came from and goes to."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from spatial.errors import Conflict, NotFound, StoreDamaged
from spatial.governance import Role
from spatial.incidents.event_list import EventList
from spatial.incidents.life import Act
from spatial.incidents.records import Answer
from spatial.incidents.steps import Person, take
from spatial.schema import STORED
from spatial.store import open_store, restore
from spatial.store.protocol import Store
from spatial.store.records import Query
from tests.contract.sample import (
    AT,
    ITEM,
    LEGACY,
    LUXIAN,
    QIBIN,
    areas,
    full_rows,
    post,
    report,
    stations,
    with_districts,
)


def _filled(store: Store) -> Store:
    """Fill a store with something of everything, gaps in its keys included."""
    with with_districts(store, QIBIN, LUXIAN).write("王敏") as tx:
        for collection in STORED:
            if collection.id != "areas":
                tx.insert(collection.id, full_rows(collection))
        tx.insert("cameras", stations([(105 + index / 1000, 29) for index in range(50)]))
        tx.delete("cameras", "luxian", [f"S{index}" for index in range(20)])
        tx.publish("luxian", full_rows(STORED[0]))
        tx.publish("luxian", areas(["a", "b"], name=["甲", "乙"]), note="second")
        tx.publish("luxian", areas(["L"], level="legacy_grid"), tree=LEGACY)
        tx.put_duty_holders(
            [replace(post("1", "a", "/510521/a"), account="li"), post("2", "b", "/510521/b", holder=None)]
        )
    code = report(store).code
    with store.write("desk") as tx:
        tx.put_event_list("luxian", EventList.of("2026", [ITEM]))
        tx.put_calendar("luxian", {"hours": [["09:00", "17:00"]], "weekdays": [1, 2, 3]})
        stored = tx.case("luxian", code)
        who = Person("desk", Role.DISPATCHER)
        tx.step(stored, take(stored.case, Act.ASK_RETURN, who, AT, tx.calendar("luxian"), "雨"))
        tx.remember("key", Answer("digest", 200, {"code": code}))
    store.log_access(store.events()[0].at, "王敏", "cameras", None, 3)
    return store


def _content(store: Store) -> object:
    tables = []
    for collection in STORED:
        for edition in (None, 1):
            found = store.read(collection.id, Query(edition=edition))
            shapes = shapely.to_wkb(found.geometry).tolist()
            tables.append((collection.id, {name: list(values) for name, values in found.columns.items()}, shapes))
    code = max(code for code in store.read("incidents")["code"] if code.startswith("SJ-"))
    incidents = store.case("luxian", code), store.steps("luxian", code), store.event_list("luxian")
    with store.write("desk") as tx:
        answer = tx.answer("key")
    tables.append(("cases", {"of": [*incidents, store.calendar("luxian"), answer]}, []))
    return tables, store.districts(), store.levels(), store.editions(), store.duty_holders(), store.access_log()


@pytest.mark.parametrize("kind", ["geopackage", pytest.param("postgis", marks=pytest.mark.postgis)])
def test_a_copy_restored_into_either_kind_of_store_is_the_same(
    store: Store, kind: str, new_url: Callable[[str], str], tmp_path: Path
) -> None:
    _filled(store)
    copy = tmp_path / "copy.gpkg"
    told = list(store.backup(copy))
    assert told == sorted(told)
    assert told[-1] == 1.0
    url = new_url(kind)
    told = list(restore(copy, url))
    assert told == sorted(told)
    restored = open_store(url)
    try:
        assert _content(restored) == _content(store)
        assert restored.events() == store.events()
        assert restored.verify_events() is None
        assert all(restored.revision(each.id) > store.revision(each.id) for each in STORED)
        assert restored.count("cameras", Query(box=(105.03, 28, 105.04, 30))) == 11
        with restored.write("tester") as tx:
            tx.insert("cameras", stations([(105, 29)], code=["new"]))
            tx.put_duty_holders([post("3", "a", "/510521/a")])
            tx.publish("luxian", areas(["a"]))
        assert restored.verify_events() is None
    finally:
        restored.close()


def test_a_copy_holds_what_was_there_when_it_began(store: Store, tmp_path: Path) -> None:
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations([(105 + index / 10_000, 29) for index in range(6000)]))
    copying = store.backup(tmp_path / "copy.gpkg")
    told = [next(copying)]
    with store.write("tester") as tx:
        tx.delete("stations", "luxian", [f"S{index}" for index in range(3000)])
        tx.insert("cameras", stations([(105, 29)]))
    told += copying
    assert told[0] < told[-1] == 1.0
    copy = open_store(tmp_path / "copy.gpkg")
    assert (copy.count("stations"), copy.count("cameras")) == (6000, 0)
    copy.close()


def test_a_backup_never_overwrites_and_leaves_nothing_when_it_is_given_up(store: Store, tmp_path: Path) -> None:
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations([(105 + index / 10_000, 29) for index in range(6000)]))
    folder = tmp_path / "copies"
    folder.mkdir()
    copying = store.backup(folder / "copy.gpkg")
    next(copying)
    copying.close()
    assert list(folder.iterdir()) == []
    (folder / "copy.gpkg").write_text("mine")
    with pytest.raises(Conflict):
        list(store.backup(folder / "copy.gpkg"))
    assert [path.read_text() for path in folder.iterdir()] == ["mine"]
    with pytest.raises(NotFound):
        list(store.backup(tmp_path / "no such folder" / "copy.gpkg"))
    assert store.count("stations") == 6000


def test_a_store_that_holds_something_is_never_restored_over(store: Store, store_url: str, tmp_path: Path) -> None:
    _filled(store)
    list(store.backup(tmp_path / "copy.gpkg"))
    before = _content(store)
    with pytest.raises(Conflict):
        list(restore(tmp_path / "copy.gpkg", store_url))
    assert _content(store) == before


def _altered(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE events SET actor = 'nobody' WHERE id = 2")


def _with_trigger(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON access_log BEGIN DELETE FROM events; END")


def _with_view(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP VIEW compounds")
        connection.execute("CREATE VIEW compounds AS SELECT * FROM areas, areas AS more, areas AS still_more")


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO gridscape_schema (number, name) VALUES (999, 'from the future')")


def _cut_off(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def _scribbled(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 20)


def _text(path: Path) -> None:
    path.write_text("not a database, whatever its name says " * 100)


def _nothing(path: Path) -> None:
    path.write_bytes(b"")


def _deeply_nested(path: Path) -> None:
    triggers: list[str] = []
    shape = b"\x01\x07\x00\x00\x00\x01\x00\x00\x00" * 100_000
    with closing(sqlite3.connect(path)) as connection, connection:
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'assets'"
        ).fetchall():
            (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,)).fetchone()
            connection.execute(f"DROP TRIGGER {trigger}")
            triggers.append(sql)
        connection.execute("UPDATE assets SET geom = ?", (b"GP\x00\x01\xe6\x10\x00\x00" + shape,))
        for sql in triggers:
            connection.execute(sql)


@pytest.mark.parametrize(
    "damage",
    [_altered, _with_trigger, _with_view, _newer, _cut_off, _scribbled, _text, _nothing, _deeply_nested],
    ids=lambda damage: damage.__name__.strip("_"),
)
def test_a_copy_that_was_tampered_with_is_refused_and_nothing_is_made(
    damage: Callable[[Path], None], sound_copy: Path, store: Store, store_url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "damaged.gpkg"
    shutil.copy(sound_copy, copy)
    damage(copy)
    with pytest.raises(StoreDamaged) as refused:
        list(restore(copy, store_url))
    assert refused.value.remedy is not None
    assert (store.districts(), store.events(), store.count("stations")) == ([], [], 0)
    beside = tmp_path / "restored.gpkg"
    with pytest.raises(StoreDamaged):
        list(restore(copy, beside))
    assert not beside.exists()


@pytest.fixture(scope="module")
def sound_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of a store, made once: tests damage copies of it."""
    folder = tmp_path_factory.mktemp("sound")
    store = _filled(open_store(folder / "store.gpkg", create=True))
    list(store.backup(folder / "copy.gpkg"))
    store.close()
    return folder / "copy.gpkg"


def test_a_copy_that_is_not_there_is_not_found(store: Store, store_url: str, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        list(restore(tmp_path / "nowhere.gpkg", store_url))
    assert store.districts() == []
