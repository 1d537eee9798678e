"""Edits: pure functions whose change sets can be applied, taken back, written down and refused."""

from collections import Counter

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.edits import (
    AreaChange,
    BrokenTiling,
    ChangeSet,
    apply,
    move_vertex,
    read_change_set,
    refuse_unsound,
    written_change_set,
)
from spatial.errors import BadFile, BadInput, BadPosition, Conflict, NotFound
from spatial.levels import MAIN_TREE, Level
from spatial.ownership import GridIndex, InvalidCoverage
from spatial.table import Table
from spatial.text import Text

Move = tuple[Table, tuple[float, float], tuple[float, float]]
"""Areas, one of their vertices, and where it is to go."""

SIDE = 4
STEP = 0.01
WEST, SOUTH = 105.3, 29.1
LEVELS = [
    Level("luxian", MAIN_TREE, 0, "district", Text("区县", "District"), None),
    Level("luxian", MAIN_TREE, 1, "street", Text("街道", "Street"), "district", tiles_parent=True),
    Level("luxian", MAIN_TREE, 2, "grid", Text("网格", "Grid"), "street", tiles_parent=True, governing=True),
]


def tree(seed: int = 0, single: bool = False) -> Table:
    """Return a district of 2 streets of 8 grids each, whose corners are moved a little; all borders share vertices.

    `single`: areas are polygons rather than multi-polygons of one part.
    """
    chance = np.random.default_rng(seed)
    corners = np.stack(np.meshgrid(np.arange(SIDE + 1.0), np.arange(SIDE + 1.0), indexing="ij"), axis=-1)
    corners = np.array([WEST, SOUTH]) + STEP * (corners + chance.uniform(-0.3, 0.3, corners.shape))
    rows = []

    def outline(left: int, low: int, right: int, high: int) -> shapely.Polygon:
        ring = [(x, low) for x in range(left, right)] + [(right, y) for y in range(low, high)]
        ring += [(x, high) for x in range(right, left, -1)] + [(left, y) for y in range(high, low, -1)]
        return shapely.Polygon([corners[at] for at in ring])

    def add(level: str, path: str, shape: shapely.Polygon) -> None:
        geometry = shape if single else shapely.MultiPolygon([shape])
        rows.append({"level": level, "code": path.rpartition("/")[2], "path": path, "geometry": geometry})

    add("district", "/d", outline(0, 0, SIDE, SIDE))
    for street in range(2):
        left = street * 2
        add("street", f"/d/s{street}", outline(left, 0, left + 2, SIDE))
        for x in range(left, left + 2):
            for y in range(SIDE):
                add("grid", f"/d/s{street}/g{x}{y}", outline(x, y, x + 1, y + 1))
    return Table.from_rows(rows)


def vertices(areas: Table) -> list[tuple[float, float]]:
    return sorted(set(map(tuple, shapely.get_coordinates(areas.geometry).tolist())))


def same(one: Table, other: Table) -> bool:
    return bool((shapely.to_wkb(one.geometry) == shapely.to_wkb(other.geometry)).all())


def edge_counts(areas: Table, level: str) -> Counter[tuple[float, ...]]:
    """Return how many areas of a level have each edge."""
    found: Counter[tuple[float, ...]] = Counter()
    for slug, shape in zip(areas["level"], areas.geometry, strict=True):
        if slug == level:
            points = shapely.get_coordinates(shape).tolist()
            found.update(tuple(sorted(pair)) for pair in zip(map(tuple, points), map(tuple, points[1:]), strict=False))
    return found


@st.composite
def moves(draw: st.DrawFn) -> Move:
    areas = tree(draw(st.integers(0, 50)), single=draw(st.booleans()))
    at = draw(st.sampled_from(vertices(areas)))
    by = draw(st.tuples(*[st.floats(-0.15 * STEP, 0.15 * STEP)] * 2).filter(lambda by: any(by)))
    to = (at[0] + by[0], at[1] + by[1])
    return areas, at, (to if to != at else (at[0] + 1e-4, at[1]))


@settings(max_examples=60)
@given(moves())
def test_applying_a_change_and_then_its_reverse_is_identity(
    move: Move,
) -> None:
    areas, at, to = move
    change = move_vertex(areas, at, to, district="luxian", base=1)
    moved, reverse = apply(areas, change)
    assert not same(moved, areas)
    back, again = apply(moved, reverse)
    assert same(back, areas)
    assert again == change


@settings(max_examples=60)
@given(moves())
def test_neighbours_share_the_moved_edges_on_every_level(
    move: Move,
) -> None:
    areas, at, to = move
    moved, _ = apply(areas, move_vertex(areas, at, to, district="luxian", base=1))
    assert at not in vertices(moved)
    assert to in vertices(moved)
    for level in LEVELS:
        before, after = edge_counts(areas, level.slug), edge_counts(moved, level.slug)
        assert Counter(before.values()) == Counter(after.values())
    refuse_unsound(areas, move_vertex(areas, at, to, district="luxian", base=1), LEVELS)


@settings(max_examples=60)
@given(moves())
def test_a_change_set_survives_its_json_form_bit_by_bit(
    move: Move,
) -> None:
    areas, at, to = move
    change = move_vertex(areas, at, to, district="luxian", base=7, tree="legacy-x")
    read = read_change_set(written_change_set(change))
    assert (read.district, read.tree, read.base) == ("luxian", "legacy-x", 7)
    assert [one.place for one in read.areas] == [one.place for one in change.areas]
    for one, other in zip(read.areas, change.areas, strict=True):
        assert shapely.to_wkb(one.before) == shapely.to_wkb(other.before)
        assert shapely.to_wkb(one.after) == shapely.to_wkb(other.after)


@settings(max_examples=60)
@given(moves())
def test_nothing_changes_owner_outside_the_box(move: Move) -> None:
    areas, at, to = move
    change = move_vertex(areas, at, to, district="luxian", base=1)
    moved, _ = apply(areas, change)
    assert change.box is not None
    west, south, east, north = change.box
    lons, lats = (axis.ravel() for axis in np.meshgrid(np.linspace(105.29, 105.36, 60), np.linspace(29.09, 29.16, 60)))
    outside = (lons < west) | (lons > east) | (lats < south) | (lats > north)
    grids = np.flatnonzero(np.asarray(areas["level"], dtype=object) == "grid")
    codes = [areas["code"][row] for row in grids]
    before, after = (GridIndex.build(each.geometry[grids], codes).owners(lons, lats) for each in (areas, moved))
    assert (before[outside] == after[outside]).all()


def test_the_box_is_that_of_the_moved_edges_not_of_the_areas() -> None:
    areas = tree()
    at = vertices(areas)[0]
    change = move_vertex(areas, at, (at[0] - 1e-4, at[1]), district="luxian", base=1)
    assert {one.level for one in change.areas} == {"district", "street", "grid"}
    assert change.box is not None
    west, south, east, north = change.box
    assert east - west < 3 * STEP
    assert north - south < 3 * STEP


def test_the_given_areas_stay_as_they_are() -> None:
    areas = tree()
    before = shapely.to_wkb(areas.geometry)
    at = vertices(areas)[7]
    change = move_vertex(areas, at, (at[0] + 1e-4, at[1]), district="luxian", base=1)
    apply(areas, change)
    assert (shapely.to_wkb(areas.geometry) == before).all()


def test_a_vertex_that_no_area_has_is_refused_and_the_nearest_one_named() -> None:
    areas = tree()
    x, y = vertices(areas)[3]
    with pytest.raises(NotFound) as refused:
        move_vertex(areas, (x + 1e-9, y), (x, y), district="luxian", base=1)
    assert refused.value.details["nearest"] == (x, y)
    assert repr(x) in refused.value.problem.zh + (refused.value.remedy.zh if refused.value.remedy else "")
    with pytest.raises(NotFound, match="No area has a vertex"):
        move_vertex(areas, (0.0, 0.0), (1.0, 1.0), district="luxian", base=1)
    with pytest.raises(NotFound, match="No area has a vertex"):
        move_vertex(areas.take([]), (0.0, 0.0), (1.0, 1.0), district="luxian", base=1)


def test_a_move_that_cannot_be_meant_is_refused() -> None:
    areas = tree()
    at = vertices(areas)[3]
    with pytest.raises(BadInput, match="stay where it is"):
        move_vertex(areas, at, at, district="luxian", base=1)
    for to in ((float("nan"), 29.1), (29.1, 105.3), (181.0, 0.0)):
        with pytest.raises(BadPosition):
            move_vertex(areas, at, to, district="luxian", base=1)


def test_a_move_across_another_border_is_refused_with_the_place() -> None:
    areas = tree()
    grid = areas.geometry[2]
    at = tuple(shapely.get_coordinates(grid)[0].tolist())
    with pytest.raises(InvalidCoverage) as refused:
        refuse_unsound(
            areas, move_vertex(areas, at, (at[0] + 3 * STEP, at[1] + STEP), district="luxian", base=1), LEVELS
        )
    fault = refused.value.faults[0]
    assert fault.codes
    assert fault.place is not None
    assert abs(fault.place[0] - at[0]) < 4 * STEP


def test_an_overlap_that_stood_there_before_does_not_keep_its_neighbours_from_moving() -> None:
    areas = tree()
    rows = list(areas.rows())
    dirty = Table.from_rows([*rows, {**rows[-1], "code": "again", "path": "/d/s1/again"}])
    grids = [row for row in range(len(dirty)) if dirty["level"][row] == "grid"]
    with pytest.raises(InvalidCoverage):
        GridIndex.build(dirty.geometry[grids], [dirty["code"][row] for row in grids])
    corner = dirty.geometry[list(dirty["code"]).index("g23")]
    at = tuple(shapely.get_coordinates(corner)[0].tolist())
    change = move_vertex(dirty, at, (at[0], at[1] - 1e-4), district="luxian", base=1)
    assert "g33" not in {one.code for one in change.areas}
    refuse_unsound(dirty, change, LEVELS)


def only(change: ChangeSet, *levels: str) -> ChangeSet:
    """Return the part of a change set that concerns some levels."""
    return ChangeSet(
        change.district, change.tree, change.base, tuple(one for one in change.areas if one.level in levels)
    )


@pytest.mark.parametrize("levels", [("grid",), ("street",), ("district", "street"), ("street", "grid")])
def test_a_border_that_moves_on_some_of_its_levels_only_is_refused_with_the_parent_and_place(
    levels: tuple[str, ...],
) -> None:
    areas = tree()
    at = vertices(areas)[0]  # a corner of the district
    change = only(move_vertex(areas, at, (at[0] - 5e-4, at[1] - 5e-4), district="luxian", base=1), *levels)
    with pytest.raises(BrokenTiling) as refused:
        refuse_unsound(areas, change, LEVELS)
    (place, *_) = refused.value.details["places"]  # type: ignore[misc]
    assert place["code"] in ("d", "s0")
    assert abs(place["lon"] - at[0]) < STEP
    assert abs(place["lat"] - at[1]) < STEP
    assert place["area_m2"] > 100
    assert place["code"] in refused.value.problem.zh
    assert place["code"] in refused.value.problem.en


def test_a_level_that_need_not_fill_its_parent_may_leave_gaps() -> None:
    areas = tree()
    at = vertices(areas)[0]
    inside = (at[0] + 2e-4, at[1] + 2e-4)
    loose = [Level(one.district, one.tree, one.rank, one.slug, one.name, one.parent) for one in LEVELS]
    change = only(move_vertex(areas, at, inside, district="luxian", base=1), "grid")
    refuse_unsound(areas, change, loose)
    with pytest.raises(BrokenTiling):
        refuse_unsound(areas, change, LEVELS)


def test_a_change_set_of_other_areas_is_refused() -> None:
    areas = tree()
    at = vertices(areas)[9]
    change = move_vertex(areas, at, (at[0] + 1e-4, at[1]), district="luxian", base=1)
    moved, _ = apply(areas, change)
    with pytest.raises(Conflict, match="not those that the change set begins with"):
        apply(moved, change)
    gone = Table.from_rows([row for row in areas.rows() if row["code"] != change.areas[-1].code])
    with pytest.raises(Conflict, match=f"has no area {change.areas[-1].code}"):
        apply(gone, change)


SQUARE = '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}'
HEAD = '"type":"gridscape-change-set","version":1,"district":"luxian","tree":"main"'
ONE = f'{{"level":"grid","code":"g","before":{SQUARE},"after":{SQUARE}}}'
BROKEN = {
    "": "",
    "[" * 100_000: "",
    "{}": "type",
    '{"type":"FeatureCollection","features":[]}': "type",
    '{"type":"gridscape-change-set","version":2}': "version",
    f'{{{HEAD},"areas":[{ONE}]}}': "base",
    f'{{{HEAD},"base":true,"areas":[{ONE}]}}': "base",
    f'{{{HEAD},"base":0,"areas":[{ONE}]}}': "base",
    f'{{{HEAD},"base":{"9" * 5000},"areas":[{ONE}]}}': "base",
    f'{{{HEAD},"base":1,"areas":[]}}': "areas",
    f'{{{HEAD},"base":1,"areas":[7]}}': "areas[0]",
    f'{{{HEAD},"base":1,"areas":[{ONE},{ONE}]}}': "areas[1]",
    f'{{{HEAD},"base":1,"areas":[{ONE.replace("grid", "")}]}}': "areas[0].level",
    f'{{{HEAD},"base":1,"areas":[{ONE.replace("Polygon", "Point")}]}}': "areas[0].before",
    f'{{{HEAD},"base":1,"areas":[{ONE.replace("[0,0]]]", "[0,9]]]")}]}}': "areas[0].before.coordinates[0]",
    f'{{{HEAD},"base":1,"areas":[{ONE.replace("[1,0]", "[1,91]")}]}}': "areas[0].before.coordinates[0][1]",
    f'{{{HEAD},"base":1,"areas":[{ONE.replace("[1,0]", "[1,null]")}]}}': "areas[0].before.coordinates[0][1]",
    f'{{{HEAD},"base":1,"areas":[{ONE.replace("[1,0]", "[1,0,5]")}]}}': "areas[0].before.coordinates[0][1]",
    f'{{{HEAD},"base":1,"areas":[{ONE.replace(SQUARE, "[[[0,0]]]")}]}}': "areas[0].before",
}


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_a_file_that_is_no_change_set_is_refused_with_the_place(content: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_change_set(content.encode())
    where = refused.value.details["place"]
    # numbers too large for JSON's reader are refused before there is a place
    assert where == BROKEN[content] or where == ""
    assert refused.value.remedy is not None


def test_a_sound_file_is_read() -> None:
    change = read_change_set(f'{{{HEAD},"base":3,"areas":[{ONE}]}}'.encode())
    square = shapely.Polygon([(0, 0), (1, 0), (1, 1)])
    assert change == ChangeSet("luxian", "main", 3, (AreaChange("grid", "g", square, square),))
    assert change.box is None
