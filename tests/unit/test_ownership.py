"""The index, plainly: exactly one owner."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from spatial.ownership import GridIndex

SQUARES = [shapely.box(x, y, x + 1, y + 1) for y in range(3) for x in range(3)]
CODES = [f"{x}{y}" for y in range(3) for x in range(3)]
INDEX = GridIndex.build(SQUARES, CODES)


@given(st.floats(0, 3, exclude_max=True), st.floats(0, 3, exclude_max=True))
def test_a_point_inside_belongs_to_the_square_around_it(x: float, y: float) -> None:
    owner = INDEX.owner(x, y)
    assert owner is not None
    assert shapely.box(int(owner[0]), int(owner[1]), int(owner[0]) + 1, int(owner[1]) + 1).intersects(
        shapely.Point(x, y)
    )


@given(st.integers(0, 2), st.floats(0, 3, exclude_max=True))
def test_a_point_on_a_shared_edge_has_an_owner_and_always_the_same(x: int, y: float) -> None:
    assert INDEX.owner(x, y) is not None
    assert INDEX.owner(x, y) == INDEX.owner(x, y)


def test_many_points_at_once_answer_as_one_by_one() -> None:
    lons, lats = np.linspace(-1, 4, 50), np.linspace(4, -1, 50)
    owners = INDEX.owners(lons, lats)
    assert [None if owner < 0 else INDEX.codes[owner] for owner in owners] == [
        INDEX.owner(lon, lat) for lon, lat in zip(lons, lats, strict=True)
    ]


def test_nothing_owns_a_hole_a_gap_or_the_outside() -> None:
    ring = shapely.difference(shapely.box(0, 0, 3, 3), shapely.box(1, 1, 2, 2))
    index = GridIndex.build([ring], ["ring"])
    assert index.owner(1.5, 1.5) is None
    assert index.owner(9, 9) is None
    assert index.owner(0.5, 0.5) == "ring"


def test_the_eastern_and_northern_outer_edges_belong_to_nobody_the_others_do() -> None:
    assert [INDEX.owner(0, 1.5), INDEX.owner(1.5, 0)] == ["01", "10"]
    assert [INDEX.owner(3, 1.5), INDEX.owner(1.5, 3), INDEX.owner(3, 3)] == [None, None, None]
