"""Which files are let in: formats by content, zip files, encodings."""

import stat
import zipfile
from pathlib import Path

import pytest

from spatial.errors import BadFile, LimitExceeded
from spatial.importing import encoding
from spatial.importing.archive import unpack
from spatial.importing.formats import DRIVERS, Format, skipped_drivers, sniff
from spatial.importing.source import Limits
from tests.foreign_files import square, write_geojson, write_shapefile, zipped

VRT = (
    b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>secret.csv</SrcDataSource></OGRVRTLayer>'
    b"</OGRVRTDataSource>"
)
NAMES = ("金科集美小区", "泸县第一中学", "玉蟾街道")


def shapefile(folder: Path, code: str = "gbk") -> Path:
    shapes = [square(105.34 + at * 0.01, 29.12) for at in range(len(NAMES))]
    return write_shapefile(folder / "data.shp", shapes, {"名称": NAMES}, encoding=code)


def test_a_vrt_named_geojson_is_refused_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "grids.geojson"
    path.write_bytes(VRT)
    with pytest.raises(BadFile, match="VRT"):
        sniff(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "grids.geojson"
    path.touch()
    with pytest.raises(BadFile, match="is empty"):
        sniff(path)


@pytest.mark.parametrize("name", ["grids.vrt", "grids.kml", "grids.gml", "grids", "grids.geojson.exe"])
def test_a_type_that_is_not_on_the_list_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"{}")
    with pytest.raises(BadFile, match="not read"):
        sniff(path)


def test_an_sqlite_file_that_is_no_geopackage_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "grids.gpkg"
    path.write_bytes(b"SQLite format 3\x00" + bytes(200))
    with pytest.raises(BadFile, match="SQLite"):
        sniff(path)


def test_the_format_is_told_by_content_and_name(tmp_path: Path) -> None:
    assert sniff(write_geojson(tmp_path / "a.json", [square(105, 29)], {"name": ["x"]})) is Format.GEOJSON
    assert sniff(shapefile(tmp_path)) is Format.SHAPEFILE


def test_every_driver_but_the_one_of_the_format_is_skipped() -> None:
    skipped = skipped_drivers(DRIVERS[Format.GEOJSON]).split(",")
    assert "GeoJSON" not in skipped
    assert {"OGR_VRT", "HTTP", "WFS", "CSV", "GPKG"} <= set(skipped)


def test_a_zipped_shapefile_is_unpacked_under_a_name_of_our_own(tmp_path: Path) -> None:
    source = shapefile(tmp_path)
    members = {f"数据/小区{suffix}": source.with_suffix(suffix) for suffix in (".shp", ".shx", ".dbf", ".prj")}
    out = tmp_path / "out"
    out.mkdir()
    assert unpack(zipped(tmp_path / "a.zip", members), out, Limits()) == out / "data.shp"
    assert sorted(path.name for path in out.iterdir()) == ["data.dbf", "data.prj", "data.shp", "data.shx"]


@pytest.mark.parametrize("name", ["../grids.geojson", "/etc/grids.geojson", "a\\..\\grids.geojson", "C:/grids.geojson"])
def test_a_path_that_leaves_the_zip_is_refused(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "a.zip", {name: b"{}"})
    with pytest.raises(BadFile, match="leaves its folder"):
        unpack(path, tmp_path, Limits())


def test_a_zip_inside_a_zip_is_refused_whatever_it_is_called(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"a.geojson": b"{}"})
    for name in ("inner.zip", "grids.geojson"):
        outer = zipped(tmp_path / "outer.zip", {name: inner})
        with pytest.raises(BadFile, match="another archive"):
            unpack(outer, tmp_path, Limits())


def test_a_zip_that_would_unpack_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"grids.geojson": bytes(20_000_000)})
    with pytest.raises(LimitExceeded, match="unpack"):
        unpack(path, tmp_path, Limits())
    small = Limits(file_bytes=1000)
    with pytest.raises(LimitExceeded, match="unpack"):
        unpack(zipped(tmp_path / "b.zip", {"grids.geojson": b"{" + b"ab" * 1000}), tmp_path, small)


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("grids.geojson")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(BadFile, match="is a link"):
        unpack(path, tmp_path, Limits())


def test_several_data_sets_in_a_zip_are_chosen_by_name(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"grids.geojson": b'{"a": 1}', "roads.geojson": b'{"b": 2}'})
    with pytest.raises(BadFile, match="several data sets: grids, roads"):
        unpack(path, tmp_path, Limits())
    assert unpack(path, tmp_path, Limits(), layer="roads").read_bytes() == b'{"b": 2}'


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04" + b"nothing" * 10)
    with pytest.raises(BadFile, match="not a sound zip"):
        unpack(path, tmp_path, Limits())


@pytest.mark.parametrize(
    ("written", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gbk", "gb18030"), ("gb18030", "gb18030"), ("utf-16", "utf-16")],
)
def test_the_encoding_of_a_text_is_told_by_its_bytes(written: str, found: str) -> None:
    data = "名称,经度\r\n金科集美小区,105.3".encode(written)
    assert encoding.of_text(data) == found
    assert data.decode(found).lstrip("\ufeff").startswith("名称")


@pytest.mark.parametrize("written", ["gbk", "utf-8"])
def test_the_encoding_of_a_shapefile_without_cpg_is_told_by_its_attributes(tmp_path: Path, written: str) -> None:
    assert encoding.of_shapefile(shapefile(tmp_path, written)) == ({"gbk": "gb18030"}.get(written, written), True)


def test_a_cpg_that_is_wrong_is_not_believed(tmp_path: Path) -> None:
    path = shapefile(tmp_path, "gbk")
    path.with_suffix(".cpg").write_text("UTF-8")
    assert encoding.of_shapefile(path) == ("gb18030", True)


def test_a_cpg_that_is_right_is_believed(tmp_path: Path) -> None:
    path = shapefile(tmp_path, "gbk")
    path.with_suffix(".cpg").write_text("936")
    assert encoding.of_shapefile(path) == ("gbk", False)


def test_a_character_that_a_fixed_width_cut_in_two_does_not_hide_the_encoding(tmp_path: Path) -> None:
    path = shapefile(tmp_path, "utf-8")
    table = path.with_suffix(".dbf")
    data = table.read_bytes()
    long = ("网格" * 60).encode()[:80]
    start = len(data) - 80 if data[-1:] != b"\x1a" else len(data) - 81
    table.write_bytes(data[:start] + long + data[start + 80 :])
    assert encoding.of_shapefile(path) == ("utf-8", True)
