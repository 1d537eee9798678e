"""Cameras, stations, roads and new districts that come in."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from spatial.errors import BadFile, BadParameter, Conflict, NoSpace, NotFound, StoreUnavailable
from spatial.importing import new_district
from spatial.importing.plan import ImportRequest, Plan
from spatial.importing.prepare import prepare
from spatial.importing.run import Outcome, carry_out
from spatial.importing.source import ProblemKind
from spatial.store import open_store
from spatial.store.geopackage.store import GeoPackageStore
from spatial.store.protocol import Store
from spatial.store.records import Query
from tests import small_town
from tests.conftest import free_port
from tests.foreign_files import square, write_csv, write_geojson
from tests.small_town import FIRST_GRID, IN_FIRST_GRID

LON, LAT = IN_FIRST_GRID
CAMERA = "51052100001321{:06d}"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "town.gpkg", create=True)
    small_town.fill(opened)
    yield opened
    opened.close()


def plan_for(store: Store, path: Path, collection: str, **more: Any) -> Plan:
    return prepare(store, ImportRequest(path, collection, **more))


def bring_in(store: Store, path: Path, collection: str, **more: Any) -> Outcome:
    return carry_out(store, plan_for(store, path, collection, **more), "test")


def reasons(plan: Plan) -> list[tuple[int, ProblemKind]]:
    return [(problem.row, problem.kind) for problem in plan.problems]


def test_cameras_get_their_kind_from_the_id_and_their_grid_from_the_place(town: Store, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["国标编码,名称,经度,纬度", f"{CAMERA.format(1)},大门,{LON},{LAT}"], "gbk")
    assert bring_in(town, path, "cameras").written == 1
    row = next(town.read("cameras", Query(equal={"code": CAMERA.format(1)})).rows())
    assert (row["kind"], row["name"], row["district"]) == ("132", "大门", "luxian")
    assert row["responsible"] == FIRST_GRID
    assert row["path"].endswith(f"/{FIRST_GRID}")


def test_camera_ids_that_break_their_rule_are_refused_with_the_reason(town: Store, tmp_path: Path) -> None:
    codes = [CAMERA.format(1), CAMERA.format(2)[:-1], "", "5.10521E+19", "51052100001181000001", CAMERA.format(3)]
    lines = ["编码,lon,lat", *(f"{code},{LON},{LAT}" for code in codes)]
    plan = plan_for(town, write_csv(tmp_path / "a.csv", lines), "cameras")
    assert reasons(plan) == [(row, ProblemKind.CODE) for row in (2, 3, 4, 5)]
    said = [problem.reason.en for problem in plan.problems]
    assert "has 20 digits" in said[0]
    assert "19 characters" in said[0]
    assert "cannot be made up" in said[1]
    assert "digits are lost" in said[2]
    assert "no type of camera" in said[3]
    assert len(plan.rows) == 2


def test_a_camera_id_kept_as_a_number_is_refused(town: Store, tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "a.geojson", [shapely.Point(LON, LAT)], {"code": [5.1052100001321e19]})
    with pytest.raises(BadFile, match="lost digits"):
        plan_for(town, path, "cameras")


def test_stations_without_codes_get_some(town: Store, tmp_path: Path) -> None:
    lines = [
        "名称,类型,lon,lat",
        f"康桥站,社区服务站,{LON},{LAT}",
        f"微站,micro,{LON},{LAT}",
        f"怪站,宇宙站,{LON},{LAT}",
    ]
    plan = plan_for(town, write_csv(tmp_path / "a.csv", lines), "stations")
    assert list(plan.rows["code"]) == ["510521-stations-00004", "510521-stations-00005"]
    assert list(plan.rows["kind"]) == ["community_station", "micro"]
    assert reasons(plan) == [(3, ProblemKind.VALUE)]
    assert "community_station" in plan.problems[0].reason.en


def test_codes_that_are_taken_are_refused_or_replaced(town: Store, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["code,name,lon,lat", f"ST001,新站,{LON},{LAT}", f"ST900,又一站,{LON},{LAT}"])
    assert reasons(plan_for(town, path, "stations")) == [(1, ProblemKind.CODE_TAKEN)]
    before = town.count("stations")
    outcome = bring_in(town, path, "stations", replace=True)
    assert (outcome.written, town.count("stations")) == (2, before + 1)
    assert list(town.read("stations", Query(equal={"code": "ST001"}))["name"]) == ["新站"]


def test_roads_of_several_parts_become_rows_of_their_own(town: Store, tmp_path: Path) -> None:
    joined = shapely.MultiLineString([[(LON, LAT), (LON + 0.01, LAT)], [(LON + 0.01, LAT), (LON + 0.02, LAT)]])
    apart = shapely.MultiLineString([[(LON, LAT + 0.01), (LON + 0.01, LAT + 0.01)], [(LON, LAT), (LON, LAT + 0.001)]])
    path = write_geojson(tmp_path / "a.geojson", [joined, apart], {"code": ["A", "B"], "name": ["甲路", "乙路"]})
    bring_in(town, path, "roads")
    found = town.read("roads", Query(equal={"name": ["甲路", "乙路"]}))
    assert sorted(found["code"]) == ["A", "B", "B-2"]
    assert {shape.geom_type for shape in found.geometry} == {"LineString"}


def test_columns_can_be_named_and_kept(town: Store, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["A,B,C,e,n", f"站,mo,secret,{LON},{LAT}"])
    maps = ("name=A", "lon=e", "lat=n")
    plan = plan_for(town, path, "stations", maps=maps, keep=("B",))
    assert list(plan.rows["name"]) == ["站"]
    assert list(plan.rows["extra"]) == ['{"B":"mo"}']
    for bad in (("name=Z", *maps[1:]), ("district=A", *maps[1:]), ("name", *maps[1:])):
        with pytest.raises(BadParameter):
            plan_for(town, path, "stations", maps=bad)


def test_data_in_two_districts_asks_for_one(town: Store, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["lon,lat", f"{LON},{LAT}", "106.04,29.83"])
    with pytest.raises(BadParameter, match="several districts: luxian 1, tongliang 1"):
        plan_for(town, path, "stations")
    with pytest.raises(NotFound, match="no district gusu"):
        plan_for(town, path, "stations", district="gusu")
    plan = plan_for(town, path, "stations", district="510521")
    assert (len(plan.rows), reasons(plan)) == (1, [(2, ProblemKind.OUTSIDE)])


def test_a_new_district_is_made_around_the_data_and_grows_with_it(tmp_path: Path) -> None:
    with contextlib.closing(open_store(tmp_path / "new.gpkg", create=True)) as store:
        first = write_geojson(tmp_path / "a.geojson", [square(24.94, 60.17), square(24.95, 60.175)], {})
        outcome = bring_in(store, first, "buildings", new_district="helsinki,990001,赫尔辛基,Helsinki")
        assert outcome.written == 2
        (district,) = store.districts()
        assert (district.slug, district.code, district.name.zh, district.zone) == (
            "helsinki",
            "990001",
            "赫尔辛基",
            32635,
        )
        assert not district.synthetic
        assert [level.slug for level in store.levels()] == ["district", "building"]
        small = store.read("areas", Query(equal={"level": "district"})).geometry[0]
        line = shapely.LineString([(24.93, 60.17), (24.96, 60.18)])
        bring_in(
            store,
            write_geojson(tmp_path / "b.geojson", [line], {"name": ["Mannerheimintie"]}),
            "roads",
            district="helsinki",
        )
        large = store.read("areas", Query(equal={"level": "district"})).geometry[0]
        assert shapely.difference(small, large).area < 1e-12
        assert shapely.difference(line, large).is_empty
        assert store.count("buildings") == 2


def test_a_new_district_of_grids_has_their_level(tmp_path: Path) -> None:
    with contextlib.closing(open_store(tmp_path / "new.gpkg", create=True)) as store:
        path = write_geojson(tmp_path / "a.geojson", [square(24.94, 60.17)], {"name": ["Kluuvi"]})
        bring_in(store, path, "areas", level="grid", new_district="helsinki")
        assert [(level.slug, level.governing) for level in store.levels()] == [
            ("district", False),
            ("grid", True),
            ("building", False),
        ]
        grid = store.read("areas", Query(equal={"level": "grid"}))
        assert list(grid["path"]) == ["/990001/990001001"]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("luxian", Conflict),
        ("Helsinki", BadParameter),
        ("h,12345", BadParameter),
        ("h,510521", Conflict),
        ("a/b", BadParameter),
    ],
)
def test_a_new_district_that_cannot_be_is_refused(said: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        new_district.parse(said, [small_town.LUXIAN], np.array([shapely.Point(LON, LAT)]))


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ((105.376, 29.151), 4544),
        ((109.6, 24.3), 4546),
        ((120.6, 31.3), 4549),
        ((24.9, 60.2), 32635),
        ((-70, -33), 32719),
    ],
)
def test_the_zone_of_a_new_district_is_in_metres_where_it_lies(place: tuple[float, float], zone: int) -> None:
    assert new_district.zone_of(*place) == zone


def test_what_a_spreadsheet_would_run_is_made_text(town: Store, tmp_path: Path) -> None:
    lines = ["name,lon,lat", f"=1+1,{LON},{LAT}", "@SUM(A1),abc,1", "-2,,"]
    outcome = bring_in(town, write_csv(tmp_path / "a.csv", lines), "stations")
    assert outcome.rejects is not None
    rows = outcome.rejects.read_text("utf-8-sig").splitlines()[1:]
    assert [row.split(",")[:3] for row in rows] == [["stations", "2", "3"], ["stations", "3", "4"]]
    assert [row.rsplit(",", 1)[1] for row in rows] == ["'@SUM(A1)", "'-2"]


def test_the_rejects_of_another_import_of_the_same_file_stay(town: Store, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["name,lon,lat", f"a,{LON},{LAT}", "b,abc,1"])
    bring_in(town, path, "stations")
    outcome = bring_in(town, path, "assets")
    assert outcome.rejects is not None
    kinds = [line.split(",")[0] for line in outcome.rejects.read_text("utf-8-sig").splitlines()[1:]]
    assert kinds == ["stations", "assets"]


def test_rejects_do_not_overwrite_a_file_that_is_something_else(town: Store, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["name,lon,lat", f"a,{LON},{LAT}", "b,abc,1"])
    mine = write_csv(tmp_path / "a.csv.rejected.csv", ["my own notes"])
    before = town.count("stations")
    with pytest.raises(Conflict, match="not left by an import"):
        bring_in(town, path, "stations")
    assert (town.count("stations"), mine.read_text()) == (before, "my own notes")


def test_a_database_that_is_down_says_so_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        open_store(f"postgresql://postgres@127.0.0.1:{free_port()}/none")
    assert caught.value.remedy is not None


def test_incidents_are_not_imported(town: Store, tmp_path: Path) -> None:
    with pytest.raises(BadParameter, match="not imported"):
        plan_for(town, write_csv(tmp_path / "a.csv", ["lon,lat", f"{LON},{LAT}"]), "incidents")


def test_a_full_disk_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = GeoPackageStore(tmp_path / "town.gpkg", create=True)
    small_town.fill(store)
    lines = ["code,name,lon,lat", *(f"n{at},{'x' * 200},{LON},{LAT}" for at in range(5000))]
    plan = plan_for(store, write_csv(tmp_path / "a.csv", lines), "stations")
    before = (store.count("stations"), len(store.events()))
    pages = store._writer.execute("PRAGMA page_count").fetchone()[0]
    store._writer.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(NoSpace) as caught:
        carry_out(store, plan, "test")
    assert caught.value.remedy is not None
    assert (store.count("stations"), len(store.events())) == before
    store.close()
