"""Editions: each published state stays readable, and what did not change is not written again."""

import numpy as np
import pytest
import shapely

from spatial.errors import BadInput, Conflict, DuplicateCode, NotFound
from spatial.store.protocol import Store
from spatial.store.records import Query
from tests.contract.sample import LEGACY, LUXIAN, QIBIN, areas, with_districts


def _codes(store: Store, collection: str = "areas", **query: object) -> list[str]:
    return list(store.read(collection, Query(**query))["code"])  # type: ignore[arg-type]


def test_each_edition_is_read_as_it_was_published(store: Store) -> None:
    first = areas(["a", "b", "c"], name=["a1", "b1", "c1"])
    second = areas(["a", "b", "d"], name=["a1", "b2", "d2"])
    with with_districts(store).write("planner") as tx:
        one = tx.publish("luxian", first, note="first")
    with store.write("planner") as tx:
        two = tx.publish("luxian", second)
    assert (one.number, two.number) == (1, 2)
    assert store.editions() == [one, two]
    assert (one.actor, one.note, two.note) == ("planner", "first", "")
    assert one.published_at <= two.published_at
    assert sorted(store.read("areas", Query(edition=1))["name"]) == ["a1", "b1", "c1"]
    assert sorted(store.read("areas", Query(edition=2))["name"]) == ["a1", "b2", "d2"]
    assert sorted(store.read("areas")["name"]) == ["a1", "b2", "d2"]
    assert store.count("areas", Query(edition=3)) == 3
    assert store.count("areas", Query(edition=0)) == 0


def test_rows_that_did_not_change_are_not_written_again(store: Store) -> None:
    with with_districts(store).write("planner") as tx:
        tx.publish("luxian", areas(["a", "b", "c"], households=[1, 2, 3]))
    before = store.read("areas")
    moved = areas(["a", "b", "c"], households=np.array([1, 2, 4]))
    with store.write("planner") as tx:
        tx.publish("luxian", moved)
    after = store.read("areas")
    assert list(after["row"])[:2] == list(before["row"])[:2]
    assert list(after["from_edition"]) == [1, 1, 2]
    old = store.read("areas", Query(edition=1, equal={"code": "c"}))
    assert (old["from_edition"], old["to_edition"], old["households"]) == ([1], [2], [3])
    event = store.events()[-1]
    assert (event.action, event.edition, event.codes, event.count, event.fields) == (
        "publish",
        2,
        ("c",),
        1,
        ("households",),
    )


def test_what_was_read_can_be_published_again_as_it_is(store: Store) -> None:
    with with_districts(store).write("planner") as tx:
        tx.publish("luxian", areas(["a", "b"], name=["甲", None], model=[True, None], height_m=[1.5, None]))
    before = store.read("areas")
    with store.write("planner") as tx:
        assert tx.publish("luxian", store.read("areas")).number == 2
    assert list(store.read("areas")["row"]) == list(before["row"])
    assert store.events()[-1].count == 0


def test_a_shape_that_moves_by_the_last_bit_is_a_change(store: Store) -> None:
    shapes = areas(["a", "b"])
    with with_districts(store).write("planner") as tx:
        tx.publish("luxian", shapes)
    hair = np.nextafter(105.0, 106.0) - 105.0
    shapes.geometry[0] = shapely.transform(shapes.geometry[0], lambda xy: np.add(xy, [hair, 0]))
    with store.write("planner") as tx:
        tx.publish("luxian", shapes)
    assert (store.events()[-1].codes, store.events()[-1].fields) == (("a",), ("geometry",))
    assert store.count("areas", Query(edition=1)) == store.count("areas", Query(edition=2)) == 2


def test_an_area_that_went_may_come_back(store: Store) -> None:
    for codes in (["a", "b"], ["b"], ["a", "b"]):
        with with_districts(store).write("planner") as tx:
            tx.publish("luxian", areas(codes) if codes != ["b"] else areas(["a", "b"]).take([1]))
    assert [sorted(_codes(store, edition=number)) for number in (1, 2, 3)] == [["a", "b"], ["b"], ["a", "b"]]


def test_trees_and_districts_count_their_editions_apart(store: Store) -> None:
    with with_districts(store, LUXIAN, QIBIN).write("planner") as tx:
        tx.publish("luxian", areas(["a"]))
        tx.publish("luxian", areas(["b"]))
        tx.publish("luxian", areas(["L1"], level="legacy_grid"), tree=LEGACY)
        tx.publish("qibin", areas(["a"]))
    assert [(each.district, each.tree, each.number) for each in store.editions()] == [
        ("luxian", LEGACY, 1),
        ("luxian", "main", 1),
        ("luxian", "main", 2),
        ("qibin", "main", 1),
    ]
    assert [each.number for each in store.editions("luxian", "main")] == [1, 2]
    assert sorted(_codes(store)) == ["L1", "a", "b"]
    assert _codes(store, tree=LEGACY) == ["L1"]
    assert sorted(_codes(store, tree="main", edition=1)) == ["a", "a"]
    assert _codes(store, district="luxian", tree="main") == ["b"]


def test_compounds_and_buildings_are_the_areas_of_their_level(store: Store) -> None:
    with with_districts(store).write("planner") as tx:
        tx.publish("luxian", areas(["a", "b", "s"], level=["building", "building", "street"]))
    assert _codes(store, "buildings") == ["a", "b"]
    assert _codes(store, "compounds") == []
    assert _codes(store, "areas", equal={"level": "street"}) == ["s"]
    assert store.count("buildings", Query(box=(105.0, 29.0, 105.001, 29.001))) == 1
    assert store.extent("buildings") == (105.0, 29.0, 105.003, 29.001)
    assert list(store.read("buildings")["row"]) == list(store.read("areas", Query(equal={"level": "building"}))["row"])


def test_a_code_is_unique_within_its_level(store: Store) -> None:
    with with_districts(store).write("planner") as tx:
        tx.publish("luxian", areas(["a", "a"], level=["building", "street"]))
    with pytest.raises(DuplicateCode) as refused, store.write("planner") as tx:
        tx.publish("luxian", areas(["b", "a", "b"]))
    assert refused.value.details["codes"] == ["b"]
    assert len(store.editions()) == 1


def test_an_edition_that_cannot_be_leaves_no_trace(store: Store) -> None:
    with_districts(store, LUXIAN, QIBIN)
    refusals = (
        (NotFound, "gusu", areas(["a"])),
        (BadInput, "luxian", areas(["a"], level="grid")),
        (BadInput, "luxian", areas(["a"], level="legacy_grid")),
        (Conflict, "luxian", areas(["a"], district=["qibin"])),
    )
    for error, district, rows in refusals:
        with pytest.raises(error), store.write("planner") as tx:
            tx.publish(district, rows)
    assert (store.editions(), store.count("areas")) == ([], 0)


def test_an_edition_may_be_empty(store: Store) -> None:
    with with_districts(store).write("planner") as tx:
        tx.publish("luxian", areas(["a"]))
        tx.publish("luxian", areas([]))
    assert (_codes(store), _codes(store, edition=1)) == ([], ["a"])
