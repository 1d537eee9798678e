"""One point asked of either kind of store: the trees around it are found by the store's own spatial index."""

import pytest

from spatial.locate import Locator
from spatial.locate.once import locate_once
from spatial.store.protocol import Store
from tests import small_town
from tests.small_town import SIDE, SOUTH, WEST

PLACES = [
    small_town.IN_FIRST_GRID,
    small_town.IN_FIRST_BUILDING,
    (106.056, 29.845),
    (WEST, SOUTH),
    (WEST + SIDE, SOUTH + SIDE),
    (WEST - 1e-6, SOUTH),
    (WEST - 0.5, SOUTH + 0.3),
    (180.0, 29.0),
    small_town.OUTSIDE,
]


@pytest.mark.parametrize("accuracy", [None, 30.0, 5000.0])
def test_the_answer_is_that_of_the_whole_store(store: Store, accuracy: float | None) -> None:
    small_town.fill(store)
    held = Locator.of(store).with_posts(store.duty_holders())
    for place in PLACES:
        assert locate_once(store, *place, accuracy).located == held.locate(*place, accuracy)


def test_a_tree_that_lies_elsewhere_is_not_read(store: Store) -> None:
    small_town.fill(store)
    found = locate_once(store, *small_town.IN_FIRST_GRID)
    assert [edition.district for edition in found.locator.editions] == ["luxian"]
    assert locate_once(store, *small_town.OUTSIDE).locator.editions == ()
