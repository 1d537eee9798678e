"""Writing: all of a transaction is kept or none of it, and what cannot be is refused with its reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
import shapely

from spatial.errors import (
    BadGeometry,
    BadInput,
    BadParameter,
    BadPosition,
    Conflict,
    DuplicateCode,
    GridscapeError,
    NotFound,
    Refused,
)
from spatial.levels import Level
from spatial.store.protocol import Store, Transaction
from spatial.store.records import Query
from spatial.table import Table
from spatial.text import Text
from tests.contract.sample import LUXIAN, QIBIN, areas, levels, post, stations, with_districts

PLACES = [(105.0, 29.0), (105.1, 29.1), (105.2, 29.2)]


class Interrupted(Exception):
    """Something that goes wrong in the middle of a transaction."""


def test_nothing_of_a_transaction_that_raises_is_kept(store: Store) -> None:
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations(PLACES))
    before = _everything(store)
    with pytest.raises(Interrupted), store.write("tester") as tx:  # noqa: PT012
        tx.put_district(QIBIN, levels("qibin"))
        tx.insert("cameras", stations(PLACES))
        tx.update("stations", "luxian", "S0", {"name": "changed", "geometry": shapely.Point(0, 0)})
        tx.delete("stations", "luxian", ["S1"])
        tx.publish("luxian", areas(["a"]))
        tx.put_duty_holders([post("p", "a", "/510521/a")])
        raise Interrupted
    assert _everything(store) == before
    with store.write("tester") as tx:
        tx.insert("cameras", stations(PLACES))
    assert store.count("cameras") == 3


def _everything(store: Store) -> object:
    found = store.read("stations")
    rows = [{**row, "geometry": shapely.to_wkt(row["geometry"])} for row in found.rows()]
    counts = [store.count(name) for name in ("areas", "cameras")]
    revisions = [store.revision(name) for name in ("areas", "cameras", "stations")]
    return rows, counts, revisions, store.districts(), store.editions(), store.duty_holders(), store.events()


def test_codes_that_are_taken_are_refused_by_name_and_nothing_goes_in(store: Store) -> None:
    with with_districts(store, LUXIAN, QIBIN).write("tester") as tx:
        tx.insert("stations", stations(PLACES))
    with pytest.raises(DuplicateCode) as refused, store.write("tester") as tx:
        tx.insert("stations", stations(PLACES, code=["new", "S2", "S0"]))
    assert refused.value.details["codes"] == ["S0", "S2"]
    assert "S0, S2" in str(refused.value)
    assert store.count("stations") == 3
    with store.write("tester") as tx:
        assert tx.insert("stations", stations(PLACES, district="qibin")) == 3
        assert tx.insert("cameras", stations(PLACES)) == 3


def test_a_code_that_stands_twice_in_one_input_is_refused(store: Store) -> None:
    with with_districts(store).write("tester") as tx, pytest.raises(DuplicateCode) as refused:
        tx.insert("stations", stations(PLACES, code=["a", "b", "a"]))
    assert refused.value.details["codes"] == ["a"]
    assert store.count("stations") == 0


def test_the_same_code_can_be_used_again_once_its_row_is_gone(store: Store) -> None:
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations(PLACES))
        tx.delete("stations", "luxian", ["S0"])
        tx.insert("stations", stations(PLACES[:1]))
    assert sorted(store.read("stations")["code"]) == ["S0", "S1", "S2"]


def _row(**columns: object) -> Table:
    return Table.from_rows([{"code": "x", "district": "luxian", "geometry": shapely.Point(105, 29), **columns}])


NAN = float("nan")


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        (_row(geometry=shapely.Point(NAN, 29)), BadGeometry),
        (_row(geometry=shapely.Point(105, float("inf"))), BadGeometry),
        (_row(geometry=shapely.LineString([(0, 0), (1, 1)])), BadGeometry),
        (_row(geometry=shapely.GeometryCollection([shapely.Point(0, 0)])), BadGeometry),
        (_row(geometry=shapely.Point(29.1, 105.3)), BadPosition),
        (_row(geometry=shapely.Point(3_254_000, 35_400_000)), BadPosition),
        (_row(colour="red"), BadInput),
        (_row(code=None), BadInput),
        (_row(name="a\0b"), BadInput),
        (_row(name="\ud800"), BadInput),
        (_row(name=7), BadInput),
        (_row(priority=2**63), BadInput),
        (_row(priority=1.5), BadInput),
        (_row(accuracy_m=float("inf")), BadInput),
        (_row(dispute="yes"), BadInput),
        (_row(reported_at="2026-11-23"), BadInput),
        (_row(reported_at=datetime(2026, 11, 23)), BadInput),  # noqa: DTZ001
        (_row(district="gusu"), NotFound),
    ],
)
def test_what_a_column_cannot_hold_is_refused_and_changes_nothing(
    store: Store, rows: Table, error: type[GridscapeError]
) -> None:
    with with_districts(store).write("tester") as tx, pytest.raises(error) as refused:
        tx.insert("incidents", rows)
    assert refused.value.problem.zh
    assert store.count("incidents") == 0
    assert [event.action for event in store.events()] == ["put"]


def test_missing_values_of_every_kind_are_none(store: Store) -> None:
    rows = Table(
        np.asarray(shapely.points([[105, 29], [105, 29]]), dtype=object),
        {
            "code": np.array(["a", "b"]),
            "district": ["luxian"] * 2,
            "name": [None, NAN],
            "priority": np.array([1.0, NAN]),
            "accuracy_m": np.array([NAN, 2.5], dtype=np.float32),
            "reported_at": np.array(["2026-11-23T01:31:00.5", "NaT"], dtype="datetime64[ms]"),
        },
    )
    with with_districts(store).write("tester") as tx:
        tx.insert("incidents", rows)
    found = store.read("incidents")
    assert found["name"] == [None, None]
    assert found["priority"] == [1, None]
    assert found["accuracy_m"] == [None, 2.5]
    assert found["reported_at"] == [datetime(2026, 11, 23, 1, 31, 0, 500_000, UTC), None]


def test_a_time_is_kept_in_utc_to_the_millisecond(store: Store) -> None:
    beijing = timezone(timedelta(hours=8))
    with with_districts(store).write("tester") as tx:
        tx.insert("incidents", _row(reported_at=datetime(2026, 11, 23, 9, 31, 0, 123_999, beijing)))
    (found,) = store.read("incidents")["reported_at"]
    assert found == datetime(2026, 11, 23, 1, 31, 0, 123_000, UTC)
    assert found.utcoffset() == timedelta(0)


def test_an_update_changes_what_it_names_and_nothing_else(store: Store) -> None:
    with with_districts(store, LUXIAN, QIBIN).write("tester") as tx:
        tx.insert("stations", stations(PLACES, name=["a", "b", "c"]))
        tx.insert("stations", stations(PLACES, district="qibin"))
    keys = list(store.read("stations")["row"])
    with store.write("tester") as tx:
        tx.update("stations", "luxian", "S1", {"name": None, "opens": "08:00", "geometry": shapely.Point(106, 30)})
    found = store.read("stations", Query(district="luxian"))
    assert (found["name"], found["opens"]) == (["a", None, "c"], [None, "08:00", None])
    assert [(point.x, point.y) for point in found.geometry] == [PLACES[0], (106, 30), PLACES[2]]
    assert list(store.read("stations")["row"]) == keys
    assert store.count("stations", Query(box=(105.9, 29.9, 106.1, 30.1))) == 1
    assert store.count("stations", Query(district="luxian", box=(105.05, 29.05, 105.15, 29.15))) == 0


@pytest.mark.parametrize("shape", [None, shapely.Point()], ids=["none", "empty"])
def test_a_shape_can_be_taken_away_and_given_back(store: Store, shape: shapely.Point | None) -> None:
    box = Query(box=(104, 28, 106, 30))
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations(PLACES[:1]))
        tx.update("stations", "luxian", "S0", {"geometry": shape})
    assert store.count("stations", box) == 0
    with store.write("tester") as tx:
        tx.update("stations", "luxian", "S0", {"geometry": shapely.Point(105, 29)})
    assert store.count("stations", box) == 1


@pytest.mark.parametrize(
    ("code", "changes", "error"),
    [
        ("S9", {"name": "x"}, NotFound),
        ("S0", {"colour": "red"}, BadParameter),
        ("S0", {"code": None}, BadParameter),
        ("S0", {"district": "qibin"}, BadParameter),
        ("S0", {"code": "S1"}, DuplicateCode),
        ("S0", {"geometry": shapely.Point(NAN, NAN)}, BadGeometry),
        ("S0", {"geometry": shapely.box(0, 0, 1, 1)}, BadGeometry),
    ],
)
def test_an_update_that_cannot_be_is_refused(
    store: Store, code: str, changes: dict[str, object], error: type[GridscapeError]
) -> None:
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations(PLACES))
    with pytest.raises(error), store.write("tester") as tx:
        tx.update("stations", "luxian", code, changes)
    assert store.read("stations")["code"] == ["S0", "S1", "S2"]


def test_a_row_can_get_another_code(store: Store) -> None:
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations(PLACES))
        tx.update("stations", "luxian", "S0", {"code": "S9"})
    assert store.read("stations")["code"] == ["S9", "S1", "S2"]


def test_deleting_says_how_many_there_were(store: Store) -> None:
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations(PLACES))
        assert tx.delete("stations", "luxian", ["S0", "S2", "S2", "nobody"]) == 2
        assert tx.delete("stations", "luxian", ["S0"]) == 0
        assert tx.delete("stations", "luxian", []) == 0
        assert tx.delete("stations", "qibin", ["S1"]) == 0
    assert store.read("stations")["code"] == ["S1"]


def _insert(tx: Transaction, name: str) -> object:
    return tx.insert(name, areas(["a"]))


def _update(tx: Transaction, name: str) -> object:
    return tx.update(name, "luxian", "a", {"name": "x"})


def _delete(tx: Transaction, name: str) -> object:
    return tx.delete(name, "luxian", ["a"])


@pytest.mark.parametrize("name", ["areas", "compounds", "buildings"])
@pytest.mark.parametrize("change", [_insert, _update, _delete])
def test_areas_change_with_an_edition_alone(
    store: Store, name: str, change: Callable[[Transaction, str], object]
) -> None:
    with with_districts(store).write("tester") as tx:
        tx.publish("luxian", areas(["a"]))
    with pytest.raises(Refused), store.write("tester") as tx:
        change(tx, name)
    assert store.read("areas")["code"] == ["a"]


def test_a_district_is_described_anew_without_losing_anything(store: Store) -> None:
    with with_districts(store, QIBIN, LUXIAN).write("tester") as tx:
        tx.insert("stations", stations(PLACES))
        tx.publish("luxian", areas(["a"]))
    described = replace(LUXIAN, name=Text("新名", "New name"), synthetic=False)
    with store.write("tester") as tx:
        tx.put_district(described, levels("luxian")[:2])
    assert store.districts() == [QIBIN, described]
    assert store.levels("luxian") == levels("luxian")[:2]
    assert store.levels("qibin") == levels("qibin")
    assert (store.count("stations"), store.count("areas"), len(store.editions())) == (3, 1, 1)


def test_levels_come_from_the_top_down_the_main_tree_first(store: Store) -> None:
    wanted = levels("luxian")
    with store.write("tester") as tx:
        tx.put_district(LUXIAN, reversed(wanted))
    assert store.levels() == wanted
    assert store.levels(tree="main") == wanted[:3]
    assert store.levels("qibin") == []
    with pytest.raises(BadInput), store.write("tester") as tx:
        tx.put_district(QIBIN, [Level("luxian", "main", 0, "district", Text("", ""), None)])


def test_clearing_a_district_leaves_the_others_and_the_trail(store: Store) -> None:
    with with_districts(store, LUXIAN, QIBIN).write("tester") as tx:
        for district in ("luxian", "qibin"):
            tx.insert("stations", stations(PLACES, district=district))
            tx.publish(district, areas(["a"]))
            tx.put_duty_holders([post("p", "a", "/510521/a", district=district)])
    before = len(store.events())
    with store.write("tester") as tx:
        tx.clear_district("luxian")
        tx.clear_district("nowhere")
    assert store.districts() == [QIBIN]
    assert store.levels("luxian") == []
    assert store.editions("luxian") == []
    for name in ("stations", "areas"):
        assert set(store.read(name)["district"]) == {"qibin"}
    assert [holder.district for holder in store.duty_holders()] == ["qibin"]
    assert [event.action for event in store.events(after=before)] == ["clear"]
    with store.write("tester") as tx:
        tx.put_district(LUXIAN, levels("luxian"))
        assert tx.publish("luxian", areas(["a"])).number == 1


def test_the_revision_grows_with_every_change_and_with_nothing_else(store: Store) -> None:
    with_districts(store)
    assert store.revision("stations") == 0
    seen = [0]
    for change in (
        lambda tx: tx.insert("stations", stations(PLACES)),
        lambda tx: tx.update("stations", "luxian", "S0", {"name": "x"}),
        lambda tx: tx.delete("stations", "luxian", ["S0"]),
        lambda tx: tx.clear_district("luxian"),
    ):
        with store.write("tester") as tx:
            change(tx)
        seen.append(store.revision("stations"))
    assert seen == sorted(set(seen))
    with store.write("tester") as tx:
        tx.put_district(LUXIAN, levels("luxian"))
        tx.publish("luxian", areas(["a"]))
        tx.delete("stations", "luxian", ["nobody"])
    assert store.revision("stations") == seen[-1]
    assert store.revision("buildings") == store.revision("areas") > 0


def test_a_write_inside_a_write_is_refused_and_not_waited_for(store: Store) -> None:
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations(PLACES))
        with pytest.raises(Conflict), store.write("tester"):
            pass
    assert store.count("stations") == 3


def test_a_read_inside_a_write_sees_the_state_before_it(store: Store) -> None:
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations(PLACES))
        assert store.count("stations") == 0
    assert store.count("stations") == 3
