"""Repairs of coverages: GEOS holds the result for valid, and everything that changed or vanished is reported."""

import time

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial import GridIndex
from spatial.errors import LimitExceeded
from spatial.overlaps import area_m2
from spatial.ownership.repair import REPORTED_M2, repaired
from spatial.ownership.validity import InvalidCoverage, diagnose
from tests.coverages import wobbly
from tests.unit.test_coverage_validity import BOW_TIE, as_array, box


def is_coverage(shapes: np.ndarray) -> bool:
    left = shapes[~shapely.is_missing(shapes)]
    return bool(shapely.is_valid(left).all() and shapely.coverage_is_valid(left))


def test_a_sound_coverage_stays_as_it_is() -> None:
    shapes = wobbly(30, seed=3)
    mended, repairs = repaired(shapes, [str(at) for at in range(30)])
    assert repairs == []
    assert shapely.equals(mended, shapes).all()


def test_an_overlap_goes_to_one_of_both_and_the_other_is_reported() -> None:
    shapes = as_array(box(0, 0, 100, 100), box(90, 20, 200, 70), box(200, 0, 300, 100))
    mended, repairs = repaired(shapes, ["a", "b", "c"])
    assert is_coverage(mended)
    assert diagnose(mended, ["a", "b", "c"]) == []
    [repair] = repairs
    assert repair.code in {"a", "b"}
    assert repair.changed_m2 == pytest.approx(500, rel=0.01)
    assert repair.before_m2 - repair.after_m2 == pytest.approx(500, rel=0.01)
    assert not repair.vanished
    assert repair.code in repair.in_words().zh


def test_an_invalid_polygon_keeps_its_parts() -> None:
    mended, repairs = repaired(as_array(BOW_TIE, box(0, 0, 9, 9)), ["tie", "a"])
    assert is_coverage(mended)
    assert shapely.get_num_geometries(mended[0]) == 2
    assert repairs == []  # it owned both halves before


def test_an_area_drawn_on_top_of_another_is_restored() -> None:
    shapes = as_array(box(0, 0, 1000, 1000), box(400, 400, 500, 500), box(420, 420, 440, 440))
    mended, repairs = repaired(shapes, ["county", "city", "park"])
    assert is_coverage(mended)
    assert area_m2(mended) == pytest.approx([990_000, 9_600, 400], rel=0.01)
    assert {repair.code for repair in repairs} == {"county", "city"}


def test_of_two_that_are_the_same_one_vanishes_and_is_reported() -> None:
    mended, repairs = repaired(as_array(box(0, 0, 10, 10), box(0, 0, 10, 10), box(10, 0, 20, 10)), ["a", "b", "c"])
    assert is_coverage(mended)
    [repair] = repairs
    assert repair.vanished
    assert repair.after_m2 == 0
    assert mended[["a", "b", "c"].index(repair.code)] is None
    assert "vanished" in repair.in_words().en
    assert "已消失" in repair.in_words().zh


def test_a_polygon_without_an_inside_is_reported_as_vanished() -> None:
    flat = shapely.Polygon([(105.38, 29.15), (105.39, 29.15), (105.38, 29.15), (105.38, 29.15)])
    mended, repairs = repaired(as_array(flat, box(0, 0, 9, 9)), ["flat", "a"])
    assert mended[0] is None
    assert [(repair.code, repair.vanished) for repair in repairs] == [("flat", True)]


def test_areas_without_a_shape_stay_without_one() -> None:
    mended, repairs = repaired(as_array(None, box(0, 0, 9, 9), shapely.Polygon()), ["none", "a", "empty"])
    assert [shape is None for shape in mended] == [True, False, True]
    assert repairs == []


def test_what_has_no_meaning_is_refused() -> None:
    with pytest.raises(InvalidCoverage, match="no polygon"):
        repaired(as_array(shapely.Point(1, 2), box(0, 0, 9, 9)), ["p", "a"])
    with pytest.raises(InvalidCoverage, match="more than one area"):
        repaired(as_array(box(0, 0, 9, 9), box(20, 0, 29, 9)), ["a", "a"])


def test_a_hopelessly_tangled_ring_is_refused_at_once() -> None:
    points = np.random.default_rng(7).uniform((105, 29), (106, 30), (2000, 2))
    started = time.process_time()
    with pytest.raises(LimitExceeded, match="tangle"):
        repaired(as_array(shapely.Polygon(points)), ["tangle"])
    assert time.process_time() - started < 5


def checked(shapes: np.ndarray) -> np.ndarray:
    """Assert what holds of every repair, and return what it made."""
    codes = [f"g{at}" for at in range(len(shapes))]
    mended, repairs = repaired(shapes, codes)
    assert is_coverage(mended)
    assert len(mended) == len(shapes)
    there = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    vanished = {repair.code for repair in repairs if repair.vanished}
    assert {codes[at] for at in np.flatnonzero(there & shapely.is_missing(mended))} == vanished
    told = {repair.code: repair.changed_m2 for repair in repairs}
    for at in np.flatnonzero(there & shapely.is_valid(shapes) & ~shapely.is_missing(mended)):
        moved = float(area_m2(np.array([shapely.symmetric_difference(shapes[at], mended[at])], dtype=object))[0])
        if codes[at] in told:
            assert told[codes[at]] == pytest.approx(moved, rel=0.02, abs=0.05)
        else:
            assert moved <= REPORTED_M2 * 1.02
    # nothing that somebody owned is lost, but for slivers
    valid = shapes[there & shapely.is_valid(shapes)]
    whole = shapely.union_all(mended[~shapely.is_missing(mended)])
    lost = shapely.difference(shapely.union_all(valid), whole) if len(valid) else shapely.Polygon()
    assert float(area_m2(np.array([lost], dtype=object))[0]) < 1.0
    return mended


corners = st.tuples(st.integers(0, 400), st.integers(0, 400))


@settings(max_examples=60)
@given(st.lists(st.lists(corners, min_size=3, max_size=7), min_size=1, max_size=7))
def test_any_heap_of_polygons_becomes_a_coverage(rings: list[list[tuple[int, int]]]) -> None:
    checked(as_array(*(shapely.Polygon([(105 + x / 1e4, 29 + y / 1e4) for x, y in ring]) for ring in rings)))


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.floats(0, 8, allow_nan=False))
def test_a_coverage_with_slivers_along_its_edges_becomes_one_again(seed: int, digits: float) -> None:
    random = np.random.default_rng(seed)
    size = 10.0**-digits * 1e-3
    rings = [shapely.get_coordinates(shape)[:-1] for shape in wobbly(12, points_per_edge=3, seed=seed % 17)]
    mended = checked(as_array(*(shapely.Polygon(ring + random.normal(0, size, ring.shape)) for ring in rings)))
    # the index is stricter than GEOS: it refuses the least contradiction
    GridIndex.build(mended, [str(at) for at in range(len(mended))])
