"""The spatial index of a tagged GeoPackage: SQLite finds it sound, and it finds what a look at every box finds."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import geopandas
import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.tagging import TagRequest, geopackage_index, tag_file
from spatial.tagging.geopackage_index import Spool
from tests import small_town
from tests.tagged_files import points, write

LAYER = '层 "a\'b"'


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small town, to be read only."""
    opened = open_store(tmp_path_factory.mktemp("town") / "town.gpkg", create=True)
    small_town.fill(opened)
    yield opened
    opened.close()


def layer(path: Path, bounds: np.ndarray, **options: str) -> Path:
    shapes = [None if np.isnan(box).any() else shapely.box(*box) for box in bounds]
    frame = geopandas.GeoDataFrame({"number": np.arange(len(bounds))}, geometry=shapes, crs=4326)
    pyogrio.write_dataframe(frame, path, layer=LAYER, geometry_type="Polygon", **options)
    return path


def indexed(folder: Path, bounds: np.ndarray, at_once: int) -> Path:
    made, twin = (
        layer(folder / "made.gpkg", bounds, SPATIAL_INDEX="NO"),
        layer(folder / "twin.gpkg", bounds[:0]),
    )
    (folder / "spool").mkdir()
    spool = Spool(folder / "spool")
    for first in range(0, len(bounds), at_once):
        spool.add(bounds[first : first + at_once])
    spool.build(made, LAYER, "geom", twin)
    return made


def found(path: Path, box: tuple[float, float, float, float]) -> set[int]:
    """Return the rows that the index of a file says to meet a box."""
    with sqlite3.connect(path) as connection:
        (name,) = connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%rtree%'").fetchone()
        assert connection.execute("SELECT rtreecheck(?)", (name,)).fetchone() == ("ok",)
        quoted = name.replace('"', '""')
        rows = connection.execute(
            f'SELECT id FROM "{quoted}" WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?',
            (box[0], box[2], box[1], box[3]),
        ).fetchall()
    connection.close()
    return {row[0] - 1 for row in rows}


def meeting(bounds: np.ndarray, box: tuple[float, float, float, float], slack: float) -> set[int]:
    west, south, east, north = bounds.T
    hit = (east >= box[0] - slack) & (west <= box[2] + slack) & (north >= box[1] - slack) & (south <= box[3] + slack)
    return set(np.flatnonzero(hit).tolist())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    count=st.sampled_from([0, 1, 50, 51, 52, 51 * 51, 51 * 51 + 1, 4000]),
    spread=st.sampled_from([0.0, 1e-7, 1.0]),
    missing=st.sampled_from([0.0, 0.3, 1.0]),
    seed=st.integers(0, 1000),
)
def test_it_is_sound_and_finds_what_a_look_at_every_box_finds(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    count: int,
    spread: float,
    missing: float,
    seed: int,
) -> None:
    monkeypatch.setattr(geopackage_index, "_AT_ONCE", 700)  # several strips, and several piles of rows
    rng = np.random.default_rng(seed)
    corner = np.array([rng.uniform(-170, 170), rng.uniform(-80, 80)]) + rng.uniform(0, spread, (count, 2))
    bounds = np.hstack([corner, corner + rng.uniform(1e-6, 0.01, (count, 2))])
    bounds[rng.random(count) < missing] = np.nan
    path = indexed(tmp_path_factory.mktemp("index"), bounds, 500)
    everywhere = (-180.0, -90.0, 180.0, 90.0)
    assert found(path, everywhere) == set(np.flatnonzero(~np.isnan(bounds).any(axis=1)).tolist())
    for _ in range(5):
        middle = corner[rng.integers(count)] if count else np.zeros(2)
        box = (*(middle - spread / 10).tolist(), *(middle + spread / 10).tolist())
        # the index keeps single precision, rounded outwards
        assert meeting(bounds, box, 0) <= found(path, box) <= meeting(bounds, box, 1e-4)
        assert set(pyogrio.read_dataframe(path, bbox=box)["number"]) == meeting(bounds, box, 0)


def test_it_is_the_index_that_gdal_makes_and_others_keep_it(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    corner = rng.uniform(29, 30, (3000, 2))
    bounds = np.hstack([corner, corner + 0.01])
    path, gdals = indexed(tmp_path, bounds, 1000), layer(tmp_path / "gdal.gpkg", bounds)

    def described(file: Path) -> list[tuple[object, ...]]:
        with sqlite3.connect(file) as connection:
            rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
            rows += connection.execute("SELECT * FROM gpkg_extensions").fetchall()
        connection.close()
        return sorted(rows, key=repr)

    # how a virtual table is quoted when it is made does not matter
    assert [str(row).replace('""', '"') for row in described(path)] == [
        str(row).replace('""', '"') for row in described(gdals)
    ]
    more = geopandas.GeoDataFrame({"number": [3000]}, geometry=[shapely.box(10, 10, 11, 11)], crs=4326)
    pyogrio.write_dataframe(more, path, layer=LAYER, append=True)
    assert found(path, (10.5, 10.5, 10.6, 10.6)) == {3000}


@pytest.mark.parametrize("into", [".csv", ".gpkg"])
def test_a_tagged_geopackage_has_one(store: Store, tmp_path: Path, into: str) -> None:
    at = points(3000)
    done = tag_file(store, TagRequest(write(tmp_path / f"reports{into}", at), tmp_path / "tagged-层.gpkg"))
    box = (small_town.WEST, small_town.SOUTH, small_town.WEST + 0.01, small_town.SOUTH + 0.01)
    inside = meeting(np.hstack([at, at]), box, 0)
    assert inside <= found(done.target, box) <= meeting(np.hstack([at, at]), box, 1e-4)
    assert set(pyogrio.read_dataframe(done.target, bbox=box)["number"].astype(int)) == inside
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"reports{into}", "tagged-层.gpkg"]
