"""Tagging files: whatever the format, every row comes out with the owners that the index gives."""

import csv
from collections.abc import Iterator
from pathlib import Path

import geopandas
import numpy as np
import pyarrow
import pyarrow.parquet
import pyogrio
import pytest
import shapely

from spatial.crs import Datum, convert
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.tagging import TagRequest, tag_file
from tests import small_town
from tests.tagged_files import ADDED, SUFFIXES, expected, frame_of, points, read, write


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small town, to be read only."""
    opened = open_store(tmp_path_factory.mktemp("town") / "town.gpkg", create=True)
    small_town.fill(opened)
    yield opened
    opened.close()


@pytest.mark.parametrize("out", SUFFIXES)
@pytest.mark.parametrize("into", [*SUFFIXES, ".shp"])
def test_every_format_becomes_every_other_with_the_locators_own_answers(
    store: Store, tmp_path: Path, into: str, out: str
) -> None:
    at = points(300)
    source = write(tmp_path / f"reports{into}", at)
    done = tag_file(store, TagRequest(source, tmp_path / f"tagged{out}"))
    assert (done.rows, done.tagged, done.rejected, done.rejects) == (300, 300, 0, None)
    rows = read(done.target)
    wanted = expected(store, at)
    assert any(row["owner_building"] for row in wanted)
    assert done.unowned == sum(row["district"] is None for row in wanted) > 0
    for number, (row, answer) in enumerate(zip(rows, wanted, strict=True)):
        assert int(row["number"]) == number
        assert row["note"] == f"报告{number}"
        assert {name: None if row[name] is None else str(row[name]).removesuffix(".0") for name in ADDED} == {
            name: None if value is None else str(value) for name, value in answer.items()
        }


@pytest.mark.parametrize("out", [".geojson", ".gpkg", ".geoparquet"])
def test_shapes_that_are_written_are_in_wgs84_and_say_so(store: Store, tmp_path: Path, out: str) -> None:
    at = points(50)
    gcj = np.column_stack(convert(at[:, 0], at[:, 1], Datum.WGS84, Datum.GCJ02))
    for into in (".csv", ".gpkg"):
        source = write(tmp_path / f"reports{into}", gcj)
        done = tag_file(store, TagRequest(source, tmp_path / f"tagged{out}", crs="gcj02", force=True))
        frame = geopandas.read_parquet(done.target) if out == ".geoparquet" else pyogrio.read_dataframe(done.target)
        assert frame.crs.equals("EPSG:4326", ignore_axis_order=True) or frame.crs == "OGC:CRS84"
        assert np.abs(shapely.get_coordinates(frame.geometry) - at).max() < 1e-9


@pytest.mark.parametrize("datum", list(Datum))
def test_positions_in_any_datum_get_the_owners_of_their_true_places(store: Store, tmp_path: Path, datum: Datum) -> None:
    at = points(400)
    source = write(tmp_path / "reports.csv", np.column_stack(convert(at[:, 0], at[:, 1], Datum.WGS84, datum)))
    done = tag_file(store, TagRequest(source, tmp_path / "tagged.parquet", crs=datum.value))
    assert [row["responsible"] for row in read(done.target)] == [row["responsible"] for row in expected(store, at)]
    assert done.reference == datum.value


def test_metres_of_a_zone_are_read_east_first(store: Store, tmp_path: Path) -> None:
    at = points(100)
    frame_of(at).to_crs(4544).to_file(tmp_path / "reports.gpkg")
    done = tag_file(store, TagRequest(tmp_path / "reports.gpkg", tmp_path / "tagged.gpkg"))
    assert done.reference == "EPSG:4544"
    assert [row["responsible"] for row in read(done.target)] == [row["responsible"] for row in expected(store, at)]
    assert np.abs(shapely.get_coordinates(pyogrio.read_dataframe(done.target).geometry) - at).max() < 1e-8


def test_a_line_or_polygon_is_owned_where_its_point_on_surface_lies(store: Store, tmp_path: Path) -> None:
    shapes = [shapely.Point(at).buffer(0.001) for at in points(40)] + [
        shapely.LineString([at, at + 0.001]) for at in points(40, 9)
    ]
    frame = geopandas.GeoDataFrame({"number": range(80)}, geometry=shapes, crs=4326)
    frame.to_file(tmp_path / "shapes.gpkg")
    inner = shapely.get_coordinates(shapely.point_on_surface(shapes))
    for out in SUFFIXES:
        done = tag_file(store, TagRequest(tmp_path / "shapes.gpkg", tmp_path / f"tagged{out}"))
        assert [row["responsible"] for row in read(done.target)] == [
            row["responsible"] for row in expected(store, inner)
        ]
    with (tmp_path / "tagged.csv").open(encoding="utf-8-sig") as file:
        assert shapely.equals_exact(shapely.from_wkt([row["wkt"] for row in csv.DictReader(file)]), shapes).all()


def test_a_csv_keeps_its_cells_and_runs_no_formula(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "reports.csv"
    lines = [
        "编号;经度;纬度;说明",
        '007;105.376;29.151;"=1+1"',
        "008;105.376;29.151;+86",
        '009;105.376;29.151;"a;""b"""',
    ]
    source.write_bytes("\n".join(lines).encode("gb18030"))
    done = tag_file(store, TagRequest(source, tmp_path / "tagged.csv"))
    rows = read(done.target)
    assert [row["编号"] for row in rows] == ["007", "008", "009"]
    assert [row["说明"] for row in rows] == ["'=1+1", "+86", 'a;"b"']
    again = tag_file(store, TagRequest(done.target, tmp_path / "again.csv", prefix="again_"))
    assert [row["说明"] for row in read(again.target)] == ["'=1+1", "+86", 'a;"b"']


def test_values_that_a_format_does_not_have_become_text(store: Store, tmp_path: Path) -> None:
    table = pyarrow.table(
        {
            "x": [105.376] * 2,
            "y": [29.151] * 2,
            "list": [[1, 2], None],
            "word": pyarrow.array(["a", "b"]).dictionary_encode(),
            "bytes": [b"\x00\xff", None],
            "large": pyarrow.array([2**64 - 1, 0], pyarrow.uint64()),
            "fid": [7, 7],
            "geom": ["here", "there"],
        }
    )
    pyarrow.parquet.write_table(table, tmp_path / "reports.parquet")
    for out in SUFFIXES:
        done = tag_file(store, TagRequest(tmp_path / "reports.parquet", tmp_path / f"tagged{out}"))
        rows = read(done.target)
        assert [str(row["fid"]) for row in rows] == ["7", "7"]
        assert [row["geom"] for row in rows] == ["here", "there"]
        assert [str(row["word"]) for row in rows] == ["a", "b"]
        if out in (".csv", ".gpkg"):
            assert str(rows[0]["large"]) == str(2**64 - 1)
            assert rows[0]["list"] == "[1,2]"
