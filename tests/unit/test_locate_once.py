"""One point of a store that nobody holds in memory: the same answer, of the trees alone that matter for it."""

import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from api.commands.locate import locate
from spatial.errors import BadParameter, BadPosition
from spatial.locate import Locator
from spatial.locate.index_files import IndexFiles, folder_of
from spatial.locate.keeping import save_levels
from spatial.locate.once import locate_once
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.table import Table
from tests import small_town

FIRST_TREE = 6
"""Levels of Luxian's only tree."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small town with two editions, to be read only."""
    opened = open_store(tmp_path_factory.mktemp("once") / "town.gpkg", create=True)
    small_town.fill(opened)
    areas = opened.read("areas", Query(district="luxian", tree="main"))
    with opened.write("planner") as tx:
        tx.publish("luxian", areas.take(range(len(areas) - 30)))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def held(store: Store) -> Locator:
    return Locator.of(store).with_posts(store.duty_holders())


def near(west: float, side: float) -> st.SearchStrategy[float]:
    return st.floats(west - side / 4, west + side * 1.25)


PLACES = st.one_of(
    st.tuples(near(small_town.WEST, small_town.SIDE), near(small_town.SOUTH, small_town.SIDE)),
    st.tuples(near(106.036, 0.04), near(29.825, 0.04)),
    st.tuples(st.floats(103, 109), st.floats(27, 32)),
    st.tuples(st.floats(-180, 180), st.floats(-89, 89)),
    st.sampled_from([(180.0, 0.0), (-180.0, 89.9), (small_town.WEST, small_town.SOUTH)]),
)


@settings(max_examples=60)
@given(PLACES, st.one_of(st.none(), st.floats(0.1, 5000)))
def test_the_answer_is_that_of_the_whole_store(
    store: Store, held: Locator, place: tuple[float, float], accuracy: float | None
) -> None:
    assert locate_once(store, *place, accuracy).located == held.locate(*place, accuracy)


def test_the_editions_of_a_time_are_asked(store: Store) -> None:
    first, second = store.editions("luxian")
    then = Locator.of(store, at=first.published_at).with_posts(store.duty_holders())
    found = locate_once(store, *small_town.IN_FIRST_BUILDING, at=first.published_at).located
    assert found == then.locate(*small_town.IN_FIRST_BUILDING)
    assert found.trees[0].edition == first
    assert locate_once(store, *small_town.IN_FIRST_BUILDING).located.trees[0].edition == second
    with pytest.raises(BadParameter):
        locate_once(store, 105, 29, at=first.published_at.replace(year=1990))
    with pytest.raises(BadPosition):
        locate_once(store, 105, 91)


def test_only_the_trees_around_the_point_are_built_and_kept_files_spare_that_too(
    store: Store, tmp_path: Path, builds: list[str]
) -> None:
    files = IndexFiles(tmp_path / "indexes")
    once = locate_once(store, *small_town.IN_FIRST_GRID, files=files)
    assert {label.split("/")[0] for label in builds} == {"luxian"}
    assert save_levels(files, [once.locator])
    builds.clear()
    assert locate_once(store, *small_town.IN_FIRST_GRID, files=files).located == once.located
    assert not builds


def test_an_area_that_leads_across_the_meridian_of_180_degrees_is_found(tmp_path: Path) -> None:
    opened = open_store(tmp_path / "far.gpkg", create=True)
    # not cut at 180°: its box leads around the other side of the earth
    across = shapely.Polygon([(170, 50), (-170, 50), (-170, 51), (170, 51)])
    with opened.write("test") as tx:
        tx.put_district(small_town.LUXIAN, small_town.levels("luxian"))
        areas = small_town.luxian_areas().take([0])
        tx.publish("luxian", Table(np.array([across], dtype=object), areas.columns))
    whole = Locator.of(opened)
    for lon in (179.5, -179.5, 180.0, 170.5, 169.0, 0.0):
        assert locate_once(opened, lon, 50.5).located == whole.locate(lon, 50.5)
    assert whole.locate(179.5, 50.5).trees[0].owners[0].code == "510521"
    opened.close()


def test_the_command_keeps_what_it_built_where_a_server_finds_it(
    tmp_path: Path, builds: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    opened = open_store(tmp_path / "town.gpkg", create=True)
    small_town.fill(opened)
    opened.close()
    locate(*small_town.IN_FIRST_GRID, str(tmp_path / "town.gpkg"))
    first = capsys.readouterr().out
    assert small_town.FIRST_GRID in first
    assert len(builds) == FIRST_TREE
    assert len(list(folder_of(opened.url).rglob("*.gsi"))) == FIRST_TREE
    builds.clear()
    locate(*small_town.IN_FIRST_GRID, str(tmp_path / "town.gpkg"))
    assert (capsys.readouterr().out, builds) == (first, [])


def test_the_command_answers_where_nothing_can_be_kept(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    taken = tmp_path / "taken"
    taken.touch()
    with caplog.at_level(logging.WARNING, "gridscape.indexes"):
        locate(*small_town.IN_FIRST_GRID, store.url, indexes=taken / "indexes")
    assert small_town.FIRST_GRID in capsys.readouterr().out
    assert caplog.text.count("cannot be kept") == 1
