"""Ways over the street network: by hand on a small one, by laws on a town."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.crs import to_degrees
from spatial.reach.network import FURTHEST_BESIDE_M, WALKING_MPS, Mode, StreetNetwork, Way
from spatial.table import Table

ZONE = 4544
EAST, NORTH = 500_000.0, 3_225_000.0


def places(*metres: tuple[float, float]) -> list[tuple[float, float]]:
    """Return degrees of places given in metres east and north of a corner."""
    points = shapely.points([(EAST + x, NORTH + y) for x, y in metres])
    return [(lon, lat) for lon, lat in shapely.get_coordinates(to_degrees(points, ZONE)).tolist()]


def network(
    *lines: Sequence[tuple[float, float]], mode: Mode = Mode.WALKING, columns: dict[str, list[Any]] | None = None
) -> StreetNetwork:
    count = len(lines)
    given: dict[str, list[Any]] = {
        "walkable": [True] * count,
        "drivable": [True] * count,
        "kind": ["lane"] * count,
        **(columns or {}),
    }
    shapes = [shapely.LineString(places(*line)) for line in lines]
    return StreetNetwork.of(Table(np.array(shapes, dtype=object), given), ZONE, mode)


def only(ways: list[Way | None]) -> Way:
    (way,) = ways
    assert way is not None
    return way


SQUARE = [(0, 0), (100, 0)], [(100, 0), (100, 100)], [(0, 0), (0, 100)], [(0, 100), (100, 100)]


def test_round_the_corner_and_from_beside_the_street() -> None:
    source, target = places((50, -10), (110, 60))
    way = only(network(*SQUARE).ways(source, [target]))
    assert way.metres == pytest.approx(10 + 50 + 60 + 10, abs=0.01)
    assert way.seconds == pytest.approx(way.metres / WALKING_MPS, rel=1e-6)
    assert way.line[0] == pytest.approx(source, abs=1e-9)
    assert way.line[-1] == pytest.approx(target, abs=1e-9)
    assert len(way.line) == 5


def test_along_one_street_nobody_goes_round() -> None:
    source, target = places((20, 0), (80, 5))
    way = only(network(*SQUARE).ways(source, [target]))
    assert way.metres == pytest.approx(65, abs=0.01)


def test_of_many_only_the_quickest_ways_are_told() -> None:
    source, far, near, middle = places((0, 0), (100, 100), (10, 0), (60, 0))
    first, second, third = network(*SQUARE).ways(source, [far, near, middle], 2)
    assert first is None
    assert second is not None
    assert third is not None
    assert second.seconds < third.seconds


def test_where_no_street_leads_there_is_no_way() -> None:
    apart = network(*SQUARE, [(500, 500), (600, 500)])
    source, there, far = places((0, 0), (550, 500), (100, 100 + FURTHEST_BESIDE_M + 10))
    assert apart.ways(source, [there, far]) == [None, None]
    assert apart.ways(far, [source]) == [None]
    assert network().ways(source, [there]) == [None]


def test_a_footpath_is_not_driven_and_an_arterial_road_is_quicker() -> None:
    lines = [(0, 0), (200, 0)], [(0, 0), (0, 150), (200, 150), (200, 0)]
    source, target = places((0, 0), (200, 0))
    drivable: dict[str, list[Any]] = {"drivable": [False, True], "kind": ["footpath", "arterial"]}
    walked = only(network(*lines, columns=drivable).ways(source, [target]))
    driven = only(network(*lines, mode=Mode.DRIVING, columns=drivable).ways(source, [target]))
    assert walked.metres == pytest.approx(200, abs=0.01)
    assert driven.metres == pytest.approx(500, abs=0.01)
    assert driven.seconds < walked.seconds


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_ways_are_as_long_both_ways_and_no_detour_is_shorter(seed: int) -> None:
    random = np.random.default_rng(seed)
    side = 6
    lines = [[(x * 80.0, y * 80.0), (x * 80.0 + 80, y * 80.0)] for x in range(side - 1) for y in range(side)]
    lines += [[(x * 80.0, y * 80.0), (x * 80.0, y * 80.0 + 80)] for x in range(side) for y in range(side - 1)]
    kept = [line for line in lines if random.uniform() < 0.8]
    streets = network(*kept)
    a, b, c = places(*random.uniform(0, 80 * (side - 1), (3, 2)).tolist())
    ab, ac = streets.ways(a, [b, c])
    (ba,) = streets.ways(b, [a])
    (bc,) = streets.ways(b, [c])
    assert (ab is None) == (ba is None)
    if ab is not None and ba is not None:
        assert ab.seconds == pytest.approx(ba.seconds, abs=1e-6)
        assert ab.metres == pytest.approx(ab.seconds * WALKING_MPS, rel=1e-6, abs=1e-3)
    if ab is not None and bc is not None:
        assert ac is not None
        # on the way through b one leaves the street and comes back to it
        assert ac.seconds <= ab.seconds + bc.seconds + 1e-6
