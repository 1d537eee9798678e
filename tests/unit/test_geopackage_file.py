"""The GeoPackage as a file: valid for other programs, whole after every accident, clear about what is wrong."""

import json
import re
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import shapely

from spatial.errors import GridscapeError, NotFound
from spatial.schema import COLLECTIONS, STORED, Collection, ColumnType, GeometryType
from spatial.store import open_store
from spatial.store.geopackage import geometry_blob
from spatial.store.geopackage.store import GeoPackageStore
from spatial.store.records import Query
from tests.contract.sample import LUXIAN, areas, full_rows, levels, stations, with_districts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a store that holds something of everything, and is closed."""
    place = tmp_path / "store.gpkg"
    store = with_districts(open_store(place, create=True))
    with store.write("tester") as tx:
        for collection in STORED:
            if collection.id != "areas":
                tx.insert(collection.id, full_rows(collection))
        tx.publish("luxian", areas(["a", "b", "c"], name=["甲", "乙", "丙"]))
        tx.publish("luxian", areas(["a", "b"], name=["甲", "新"]))
    store.close()
    return place


@pytest.fixture
def copy(path: Path, tmp_path: Path) -> Path:
    """Return a backup of the store: the form in which files are handed out."""
    store = open_store(path)
    list(store.backup(tmp_path / "copy.gpkg"))
    store.close()
    return tmp_path / "copy.gpkg"


def _query(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.qgis
def test_a_copy_passes_gdals_validator(copy: Path) -> None:
    said = subprocess.run(
        ["/usr/bin/python3", "-m", "osgeo_utils.samples.validate_gpkg", "-k", copy],
        check=False,
        capture_output=True,
        text=True,
    )
    complaints = [line for line in said.stdout.splitlines() if line.strip()]
    # GDAL before 3.7 asks for the triggers of version 1.3 in a file of any version; 1.4 forbids those two
    outdated = re.compile(r"Req 75: rtree_\w+_geom_update[13] trigger missing")
    assert [line for line in complaints if not outdated.fullmatch(line)] == []


def test_the_index_has_exactly_the_triggers_of_version_1_4(copy: Path) -> None:
    found = {
        name
        for (name,) in _query(copy, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
        if str(name).startswith("rtree_")
    }
    kinds = ("insert", "update2", "update4", "update5", "update6", "update7", "delete")
    assert found == {f"rtree_{collection.id}_geom_{kind}" for collection in STORED for kind in kinds}


def test_a_copy_says_what_it_is_and_needs_nothing_beside_it(copy: Path) -> None:
    assert _query(copy, "PRAGMA application_id") == [(0x47504B47,)]
    assert _query(copy, "PRAGMA user_version") == [(10400,)]
    assert _query(copy, "PRAGMA journal_mode") == [("delete",)]
    assert _query(copy, "PRAGMA integrity_check") == [("ok",)]
    assert _query(copy, "PRAGMA foreign_key_check") == []
    assert [each.name for each in copy.parent.iterdir() if each.name.startswith(".")] == []


@pytest.mark.qgis
def test_gdal_reads_every_layer_of_a_copy_with_its_count_and_type(copy: Path, path: Path) -> None:
    store = open_store(path)
    counts = {name: store.count(name) for name in COLLECTIONS} | {"areas": 4}
    store.close()
    said = subprocess.run(["/usr/bin/ogrinfo", "-ro", "-so", "-al", copy], check=True, capture_output=True, text=True)
    layers = dict(re.findall(r"^Layer name: (\w+)\n.*?^Feature Count: (\d+)", said.stdout, re.MULTILINE | re.DOTALL))
    assert {name: int(layers[name]) for name in COLLECTIONS} == counts
    assert {"districts", "levels", "editions", "duty_holders"} <= set(layers)
    kinds = dict(re.findall(r"^Layer name: (\w+)\n.*?^Geometry: ([\w ]+)", said.stdout, re.MULTILINE | re.DOTALL))
    assert (kinds["stations"], kinds["roads"], kinds["buildings"]) == ("Point", "Line String", "Multi Polygon")


@pytest.mark.qgis
def test_gdal_reads_the_newest_buildings_and_their_columns(copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    subprocess.run(["/usr/bin/ogr2ogr", "-f", "GeoJSON", out, copy, "buildings"], check=True, capture_output=True)
    features = json.loads(out.read_text())["features"]
    assert [feature["properties"]["name"] for feature in features] == ["甲", "新"]
    assert shapely.equals(
        [shapely.geometry.shape(feature["geometry"]) for feature in features], areas(["a", "b"]).geometry
    ).all()


_SQL_TYPES = {
    ColumnType.TEXT: "TEXT",
    ColumnType.INTEGER: "INTEGER",
    ColumnType.REAL: "DOUBLE",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.TIME: "DATETIME",
}


@pytest.mark.parametrize("collection", COLLECTIONS.values(), ids=lambda each: each.id)
def test_the_columns_of_a_table_are_those_of_the_schema(copy: Path, collection: Collection) -> None:
    found = _query(copy, f"SELECT name, type, \"notnull\" FROM pragma_table_info('{collection.id}')")
    is_view = collection.view_of is not None
    shape = collection.geometry
    wanted = [
        (column.name, _SQL_TYPES[column.holds], int(column.required and not is_view)) for column in collection.columns
    ]
    geometry = ("geom", "GEOMETRY" if shape is GeometryType.ANY else shape.value.upper(), 0)
    assert found[0][:2] == ("OGC_FID" if is_view else "fid", "INTEGER")
    # what a later migration adds stands behind the rest: readers go by name
    assert sorted(map(str, found[1:])) == sorted(map(str, [*wanted, geometry]))


def _contents(path: Path) -> dict[str, tuple[object, ...]]:
    rows = _query(path, "SELECT table_name, min_x, min_y, max_x, max_y FROM gpkg_contents WHERE data_type = 'features'")
    return {str(name): tuple(box) for name, *box in rows}


def _changed(path: Path, name: str) -> datetime:
    ((said,),) = _query(path, f"SELECT last_change FROM gpkg_contents WHERE table_name = '{name}'")
    return datetime.fromisoformat(str(said))


def test_the_extents_in_the_contents_are_true_after_every_change(tmp_path: Path) -> None:
    place = tmp_path / "store.gpkg"
    store = with_districts(open_store(place, create=True))
    nowhere = (None, None, None, None)
    assert set(_contents(place).values()) == {nowhere}
    with store.write("tester") as tx:
        tx.insert("stations", stations([(105, 29), (106, 30), (107, 31)]))
        tx.publish("luxian", areas(["a", "b"]))
    assert _contents(place)["stations"] == (105, 29, 107, 31)
    assert _contents(place)["buildings"] == _contents(place)["areas"] == (105.0, 29.0, 105.003, 29.001)
    assert _contents(place)["compounds"] == nowhere
    with store.write("tester") as tx:
        tx.delete("stations", "luxian", ["S2"])
        tx.publish("luxian", areas(["a"]))
    assert _contents(place)["stations"] == (105, 29, 106, 30)
    assert _contents(place)["buildings"] == (105.0, 29.0, 105.001, 29.001)
    assert _contents(place)["areas"] == (105.0, 29.0, 105.003, 29.001)
    with store.write("tester") as tx:
        tx.update("stations", "luxian", "S0", {"geometry": shapely.Point(110, 20)})
    assert _contents(place)["stations"] == (106, 20, 110, 30)
    with store.write("tester") as tx:
        tx.clear_district("luxian")
    assert set(_contents(place).values()) == {nowhere}
    store.close()


def test_the_last_change_moves_with_a_change_of_that_collection_alone(path: Path) -> None:
    store = open_store(path)
    before, other = _changed(path, "stations"), _changed(path, "cameras")
    with store.write("tester") as tx:
        tx.update("stations", "luxian", "code 值 0", {"name": "x"})
    store.close()
    assert before < _changed(path, "stations") <= datetime.now(UTC)
    assert _changed(path, "cameras") == other


def test_the_index_holds_exactly_the_rows_that_have_a_place(path: Path) -> None:
    for collection in STORED:
        rows = _query(path, f"SELECT fid, geom FROM {collection.id}")
        placed = {key for key, blob in rows if geometry_blob.box(blob) is not None}  # type: ignore[arg-type]
        assert {key for (key,) in _query(path, f"SELECT id FROM rtree_{collection.id}_geom")} == placed


def test_rows_that_come_in_bulk_are_indexed_like_those_that_come_one_by_one(path: Path) -> None:
    before = _query(path, "SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    rows = stations([(105 + index / 10_000, 29) for index in range(1500)])
    rows.geometry[7], rows.geometry[8] = None, shapely.Point()
    store = open_store(path)
    with store.write("tester") as tx:
        tx.insert("stations", rows)
        tx.delete("stations", "luxian", ["S1499"])
    with pytest.raises(RuntimeError), store.write("tester") as tx:  # noqa: PT012
        tx.insert("cameras", rows)
        raise RuntimeError
    with store.write("tester") as tx:
        tx.insert("stations", stations([(105, 29)], code=["one more"]))
    wanted = [f"S{index}" for index in range(1000, 1011)]
    assert store.read("stations", Query(box=(105.1, 28, 105.101, 30)))["code"][-11:] == wanted
    assert len(set(store.read("stations")["row"])) == store.count("stations")
    store.close()
    assert _query(path, "SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name") == before
    rows_and_shapes = _query(path, "SELECT fid, geom FROM stations")
    placed = {key for key, blob in rows_and_shapes if geometry_blob.box(blob) is not None}  # type: ignore[arg-type]
    assert {key for (key,) in _query(path, "SELECT id FROM rtree_stations_geom")} == placed


def test_an_upsert_by_another_program_keeps_the_index(path: Path) -> None:
    (far,) = geometry_blob.encode(stations([(110, 20)]).geometry)
    with closing(sqlite3.connect(path)) as connection, connection:
        geometry_blob.register(connection)
        connection.execute(
            "INSERT INTO stations (code, district, geom) VALUES ('code 值 0', 'luxian', ?) "
            "ON CONFLICT (district, code) DO UPDATE SET geom = excluded.geom",
            (far,),
        )
    store = open_store(path)
    assert store.read("stations", Query(box=(109, 19, 111, 21)))["code"] == ["code 值 0"]
    store.close()


def test_times_are_text_as_the_standard_writes_them(path: Path) -> None:
    found = [said for (said,) in _query(path, "SELECT reported_at FROM incidents WHERE reported_at NOT NULL")]
    assert found == ["2026-04-01T23:59:59.123Z", "2026-04-01T23:59:59.124Z"]
    pattern = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
    for (said,) in _query(path, "SELECT at FROM events UNION SELECT published_at FROM editions"):
        assert pattern.fullmatch(str(said))


def test_every_acknowledged_write_is_on_the_disk(path: Path) -> None:
    store = GeoPackageStore(path)
    assert store.rows("PRAGMA journal_mode") == [("wal",)]
    assert store.rows("PRAGMA synchronous") == [(2,)]
    assert store.rows("PRAGMA trusted_schema") == [(1,)]
    store.close()


@pytest.mark.qgis
def test_counters_that_gdal_adds_for_its_own_use_are_let_be(path: Path) -> None:
    subprocess.run(
        ["/usr/bin/ogrinfo", path, "-sql", "UPDATE stations SET name = 'by GDAL' WHERE code = 'code 值 0'"],
        check=True,
        capture_output=True,
    )
    store = open_store(path)
    assert "by GDAL" in store.read("stations")["name"]
    store.close()


def test_a_file_that_is_not_there_is_not_made_by_looking_for_it(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="gridscape demo"):
        open_store(tmp_path / "nowhere.gpkg")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(GridscapeError):
        open_store("mysql://somewhere/x")


@pytest.mark.parametrize("name", ["a b.gpkg", "泸县.gpkg", "50%?#.gpkg", "no-suffix"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    for address in (tmp_path / name, f"geopackage://{tmp_path}/other.gpkg"):
        store = open_store(address, create=True)
        with store.write("tester") as tx:
            tx.put_district(LUXIAN, levels("luxian"))
        store.close()
    assert {each.name for each in tmp_path.iterdir()} == {name, "other.gpkg"}
