"""Every format is read back by another program's reader and compared with the store, column by column."""

import csv
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyarrow.parquet
import pyogrio
import pytest
import shapely

from spatial.errors import BadFile, BadParameter, BadPosition, Conflict, NotFound, Refused
from spatial.exporting import Format, Request, export
from spatial.exporting.comma_separated import guarded, unguarded
from spatial.exporting.exporter import every_layer
from spatial.exporting.formats import SUFFIX, format_of
from spatial.exporting.request import parse_box
from spatial.exporting.through_gdal import short_names
from spatial.schema import COLLECTIONS, Collection, ColumnType, collection
from spatial.store.protocol import Store
from spatial.table import Table
from spatial.vocabulary import Audience
from tests.unit.exported_town import AT, FORMULA, LONG, SCRIPT, same_shapes, town

LAYERS = ("areas", "buildings", "stations", "incidents", "cameras", "roads", "assets", "ground")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small town, to be read only."""
    opened = town(tmp_path_factory.mktemp("town") / "town.gpkg")
    yield opened
    opened.close()


def in_store(store: Store, layer: str) -> Table:
    return store.read(layer)


def same_columns(described: Collection, expected: Table, found: "geopandas.GeoDataFrame") -> None:
    """Compare every column of the schema, and the geometry, in the order of the store."""
    assert len(found) == len(expected)
    for column in described.columns:
        values = [plain(value) for value in found[column.name]]
        assert values == [plain(value) for value in expected[column.name]], column.name
    assert same_shapes(found.geometry.to_numpy(), expected.geometry)


def plain(value: Any) -> Any:
    """Return a value as every reader can be made to give it."""
    if value is None or value != value:
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(microsecond=0).isoformat()
    if isinstance(value, np.generic):
        value = value.item()
    return float(value) if isinstance(value, int | float | bool) else value


@pytest.mark.parametrize("layer", LAYERS)
def test_a_geopackage_holds_every_column_and_geometry(store: Store, tmp_path: Path, layer: str) -> None:
    done = export(store, Request((layer,)), tmp_path / "out.gpkg", AT)
    found = pyogrio.read_dataframe(tmp_path / "out.gpkg", layer=layer)
    assert found.crs.to_epsg() == 4326
    same_columns(collection(layer), in_store(store, layer), found)
    assert done.counts == {layer: len(found)}


@pytest.mark.parametrize("layer", LAYERS)
def test_geojson_holds_every_column_and_geometry(store: Store, tmp_path: Path, layer: str) -> None:
    export(store, Request((layer,)), tmp_path / "out.geojson", AT)
    written = json.loads((tmp_path / "out.geojson").read_text("utf-8"))
    rows = [{**one["properties"], "geometry": shapely.geometry.shape(one["geometry"])} for one in written["features"]]
    expected = in_store(store, layer)
    assert len(rows) == len(expected)
    for column in collection(layer).columns:
        read = [as_time(row[column.name]) if column.holds is ColumnType.TIME else row[column.name] for row in rows]
        assert [plain(value) for value in read] == [plain(value) for value in expected[column.name]], column.name
    assert same_shapes(np.array([row["geometry"] for row in rows], dtype=object), expected.geometry)


def as_time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def test_outer_rings_of_geojson_run_counter_clockwise(store: Store, tmp_path: Path) -> None:
    export(store, Request(("ground",)), tmp_path / "out.geojson", AT)
    water = next(
        one
        for one in json.loads((tmp_path / "out.geojson").read_text("utf-8"))["features"]
        if one["properties"]["code"] == "G1"
    )
    outer, hole = water["geometry"]["coordinates"]
    assert shapely.LinearRing(outer).is_ccw
    assert not shapely.LinearRing(hole).is_ccw


@pytest.mark.parametrize("layer", LAYERS)
def test_geoparquet_holds_every_column_and_geometry(store: Store, tmp_path: Path, layer: str) -> None:
    export(store, Request((layer,)), tmp_path / "out.parquet", AT)
    found = geopandas.read_parquet(tmp_path / "out.parquet")
    same_columns(collection(layer), in_store(store, layer), found)


def test_geoparquet_says_its_version_box_types_and_reference_system(store: Store, tmp_path: Path) -> None:
    export(store, Request(("buildings",)), tmp_path / "out.parquet", AT)
    metadata = pyarrow.parquet.read_metadata(tmp_path / "out.parquet").metadata
    geo = json.loads(metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert geo["version"] == "1.1.0"
    assert column["encoding"] == "WKB"
    assert column["geometry_types"] == ["MultiPolygon"]
    assert column["bbox"] == pytest.approx(in_store(store, "buildings").bounds())
    assert column["crs"]["id"] == {"authority": "OGC", "code": "CRS84"}
    assert json.loads(metadata[b"gridscape"])["synthetic"] is True


@pytest.mark.parametrize("layer", ["areas", "stations", "incidents", "cameras", "roads"])
def test_a_shapefile_holds_every_column_under_its_short_name(store: Store, tmp_path: Path, layer: str) -> None:
    done = export(store, Request((layer,)), tmp_path / "out.shp", AT)
    found = pyogrio.read_dataframe(tmp_path / "out.shp")
    expected = in_store(store, layer)
    short = short_names(collection(layer).names)
    assert (tmp_path / "out.cpg").read_text() == "UTF-8"
    for column in collection(layer).columns:
        values = [as_time(value) if column.holds is ColumnType.TIME else value for value in found[short[column.name]]]
        wanted = [value[:84] if value == LONG else value for value in expected[column.name]]
        if column.holds is ColumnType.REAL:
            pairs = zip(values, wanted, strict=True)
            assert all(plain(one) == pytest.approx(plain(other)) for one, other in pairs), column.name
        else:
            assert [plain(value) for value in values] == [plain(value) for value in wanted], column.name
    assert same_shapes(found.geometry.to_numpy(), expected.geometry)
    said = " ".join(note.en for note in done.notes)
    assert all(f"{name} → {cut}" in said for name, cut in short.items() if name != cut)


def test_a_shapefile_says_how_many_texts_it_cut(store: Store, tmp_path: Path) -> None:
    done = export(store, Request(("stations",)), tmp_path / "out.shp", AT)
    # the long name and the long English name of one station
    assert any("2 texts were longer than 254 bytes" in note.en for note in done.notes)


def test_a_collection_of_many_geometries_becomes_a_shapefile_for_each(store: Store, tmp_path: Path) -> None:
    export(store, Request(("ground",)), tmp_path / "out.shp", AT)
    found = {path.stem: sorted(pyogrio.read_dataframe(path)["code"]) for path in sorted(tmp_path.glob("*.shp"))}
    assert found == {"out_lines": ["G3"], "out_points": ["G4"], "out_polygons": ["G1", "G2", "G5"]}


def test_short_names_never_meet() -> None:
    names = ["first_responsible", "first_responder", "first_resp", "code"]
    assert short_names(names) == {
        "first_resp": "first_resp",
        "code": "code",
        "first_responsible": "first_re_2",
        "first_responder": "first_re_3",
    }


@pytest.mark.parametrize("layer", LAYERS)
def test_csv_holds_every_column_and_geometry(store: Store, tmp_path: Path, layer: str) -> None:
    export(store, Request((layer,)), tmp_path / "out.csv", AT)
    expected = in_store(store, layer)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(expected)
    for column in collection(layer).columns:
        read = [cell_value(row[column.name], column.holds) for row in rows]
        assert [plain(value) for value in read] == [plain(value) for value in expected[column.name]], column.name
    shapes = [
        shapely.from_wkt(row["wkt"]) if "wkt" in row else shapely.Point(float(row["lon"]), float(row["lat"]))
        for row in rows
    ]
    assert same_shapes(np.array(shapes, dtype=object), expected.geometry)


def cell_value(cell: str, holds: ColumnType) -> Any:
    if cell == "":
        return None
    match holds:
        case ColumnType.BOOLEAN:
            return {"true": True, "false": False}[cell]
        case ColumnType.INTEGER:
            return int(cell)
        case ColumnType.REAL:
            return float(cell)
        case ColumnType.TIME:
            return datetime.fromisoformat(cell)
        case ColumnType.TEXT:
            return unguarded(cell)


def test_no_cell_of_a_csv_begins_as_a_formula(store: Store, tmp_path: Path) -> None:
    export(store, Request(("stations",)), tmp_path / "out.csv", AT)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [row["name"] for row in csv.DictReader(file)]
    assert f"'{FORMULA}" in cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@SUM(A1)", "\tx", "'quoted", "''twice", "＝1", "plain", ""])
def test_guarding_a_cell_is_undone_by_unguarding_it(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_points_of_a_csv_can_be_written_as_wkt(store: Store, tmp_path: Path) -> None:
    export(store, Request(("cameras",)), tmp_path / "out.csv", AT, wkt=True)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert row["wkt"].startswith("POINT (105.")
    assert "lon" not in row


def test_one_geopackage_takes_every_layer(store: Store, tmp_path: Path) -> None:
    done = export(store, Request(every_layer(Audience.STAFF)), tmp_path / "all.gpkg", AT)
    layers = {name for name, _ in pyogrio.list_layers(tmp_path / "all.gpkg")}
    assert layers == {"areas", "stations", "incidents", "cameras", "roads", "assets", "ground"}
    assert done.counts == {layer: store.count(layer) for layer in layers}


@pytest.mark.parametrize("chosen", [Format.GEOJSON, Format.CSV, Format.GEOPARQUET])
def test_a_zip_holds_one_file_for_each_layer_and_says_what_it_is(store: Store, tmp_path: Path, chosen: Format) -> None:
    export(store, Request(("stations", "roads")), tmp_path / "some.zip", AT, chosen)
    with zipfile.ZipFile(tmp_path / "some.zip") as packed:
        assert sorted(packed.namelist()) == sorted(
            ["README.txt", f"roads{SUFFIX[chosen]}", f"stations{SUFFIX[chosen]}"]
        )
        assert "Synthetic data" in packed.read("README.txt").decode()


def test_a_folder_takes_one_file_for_each_layer(store: Store, tmp_path: Path) -> None:
    export(store, Request(("stations", "roads")), tmp_path / "folder", AT, Format.CSV)
    assert sorted(path.name for path in (tmp_path / "folder").iterdir()) == ["README.txt", "roads.csv", "stations.csv"]


def test_a_district_a_level_and_a_box_restrict_what_is_exported(store: Store, tmp_path: Path) -> None:
    request = Request(("areas",), district="510521", level="grid", box=(105.33, 29.11, 105.35, 29.12))
    done = export(store, request, tmp_path / "out.geojson", AT)
    codes = [one["properties"]["code"] for one in json.loads((tmp_path / "out.geojson").read_text())["features"]]
    assert codes == ["510521001001001"]
    assert done.counts == {"areas": 1}


def test_a_public_export_has_rounded_people_and_no_cameras(store: Store, tmp_path: Path) -> None:
    layers = every_layer(Audience.PUBLIC)
    assert "cameras" not in layers
    export(store, Request(("buildings",), audience=Audience.PUBLIC), tmp_path / "out.geojson", AT)
    rows = [one["properties"] for one in json.loads((tmp_path / "out.geojson").read_text())["features"]]
    # 41 households and 3 elderly people in each building of the small town
    assert {(row["households"], row["elderly_alone"]) for row in rows} == {(40, 5)}


def test_a_public_export_of_cameras_is_refused_as_if_there_were_none(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        export(store, Request(("cameras",), audience=Audience.PUBLIC), tmp_path / "out.geojson", AT)
    assert not (tmp_path / "out.geojson").exists()


@pytest.mark.parametrize("name", ["out.gpkg", "out.shp", "out.csv", "out.zip", "folder"])
def test_nothing_is_overwritten_unasked(store: Store, tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    export(store, Request(("roads",)), target, AT)
    before = {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()}
    with pytest.raises(Conflict):
        export(store, Request(("stations",)), target, AT)
    assert {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()} == before
    export(store, Request(("roads",)), target, AT, force=True)


@pytest.mark.parametrize("ending", ["", "-wal", "-shm"])
def test_the_store_itself_is_never_a_target(store: Store, ending: str) -> None:
    with pytest.raises(Refused):
        export(store, Request(("roads",)), Path(store.url + ending), AT, Format.GEOPACKAGE, force=True)
    assert store.count("roads") == 2


def test_a_failed_export_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    def stop(_layer: str, _rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(store, Request(("stations",)), tmp_path / "out.geojson", AT, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_bad_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BadFile):
        export(store, Request(("stations",)), tmp_path / "file" / "out.geojson", AT)


def test_one_file_of_csv_cannot_hold_two_layers(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadParameter):
        export(store, Request(("stations", "roads")), tmp_path / "out.csv", AT)


@pytest.mark.parametrize(
    "request_",
    [Request(("lamps",)), Request(("areas",), district="atlantis"), Request(("areas",), level="postcode")],
)
def test_what_is_not_there_is_named(store: Store, tmp_path: Path, request_: Request) -> None:
    with pytest.raises(NotFound) as caught:
        export(store, request_, tmp_path / "out.geojson", AT)
    assert caught.value.remedy is not None


def test_progress_counts_every_row_once(store: Store, tmp_path: Path) -> None:
    seen: dict[str, int] = {}
    export(
        store,
        Request(("stations", "assets")),
        tmp_path / "out.gpkg",
        AT,
        progress=lambda layer, rows: seen.update({layer: seen.get(layer, 0) + rows}),
    )
    assert seen == {"stations": store.count("stations"), "assets": store.count("assets")}


def test_names_with_scripts_in_them_are_only_text(store: Store, tmp_path: Path) -> None:
    export(store, Request(("stations",)), tmp_path / "out.geojson", AT)
    names = [one["properties"]["name"] for one in json.loads((tmp_path / "out.geojson").read_text())["features"]]
    assert SCRIPT in names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.gpkg", Format.GEOPACKAGE),
        ("a.GeoJSON", Format.GEOJSON),
        ("a.shp.zip", Format.SHAPEFILE),
        ("a.geoparquet", Format.GEOPARQUET),
        ("a.zip", None),
        ("folder", None),
    ],
)
def test_a_name_says_its_format(name: str, expected: Format | None) -> None:
    assert format_of(Path(name)) is expected


def test_an_unknown_ending_is_refused() -> None:
    with pytest.raises(BadParameter):
        format_of(Path("a.dwg"))


@pytest.mark.parametrize("text", ["1,2,3", "a,b,c,d", "105,29.2,106,29.1", ""])
def test_a_box_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadParameter):
        parse_box(text)


def test_a_box_off_the_globe_is_refused() -> None:
    with pytest.raises(BadPosition):
        parse_box("105,29,106,95")


def test_every_collection_has_a_place_in_an_export() -> None:
    assert set(every_layer(Audience.STAFF)) == {one.stored_in for one in COLLECTIONS.values()}
