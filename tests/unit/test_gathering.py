"""The town of a district is where most of its buildings stand together."""

import numpy as np
import pytest
import shapely

from spatial.gathering import largest_gathering


def _houses(west: float, south: float, count: int) -> list[shapely.Geometry]:
    return [shapely.box(x, south, x + 0.0002, south + 0.0002) for x in west + np.arange(count) * 0.001]


def test_hamlets_far_away_are_left_out() -> None:
    houses = _houses(105.37, 29.15, 12) + _houses(105.50, 29.15, 5) + _houses(105.37, 29.30, 3)
    assert largest_gathering(np.array(houses)) == pytest.approx((105.37, 29.15, 105.3812, 29.1502))


def test_a_street_of_houses_is_one_town_however_long() -> None:
    assert largest_gathering(np.array(_houses(105.0, 29.15, 400))) == pytest.approx((105.0, 29.15, 105.3992, 29.1502))


def test_what_has_no_place_counts_for_nothing() -> None:
    assert largest_gathering(np.array([None, shapely.Polygon()])) is None
    one = np.array([None, shapely.box(1, 2, 3, 4)])
    assert largest_gathering(one) == (1, 2, 3, 4)


def test_nothing_has_no_town() -> None:
    assert largest_gathering(np.array([], dtype=object)) is None
