"""What follows a publication is kept for the next start: saved whole in the background, and old files removed."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from api.freshness import Freshness
from api.locating import Locating
from spatial.edits import move_vertex
from spatial.locate import Locator, newest
from spatial.locate.index_files import OLDER_KEPT, IndexFiles, folder_of
from spatial.locate.keeping import keep
from spatial.ownership import GridIndex
from spatial.store.protocol import Store
from spatial.store.records import Query
from tests.small_town import SIDE, SOUTH, WEST

PLACES = [(WEST + SIDE * x / 23, SOUTH + SIDE * y / 23) for x in range(24) for y in range(24)]


@pytest.fixture
def store(town_store: Store) -> Store:
    return town_store


@pytest.fixture
def files(store: Store) -> IndexFiles:
    return IndexFiles(folder_of(store.url))


def publish(store: Store, number: int) -> None:
    """Make edition `number` + 1 by moving the corner of four grids to and fro along the border of their communities."""
    areas = store.read("areas", Query(district="luxian", tree="main"))
    places = [(WEST + SIDE / 4 - (0.004 if odd else 0.0), SOUTH + SIDE / 2) for odd in (0, 1)]
    change = move_vertex(areas, places[1 - number % 2], places[number % 2], district="luxian", base=number)
    with store.write("planner") as tx:
        tx.publish_changes(change)


def read(store: Store, known: tuple[Locator, ...] = (), files: IndexFiles | None = None) -> Locator:
    return Locator.reading(store, newest(store.editions()), known, files)


def answers(locator: Locator) -> list[object]:
    return [[tree.owners for tree in locator.locate(*place).trees] for place in PLACES]


def kept(files: IndexFiles, level: str) -> set[int]:
    """Return the editions of Luxian that a level has files of."""
    return {int(path.name.split("-")[0]) for path in (files.folder / "luxian" / "main" / level).glob("*.gsi")}


def test_a_level_that_was_patched_is_mapped_at_the_next_start(
    store: Store, files: IndexFiles, builds: list[str]
) -> None:
    held = read(store, files=files)
    keep(files, held)
    for number in (1, 2):
        publish(store, number)
        held = read(store, (held,), files)
        keep(files, held)
    builds.clear()
    again = read(store, files=files)
    assert not builds
    assert answers(again) == answers(held) == answers(read(store))


def test_a_level_that_the_last_of_several_editions_left_alone_is_kept_under_the_one_that_changed_it(
    store: Store, files: IndexFiles, builds: list[str]
) -> None:
    held = read(store, files=files)
    publish(store, 1)
    areas = store.read("areas", Query(district="luxian", tree="main"))
    names = [
        f"{name}!" if level == "street" else name for level, name in zip(areas["level"], areas["name"], strict=True)
    ]
    with store.write("planner") as tx:
        tx.publish("luxian", areas.with_columns(name=names))
    keep(files, read(store, (held,), files))
    assert (kept(files, "grid"), kept(files, "street"), kept(files, "building")) == ({2}, {3}, {1})
    builds.clear()
    assert answers(read(store, files=files)) == answers(read(store))
    assert len(builds) == 6 + 4 + 1  # of the start without files alone


def test_what_no_longer_answers_is_removed_but_for_the_last_ones_and_those_that_are_asked_for(
    store: Store, files: IndexFiles
) -> None:
    held = read(store, files=files)
    first = held
    elsewhere = files.folder / "gusu" / "main" / "grid" / "1-1-00000000.gsi"
    elsewhere.parent.mkdir(parents=True)
    elsewhere.write_bytes(b"of another store in the same folder")
    last = 3 + OLDER_KEPT
    for number in range(1, last):
        publish(store, number)
        held = read(store, (held,), files)
        keep(files, held, [first])
    assert kept(files, "grid") == {1, *range(last - OLDER_KEPT, last + 1)}
    assert kept(files, "building") == {1}
    # one that was mapped for `at=` outlives those that nobody asked for
    asked = min(kept(files, "grid") - {1})
    then = [edition for edition in store.editions("luxian") if edition.number == asked]
    os.utime(next((files.folder / "luxian/main/grid").glob(f"{asked}-*")), (1, 1))
    Locator.reading(store, then, files=files)
    publish(store, last)
    keep(files, read(store, (held,), files))
    assert asked in kept(files, "grid")
    assert 1 not in kept(files, "grid")
    assert len(kept(files, "grid")) == 1 + OLDER_KEPT
    assert elsewhere.exists()


def test_a_file_that_was_begun_is_removed_once_nobody_can_be_writing_it(store: Store, files: IndexFiles) -> None:
    held = read(store)
    keep(files, held)
    begun = files.folder / "luxian" / "main" / "grid" / "2-1-00000000.gsi1234.part"
    begun.write_bytes(b"half")
    keep(files, held)
    assert begun.exists()
    keep(IndexFiles(files.folder, clock=lambda: time.time() + 3600), held)
    assert not begun.exists()


def test_nothing_is_removed_where_the_new_cannot_be_saved(
    store: Store, files: IndexFiles, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    held = read(store)
    keep(files, held)
    for number in range(1, OLDER_KEPT + 3):
        publish(store, number)
        if number == OLDER_KEPT + 1:
            before = kept(files, "grid")

            def full(_: GridIndex, __: Path) -> None:
                raise OSError(28, "No space left on device")

            monkeypatch.setattr(GridIndex, "save", full)
        keep(files, read(store, (held,)))
    assert kept(files, "grid") == before
    assert caplog.text.count("No space left") == 1
    monkeypatch.undo()
    keep(files, read(store, (held,)))  # as soon as there is space again
    assert OLDER_KEPT + 3 in kept(files, "grid")


def locating(store: Store, files: IndexFiles) -> Locating:
    return Locating(store, Freshness(store, refresh_s=0.0), files)


async def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something that the background does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


def test_a_server_saves_what_it_patched_and_the_next_start_maps_it(
    store: Store, files: IndexFiles, builds: list[str]
) -> None:
    async def run() -> Locator:
        server = locating(store, files)
        await server.locator()
        publish(store, 1)
        await server.locator()  # asks for the new one
        await server.settled()
        found = await server.locator()
        await server.close()
        return found

    held = asyncio.run(run())
    assert held.editions[0].number == 2
    assert kept(files, "grid") == {1, 2}
    builds.clear()
    again = asyncio.run(locating(store, IndexFiles(files.folder)).locator())
    assert not builds
    assert answers(again) == answers(held)


def test_answers_do_not_wait_for_a_save_and_one_is_written_at_a_time(
    store: Store, files: IndexFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, go_on, writers, most = GridIndex.save, threading.Event(), 0, 0

    def slow(index: GridIndex, path: Path) -> None:
        nonlocal writers, most
        writers += 1
        most = max(most, writers)
        go_on.wait(20)
        save(index, path)
        writers -= 1

    monkeypatch.setattr(GridIndex, "save", slow)

    async def run() -> None:
        server = locating(store, files)
        await server.locator()
        await until(lambda: writers == 1)
        for number in (1, 2, 3):
            publish(store, number)
            while (await server.locator()).editions[0].number != number + 1:
                await asyncio.sleep(0.01)
        assert not list(files.folder.rglob("*.gsi"))  # all of that while the first file was being written
        go_on.set()
        await server.settled()
        await server.close()

    asyncio.run(run())
    assert most == 1
    assert kept(files, "grid") == {1, 4}  # what came and went meanwhile was never written


def test_closing_finishes_the_file_in_hand_and_no_more(
    store: Store, files: IndexFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, go_on, begun = GridIndex.save, threading.Event(), threading.Event()

    def slow(index: GridIndex, path: Path) -> None:
        begun.set()
        go_on.wait(20)
        save(index, path)

    monkeypatch.setattr(GridIndex, "save", slow)

    async def run() -> None:
        server = locating(store, files)
        await server.locator()
        await until(begun.is_set)
        closing = asyncio.create_task(server.close())
        await asyncio.sleep(0)
        go_on.set()
        await closing

    asyncio.run(run())
    assert len(list(files.folder.rglob("*.gsi"))) == 1


def test_editions_of_a_time_that_somebody_asks_for_are_kept_too(
    store: Store, files: IndexFiles, builds: list[str]
) -> None:
    first: datetime = store.editions("luxian")[0].published_at
    publish(store, 1)

    async def run() -> None:
        server = locating(store, files)
        await server.locator()
        await server.locator(store.editions("tongliang")[0].published_at)
        await server.settled()
        await server.close()

    asyncio.run(run())
    assert kept(files, "grid") == {1, 2}
    builds.clear()
    Locator.reading(store, [each for each in store.editions("luxian") if each.published_at == first], files=files)
    assert not builds


SAVER = """
import shutil, sys
from pathlib import Path
from spatial.locate import Locator
from spatial.locate.index_files import IndexFiles
from spatial.locate.keeping import keep
from spatial.store import open_store
store = open_store(Path(sys.argv[1]))
files = IndexFiles(Path(sys.argv[2]))
held = Locator.of(store)
while True:
    keep(files, held)
    print(flush=True)
    shutil.rmtree(files.folder)
"""


def test_a_save_that_is_killed_leaves_whole_files_only_and_the_next_start_is_right(
    store: Store, files: IndexFiles
) -> None:
    expected, chance = answers(read(store)), random.Random(20261123)
    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", SAVER, store.url, files.folder], stdout=subprocess.PIPE, cwd=Path.cwd()
        ) as saver:
            assert saver.stdout is not None
            for _ in range(2):
                saver.stdout.readline()
            time.sleep(chance.uniform(0, 0.1))
            saver.send_signal(signal.SIGKILL)
        for path in files.folder.rglob("*.gsi"):
            GridIndex.load(path, verify=True)
        held = read(store, files=files)
        assert answers(held) == expected
        keep(files, held)
        assert len(list(files.folder.rglob("*.gsi"))) == 6 + 4 + 1


def test_many_who_save_one_file_at_once_leave_it_whole_and_nothing_else(store: Store, files: IndexFiles) -> None:
    held, plain = read(store), files.folder.with_name("plain")
    plain.touch()
    savers = [threading.Thread(target=keep, args=(IndexFiles(files.folder), held)) for _ in range(6)]
    for saver in savers:
        saver.start()
    for saver in savers:
        saver.join()
    left = [path for path in files.folder.rglob("*") if path.is_file()]
    assert len(left) == 6 + 4 + 1
    for path in left:
        GridIndex.load(path, verify=True)
        assert path.stat().st_mode == plain.stat().st_mode  # whoever may read the folder's files may read it
