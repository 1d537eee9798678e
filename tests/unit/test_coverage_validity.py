"""What is said of areas that are no coverage: which, where, how much, and in both languages."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.errors import BadGeometry
from spatial.ownership.validity import FaultKind, InvalidCoverage, diagnose, overlap_at, too_thin
from spatial.text import Language

WEST, SOUTH = 105.38, 29.15
DEGREE_M = np.radians(6371008.8)
COS = np.cos(np.radians(SOUTH))


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    """Return a box in metres, nearly, from a corner in Luxian."""
    return shapely.box(
        WEST + west / DEGREE_M / COS, SOUTH + south / DEGREE_M, WEST + east / DEGREE_M / COS, SOUTH + north / DEGREE_M
    )


def as_array(*shapes: shapely.Geometry | None) -> np.ndarray:
    return np.array([*shapes, None], dtype=object)[:-1]


BOW_TIE = shapely.Polygon([(105.40, 29.15), (105.41, 29.16), (105.41, 29.15), (105.40, 29.16)])


def test_neighbours_with_holes_and_gaps_have_no_faults() -> None:
    ring = shapely.difference(box(0, 0, 100, 100), box(40, 40, 60, 60))
    assert diagnose(as_array(ring, box(40, 40, 60, 60), box(100, 0, 200, 100), box(300, 0, 400, 9)), [*"abcd"]) == []


def test_an_overlap_is_named_with_both_codes_a_place_in_it_and_its_size() -> None:
    [fault] = diagnose(as_array(box(0, 0, 100, 100), box(90, 20, 200, 70), box(200, 0, 300, 100)), ["a", "b", "c"])
    assert (fault.kind, fault.codes, fault.mendable) == (FaultKind.OVERLAP, ("a", "b"), True)
    assert fault.area_m2 == pytest.approx(500, rel=0.01)
    assert shapely.contains_xy(box(90, 20, 100, 70), *fault.place)


def test_an_overlap_of_one_ulp_is_named_too() -> None:
    edge = float(shapely.bounds(box(0, 0, 100, 100))[2])
    other = shapely.box(np.nextafter(edge, 0), SOUTH, edge + 0.001, SOUTH + 0.0005)
    [fault] = diagnose(as_array(box(0, 0, 100, 100), other), ["a", "b"])
    assert (fault.kind, fault.codes) == (FaultKind.OVERLAP, ("a", "b"))
    assert fault.area_m2 < 1e-6


def test_an_invalid_polygon_is_named_with_the_reason_and_the_place_that_geos_gives() -> None:
    [fault] = diagnose(as_array(box(0, 0, 9, 9), BOW_TIE), ["a", "tie"])
    assert (fault.kind, fault.codes, fault.reason) == (FaultKind.INVALID, ("tie",), "Self-intersection")
    assert fault.place == (pytest.approx(105.405), pytest.approx(29.155))


def test_what_is_no_area_is_named_and_cannot_be_mended() -> None:
    with np.errstate(invalid="ignore"):
        nowhere = shapely.Polygon([(0, 0), (1, 0), (np.nan, 1), (0, 0)])
    shapes = as_array(
        shapely.Point(1, 2),
        nowhere,
        shapely.box(400, 0, 401, 1),
        shapely.box(0, 89, 1, 91),
        box(0, 0, 1, 1),
        box(5, 5, 6, 6),
    )
    faults = diagnose(shapes, ["point", "nan", "far", "high", "twice", "twice"])
    assert {(fault.kind, fault.codes) for fault in faults} == {
        (FaultKind.DUPLICATE_CODE, ("twice",)),
        (FaultKind.NOT_POLYGONAL, ("point",)),
        (FaultKind.POSITION, ("nan",)),
        (FaultKind.POSITION, ("far",)),
        (FaultKind.POSITION, ("high",)),
    }
    assert not any(fault.mendable for fault in faults)


def test_missing_and_empty_shapes_are_named_and_can_be_left_out() -> None:
    faults = diagnose(as_array(None, shapely.Polygon(), box(0, 0, 1, 1)), ["none", "empty", "a"])
    assert [(fault.kind, fault.codes, fault.mendable) for fault in faults] == [
        (FaultKind.EMPTY, ("none",), True),
        (FaultKind.EMPTY, ("empty",), True),
    ]


def test_only_suspects_are_searched_but_against_all_others() -> None:
    shapes = as_array(box(0, 0, 10, 10), box(5, 0, 20, 10), box(100, 0, 110, 10), box(105, 0, 120, 10), BOW_TIE)
    codes = ["a", "b", "c", "d", "tie"]
    assert [fault.codes for fault in diagnose(shapes, codes, [1])] == [("a", "b")]
    assert [fault.codes for fault in diagnose(shapes, codes, [2])] == [("c", "d")]
    assert diagnose(shapes, codes, []) == []
    assert [fault.codes for fault in diagnose(shapes, codes)] == [("tie",), ("a", "b"), ("c", "d")]


def test_areas_across_the_meridian_of_180_are_seen_as_such() -> None:
    across = shapely.Polygon([(179.9, 0), (-179.9, 0), (-179.9, 1), (179.9, 1)])
    east = shapely.box(-179.9, 0, -179.8, 1)
    assert diagnose(as_array(across, east, shapely.box(179.0, 0, 179.9, 1)), [*"abc"]) == []
    [fault] = diagnose(as_array(across, shapely.box(-179.95, 0, -179.8, 1)), ["a", "b"])
    assert fault.codes == ("a", "b")


def test_the_error_names_the_first_places_in_both_languages_and_the_remedy() -> None:
    shapes = as_array(*(box(at * 10, 0, at * 10 + 15, 10) for at in range(30)))
    codes = [f"g{at}" for at in range(30)]
    error = InvalidCoverage(diagnose(shapes, codes))
    assert isinstance(error, BadGeometry)
    assert error.details["count"] == 29
    listed = error.details["faults"]
    assert isinstance(listed, list)
    assert listed[0]["codes"] == ["g0", "g1"]
    assert listed[0]["area_m2"] == pytest.approx(50, rel=0.01)
    assert len(listed) == 20
    english, chinese = error.in_language(Language.EN), error.in_language(Language.ZH)
    for said in (english, chinese):
        assert "g0/g1" in said
        assert "(105.38" in said
        assert "--repair" in said
    assert "and 26 more" in english
    assert "另有 26 处" in chinese


def test_where_no_repair_helps_none_is_offered() -> None:
    error = InvalidCoverage(diagnose(as_array(shapely.Point(1, 2)), ["p"]))
    assert "--repair" not in error.in_language(Language.EN)


def test_faults_that_the_index_finds_itself_are_said_like_the_others() -> None:
    shapes = as_array(box(0, 0, 10, 10), box(10, 0, 20, 10))
    assert too_thin(shapes, ["a", "b"], [0, 1]).codes == ("a", "b")
    fault = overlap_at(["a", "b"], (105.4, 29.1))
    assert fault.in_words().en == "a/b overlap at (105.4000000, 29.1000000)"
    assert fault.plain()["lon"] == 105.4


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(*(st.integers(0, 30) for _ in range(2)), *(st.integers(1, 12) for _ in range(2))),
        min_size=2,
        max_size=8,
    )
)
def test_the_overlaps_of_boxes_are_those_that_whole_numbers_give(boxes: list[tuple[int, int, int, int]]) -> None:
    shapes = as_array(*(shapely.box(x, y, x + wide, y + high) for x, y, wide, high in boxes))
    expected = {
        (f"{one}", f"{other}")
        for one, (x, y, wide, high) in enumerate(boxes)
        for other, (a, b, c, d) in enumerate(boxes)
        if one < other and x < a + c and a < x + wide and y < b + d and b < y + high
    }
    faults = diagnose(shapes, [str(at) for at in range(len(boxes))])
    assert {fault.codes for fault in faults} == expected
    for fault in faults:
        for code in fault.codes:
            assert shapely.contains_xy(shapes[int(code)], *fault.place)
