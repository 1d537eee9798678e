"""Index files: a start maps what is current, and builds again what is damaged, foreign or old."""

import logging
from pathlib import Path

import pytest

from spatial.locate import Locator, newest
from spatial.locate.index_files import IndexFiles, folder_of, label
from spatial.locate.keeping import keep
from spatial.ownership import GridIndex
from spatial.store.protocol import Store
from spatial.store.records import Edition, Query
from spatial.table import Table
from tests import small_town


@pytest.fixture
def store(town_store: Store) -> Store:
    return town_store


@pytest.fixture
def files(store: Store) -> IndexFiles:
    return IndexFiles(folder_of(store.url))


def start(store: Store, files: IndexFiles) -> Locator:
    """Read what is the newest as a server does when it starts, and keep it for the next start."""
    found = Locator.reading(store, newest(store.editions()), files=files)
    keep(files, found)
    return found


def answers(locator: Locator) -> list[object]:
    places = (small_town.IN_FIRST_GRID, small_town.IN_VACANT_GRID, small_town.IN_FIRST_BUILDING, (106.056, 29.845))
    return [[tree.owners for tree in locator.locate(*place).trees] for place in places]


def codes(store: Store, edition: Edition, level: str) -> list[str]:
    wanted = Query(district=edition.district, tree=edition.tree, edition=edition.number, equal={"level": level})
    return [str(code) for code in store.read("areas", wanted)["code"]]


def saved(files: IndexFiles) -> list[Path]:
    return sorted(files.folder.rglob("*.gsi"))


def test_the_second_start_builds_nothing(store: Store, files: IndexFiles, builds: list[str]) -> None:
    first = start(store, files)
    assert len(builds) == 6 + 4 + 1
    assert len(saved(files)) == len(builds)
    builds.clear()
    second = start(store, files)
    assert not builds
    assert answers(second) == answers(first) == answers(Locator.of(store))


class Watched:
    """A store that notes of which levels the geometry of areas was read."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.shaped: list[object] = []

    def read(self, collection: str, query: Query) -> Table:
        if query.shapes:
            self.shaped.append(query.equal["level"])
        return self._store.read(collection, query)

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def test_of_levels_whose_file_is_current_no_geometry_is_read(store: Store, files: IndexFiles) -> None:
    first = start(store, files)
    watched = Watched(store)
    second = Locator.reading(watched, newest(store.editions()), files=files)  # type: ignore[arg-type]
    assert watched.shaped == []
    assert answers(second) == answers(first)
    assert [level_index.areas for level_index in second.levels] == [level_index.areas for level_index in first.levels]
    (edition,) = store.editions("luxian")
    files.path(edition, "grid", codes(store, edition, "grid")).unlink()
    assert answers(Locator.reading(watched, newest(store.editions()), files=files)) == answers(first)  # type: ignore[arg-type]
    assert watched.shaped == [["grid"]]


def test_reading_alone_writes_nothing(store: Store, files: IndexFiles) -> None:
    Locator.reading(store, newest(store.editions()), files=files)
    assert not files.folder.exists()


def test_the_folder_lies_beside_the_store_and_its_files_tell_what_they_are_of(store: Store, files: IndexFiles) -> None:
    start(store, files)
    assert files.folder.name == "town.gpkg.indexes"
    for edition in store.editions():
        for level in store.levels(edition.district, edition.tree):
            path = files.path(edition, level.slug, codes(store, edition, level.slug))
            assert GridIndex.load(path).edition == label(edition, level.slug)


@pytest.mark.parametrize("how", ["cut", "emptied", "altered", "strange", "swapped", "folder"])
def test_a_damaged_or_foreign_file_is_built_again_with_a_warning(
    how: str, store: Store, files: IndexFiles, builds: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected = answers(start(store, files))
    (edition,) = store.editions("luxian")
    path, other = (files.path(edition, level, codes(store, edition, level)) for level in ("grid", "compound"))
    content = path.read_bytes()
    path.unlink()
    match how:
        case "cut":
            path.write_bytes(content[:-9])
        case "emptied":
            path.touch()
        case "altered":
            path.write_bytes(content[:-40] + bytes([content[-40] ^ 1]) + content[-39:])
        case "strange":
            path.write_bytes(b"\x89PNG\r\n" + content)
        case "swapped":
            path.write_bytes(other.read_bytes())
        case "folder":
            path.mkdir()
    builds.clear()
    with caplog.at_level(logging.WARNING, "gridscape.indexes"):
        assert answers(start(store, files)) == expected
    assert builds == [label(edition, "grid")]
    assert path.name in caplog.text
    if how != "folder":  # which cannot be replaced by a file
        builds.clear()
        start(store, files)
        assert not builds


def test_a_new_edition_has_files_of_its_own_and_the_old_ones_stay(
    store: Store, files: IndexFiles, builds: list[str]
) -> None:
    old = answers(start(store, files))
    areas = store.read("areas", Query(district="luxian", tree="main"))
    with store.write("planner") as tx:
        tx.publish("luxian", areas.with_columns(name=[f"{name}!" for name in areas["name"]]))
    before = saved(files)
    builds.clear()
    new = start(store, files)
    assert len(builds) == 6
    assert set(before) < set(saved(files))
    assert answers(new) != old
    builds.clear()
    first = [each for each in store.editions() if each.number == 1]
    assert answers(Locator.reading(store, first, files=files)) == old
    assert not builds


def test_a_level_that_an_edition_did_not_change_keeps_its_file(
    store: Store, files: IndexFiles, builds: list[str]
) -> None:
    start(store, files)
    areas = store.read("areas", Query(district="luxian", tree="main"))
    names = [f"{name}!" if level == "grid" else name for level, name in zip(areas["level"], areas["name"], strict=True)]
    with store.write("planner") as tx:
        tx.publish("luxian", areas.with_columns(name=names))
    builds.clear()
    start(store, files)
    (_, second) = store.editions("luxian")
    assert builds == [label(second, "grid")]


def test_a_level_that_lost_an_area_has_a_file_of_its_own(store: Store, files: IndexFiles, builds: list[str]) -> None:
    old = answers(start(store, files))
    areas = store.read("areas", Query(district="luxian", tree="main"))
    lost = list(areas["level"]).index("building")
    with store.write("planner") as tx:
        tx.publish("luxian", areas.take([row for row in range(len(areas)) if row != lost]))
    builds.clear()
    new = start(store, files)
    assert len(builds) == 1
    assert answers(new) == answers(Locator.of(store)) != old
    builds.clear()
    assert answers(Locator.reading(store, [each for each in store.editions() if each.number == 1], files=files)) == old
    assert answers(start(store, files)) == answers(new)
    assert not builds


def test_a_district_made_anew_does_not_find_the_files_of_the_old_one(
    store: Store, files: IndexFiles, builds: list[str]
) -> None:
    start(store, files)
    areas, levels, (district, *_) = (
        store.read("areas", Query(district="luxian")),
        store.levels("luxian"),
        store.districts(),
    )
    with store.write("planner") as tx:
        tx.clear_district("luxian")
        tx.put_district(district, levels)
        tx.publish("luxian", areas)
    builds.clear()
    start(store, files)
    assert len(builds) == 6


def test_a_place_where_no_folder_can_be_is_told_once_and_does_no_harm(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "file"
    file.touch()
    with caplog.at_level(logging.WARNING, "gridscape.indexes"):
        assert answers(start(store, IndexFiles(file / "indexes"))) == answers(Locator.of(store))
    assert caplog.text.count("cannot be kept") == 1


def test_no_name_leads_out_of_the_folder(store: Store, files: IndexFiles) -> None:
    (edition,) = store.editions("luxian")
    for name in ("..", "../..", "/etc", ".", "a/b", "a\\b", "网格", ""):
        strange = type(edition)(name, name, 1, edition.published_at, "x")
        path = files.path(strange, name, [name])
        assert len(path.relative_to(files.folder).parts) == 4
        assert not {"..", "."} & set(path.parts)


def test_a_database_has_its_files_in_the_users_cache_and_no_password_in_their_name(tmp_path: Path) -> None:
    one, other, elsewhere = (
        folder_of(url, tmp_path)
        for url in (
            "postgresql://planner:secret@db.example/grid",
            "postgresql://planner:other@db.example/grid",
            "postgresql://planner:secret@db.example/grid2",
        )
    )
    assert one == other != elsewhere
    assert one.parent == tmp_path / "gridscape" / "indexes"
    assert "secret" not in str(one)
