"""Reading: what goes in comes out, and a query returns exactly the rows that it wants."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import shapely

from spatial.errors import BadParameter, NotFound, StoreUnavailable
from spatial.schema import AREAS, COLLECTIONS, STORED, Collection
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.table import Table
from tests.contract.sample import LUXIAN, QIBIN, areas, full_rows, stations, with_districts

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
PLACES = [(105.0, 29.0), (105.1, 29.1), (105.2, 29.2), (105.3, 29.3)]


@pytest.mark.parametrize("collection", STORED, ids=lambda each: each.id)
def test_every_column_and_shape_comes_back_as_it_went_in(store: Store, collection: Collection) -> None:
    rows = full_rows(collection)
    with with_districts(store).write("tester") as tx:
        if collection is AREAS:
            tx.publish("luxian", rows)
        else:
            tx.insert(collection.id, rows)
    found = store.read(collection.id)
    assert list(found.columns) == ["row", *collection.names]
    assert {name: list(values) for name, values in found.columns.items() if name != "row"} == dict(rows.columns)
    assert shapely.equals_identical(found.geometry, rows.geometry)[:-1].all()
    assert found.geometry[-1] is None


def test_only_the_columns_that_are_asked_for_are_read(store: Store) -> None:
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations(PLACES, name=["a", "b", "c", "d"]))
    whole = store.read("stations")
    some = store.read("stations", Query(columns=("path", "name"), equal={"name": ("b", "c")}))
    assert list(some.columns) == ["row", "name", "path"]
    assert some["name"] == ["b", "c"]
    assert some["path"] == list(whole["path"])[1:3]
    assert shapely.equals_identical(some.geometry, whole.geometry[1:3]).all()
    bare = store.read("stations", Query(columns=()))
    assert (len(bare), list(bare.columns)) == (len(PLACES), ["row"])
    assert list(store.read("stations", Query(columns=("name",), limit=0)).columns) == ["row", "name"]
    with pytest.raises(BadParameter):
        store.read("stations", Query(columns=("name", "geom")))


def test_rows_are_read_without_their_shapes_where_none_are_asked_for(store: Store) -> None:
    with with_districts(store).write("tester") as tx:
        tx.publish("luxian", areas(["1", "2", "3"], name=["a", "b", "c"]))
    whole = store.read("areas")
    bare = store.read("areas", Query(shapes=False))
    assert {name: list(values) for name, values in bare.columns.items()} == {
        name: list(values) for name, values in whole.columns.items()
    }
    assert bare.geometry.tolist() == [None] * 3
    box = shapely.bounds(whole.geometry[1])
    inside = (float(box[0]) + 1e-4, 29.0005)
    named = store.read("areas", Query(shapes=False, columns=("code",), box=(*inside, *inside)))
    assert (list(named.columns), named["code"]) == (["row", "code"], ["2"])
    assert len(store.read("stations", Query(shapes=False))) == 0


@pytest.mark.parametrize("collection", COLLECTIONS.values(), ids=lambda each: each.id)
def test_an_empty_collection_has_its_columns_and_no_rows(store: Store, collection: Collection) -> None:
    found = store.read(collection.id)
    assert (len(found), list(found.columns)) == (0, ["row", *collection.names])
    assert store.count(collection.id) == 0
    assert store.extent(collection.id) is None
    assert store.tally(collection.id, ["district"]) == {}


def test_any_text_comes_back_letter_by_letter(store: Store) -> None:
    texts = [
        "",
        " ",
        "'; DROP TABLE stations; --",
        '"',
        "50%_\\",
        "\t\n\r",
        "𠮷野家 👨‍👩‍👧",
        "e\u0301",
        "\u202eabc",
        "?",
        "%s",
        "\\N",
    ]
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations([(105, 29)] * len(texts), name=texts))
    assert store.read("stations")["name"] == texts


def test_a_polygon_is_kept_as_a_multi_polygon_and_height_is_let_go(store: Store) -> None:
    flat = shapely.box(105, 29, 105.1, 29.1)
    raised = shapely.force_3d(flat, 7.0)
    with with_districts(store).write("tester") as tx:
        tx.publish("luxian", Table.from_rows([{**_area("a"), "geometry": raised}]))
    (kept,) = store.read("areas").geometry
    assert (kept.geom_type, kept.has_z) == ("MultiPolygon", False)
    assert shapely.equals_identical(kept.geoms[0], flat)


def test_an_empty_shape_stays_empty_and_meets_no_box(store: Store) -> None:
    with with_districts(store).write("tester") as tx:
        tx.publish("luxian", Table.from_rows([{**_area("a"), "geometry": shapely.Polygon()}]))
        tx.insert("stations", Table.from_rows([{"code": "S", "district": "luxian", "geometry": shapely.Point()}]))
    for collection in ("areas", "stations"):
        assert store.read(collection).geometry[0].is_empty
        assert store.count(collection, Query(box=(-180, -90, 180, 90))) == 0
        assert store.extent(collection) is None


def _area(code: str) -> dict[str, object]:
    return {"code": code, "level": "building", "path": f"/510521/{code}"}


def test_a_box_finds_what_its_edges_touch_and_nothing_a_hair_further(store: Store) -> None:
    west, south, east, north = 105.1, 29.1, 105.2, 29.2
    hair = 1e-9
    inside = [(west, south), (east, north), (west, north), (105.15, 29.15)]
    outside = [(west - hair, 29.15), (east + hair, 29.15), (105.15, south - hair), (105.15, north + hair)]
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations(inside + outside))
    assert _codes(store, box=(west, south, east, north)) == ["S0", "S1", "S2", "S3"]


def test_a_box_meets_the_box_of_a_shape_and_not_only_its_line(store: Store) -> None:
    diagonal = shapely.LineString([(105, 29), (106, 30)])
    with with_districts(store).write("tester") as tx:
        tx.insert("roads", Table.from_rows([{"code": "r", "district": "luxian", "geometry": diagonal}]))
    assert store.count("roads", Query(box=(105.8, 29.1, 105.9, 29.2))) == 1
    assert store.count("roads", Query(box=(106.1, 29.1, 106.2, 29.2))) == 0


def test_a_box_across_the_antimeridian_finds_both_sides(store: Store) -> None:
    places = [(179.5, 0.0), (-179.5, 0.0), (180.0, 0.0), (0.0, 0.0)]
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations(places))
    assert _codes(store, box=(179, -1, -179, 1)) == ["S0", "S1", "S2"]
    assert _codes(store, box=(-179, -1, 179, 1)) == ["S3"]


@pytest.mark.parametrize(
    "box",
    [(105.0, 30.0, 106.0, 29.0), (float("nan"), 0, 1, 1), (0, 0, float("inf"), 1)],
    ids=["upside down", "not a number", "infinite"],
)
def test_a_box_that_is_none_is_refused(store: Store, box: tuple[float, float, float, float]) -> None:
    with pytest.raises(BadParameter):
        store.read("stations", Query(box=box))


def test_a_path_finds_itself_and_what_is_below_on_whole_steps(store: Store) -> None:
    paths = ["/12", "/12/3", "/12/3/4", "/123", "/123/4", "/1", "/12%", None]
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations([(105, 29)] * len(paths), path=paths))
    assert [store.read("stations")["path"][int(code[1:])] for code in _codes(store, paths=("/12",))] == paths[:3]
    assert _codes(store, paths=("/12/3", "/123")) == ["S1", "S2", "S3", "S4"]


@pytest.mark.parametrize("path", ["", "/", "12", "/12/", "//12"])
def test_a_path_that_is_none_never_opens_everything(store: Store, path: str) -> None:
    with pytest.raises(BadParameter):
        store.read("stations", Query(paths=(path,)))


def test_a_row_without_a_path_column_lies_below_no_path(store: Store) -> None:
    line = shapely.LineString([(105, 29), (106, 30)])
    with with_districts(store).write("tester") as tx:
        tx.insert("roads", Table.from_rows([{"code": "r", "district": "luxian", "geometry": line}]))
    assert store.count("roads", Query(paths=("/510521",))) == 0


def test_columns_are_compared_with_one_value_several_or_none(store: Store) -> None:
    kinds = ["micro", "doorstep", "micro", None]
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations(PLACES, kind=kinds))
    assert _codes(store, equal={"kind": "micro"}) == ["S0", "S2"]
    assert _codes(store, equal={"kind": ["micro", "doorstep"]}) == ["S0", "S1", "S2"]
    assert _codes(store, equal={"kind": None}) == ["S3"]
    assert _codes(store, equal={"kind": ["doorstep", None]}) == ["S1", "S3"]
    assert _codes(store, equal={"kind": []}) == []
    assert _codes(store, equal={"kind": "micro", "code": "S2"}) == ["S2"]
    assert _codes(store, equal={"code": [f"S{index}" for index in range(40_000)]}) == ["S0", "S1", "S2", "S3"]


def test_numbers_and_flags_are_compared_as_what_they_are(store: Store) -> None:
    rows = stations([(105, 29)] * 3, dispute=[True, False, None], priority=np.array([1, 2, 2]))
    with with_districts(store).write("tester") as tx:
        tx.insert("incidents", rows)
    assert _codes(store, "incidents", equal={"dispute": True}) == ["S0"]
    assert _codes(store, "incidents", equal={"dispute": [False]}) == ["S1"]
    assert _codes(store, "incidents", equal={"priority": 2}) == ["S1", "S2"]
    assert _codes(store, "incidents", equal={"priority": (1, 2)}) == ["S0", "S1", "S2"]


@pytest.mark.parametrize(
    "equal", [{"colour": "red"}, {"code; DROP TABLE stations": "x"}, {"priority": "high"}, {"dispute": "perhaps"}]
)
def test_a_column_or_value_that_cannot_be_is_refused(store: Store, equal: dict[str, object]) -> None:
    with pytest.raises(BadParameter):
        store.read("incidents", Query(equal=equal))


def test_an_interval_of_time_is_closed_at_both_ends(store: Store) -> None:
    reported = [NOON + timedelta(hours=hours) for hours in range(4)]
    with with_districts(store).write("tester") as tx:
        tx.insert("incidents", stations(PLACES, reported_at=reported))
    assert _codes(store, "incidents", since=reported[1], until=reported[2]) == ["S1", "S2"]
    assert _codes(store, "incidents", since=reported[3]) == ["S3"]
    assert _codes(store, "incidents", until=NOON - timedelta(milliseconds=1)) == []
    with pytest.raises(BadParameter):
        store.read("incidents", Query(since=NOON.replace(tzinfo=None)))


def test_pages_put_together_are_the_whole_in_the_same_order(store: Store) -> None:
    count = 57
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations([(105 + index / 1000, 29) for index in range(count)]))
    whole = store.read("stations")
    gathered, after = [], None
    while len(page := store.read("stations", Query(after=after, limit=10))):
        gathered += page["code"]
        after = int(page["row"][-1])
        if len(gathered) == 20:
            # rows that come and go in between neither repeat nor hide others
            with store.write("tester") as tx:
                tx.delete("stations", "luxian", ["S3", "S25"])
                tx.insert("stations", stations([(105, 29)], code=["late"]))
    assert gathered == [code for code in whole["code"] if code != "S25"] + ["late"]


def test_a_limit_of_nothing_and_a_negative_one(store: Store) -> None:
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations(PLACES))
    assert len(store.read("stations", Query(limit=0))) == 0
    assert store.count("stations", Query(limit=1, after=10**9)) == 4
    with pytest.raises(BadParameter):
        store.read("stations", Query(limit=-1))


def test_a_tally_counts_each_combination(store: Store) -> None:
    with with_districts(store).write("tester") as tx:
        tx.insert("incidents", stations(PLACES, kind=["a", "a", "b", None], dispute=[True, True, False, None]))
    assert store.tally("incidents", ["kind"]) == {("a",): 2, ("b",): 1, (None,): 1}
    assert store.tally("incidents", ["district", "dispute"]) == {
        ("luxian", True): 2,
        ("luxian", False): 1,
        ("luxian", None): 1,
    }
    assert store.tally("incidents", [], Query(equal={"kind": "a"})) == {(): 2}
    with pytest.raises(BadParameter):
        store.tally("incidents", ["colour"])


def test_the_extent_is_exact_and_follows_the_query(store: Store) -> None:
    with with_districts(store, LUXIAN, QIBIN).write("tester") as tx:
        tx.insert("stations", stations(PLACES))
        tx.insert("stations", stations([(114.1234567890123, 35.7)], district="qibin"))
    assert store.extent("stations", Query(district="luxian")) == (105.0, 29.0, 105.3, 29.3)
    assert store.extent("stations", Query(district="qibin")) == (114.1234567890123, 35.7, 114.1234567890123, 35.7)
    assert store.extent("stations", Query(district="gusu")) is None


def test_a_search_finds_codes_by_their_beginning_and_names_by_any_part(store: Store) -> None:
    with with_districts(store).write("tester") as tx:
        tx.insert(
            "stations",
            stations(
                PLACES,
                code=["510521", "5105", "X510", "Y"],
                name=["福集社区服务站", "玉蟾服务站", None, "福集"],
                name_en=["Fuji Station", "Yuchan Station", "FUJI", None],
            ),
        )
        tx.publish("luxian", areas(["510"], name=["福集大厦"]))
    assert [hit.code for hit in store.search("510")] == ["510", "5105", "510521"]
    assert [hit.name for hit in store.search("福集")] == ["福集", "福集大厦", "福集社区服务站"]
    assert [hit.code for hit in store.search("fuji")] == ["X510", "510521"]
    assert [hit.code for hit in store.search(" 福集 ", Query(limit=1))] == ["Y"]
    assert [hit.collection for hit in store.search("福集", collections=["areas", "buildings"])] == ["areas"]
    assert [hit.collection for hit in store.search("福集", collections=["buildings"])] == ["buildings"]
    assert store.search("  ") == []
    hit = store.search("福集大厦")[0]
    assert (hit.level, hit.path, hit.district) == ("building", "/510521/510", "luxian")
    assert hit.box == (105.0, 29.0, 105.001, 29.001)
    assert shapely.box(*hit.box).contains(shapely.Point(hit.position))


def test_a_search_takes_wildcards_for_letters_and_folds_every_alphabet(store: Store) -> None:
    names = ["100% 服务", "100 服务", "a_b", "axb", "back\\slash", "Östersundom", "ÖSTERMALM"]
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations([(105, 29)] * len(names), name=names))
    assert [hit.name for hit in store.search("0%")] == ["100% 服务"]
    assert [hit.name for hit in store.search("a_b")] == ["a_b"]
    assert [hit.name for hit in store.search("k\\s")] == ["back\\slash"]
    assert sorted(hit.name for hit in store.search("öster")) == ["ÖSTERMALM", "Östersundom"]


def test_a_collection_that_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        store.read("residents")
    with pytest.raises(NotFound):
        store.revision("residents")


def test_a_store_that_is_closed_says_so(store: Store) -> None:
    store.ping()
    store.close()
    with pytest.raises(StoreUnavailable):
        store.count("stations")


def _codes(store: Store, collection: str = "stations", **query: object) -> list[str]:
    return list(store.read(collection, Query(**query))["code"])  # type: ignore[arg-type]
