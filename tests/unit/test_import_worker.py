"""What the killable process makes of files: good ones, mistakes, and files that are made to harm."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest
import shapely

from spatial import overlaps
from spatial.errors import BadFile, BadGeometry, BadParameter, BadPosition, LimitExceeded
from spatial.importing import killable
from spatial.importing.source import MEBIBYTE, Limits, ProblemKind, ReadRequest, Source
from spatial.schema import GeometryType
from tests.foreign_files import (
    bow_tie,
    square,
    write_csv,
    write_geojson,
    write_geopackage,
    write_geoparquet,
    write_shapefile,
    zipped,
)

WEST, SOUTH = 105.34, 29.12
NAMES = ["金科集美小区", "书香美地"]
SQUARES = [square(WEST, SOUTH), square(WEST + 0.01, SOUTH)]


def read(path: Path, wanted: GeometryType | None = GeometryType.MULTI_POLYGON, **more: object) -> Source:
    return killable.read(ReadRequest(path, "areas", wanted, **more))  # type: ignore[arg-type]


def reasons(source: Source) -> list[tuple[int, ProblemKind]]:
    return [(problem.row, problem.kind) for problem in source.problems]


def test_a_shapefile_in_gbk_without_cpg_is_read_with_its_words(tmp_path: Path) -> None:
    source = read(write_shapefile(tmp_path / "a.shp", SQUARES, {"名称": NAMES}, encoding="gbk"))
    assert source.columns == {"名称": NAMES}
    assert (source.encoding, source.format) == ("gb18030", "shapefile")
    assert {shape.geom_type for shape in source.geometry} == {"MultiPolygon"}


def test_a_zipped_shapefile_is_read(tmp_path: Path) -> None:
    path = write_shapefile(tmp_path / "a.shp", SQUARES, {"名称": NAMES}, encoding="gbk")
    members = {f"小区{suffix}": path.with_suffix(suffix) for suffix in (".shp", ".shx", ".dbf", ".prj")}
    assert read(zipped(tmp_path / "a.zip", members)).columns == {"名称": NAMES}


def test_a_zip_in_a_zip_is_refused(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"a.geojson": b"{}"})
    with pytest.raises(BadFile, match="another archive"):
        read(zipped(tmp_path / "a.zip", {"inner.zip": inner}))


def test_a_shapefile_without_its_index_is_refused(tmp_path: Path) -> None:
    path = write_shapefile(tmp_path / "a.shp", SQUARES, {"name": NAMES})
    path.with_suffix(".shx").unlink()
    with pytest.raises(BadFile, match=r"no \.shx"):
        read(path)


def test_geojson_geopackage_and_geoparquet_give_the_same_rows(tmp_path: Path) -> None:
    columns = {"name": NAMES, "floors": [6, 18]}
    binary = [shapely.to_wkb(shape) for shape in SQUARES]
    sources = [
        read(write_geojson(tmp_path / "a.geojson", SQUARES, columns)),
        read(write_geopackage(tmp_path / "a.gpkg", SQUARES, columns)),
        read(write_geoparquet(tmp_path / "a.parquet", binary, columns)),
    ]
    for source in sources:
        assert source.columns == columns
        assert shapely.equals(source.geometry, np.array(SQUARES, dtype=object)).all()
        assert source.rows == [1, 2]


def test_geoparquet_says_its_own_coordinate_system(tmp_path: Path) -> None:
    import pyproj

    binary = [shapely.to_wkb(shapely.Point(438_000.0, 3_226_000.0))]
    crs = pyproj.CRS.from_epsg(4544).to_json_dict()
    source = read(write_geoparquet(tmp_path / "a.parquet", binary, {}, crs), GeometryType.POINT)
    assert source.spatial_reference == "EPSG:4544"
    assert source.geometry[0].x == pytest.approx(104.363, abs=0.001)


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gbk"])
def test_a_csv_is_read_whatever_its_encoding(tmp_path: Path, code: str) -> None:
    lines = ["名称,经度,纬度", "康桥服务站,105.34,29.12", '"站,二",105.35,29.13']
    source = read(write_csv(tmp_path / "a.csv", lines, code), GeometryType.POINT)
    assert source.columns == {"名称": ["康桥服务站", "站,二"]}
    assert (source.geometry[1].x, source.lines) == (105.35, [2, 3])


@pytest.mark.parametrize(("lon", "lat"), [("lng", "lat"), ("X", "Y"), ("Longitude", "Latitude"), ("经度", "纬度")])
def test_the_columns_of_longitude_and_latitude_are_found(tmp_path: Path, lon: str, lat: str) -> None:
    path = write_csv(tmp_path / "a.csv", [f"name;{lat};{lon}", "a;29.12;105.34"])
    assert read(path, GeometryType.POINT).geometry[0] == shapely.Point(105.34, 29.12)


def test_a_csv_without_places_says_how_to_name_them(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["name,e,n", "a,105.34,29.12"])
    with pytest.raises(BadFile, match="No columns of longitude and latitude") as caught:
        read(path, GeometryType.POINT)
    assert caught.value.remedy is not None
    assert "--map lon=" in caught.value.remedy.en
    assert len(read(path, GeometryType.POINT, places={"lon": "e", "lat": "n"})) == 1


def test_a_csv_of_polygons_holds_wkt(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["name,wkt", f'a,"{SQUARES[0].wkt}"', "b,POLYGON((1 2"])
    source = read(path)
    assert source.geometry[0].equals(SQUARES[0])
    assert reasons(source) == [(2, ProblemKind.UNREADABLE)]


def test_rows_that_cannot_go_in_say_why_and_where(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "a.csv",
        ["lon,lat", "105.34,29.12", "nan,29.12", "inf,29.12", "abc,29", ",", "200,29.1", "105.3,29.1", "105.3,29.2"],
    )
    assert reasons(read(path, GeometryType.POINT)) == [
        (2, ProblemKind.NOT_FINITE),
        (3, ProblemKind.NOT_FINITE),
        (4, ProblemKind.NOT_FINITE),
        (5, ProblemKind.OUT_OF_RANGE),
    ]
    shapes = [SQUARES[0], bow_tie(WEST + 0.01, SOUTH), None, shapely.Point(WEST, SOUTH)]
    source = read(write_geojson(tmp_path / "a.geojson", shapes, {}))
    assert reasons(source) == [(2, ProblemKind.INVALID), (3, ProblemKind.NO_SHAPE), (4, ProblemKind.WRONG_TYPE)]
    assert source.problems[0].place == pytest.approx((WEST + 0.0105, SOUTH + 0.0005))
    assert "Self-intersection" in source.problems[0].reason.en
    assert "自相交" in source.problems[0].reason.zh


def test_points_given_as_areas_are_refused(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "a.geojson", [shapely.Point(WEST, SOUTH)], {})
    with pytest.raises(BadGeometry, match="The file holds points; polygons are needed"):
        read(path)


def test_a_file_of_no_rows_is_refused(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "a.geojson", [], {})
    with pytest.raises(BadFile):
        read(path)


def test_swapped_axes_are_refused_with_the_remedy(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "a.geojson", [shapely.Point(SOUTH, WEST)], {})
    with pytest.raises(BadPosition, match="axes are swapped"):
        read(path, GeometryType.POINT)
    assert read(path, GeometryType.POINT, swap_axes=True).geometry[0] == shapely.Point(WEST, SOUTH)


def test_metres_without_prj_are_refused(tmp_path: Path) -> None:
    path = write_shapefile(tmp_path / "a.shp", [shapely.Point(438_000, 3_226_000)], {"name": ["a"]}, crs=None)
    with pytest.raises(BadPosition, match="looks like metres"):
        read(path, GeometryType.POINT)


def test_a_vrt_in_disguise_reads_nothing(tmp_path: Path) -> None:
    secret = write_csv(tmp_path / "secret.csv", ["name,lon,lat", "secret,105.34,29.12"])
    layer = f'<OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer>'
    vrt = f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>"
    for name, content in (("a.geojson", vrt), ("b.csv", vrt), ("c.geojson", '{"x": 1}' + vrt)):
        path = tmp_path / name
        path.write_text(content)
        with pytest.raises(BadFile):
            read(path, GeometryType.POINT)


def test_a_geopackage_of_several_layers_asks_which(tmp_path: Path) -> None:
    path = write_geopackage(tmp_path / "a.gpkg", SQUARES, {"name": NAMES}, layer="grids")
    write_geopackage(path, SQUARES[:1], {"name": NAMES[:1]}, layer="roads", append=True)
    with pytest.raises(BadParameter, match="several layers: grids, roads"):
        read(path)
    assert len(read(path, layer="roads")) == 1
    assert len(read(path, prefer=("grids",))) == 2
    with pytest.raises(BadParameter, match="no layer walls"):
        read(path, layer="walls")


def test_a_truncated_geopackage_is_refused(tmp_path: Path) -> None:
    path = write_geopackage(tmp_path / "a.gpkg", SQUARES, {"name": NAMES})
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(BadFile):
        read(path)


def test_collections_nested_without_end_are_refused_row_by_row(tmp_path: Path) -> None:
    point = struct.pack("<BIdd", 1, 1, WEST, SOUTH)
    nested = struct.pack("<BII", 1, 7, 1) * 200_000 + point
    source = read(write_geoparquet(tmp_path / "a.parquet", [nested, point], {}), GeometryType.POINT)
    assert reasons(source) == [(1, ProblemKind.WRONG_TYPE)]


def test_a_shape_that_claims_four_billion_points_is_refused_row_by_row(tmp_path: Path) -> None:
    liar = struct.pack("<BII", 1, 2, 0xFFFFFFFF) + struct.pack("<dd", WEST, SOUTH)
    source = read(write_geoparquet(tmp_path / "a.parquet", [liar], {}), GeometryType.LINE_STRING)
    assert reasons(source) == [(1, ProblemKind.UNREADABLE)]


def test_a_multi_polygon_nested_so_deep_that_a_reader_crashes_changes_nothing(tmp_path: Path) -> None:
    nested = struct.pack("<BII", 1, 6, 1) * 300_000
    path = write_geoparquet(tmp_path / "a.parquet", [nested, shapely.to_wkb(SQUARES[0])], {})
    with pytest.raises(BadFile, match="crashed"):
        read(path)


def test_a_ring_of_a_million_vertices_is_too_large(tmp_path: Path) -> None:
    angle = np.linspace(0, 2 * np.pi, 1_000_000, endpoint=False)
    ring = shapely.Polygon(np.column_stack([WEST + 0.001 * np.cos(angle), SOUTH + 0.001 * np.sin(angle)]))
    binary = [shapely.to_wkb(ring), shapely.to_wkb(SQUARES[0])]
    source = read(write_geoparquet(tmp_path / "a.parquet", binary, {}))
    assert reasons(source) == [(1, ProblemKind.TOO_LARGE)]
    with pytest.raises(LimitExceeded, match="vertices"):
        read(tmp_path / "a.parquet", limits=Limits(vertices=1000))


def test_more_rows_or_bytes_than_allowed_are_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["lon,lat", *["105.34,29.12"] * 50])
    with pytest.raises(LimitExceeded, match="too many rows"):
        read(path, GeometryType.POINT, limits=Limits(rows=49))
    with pytest.raises(LimitExceeded, match="too much"):
        read(path, GeometryType.POINT, limits=Limits(file_bytes=100))


def test_reading_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"lon,lat,name\n" + b"105.34,29.12,aaaaaaaaaaaaaaaaaaaaaaaaaaaa\n" * 400_000)
    with pytest.raises(LimitExceeded, match="memory"):
        read(path, GeometryType.POINT, limits=Limits(memory_bytes=350 * MEBIBYTE))


def test_computing_that_takes_too_long_is_stopped() -> None:
    def comb(turned: bool) -> shapely.Polygon:
        teeth = [shapely.box(at * 1e-5, -0.02, at * 1e-5 + 5e-6, 0.02) for at in range(1500)]
        whole = shapely.union_all([shapely.box(0, 0.0199, 0.015, 0.02), *teeth])
        return shapely.transform(whole, lambda at: at[:, ::-1] + [-0.005, 0.005]) if turned else whole

    combs = np.array([comb(False), comb(True)], dtype=object)
    with pytest.raises(LimitExceeded, match="takes too"):
        killable.overlaps(combs, Limits(processor_s=1, wall_s=2))


def test_overlaps_are_found_with_their_area_and_place() -> None:
    a, b, c = square(WEST, SOUTH), square(WEST + 0.0005, SOUTH), square(WEST + 0.002, SOUTH)
    found = killable.overlaps(np.array([a, b, c], dtype=object))
    assert [(pair.first, pair.second) for pair in found] == [(0, 1)]
    assert found[0].area_m2 == pytest.approx(48.6 * 111.2, rel=0.01)
    assert found[0].place == pytest.approx((WEST + 0.00075, SOUTH + 0.0005))
    assert overlaps.find(np.array([a, c], dtype=object)) == []


def test_json_nested_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text('{"type":"FeatureCollection","features":' + "[" * 200_000 + "]" * 200_000 + "}")
    with pytest.raises(BadFile):
        read(path)


def test_numbers_of_five_thousand_digits_do_not_crash_the_reader(tmp_path: Path) -> None:
    document = {"type": "Feature", "properties": {"floors": 0}, "geometry": shapely.geometry.mapping(SQUARES[0])}
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps(document).replace('"floors": 0', f'"floors": {"9" * 5000}'))
    assert len(read(path)) == 1


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="There is no file"):
        read(tmp_path / "a.geojson")
