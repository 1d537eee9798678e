"""Notebooks get data frames with the right types, and what they hand back is what they got."""

from collections.abc import Iterator
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from spatial import frames
from spatial.errors import BadGeometry, DuplicateCode, NotFound
from spatial.schema import COLLECTIONS, ColumnType, collection
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.vocabulary import Audience
from tests import small_town


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A small town of the test's own."""
    opened = open_store(tmp_path / "town.gpkg", create=True)
    small_town.fill(opened)
    yield opened
    opened.close()


DTYPES = {
    ColumnType.TEXT: "str",
    ColumnType.INTEGER: "Int64",
    ColumnType.REAL: "Float64",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.TIME: "datetime64[us, UTC]",
}


@pytest.mark.parametrize("name", list(COLLECTIONS))
def test_every_column_has_the_type_of_the_schema_even_without_rows(store: Store, name: str) -> None:
    for query in (Query(district="luxian"), Query(district="nowhere")):
        frame = frames.read(store, name, query)
        found = {column.name: str(frame[column.name].dtype) for column in collection(name).columns}
        assert found == {column.name: DTYPES[column.holds] for column in collection(name).columns}
        assert frame.crs.to_epsg() == 4326


def test_a_frame_holds_the_rows_of_the_query(store: Store) -> None:
    frame = frames.read(store, "areas", Query(equal={"level": "grid"}, district="luxian"))
    assert len(frame) == small_town.GRIDS
    assert frame["households"].sum() == 413 * small_town.GRIDS
    assert frame.loc[0, "parent"] == "510521001001"
    assert frame["model"].isna().all()


def test_the_public_sees_rounded_people_and_no_cameras(store: Store) -> None:
    frame = frames.read(store, "buildings", audience=Audience.PUBLIC)
    assert set(frame["households"]) == {40}
    with pytest.raises(NotFound):
        frames.read(store, "cameras", audience=Audience.PUBLIC)


@pytest.mark.parametrize("name", ["incidents", "stations", "cameras", "roads", "buildings"])
def test_a_frame_becomes_the_table_that_it_came_from(store: Store, name: str) -> None:
    table = store.read(name)
    back = frames.table_of(frames.frame_of(name, table))
    for column in collection(name).names:
        assert list(back[column]) == list(table[column]), column
    assert shapely.equals_exact(back.geometry, table.geometry).all()


def test_rows_from_a_notebook_are_inserted_and_seen_by_the_trail(store: Store) -> None:
    frame = geopandas.GeoDataFrame(
        {"code": ["N1", "N2"], "district": "luxian", "name": ["甲", None], "note": ["not", "ours"]},
        geometry=geopandas.points_from_xy([105.34, 105.35], [29.12, 29.13]),
        crs="EPSG:4326",
    )
    assert frames.insert(store, "stations", frame, actor="notebook") == 2
    assert store.read("stations", Query(equal={"code": "N1"}))["name"][0] == "甲"
    assert store.events(limit=100_000)[-1].actor == "notebook"
    with pytest.raises(DuplicateCode):
        frames.insert(store, "stations", frame, actor="notebook")
    assert store.count("stations") == small_town.STATIONS + 2


def test_areas_from_a_notebook_are_published_as_the_next_edition(store: Store) -> None:
    frame = frames.read(store, "areas", Query(district="luxian", tree="main"))
    frame.loc[frame["level"] == "grid", "households"] = 500
    edition = frames.publish(store, "luxian", frame, actor="notebook", note="recounted")
    assert edition.number == 2
    assert set(frames.read(store, "areas", Query(equal={"level": "grid"}, district="luxian"))["households"]) == {500}


def test_a_frame_in_another_reference_system_is_brought_to_degrees() -> None:
    there = geopandas.GeoDataFrame({"code": ["A"]}, geometry=geopandas.points_from_xy([105.376], [29.151]), crs=4326)
    back = frames.table_of(there.to_crs(4544))
    assert shapely.distance(back.geometry[0], there.geometry[0]) < 1e-8


def test_a_frame_that_says_no_reference_system_is_refused() -> None:
    nowhere = geopandas.GeoDataFrame({"code": ["A"]}, geometry=geopandas.points_from_xy([1], [2]))
    with pytest.raises(BadGeometry):
        frames.table_of(nowhere)


def test_missing_values_come_back_as_none() -> None:
    frame = frames.frame_of("roads", small_town.features()["roads"].with_columns(width_m=[None, np.nan]))
    assert frames.table_of(frame)["width_m"] == [None, None]
