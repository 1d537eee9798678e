"""What a reader in memory becomes after a publication: patched, not built anew, and exact beside the old one."""

import threading

import numpy as np
import pytest
import shapely

from spatial.edits import ChangeSet, move_vertex
from spatial.locate import Locator, newest
from spatial.locate.following import followed
from spatial.locate.trees import TreeIndex
from spatial.ownership import GridIndex
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.table import Table
from tests import small_town
from tests.small_town import SIDE, SOUTH, WEST

CORNER = (WEST + SIDE / 4, SOUTH + SIDE / 2)


@pytest.fixture
def store(town_store: Store) -> Store:
    return town_store


def areas(store: Store) -> Table:
    return store.read("areas", Query(district="luxian", tree="main"))


def corner_moved(store: Store, by: float, base: int) -> ChangeSet:
    """Return a change that moves the corner of four grids along the border of their communities."""
    (row,) = np.flatnonzero(
        (np.asarray(areas(store)["level"], dtype=object) == "grid")
        & (np.asarray(areas(store)["code"], dtype=object) == small_town.FIRST_GRID)
    )
    points = shapely.get_coordinates(areas(store).geometry[row])
    x, y = max(points.tolist(), key=sum)
    return move_vertex(areas(store), (x, y), (x + by, y), district="luxian", base=base)


def publish(store: Store, by: float, base: int) -> None:
    with store.write("planner") as tx:
        tx.publish_changes(corner_moved(store, by, base))


def read(store: Store, known: tuple[Locator, ...] = ()) -> Locator:
    return Locator.reading(store, newest(store.editions()), known)


def trees(locator: Locator) -> dict[tuple[str, str], TreeIndex]:
    return {(tree.edition.district, tree.edition.tree): tree for tree in locator._trees}


def places() -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """Return points over the town, and some on the very borders that move."""
    lons, lats = (
        axis.ravel() for axis in np.meshgrid(np.linspace(WEST, WEST + SIDE, 41), np.linspace(SOUTH, SOUTH + SIDE, 41))
    )
    return np.append(lons, [CORNER[0], CORNER[0] - 0.004]), np.append(lats, [CORNER[1], CORNER[1]])


def told(locator: Locator) -> list[object]:
    lons, lats = places()
    return [
        [(tree.tree, [owner.code for owner in tree.owners], tree.responsible and tree.responsible.path) for tree in at]
        for at in (locator.locate(lon, lat).trees for lon, lat in zip(lons.tolist(), lats.tolist(), strict=True))
    ]


def test_what_did_not_change_is_shared_and_what_did_is_patched(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    old = read(store)
    publish(store, -0.004, 1)
    built = []
    monkeypatch.setattr(GridIndex, "build", lambda *_, **__: built.append(1))
    new = read(store, (old,))
    assert not built
    monkeypatch.undo()
    before, after = trees(old)["luxian", "main"], trees(new)["luxian", "main"]
    assert after.edition.number == 2
    for one, other in zip(before.levels, after.levels, strict=True):
        assert (one is other) == (one.level.slug != "grid")
    assert trees(old)["tongliang", "main"] is trees(new)["tongliang", "main"]
    assert told(new) == told(read(store))
    assert told(new) != told(old)


def test_old_and_new_are_both_exact_side_by_side(store: Store) -> None:
    locators = [read(store)]
    for number, by in enumerate((-0.008, 0.013, -0.009, 0.006), 1):
        publish(store, by, number)
        locators.append(read(store, (locators[-1],)))
    fresh = [
        Locator.reading(
            store, [each for each in store.editions() if each.number == number or each.district != "luxian"]
        )
        for number in range(1, 6)
    ]
    expected = [told(each) for each in fresh]
    wrong: list[int] = []

    def ask(which: int) -> None:
        for _ in range(2):
            if told(locators[which]) != expected[which]:
                wrong.append(which)

    readers = [threading.Thread(target=ask, args=(which,)) for which in range(5)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert not wrong
    assert len({repr(each) for each in expected}) == 5


def test_several_editions_are_followed_at_once(store: Store) -> None:
    old = read(store)
    for number, by in enumerate((-0.004, 0.001, 0.002), 1):
        publish(store, by, number)
    new = read(store, (old,))
    assert trees(new)["luxian", "main"].levels[0] is trees(old)["luxian", "main"].levels[0]
    assert told(new) == told(read(store))


def test_names_are_followed_as_well_as_borders(store: Store) -> None:
    old = read(store)
    whole = areas(store)
    with store.write("planner") as tx:
        tx.publish("luxian", whole.with_columns(name=[f"{name}!" for name in whole["name"]]))
    new = read(store, (old,))
    lon, lat = small_town.IN_FIRST_GRID
    assert all((owner.name or "!").endswith("!") for owner in new.locate(lon, lat).trees[0].owners)
    assert not any((owner.name or "").endswith("!") for owner in old.locate(lon, lat).trees[0].owners)
    assert told(new) == told(read(store))


@pytest.mark.parametrize("gone", ["building", "compound", "one"])
def test_areas_that_go_are_gone(store: Store, gone: str) -> None:
    old = read(store)
    whole = areas(store)
    keep = [
        row
        for row, (level, code) in enumerate(zip(whole["level"], whole["code"], strict=True))
        if level != gone and not (gone == "one" and code == whole["code"][-1])
    ]
    with store.write("planner") as tx:
        tx.publish("luxian", whole.take(keep))
    new = read(store, (old,))
    assert told(new) == told(read(store))
    assert told(new) != told(old) or gone == "one"
    with store.write("planner") as tx:
        tx.publish("luxian", whole)
    assert told(read(store, (new,))) == told(old)


def test_a_district_made_anew_is_not_taken_for_the_one_that_was_there(store: Store) -> None:
    old = read(store)
    whole, levels, (district, *_) = areas(store), store.levels("luxian"), store.districts()
    east = [row for row, path in enumerate(whole["path"]) if "/510521001" not in path]
    with store.write("planner") as tx:
        tx.clear_district("luxian")
        tx.put_district(district, levels)
        tx.publish("luxian", whole.take(east))
        tx.publish("luxian", whole.take(east[:1]))
    edition = store.editions("luxian")[-1]
    assert edition.number == 2
    assert followed(store, trees(old)["luxian", "main"], edition, levels) is None
    assert told(read(store, (old,))) == told(read(store))
