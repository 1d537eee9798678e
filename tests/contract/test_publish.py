"""Publishing a change set: edition n+1 with its new owners in one transaction, or nothing."""

import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import shapely

from spatial.edits import BrokenTiling, ChangeSet, apply, move_vertex, written_change_set
from spatial.errors import BadInput, Conflict, EditionMoved, NotFound
from spatial.locate import Locator
from spatial.ownership import InvalidCoverage
from spatial.store import open_store
from spatial.store.change_publication import TAGGED, plan_publication
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.table import Table
from tests import small_town
from tests.small_town import FIRST_GRID, LEGACY, SIDE, SOUTH, VACANT_GRID, WEST

CORNER = (WEST + SIDE / 4, SOUTH + SIDE / 2)
"""Where four grids meet on the straight border of two communities; no level above has a vertex there."""

MOVED = (CORNER[0] - 0.004, CORNER[1])
BETWEEN = (105.355, 29.145)
"""In the first grid before the corner moves, in the vacant one after."""

STAYS = (105.338, 29.115)
"""In the first grid before and after, and in the changed box."""

BEYOND = (105.39, 29.145)
"""Outside the changed box."""

COMMUNITY = "/510521/510521001/510521001001"


def town(store: Store) -> Store:
    """Fill a store with two small districts, and things on the border that will move."""
    small_town.fill(store)
    tag = {"responsible": FIRST_GRID, "path": f"{COMMUNITY}/{FIRST_GRID}", "district": "luxian"}
    places = {"between": BETWEEN, "stays": STAYS, "beyond": BEYOND}
    rows = [{"code": name, "geometry": shapely.Point(at), **tag} for name, at in places.items()]
    lines = [
        {"code": "line", "geometry": shapely.LineString([(105.35, 29.145), BETWEEN, (105.36, 29.145)]), **tag},
        {"code": "leaving", "geometry": shapely.LineString([BETWEEN, BEYOND, (105.4, 29.145)]), **tag},
        {"code": "area", "geometry": shapely.box(105.3545, 29.1445, 105.3555, 29.1455), **tag},
        {"code": "nowhere", "geometry": None, **tag},
    ]
    with store.write("test") as tx:
        for collection in TAGGED:
            tx.insert(collection, Table.from_rows(rows))
        tx.insert("assets", Table.from_rows(lines))
    return store


def main_tree(store: Store, district: str = "luxian", tree: str = "main") -> Table:
    return store.read("areas", Query(district=district, tree=tree))


def moving(store: Store, to: tuple[float, float] = MOVED, at: tuple[float, float] = CORNER, base: int = 1) -> ChangeSet:
    return move_vertex(main_tree(store), at, to, district="luxian", base=base)


def tags(store: Store, collection: str, *names: str) -> dict[str, tuple[str | None, ...]]:
    rows = store.read(collection, Query(district="luxian"))
    return {row["code"]: tuple(row[name] for name in names or ("responsible",)) for row in rows.rows()}


def everything(store: Store) -> object:
    """Return all that a publication may touch."""
    content = [
        [(name, list(table[name])) for name in table.columns] + [shapely.to_wkb(table.geometry).tolist()]
        for table in (store.read(collection) for collection in ("areas", *TAGGED))
    ]
    return content, store.editions(), store.events(), [store.revision(each) for each in ("areas", *TAGGED)]


def test_only_what_changed_is_written_and_the_old_edition_stays_readable(store: Store) -> None:
    before = main_tree(town(store))
    change = moving(store)
    assert {one.level for one in change.areas} == {"grid"}
    with store.write("planner") as tx:
        done = tx.publish_changes(change, "moved")
    edition = done.edition
    assert (edition.number, edition.actor, edition.note) == (2, "planner", "moved")
    assert store.editions("luxian")[-1] == edition
    after = main_tree(store)
    changed = {one.code: one for one in change.areas}
    assert len(after) == len(before)
    for row in after.rows():
        if row["level"] == "grid" and row["code"] in changed:
            assert (row["from_edition"], row["to_edition"]) == (2, None)
            assert shapely.to_wkb(row["geometry"]) == shapely.to_wkb(changed[row["code"]].after)
    kept = set(before["row"].tolist()) & set(after["row"].tolist())  # type: ignore[union-attr]
    assert len(kept) == len(before) - len(changed)
    old = store.read("areas", Query(district="luxian", tree="main", edition=1))
    assert (shapely.to_wkb(old.geometry) == shapely.to_wkb(before.geometry)).all()
    assert [row["to_edition"] for row in old.rows() if row["code"] in changed and row["level"] == "grid"] == [2] * 4
    others = [name for name in before.columns if name not in ("row", "from_edition", "to_edition")]
    by_path = {row["path"]: row for row in before.rows()}
    assert all(row[name] == by_path[row["path"]][name] for row in after.rows() for name in others)
    assert store.count("areas") == store.count("areas", Query(edition=1))


def test_rows_in_the_changed_box_get_their_new_owner_and_path(store: Store) -> None:
    town(store)
    before = {collection: tags(store, collection, "responsible", "path") for collection in TAGGED}
    with store.write("planner") as tx:
        done = tx.publish_changes(moving(store))
    moved = (VACANT_GRID, f"{COMMUNITY}/{VACANT_GRID}")
    for collection in TAGGED:
        after = tags(store, collection, "responsible", "path")
        expected = {"between": moved}
        if collection == "assets":
            expected |= {"line": moved, "area": moved}
        assert {code: tag for code, tag in after.items() if tag != before[collection][code]} == expected
        assert done.retagged[collection] == len(expected)
    assert sorted(done.retagged) == sorted(TAGGED)


def test_incidents_keep_what_they_were_first_tagged_with(store: Store) -> None:
    names = ("responsible", "first_responsible", "first_edition")
    town(store)
    assert tags(store, "incidents", *names)["between"] == (FIRST_GRID, FIRST_GRID, 1)
    with store.write("planner") as tx:
        done = tx.publish_changes(moving(store))
    assert tags(store, "incidents", *names)["between"] == (VACANT_GRID, FIRST_GRID, 1)
    late = {"code": "late", "district": "luxian", "responsible": VACANT_GRID, "path": f"{COMMUNITY}/{VACANT_GRID}"}
    lost = {"code": "lost", "district": "luxian"}
    with store.write("worker") as tx:
        tx.insert("incidents", Table.from_rows([{**row, "geometry": shapely.Point(BETWEEN)} for row in (late, lost)]))
    assert tags(store, "incidents", *names)["late"] == (VACANT_GRID, VACANT_GRID, 2)
    assert tags(store, "incidents", *names)["lost"] == (None, None, None)
    with store.write("planner") as tx:
        assert tx.publish_changes(done.reverse).edition.number == 3
    after = tags(store, "incidents", *names)
    assert after["between"] == (FIRST_GRID, FIRST_GRID, 1)
    assert after["late"] == (FIRST_GRID, VACANT_GRID, 2)
    assert after["lost"] == (FIRST_GRID, FIRST_GRID, 3)


def test_incidents_of_older_stores_get_their_first_owner_when_it_would_be_lost(store: Store) -> None:
    town(store)
    with store.write("older") as tx:
        tx.update("incidents", "luxian", "between", {"first_responsible": None, "first_edition": None})
    with store.write("planner") as tx:
        tx.publish_changes(moving(store))
    names = ("responsible", "first_responsible", "first_edition")
    assert tags(store, "incidents", *names)["between"] == (VACANT_GRID, FIRST_GRID, 1)


def test_the_reverse_brings_everything_back(store: Store) -> None:
    before = main_tree(town(store))
    owners = {collection: tags(store, collection, "responsible", "path") for collection in TAGGED}
    with store.write("planner") as tx:
        done = tx.publish_changes(moving(store))
    with store.write("planner") as tx:
        tx.publish_changes(done.reverse)
    after = {row["path"]: shapely.to_wkb(row["geometry"]) for row in main_tree(store).rows()}
    assert after == {row["path"]: shapely.to_wkb(row["geometry"]) for row in before.rows()}
    assert {collection: tags(store, collection, "responsible", "path") for collection in TAGGED} == owners


def test_every_row_is_where_the_index_of_the_new_edition_says(store: Store) -> None:
    town(store)
    chance = np.random.default_rng(5)
    places = np.column_stack([chance.uniform(WEST, WEST + 0.05, 400), chance.uniform(SOUTH, SOUTH + SIDE, 400)])
    points = np.asarray(shapely.points(places), dtype=object)
    codes, paths = Locator.of(store).tag("luxian", points)
    rows = Table(points, {"code": [f"p{n}" for n in range(400)], "district": ["luxian"] * 400})
    with store.write("test") as tx:
        tx.insert("incidents", rows.with_columns(responsible=codes, path=paths))
    with store.write("planner") as tx:
        done = tx.publish_changes(moving(store))
    assert done.retagged["incidents"] > 5
    incidents = store.read("incidents", Query(district="luxian"))
    mine = [row for row, code in enumerate(incidents["code"]) if code.startswith("p")]
    codes, paths = Locator.of(store).tag("luxian", incidents.geometry[mine])
    assert [incidents["responsible"][row] for row in mine] == codes
    assert [incidents["path"][row] for row in mine] == paths


def test_the_trail_tells_of_the_edition_and_of_each_collection(store: Store) -> None:
    town(store)
    last = store.events()[-1].id
    areas, roads, incidents = (store.revision(name) for name in ("areas", "roads", "incidents"))
    change = moving(store)
    with store.write("planner") as tx:
        tx.publish_changes(change)
    first, *others = store.events(last)
    assert (first.action, first.collection, first.edition, first.fields) == ("publish", "areas", 2, ("geometry",))
    assert sorted(first.codes) == sorted(one.code for one in change.areas)
    assert [(each.action, each.collection, each.edition) for each in others] == [("retag", name, 2) for name in TAGGED]
    assert all(each.fields == ("responsible", "path") for each in others)
    assert store.verify_events() is None
    assert store.revision("areas") > areas
    assert store.revision("incidents") > incidents
    assert store.revision("roads") == roads


def test_a_change_set_on_an_older_edition_is_refused_with_both_numbers(store: Store) -> None:
    change = moving(town(store))
    with store.write("planner") as tx:
        tx.publish_changes(change)
    before = everything(store)
    for late in (change, ChangeSet("luxian", "main", 7, change.areas)):
        with pytest.raises(EditionMoved) as refused, store.write("planner") as tx:
            tx.publish_changes(late)
        assert (refused.value.details["base"], refused.value.details["newest"]) == (late.base, 2)
    assert everything(store) == before


def test_what_may_not_be_published_leaves_nothing(store: Store) -> None:
    town(store)
    before = everything(store)
    change = moving(store)
    torn = moving(store, (CORNER[0], CORNER[1] + 0.001))
    overlapping = ChangeSet("luxian", "main", 1, change.areas[:1])
    crossing = moving(store, (CORNER[0] + 0.03, CORNER[1]))
    stranger = ChangeSet("luxian", "main", 1, (*change.areas, change.reversed().areas[0]))
    still = ChangeSet("luxian", "main", 1, ())
    for wrong, kinds in (
        (torn, (BrokenTiling,)),
        (overlapping, (InvalidCoverage, BrokenTiling)),
        (crossing, (InvalidCoverage, BrokenTiling)),
        (stranger, (Conflict,)),
        (change.reversed(), (Conflict,)),
        (still, (BadInput,)),
        (ChangeSet("qibin", "main", 1, change.areas), (NotFound,)),
        (ChangeSet("luxian", "legacy-x", 1, change.areas), (NotFound,)),
    ):
        with pytest.raises(kinds), store.write("planner") as tx:
            tx.publish_changes(wrong)
    assert everything(store) == before


def test_a_transaction_that_is_given_up_leaves_nothing(store: Store) -> None:
    before = everything(town(store))
    change = moving(store)

    def publish_and_fail() -> None:
        with store.write("planner") as tx:
            tx.publish_changes(change)
            tx.update("incidents", "luxian", "no such incident", {"name": "x"})

    with pytest.raises(NotFound):
        publish_and_fail()
    assert everything(store) == before


def test_what_is_planned_is_what_is_done(store: Store) -> None:
    before = everything(town(store))
    change = moving(store)
    planned = plan_publication(store, change)
    assert everything(store) == before
    with store.write("planner") as tx:
        done = tx.publish_changes(change)
    assert {name: len(retags) for name, retags in planned.retags.items()} == done.retagged


def test_a_tree_beside_the_main_one_says_nothing_of_who_is_responsible(store: Store) -> None:
    town(store)
    areas = main_tree(store, "tongliang", LEGACY)
    x, y = shapely.get_coordinates(areas.geometry[0])[0].tolist()
    owners = {collection: tags(store, collection) for collection in TAGGED}
    with store.write("planner") as tx:
        done = tx.publish_changes(move_vertex(areas, (x, y), (x + 0.001, y), district="tongliang", base=1, tree=LEGACY))
    assert (done.edition.tree, done.edition.number, done.retagged) == (LEGACY, 2, {})
    assert {collection: tags(store, collection) for collection in TAGGED} == owners
    assert [each.number for each in store.editions("tongliang", "main")] == [1]


def test_of_two_who_publish_at_once_one_is_told_that_the_edition_moved(store: Store, store_url: str) -> None:
    change = moving(town(store))
    told: list[object] = []
    ready = threading.Barrier(2)

    def publish() -> None:
        mine = open_store(store_url)
        try:
            ready.wait()
            with mine.write("planner") as tx:
                told.append(tx.publish_changes(change).edition.number)
        except EditionMoved as moved:
            told.append(moved.details["newest"])
        finally:
            mine.close()

    threads = [threading.Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert told == [2, 2]
    assert [each.number for each in store.editions("luxian", "main")] == [1, 2]
    assert store.verify_events() is None


PUBLISHER = """
import os, signal, sys
from pathlib import Path
from spatial.edits import read_change_set
from spatial.store import open_store, retagging
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
store = open_store(sys.argv[1])
change = read_change_set(Path(sys.argv[2]).read_bytes())
if sys.argv[3] == "areas":
    retagging.write_tags = die
with store.write("planner") as tx:
    tx.publish_changes(change)
    if sys.argv[3] == "tags":
        die()
if sys.argv[3] == "commit":
    die()
"""


@pytest.mark.parametrize("after", ["areas", "tags", "commit"])
def test_a_process_killed_in_a_publication_leaves_one_edition_whole(
    store: Store, store_url: str, tmp_path: Path, after: str
) -> None:
    before = everything(town(store))
    change = moving(store)
    file = tmp_path / "change.json"
    file.write_bytes(written_change_set(change))
    killed = subprocess.run(
        [sys.executable, "-c", PUBLISHER, store_url, file, after], check=False, cwd=Path.cwd(), timeout=60
    )
    assert killed.returncode == -signal.SIGKILL
    if after == "commit":
        assert store.editions("luxian", "main")[-1].number == 2
        assert tags(store, "incidents")["between"] == (VACANT_GRID,)
    else:
        assert everything(store) == before
        with store.write("planner") as tx:
            assert tx.publish_changes(change).edition.number == 2
    assert store.verify_events() is None
    assert Locator.of(store).locate(*BETWEEN).trees[0].responsible.code == VACANT_GRID  # type: ignore[union-attr]


def test_publishing_a_whole_tree_gives_the_same_owners_as_its_changes(store: Store) -> None:
    before = town(store)
    moved, _ = apply(main_tree(before), moving(store))
    untouched = store.revision("stations")
    with store.write("importer") as tx:
        tx.publish("luxian", main_tree(store).with_columns(name=["another name"] * len(moved)))
    assert store.revision("stations") == untouched
    with store.write("importer") as tx:
        tx.publish("luxian", moved)
    assert tags(store, "incidents", "responsible", "first_responsible")["between"] == (VACANT_GRID, FIRST_GRID)
    assert tags(store, "stations", "responsible", "path")["between"] == (VACANT_GRID, f"{COMMUNITY}/{VACANT_GRID}")
    assert tags(store, "stations")["stays"] == (FIRST_GRID,)
    assert [(each.action, each.collection) for each in store.events()[-5:]] == [
        ("publish", "areas"),
        *(("retag", name) for name in TAGGED),
    ]


def test_areas_that_come_go_or_move_within_the_tree_take_their_rows_along(store: Store) -> None:
    whole = main_tree(town(store))
    grid = list(whole["path"]).index(f"{COMMUNITY}/{FIRST_GRID}")
    below = [row for row, path in enumerate(whole["path"]) if path.startswith(f"{COMMUNITY}/{FIRST_GRID}/")]
    without = whole.take([row for row in range(len(whole)) if row != grid and row not in below])
    with store.write("importer") as tx:
        tx.publish("luxian", without)
    assert tags(store, "incidents", "responsible", "path")["stays"] == ("510521001001", COMMUNITY)
    renamed = [path.replace("/510521001/510521001001", "/510521001/renamed") for path in without["path"]]
    with store.write("importer") as tx:
        tx.publish("luxian", without.with_columns(path=renamed))
    assert tags(store, "incidents", "responsible", "path")["stays"] == ("510521001001", "/510521/510521001/renamed")
    with store.write("importer") as tx:
        tx.publish("luxian", whole.take([]))
    assert tags(store, "incidents", "responsible", "path", "first_responsible")["stays"] == (None, None, FIRST_GRID)
    with store.write("importer") as tx:
        tx.publish("luxian", whole)
    assert tags(store, "incidents")["stays"] == (FIRST_GRID,)
