"""The area nearest to a place: against a look at every edge, near and far, before and after patches."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial import GridIndex
from spatial.ownership.candidates import metres_per_degree
from tests.coverages import Polygons, wobbly


def away_m(polygons: Polygons, lon: float, lat: float) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return how far the boundary of each polygon is from a place, in metres."""
    local = shapely.transform(polygons, lambda points: (points - (lon, lat)) * metres_per_degree(lat))
    found: np.ndarray[tuple[int], np.dtype[np.float64]] = shapely.distance(shapely.boundary(local), shapely.Point(0, 0))
    return found


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 40), st.sampled_from([0.001, 0.1, 2.0]), st.booleans())
def test_it_is_the_one_that_a_look_at_every_edge_finds(seed: int, areas: int, beside: float, patched: bool) -> None:
    random = np.random.default_rng(seed)
    polygons = wobbly(areas, 3, seed)
    index = GridIndex.build(polygons, [f"{number:04d}" for number in range(areas)])
    if patched:  # one moves away from its neighbours, another one goes
        moved, gone = random.permutation(areas)[:2] if areas > 1 else (0, 0)
        polygons = polygons.copy()
        polygons[moved] = shapely.transform(
            polygons[moved], lambda points: points + 0.3 * (points.mean(axis=0) - points)
        )
        polygons[gone] = polygons[moved] if gone == moved else None
        index = index.patched({index.codes[which]: polygons[which] for which in {int(moved), int(gone)}})
    for _ in range(10):
        lon, lat = random.uniform(105.3 - beside, 105.5 + beside), random.uniform(29.1 - beside, 29.25 + beside)
        expected = away_m(polygons, lon, lat)
        found = index.nearest(lon, lat, within_m=1e6)
        assert found is not None
        assert found.distance_m == pytest.approx(np.nanmin(expected), rel=1e-9, abs=1e-6)
        assert expected[index.codes.index(found.code)] == pytest.approx(found.distance_m, rel=1e-9, abs=1e-6)


def test_the_nearest_area_and_its_distance() -> None:
    index = GridIndex.build([shapely.box(105, 29, 105.1, 29.1), shapely.box(105.1, 29, 105.2, 29.1)], ["a", "b"])
    found = index.nearest(105.21, 29.05)
    assert found is not None
    assert found.code == "b"
    assert found.distance_m == pytest.approx(0.01 * 111_320 * np.cos(np.radians(29.05)), rel=0.002)
    assert index.nearest(100, 29, within_m=5_000) is None
    (only,) = index.candidates(105.05, 29.05, 5)
    assert (only.code, only.distance_m) == ("a", pytest.approx(0.05 * 97_400, rel=0.01))


def test_as_near_as_each_other_the_first_one_is_named() -> None:
    index = GridIndex.build([shapely.box(1, 0, 2, 1), shapely.box(0, 0, 1, 1)], ["east", "west"])
    found = index.nearest(1, 1.5)
    assert found is not None
    assert found.code == "east"


def test_beyond_the_meridian_of_180_degrees_it_is_as_near_as_on_this_side() -> None:
    index = GridIndex.build([shapely.box(179, 0, 179.9, 1)], ["a"])
    found = index.nearest(-179.9, 0.5)
    assert found is not None
    assert found.distance_m == pytest.approx(0.2 * 111_320, rel=0.001)


def test_where_there_is_no_edge_none_is_near() -> None:
    assert GridIndex.build([], []).nearest(105, 29) is None


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.floats(0.1, 3_000))
def test_candidates_know_how_far_their_own_edges_are(seed: int, accuracy: float) -> None:
    random = np.random.default_rng(seed)
    polygons = wobbly(20, 2, seed)
    index = GridIndex.build(polygons, [f"{number:04d}" for number in range(20)])
    lon, lat = random.uniform(105.25, 105.55), random.uniform(29.05, 29.3)
    expected = dict(zip(index.codes, away_m(polygons, lon, lat).tolist(), strict=True))
    for one in index.candidates(lon, lat, accuracy):
        if one.code is not None:
            assert one.distance_m == pytest.approx(expected[one.code], rel=1e-9, abs=1e-6)


def test_an_edge_whose_box_is_near_does_not_hide_a_nearer_one() -> None:
    halves = [
        shapely.Polygon([(105, 29), (105.1, 29), (105.1, 29.1)]),
        shapely.Polygon([(105, 29), (105.1, 29.1), (105, 29.1)]),
    ]
    coarse = GridIndex.build(halves, ["below", "above"], cells_per_edge=0.01)
    (only,) = coarse.candidates(105.098, 29.09, 10)
    assert (only.code, only.distance_m) == ("below", pytest.approx(0.002 * 97_310, rel=0.001))
