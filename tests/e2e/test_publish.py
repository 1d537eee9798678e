"""Publishing as a planner does it: the command in a process of its own, beside a running server."""

import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import shapely

from spatial.edits import move_vertex, read_change_set, written_change_set
from spatial.locate.index_files import IndexFiles, folder_of
from spatial.ownership import GridIndex
from spatial.store import open_store
from spatial.store.records import Query
from spatial.table import Table
from tests import small_town
from tests.server import COMMAND, ROOT, Server
from tests.small_town import FIRST_GRID, SIDE, SOUTH, VACANT_GRID, WEST

CORNER = (WEST + SIDE / 4, SOUTH + SIDE / 2)
MOVED = (CORNER[0] - 0.004, CORNER[1])
BETWEEN = (105.355, 29.145)
"""In the first grid before the corner moves, in the vacant one after."""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Return a store of two small districts; beside it lies a change set, moved.json."""
    path = tmp_path / "town.gpkg"
    store = open_store(path, create=True)
    small_town.fill(store)
    row = {
        "code": "between",
        "district": "luxian",
        "responsible": FIRST_GRID,
        "path": f"/510521/510521001/510521001001/{FIRST_GRID}",
        "geometry": shapely.Point(BETWEEN),
    }
    with store.write("test") as tx:
        tx.insert("incidents", Table.from_rows([row]))
    areas = store.read("areas", Query(district="luxian", tree="main"))
    store.close()
    change = move_vertex(areas, CORNER, MOVED, district="luxian", base=1)
    path.with_name("moved.json").write_bytes(written_change_set(change))
    return path


def run(town: Path, *arguments: str | Path, lang: str = "en") -> subprocess.CompletedProcess[str]:
    """Run `gridscape publish` on the town's store."""
    command = [*COMMAND, "--lang", lang, "publish", *map(str, arguments), "--store", str(town)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def editions(town: Path) -> list[int]:
    store = open_store(town)
    try:
        return [each.number for each in store.editions("luxian")]
    finally:
        store.close()


def responsible(town: Path) -> str:
    store = open_store(town)
    try:
        return str(store.read("incidents", Query(equal={"code": "between"}))["responsible"][0])
    finally:
        store.close()


def test_a_dry_run_says_what_changes_owner_and_writes_nothing(town: Path) -> None:
    said = run(town, town.with_name("moved.json"), "--dry-run")
    assert said.returncode == 0, said.stderr
    assert "luxian/main: edition 1 → 2; areas that change: grid 4" in said.stdout
    assert "incidents: 1 change owner" in said.stdout
    assert f"{FIRST_GRID} → {VACANT_GRID}: 1" in said.stdout
    assert "nothing was written" in said.stdout
    assert (editions(town), responsible(town)) == ([1], FIRST_GRID)
    chinese = run(town, town.with_name("moved.json"), "--dry-run", lang="zh")
    assert "incidents：1 条改变归属" in chinese.stdout
    assert "没有写入任何内容" in chinese.stdout


def test_publishing_and_its_reverse(town: Path) -> None:
    change, back = town.with_name("moved.json"), town.with_name("back.json")
    said = run(town, change, "--note", "Creek regulated", "--reverse", back)
    assert said.returncode == 0, said.stderr
    assert "Published edition 2 of luxian/main; 1 rows changed owner" in said.stdout
    assert (editions(town), responsible(town)) == ([1, 2], VACANT_GRID)
    assert read_change_set(back.read_bytes()).base == 2
    undone = run(town, back, lang="zh")
    assert "已发布 luxian/main 版本 3" in undone.stdout
    assert (editions(town), responsible(town)) == ([1, 2, 3], FIRST_GRID)


def test_where_the_reverse_cannot_be_written_nothing_is_published(town: Path) -> None:
    back = town.with_name("back.json")
    back.symlink_to(town.with_name("none") / "back.json")  # leads into a folder that is not there
    said = run(town, town.with_name("moved.json"), "--reverse", back)
    assert said.returncode == 2
    assert "Cannot write" in said.stderr
    assert "Traceback" not in said.stderr
    assert (editions(town), responsible(town)) == ([1], FIRST_GRID)


def test_what_cannot_be_published_says_why_in_both_languages_and_changes_nothing(town: Path) -> None:
    moved = town.with_name("moved.json")
    content = moved.read_bytes()
    late, broken, torn, taken = (town.with_name(f"{name}.json") for name in ("late", "broken", "torn", "taken"))
    late.write_bytes(content.replace(b'"base":1', b'"base":4'))
    broken.write_bytes(content[:-100])
    change = read_change_set(content)
    torn.write_bytes(written_change_set(type(change)("luxian", "main", 1, change.areas[:1])))
    taken.write_text("mine", encoding="utf-8")
    cases: tuple[tuple[tuple[str | Path, ...], str, str], ...] = (
        ((late,), "stands on edition 4 of luxian/main; the newest one is 1", "而最新版本是 1"),
        ((broken,), "The change set cannot be read", "变更集无法读取"),
        ((torn,), "overlap|no longer fill", "重叠|不再恰好填满"),
        ((town.with_name("none.json"),), "There is no file", "没有文件"),
        ((moved, "--reverse", taken), "exists", "已存在"),
        ((moved, "--reverse", town.with_name("none") / "back.json"), "There is no folder", "没有文件夹"),
    )
    for arguments, english, chinese in cases:
        for lang, expected in (("en", english), ("zh", chinese)):
            said = run(town, *arguments, lang=lang)
            assert said.returncode == 2, said.stdout
            assert re.search(expected, said.stderr), said.stderr
            assert "Traceback" not in said.stderr
    assert taken.read_text(encoding="utf-8") == "mine"
    assert (editions(town), responsible(town)) == ([1], FIRST_GRID)


@pytest.fixture
def server(town: Path) -> Iterator[Server]:
    started = Server(town)
    started.start()
    yield started
    started.stop()


def owner(server: Server) -> tuple[str, int]:
    lon, lat = BETWEEN
    (tree,) = httpx.get(f"{server.address}/locate", params={"lon": lon, "lat": lat}).json()["trees"]
    return tree["responsible"]["code"], tree["edition"]


def test_a_running_server_follows_and_the_next_start_maps_the_files(town: Path, server: Server) -> None:
    assert owner(server) == (FIRST_GRID, 1)
    said = run(town, town.with_name("moved.json"))
    assert said.returncode == 0, said.stderr
    deadline = time.monotonic() + 20
    while owner(server) != (VACANT_GRID, 2) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert owner(server) == (VACANT_GRID, 2)
    store = open_store(town)
    first = store.editions("luxian")[0].published_at.isoformat()
    second = store.editions("luxian")[1]
    grids = [str(code) for code in store.read("areas", Query(district="luxian", equal={"level": "grid"}))["code"]]
    store.close()
    lon, lat = BETWEEN
    then = httpx.get(f"{server.address}/locate", params={"lon": lon, "lat": lat, "at": first}).json()
    assert then["trees"][0]["responsible"]["code"] == FIRST_GRID
    server.stop()
    server.start()
    assert owner(server) == (VACANT_GRID, 2)
    kept = IndexFiles(folder_of(str(town))).path(second, "grid", grids)
    assert GridIndex.load(kept).owner(lon, lat) == VACANT_GRID
    written = kept.stat().st_ino
    server.stop()
    server.start()
    assert owner(server) == (VACANT_GRID, 2)
    assert kept.stat().st_ino == written
