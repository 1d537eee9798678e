"""Areas that come in: parents, codes, overlaps, editions. Run on Luxian's small town of squares."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely

from spatial.errors import BadFile, BadParameter, BadPosition, EditionMoved, GridscapeError, NotFound
from spatial.importing.plan import ImportRequest, Plan
from spatial.importing.prepare import prepare
from spatial.importing.run import Outcome, carry_out
from spatial.importing.source import ProblemKind
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.store.records import Query
from tests import small_town
from tests.foreign_files import bow_tie, square, write_geojson, write_shapefile
from tests.small_town import FIRST_GRID, SOUTH, WEST

# the north-west corner of the first grid is free of compounds
FREE_LON, FREE_LAT = WEST + 0.001, SOUTH + 0.032
SIDE = 0.002


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "town.gpkg", create=True)
    small_town.fill(opened)
    yield opened
    opened.close()


def plan_for(store: Store, path: Path, collection: str = "compounds", **more: Any) -> Plan:
    return prepare(store, ImportRequest(path, collection, **more))


def bring_in(store: Store, path: Path, collection: str = "compounds", **more: Any) -> Outcome:
    return carry_out(store, plan_for(store, path, collection, **more), "test")


def compounds(path: Path, count: int = 3, **columns: Any) -> Path:
    shapes = [square(FREE_LON + at * 0.003, FREE_LAT, SIDE) for at in reversed(range(count))]
    return write_geojson(path, shapes, {"NAME": [f"小区{at}" for at in reversed(range(count))], **columns})


def reasons(plan: Plan) -> list[tuple[int, ProblemKind]]:
    return [(problem.row, problem.kind) for problem in plan.problems]


def everything(store: Store) -> dict[str, Any]:
    return {
        "events": len(store.events()),
        "areas": store.count("areas"),
        "editions": store.editions(),
        "districts": store.districts(),
        "cameras": store.count("cameras"),
    }


def test_compounds_get_parent_path_and_code_from_west_to_east(town: Store, tmp_path: Path) -> None:
    outcome = bring_in(town, compounds(tmp_path / "a.geojson"))
    assert (outcome.written, outcome.rejected, outcome.rejects) == (3, 0, None)
    assert outcome.edition is not None
    assert outcome.edition.number == 2
    rows = list(town.read("compounds", Query(equal={"parent": FIRST_GRID})).rows())
    new = {row["name"]: row for row in rows if row["name"].startswith("小区")}
    assert {name: row["code"] for name, row in new.items()} == {
        "小区0": f"{FIRST_GRID}002",
        "小区1": f"{FIRST_GRID}003",
        "小区2": f"{FIRST_GRID}004",
    }
    for row in new.values():
        assert row["path"] == f"/510521/510521001/510521001001/{FIRST_GRID}/{row['code']}"
        assert row["district"] == "luxian"


def test_areas_of_other_levels_stay_as_they_are(town: Store, tmp_path: Path) -> None:
    before = {row["code"]: row for row in town.read("areas", Query(district="luxian", tree="main")).rows()}
    bring_in(town, compounds(tmp_path / "a.geojson"))
    after = {row["code"]: row for row in town.read("areas", Query(district="luxian", tree="main")).rows()}
    assert len(after) == len(before) + 3
    for code, row in before.items():
        assert after[code] == row
    assert all(row["from_edition"] == 2 for code, row in after.items() if code not in before)


def test_a_code_of_the_file_is_kept_where_it_begins_with_the_owners(town: Store, tmp_path: Path) -> None:
    codes = [f"{FIRST_GRID}077", "999999999999999001", None]
    plan = plan_for(town, compounds(tmp_path / "a.geojson", code=codes))
    assert reasons(plan) == [(2, ProblemKind.CODE)]
    assert f"should begin with {FIRST_GRID}" in plan.problems[0].reason.en
    assert list(plan.rows["code"]) == [f"{FIRST_GRID}077", f"{FIRST_GRID}078"]


def test_a_code_that_stands_twice_is_refused_in_every_row_that_has_it(town: Store, tmp_path: Path) -> None:
    code = f"{FIRST_GRID}009"
    plan = plan_for(town, compounds(tmp_path / "a.geojson", code=[code, None, code]))
    assert reasons(plan) == [(1, ProblemKind.DUPLICATE_CODE), (3, ProblemKind.DUPLICATE_CODE)]
    assert len(plan.rows) == 1


def test_a_code_that_is_there_is_refused_or_replaced(town: Store, tmp_path: Path) -> None:
    path = compounds(tmp_path / "a.geojson", count=1, code=[f"{FIRST_GRID}001"])
    with pytest.raises(BadFile, match="there already"):
        plan_for(town, path)
    before = town.count("compounds")
    outcome = bring_in(town, path, replace=True)
    assert outcome.written == 1
    assert town.count("compounds") == before
    rows = town.read("compounds", Query(equal={"code": f"{FIRST_GRID}001"}))
    assert list(rows["name"]) == ["小区0"]


def test_what_overlaps_is_refused_with_the_place(town: Store, tmp_path: Path) -> None:
    there = square(WEST + 0.005, SOUTH + 0.029, 0.002)  # the compound of the first grid ends at 0.030
    shapes = [square(FREE_LON, FREE_LAT, SIDE), square(FREE_LON + 0.001, FREE_LAT, SIDE), there]
    plan = plan_for(town, write_geojson(tmp_path / "a.geojson", shapes, {"name": ["a", "b", "c"]}))
    assert reasons(plan) == [(2, ProblemKind.OVERLAP), (3, ProblemKind.OVERLAP)]
    assert "overlaps row 1" in plan.problems[0].reason.en
    assert f"{FIRST_GRID}001, which is there" in plan.problems[1].reason.en
    place = plan.problems[0].place
    assert place == pytest.approx((FREE_LON + 0.0015, FREE_LAT + 0.001))


def test_areas_that_share_an_edge_do_not_overlap(town: Store, tmp_path: Path) -> None:
    shapes = [square(FREE_LON, FREE_LAT, SIDE), square(FREE_LON + SIDE, FREE_LAT, SIDE)]
    assert plan_for(town, write_geojson(tmp_path / "a.geojson", shapes, {})).problems == []


def test_an_area_outside_the_district_is_refused_by_row(town: Store, tmp_path: Path) -> None:
    shapes = [square(FREE_LON, FREE_LAT, SIDE), square(WEST - 0.1, SOUTH, SIDE)]
    plan = plan_for(town, write_geojson(tmp_path / "a.geojson", shapes, {}), district="luxian")
    assert reasons(plan) == [(2, ProblemKind.OUTSIDE)]


def test_a_building_stands_in_the_deepest_area_that_owns_it(town: Store, tmp_path: Path) -> None:
    inside, beside = square(WEST + 0.005, SOUTH + 0.02, 0.0003), square(FREE_LON, FREE_LAT, 0.0003)
    path = write_geojson(
        tmp_path / "a.geojson", [inside, beside], {"building:levels": ["6", 2], "类型": ["住宅", None]}
    )
    plan = plan_for(town, path, "buildings")
    assert list(plan.rows["parent"]) == [f"{FIRST_GRID}001", FIRST_GRID]
    assert list(plan.rows["code"]) == [f"{FIRST_GRID}001004", f"{FIRST_GRID}001"]
    assert list(plan.rows["floors"]) == [6, 2]
    assert list(plan.rows["kind"]) == ["housing", None]


def test_more_children_than_three_digits_count_get_longer_codes(town: Store, tmp_path: Path) -> None:
    shapes = [square(FREE_LON + at % 50 * 1e-4, FREE_LAT + at // 50 * 1e-4, 5e-5) for at in range(1001)]
    plan = plan_for(town, write_geojson(tmp_path / "a.geojson", shapes, {}), "buildings")
    codes = list(plan.rows["code"])
    assert len(set(codes)) == 1001
    assert {len(code) for code in codes} == {len(FIRST_GRID) + 4}


def test_grids_are_checked_by_their_own_rule(town: Store, tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "a.geojson", [square(FREE_LON, FREE_LAT)], {"code": ["510521001001000"]})
    with pytest.raises(BadFile, match="sequence"):
        plan_for(town, path, "areas", level="grid")


def test_an_import_of_areas_needs_a_level(town: Store, tmp_path: Path) -> None:
    path = compounds(tmp_path / "a.geojson")
    with pytest.raises(BadParameter, match="of which level"):
        plan_for(town, path, "areas")
    with pytest.raises(NotFound, match="no level village"):
        plan_for(town, path, "areas", level="village")
    assert len(plan_for(town, path, "areas", level="compound").rows) == 3


def test_levels_of_one_file_come_in_from_the_top_down(town: Store, tmp_path: Path) -> None:
    shapes = [square(FREE_LON + 0.0005, FREE_LAT + 0.0005, 0.0002), square(FREE_LON, FREE_LAT, SIDE)]
    path = write_geojson(tmp_path / "a.geojson", shapes, {"level": ["building", "compound"], "name": ["1栋", "新小区"]})
    plan = plan_for(town, path, "areas")
    codes = dict(zip(plan.rows["name"], plan.rows["code"], strict=True))
    assert codes == {"新小区": f"{FIRST_GRID}002", "1栋": f"{FIRST_GRID}002001"}


def test_a_legacy_grid_goes_into_its_own_flat_tree(town: Store, tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "a.geojson", [square(106.0, 29.8)], {"name": ["综治002"]})
    plan = plan_for(town, path, "areas", district="tongliang", tree=small_town.LEGACY, level="legacy_grid")
    assert list(plan.rows["code"]) == ["public_order-002"]
    assert list(plan.rows["path"]) == ["/500151/public_order-002"]
    assert list(plan.rows["parent"]) == [None]


def test_rows_of_another_level_are_skipped_where_one_was_asked_for(town: Store, tmp_path: Path) -> None:
    shapes = [square(FREE_LON + 0.0005, FREE_LAT + 0.0005, 0.0002), square(FREE_LON, FREE_LAT, SIDE)]
    path = write_geojson(tmp_path / "a.geojson", shapes, {"level": ["building", "compound"], "name": ["1栋", "新小区"]})
    plan = plan_for(town, path, "buildings")
    assert list(plan.rows["name"]) == ["1栋"]
    assert (plan.source.skipped, plan.rejected) == (1, 0)


def test_a_gbk_shapefile_goes_in_with_the_names_that_it_has(town: Store, tmp_path: Path) -> None:
    path = write_shapefile(
        tmp_path / "小区.shp",
        [square(FREE_LON, FREE_LAT, SIDE)],
        {"小区名称": ["金科集美小区"], "户数": [413], "类型": ["老旧小区"]},
        encoding="gbk",
    )
    bring_in(town, path)
    row = next(town.read("compounds", Query(equal={"name": "金科集美小区"})).rows())
    assert (row["households"], row["kind"]) == (413, "old")


@pytest.mark.parametrize(
    ("shapes", "columns", "message"),
    [
        ([bow_tie(FREE_LON, FREE_LAT)], {}, "Self-intersection"),
        ([shapely.Point(FREE_LON, FREE_LAT)], {}, "holds points"),
        ([square(FREE_LAT, FREE_LON)], {}, "axes are swapped"),
        ([square(5.0, 45.0)], {}, "lies in no district"),
        ([square(438_000, 3_226_000, 100)], {}, "looks like metres"),
        ([square(FREE_LON, FREE_LAT)], {"code": ["510521001001001001"]}, "there already"),
        ([square(FREE_LON, FREE_LAT)], {"floors": ["many"]}, "not a number"),
        ([None], {}, "has no shape"),
        ([], {}, "cannot be read|holds no"),
    ],
)
def test_a_file_of_which_nothing_can_go_in_changes_nothing(
    town: Store, tmp_path: Path, shapes: list[Any], columns: dict[str, Any], message: str
) -> None:
    before = everything(town)
    with pytest.raises(GridscapeError, match=message) as caught:
        bring_in(town, write_geojson(tmp_path / "a.geojson", shapes, columns))
    assert caught.value.remedy is not None
    assert everything(town) == before
    assert list(tmp_path.glob("*rejected*")) == []


def test_the_rest_goes_in_and_the_rejects_say_why(town: Store, tmp_path: Path) -> None:
    shapes = [square(FREE_LON, FREE_LAT, SIDE), bow_tie(FREE_LON + 0.004, FREE_LAT)]
    path = write_geojson(tmp_path / "a.geojson", shapes, {"name": ["好小区", "=HYPERLINK(1)"]})
    outcome = bring_in(town, path)
    assert (outcome.written, outcome.rejected) == (1, 1)
    assert outcome.rejects == tmp_path / "a.geojson.rejected.csv"
    lines = outcome.rejects.read_text("utf-8-sig").splitlines()
    assert lines[0] == "as,row,line,reason_zh,reason_en,lon,lat,name"
    assert lines[1].startswith("compounds,2,,")
    assert "自相交" in lines[1]
    assert lines[1].endswith(",'=HYPERLINK(1)")


def test_strict_takes_all_rows_or_none(town: Store, tmp_path: Path) -> None:
    shapes = [square(FREE_LON, FREE_LAT, SIDE), bow_tie(FREE_LON + 0.004, FREE_LAT)]
    before = everything(town)
    with pytest.raises(BadFile, match="all or none"):
        bring_in(town, write_geojson(tmp_path / "a.geojson", shapes, {}), strict=True)
    assert everything(town) == before


def test_a_rejects_file_that_cannot_be_written_undoes_the_import(town: Store, tmp_path: Path) -> None:
    shapes = [square(FREE_LON, FREE_LAT, SIDE), bow_tie(FREE_LON + 0.004, FREE_LAT)]
    plan = plan_for(town, write_geojson(tmp_path / "a.geojson", shapes, {}))
    before = everything(town)
    with pytest.raises(BadParameter, match="nothing went in"):
        carry_out(town, plan, "test", tmp_path / "no such folder" / "rejects.csv")
    assert everything(town) == before


def test_an_edition_that_somebody_else_published_meanwhile_is_not_overwritten(town: Store, tmp_path: Path) -> None:
    plan = plan_for(town, compounds(tmp_path / "a.geojson"))
    bring_in(town, write_geojson(tmp_path / "b.geojson", [square(FREE_LON, FREE_LAT - 0.001, 0.0005)], {}), "buildings")
    before = everything(town)
    with pytest.raises(EditionMoved, match="Edition 2"):
        carry_out(town, plan, "test")
    assert everything(town) == before


def test_data_far_from_the_district_that_was_said_is_refused(town: Store, tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "a.geojson", [square(12.0, 29.0)], {})
    with pytest.raises(BadPosition, match="far from luxian"):
        plan_for(town, path, district="luxian")


def test_the_store_itself_is_not_imported(town: Store) -> None:
    with pytest.raises(BadFile, match="the store itself"):
        plan_for(town, Path(str(town.url).removeprefix("geopackage://")))


def test_nothing_is_written_by_planning(town: Store, tmp_path: Path) -> None:
    before = everything(town)
    plan = plan_for(town, compounds(tmp_path / "a.geojson"))
    assert len(plan.rows) == 3
    assert [(one.column, one.source) for one in plan.matches] == [("name", "NAME")]
    assert everything(town) == before


def test_codes_of_areas_that_could_not_be_addressed_are_refused(town: Store, tmp_path: Path) -> None:
    path = compounds(tmp_path / "a.geojson", count=1, code=[f"{FIRST_GRID}/../1"])
    with pytest.raises(BadFile, match="slash"):
        plan_for(town, path)


def test_imports_work_on_every_store(store: Store, tmp_path: Path) -> None:
    small_town.fill(store)
    shapes = [square(FREE_LON, FREE_LAT, SIDE), bow_tie(FREE_LON + 0.004, FREE_LAT)]
    outcome = bring_in(store, write_geojson(tmp_path / "a.geojson", shapes, {"name": ["好小区", "坏小区"]}))
    assert (outcome.written, outcome.rejected) == (1, 1)
    assert [hit.name for hit in store.search("好小区")] == ["好小区"]
    assert store.search("坏小区") == []
