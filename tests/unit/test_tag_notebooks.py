"""Tagging without files: a frame in a notebook, and the columns of no points at all."""

from collections.abc import Iterator

import geopandas
import numpy as np
import pytest
import shapely

from spatial import frames
from spatial.crs import Datum, convert
from spatial.errors import BadGeometry, BadParameter, BadPosition
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.tagging import Tagger
from tests import small_town
from tests.tagged_files import ADDED, expected, frame_of, points


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small town, to be read only."""
    opened = open_store(tmp_path_factory.mktemp("town") / "town.gpkg", create=True)
    small_town.fill(opened)
    yield opened
    opened.close()


def test_a_notebook_gets_the_same_columns(store: Store) -> None:
    at = points(200)
    frame = frame_of(at).set_index(np.arange(200) * 3)
    tagged = frames.tag(frame, store)
    assert list(tagged.columns) == [*frame.columns, *ADDED]
    assert tagged.index.equals(frame.index)
    assert tagged.crs == frame.crs
    assert list(frame.columns) == ["number", "note", "geometry"]
    wanted = expected(store, at)
    for name in ADDED:
        values = tagged[name].astype(object)
        assert list(values.where(values.notna(), None)) == [row[name] for row in wanted]
    gcj = geopandas.GeoDataFrame(
        geometry=geopandas.points_from_xy(*convert(at[:, 0], at[:, 1], Datum.WGS84, Datum.GCJ02))
    )
    for other in (frames.tag(gcj, store, datum="GCJ-02"), frames.tag(frame.to_crs(4544), store)):
        assert list(other["responsible"].fillna("")) == list(tagged["responsible"].fillna(""))


def test_a_notebook_keeps_rows_without_a_shape_and_hears_of_those_that_cannot_be_meant(store: Store) -> None:
    here = shapely.Point(small_town.IN_FIRST_GRID)
    frame = geopandas.GeoDataFrame(geometry=[here, None, shapely.Point()], crs=4326)
    tagged = frames.tag(frame, store, levels=("grid",), prefix="t_")
    assert list(tagged.columns) == ["geometry", "t_district", "t_owner_grid", "t_responsible", "t_path", "t_edition"]
    assert list(tagged["t_owner_grid"].isna()) == [False, True, True]
    assert tagged["t_edition"][0] == 1
    with pytest.raises(BadPosition, match="Row 2"):
        frames.tag(geopandas.GeoDataFrame(geometry=[here, shapely.Point(29.1, 105.3)], crs=4326), store)
    with pytest.raises(BadGeometry):
        frames.tag(geopandas.GeoDataFrame(geometry=[here]), store)
    with pytest.raises(BadParameter, match="not a datum"):
        frames.tag(frame, store, datum="mars")
    with pytest.raises(BadParameter, match="already"):
        frames.tag(tagged, store, prefix="t_")


def test_a_tagger_answers_for_no_points_at_all(store: Store) -> None:
    tagger = Tagger.of(store)
    none = tagger.columns(tagger.tag(np.empty(0), np.empty(0)))
    assert [len(column) for column in none] == [0] * len(ADDED)
    assert tagger.names() == ADDED
