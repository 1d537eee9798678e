"""Some areas moved: a small raster over the place, laid on the old one, which stays as it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from struct import Struct

import numpy as np
import shapely

from spatial.ownership import checks
from spatial.ownership.building import (
    CELLS_PER_EDGE,
    crosses_180,
    finder_in_frame,
    not_even_polygons,
    part_of_edges,
    turn,
)
from spatial.ownership.compiling import worth_compiling
from spatial.ownership.edges import Edges, Floats, Integers, Owners, one_sided
from spatial.ownership.frame import Frame
from spatial.ownership.orientation import reaches
from spatial.ownership.parts import Part
from spatial.ownership.raster import Raster, rasterised_within
from spatial.ownership.reading import cells_over, edges_at, edges_listed
from spatial.ownership.single import NUMBERS
from spatial.ownership.validity import InvalidCoverage, diagnose, overlap_at

MOST_LAID_ON = 16
"""So many small rasters may lie on the first one; then a new one is made of them all."""

LARGEST = 16_384
"""Cells that a small raster may have; what changes more is made anew."""

End = tuple[float, float, float, float]
Sides = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Changes:
    """How edges differ from those of the first part: the positions of what is gone, and what came, by its ends."""

    gone: frozenset[int] = frozenset()
    came: Mapping[End, Sides] = field(default_factory=dict)


_KEY = Struct("=4d2i")

NO_CHANGES = Changes()


@dataclass(frozen=True, slots=True)
class Patch:
    """What an index becomes."""

    parts: tuple[Part, ...]
    codes: tuple[str, ...]
    changes: Changes


def current(edges: Edges, changes: Changes) -> Edges:
    """Return the edges of the first part as they are after the changes."""
    kept = np.ones(len(edges), dtype=bool)
    kept[list(changes.gone)] = False
    return _joined(edges.take(np.flatnonzero(kept)), changes.came)


def edges_of(base: Part, changes: Changes, owner: int) -> Edges:
    """Return the edges that bound an area, by its number counted from 1."""
    kept = _still_there(base, changes, base.edges_of(owner))
    return _joined(kept, {end: both for end, both in changes.came.items() if owner in both})


def edges_that_came(changes: Changes) -> Edges:
    """Return the edges that the first part does not have."""
    return _joined(Edges(np.empty((0, 4)), np.empty((0, 2), dtype=np.int32)), changes.came)


def edges_in_blocks(base: Part, changes: Changes, blocks: Sequence[int]) -> Edges:
    """Return the edges of the first part that are still there and that some of its blocks list."""
    listed = [base.edges_in_block(which) for which in blocks]
    return _still_there(base, changes, listed[0] if len(listed) == 1 else np.concatenate(listed))


def _still_there(base: Part, changes: Changes, positions: Integers) -> Edges:
    if changes.gone:
        there = [position not in changes.gone for position in positions.tolist()]
        positions = positions[np.array(there, dtype=bool)]
    return base.edges.take(positions)


def edges_within(
    parts: Sequence[Part], changes: Changes, west: float, south: float, east: float, north: float
) -> Edges:
    """Return the edges whose boxes meet a box in the degrees of the frame."""
    base = parts[0]
    over = cells_over(base.raster.frame, west, south, east, north)
    if over.columns * over.rows > 20_000:
        ends = base.edges.ends
        low, high = np.minimum(ends[:, 1], ends[:, 3]), np.maximum(ends[:, 1], ends[:, 3])
        listed = np.flatnonzero((ends[:, 0] <= east) & (ends[:, 2] >= west) & (low <= north) & (high >= south))
    else:
        listed = edges_listed(base.raster, over)
    near = _joined(_still_there(base, changes, listed), changes.came)
    ends = near.ends
    low, high = np.minimum(ends[:, 1], ends[:, 3]), np.maximum(ends[:, 1], ends[:, 3])
    return near.take(np.flatnonzero((ends[:, 0] <= east) & (ends[:, 2] >= west) & (low <= north) & (high >= south)))


def _joined(edges: Edges, came: Mapping[End, Sides]) -> Edges:
    if not came:
        return edges
    return Edges(
        np.concatenate((edges.ends, np.array(list(came), dtype=np.float64).reshape(-1, 4))),
        np.concatenate((edges.sides, np.array(list(came.values()), dtype=np.int32).reshape(-1, 2))),
    )


def patched(
    parts: Sequence[Part],
    changes: Changes,
    codes: tuple[str, ...],
    numbers: Mapping[str, int],
    find: Callable[[float, float], int],
    changed: Mapping[str, shapely.Geometry | None],
) -> Patch:
    """Lay a small raster over where areas change; raises InvalidCoverage where they would overlap.

    `numbers`: the number of each code, counted from 1. `find`: the owner now of a place in the degrees of the frame.
    """
    base = parts[0]
    added = [code for code in changed if code not in numbers]
    known = {code: numbers.get(code, 0) or len(codes) + 1 + added.index(code) for code in changed}
    named = (*codes, *added) if added else codes
    new = _new_edges(changed, known, named)
    crossing = crosses_180(new)
    if crossing and len(base.edges) and not base.raster.frame.turned:
        # from here on longitudes are counted differently
        base = part_of_edges(turn(current(base.edges, changes)), CELLS_PER_EDGE, turned=True)
        parts, changes, find = (base,), NO_CHANGES, finder_in_frame((base,), NUMBERS)
    if crossing or base.raster.frame.turned:
        new = turn(new)
    before, after = _moved(base, changes, {number for code, number in known.items() if code in numbers}, new, named)
    moved = list(after)
    if not moved:
        return Patch(tuple(parts), named, changes)
    changes = _changed(base, changes, moved, after)
    ends = np.array(moved, dtype=np.float64)
    frame = cells_over(
        base.raster.frame, ends[:, 0].min(), ends[:, [1, 3]].min(), ends[:, 2].max(), ends[:, [1, 3]].max()
    )
    if frame.columns * frame.rows > LARGEST or len(parts) > MOST_LAID_ON or not len(base.edges):
        part = part_of_edges(current(base.edges, changes), CELLS_PER_EDGE)
        which = np.arange(len(part.edges))
        parts = ()
    else:
        both = np.array([[*before[end], *after[end]] for end in moved], dtype=np.int32)
        corners = _corners(frame, find, ends, np.bitwise_xor.reduce(both, axis=1))
        west, south, east, north = Part(Raster(frame, _NONE, _NONE), base.edges).box
        edges = edges_within(parts, changes, west, south, east, north)
        part = Part(rasterised_within(edges, frame, corners), edges)
        middle_x, middle_y = (edges.ends[:, [0, 1]] + edges.ends[:, [2, 3]]).T / 2
        which = np.flatnonzero((middle_x >= west) & (middle_x < east) & (middle_y >= south) & (middle_y < north))
    wrong = checks.contested(part.raster, part.edges, which, compile_loops=worth_compiling(len(part.edges)))
    if len(wrong):
        x1, y1, x2, y2 = part.edges.ends[wrong[0]].tolist()
        # who holds the place now may bound it nowhere near
        owners = {find((x1 + x2) / 2, (y1 + y2) / 2), *part.edges.sides[wrong].ravel().tolist()} - {0}
        raise _overlapping(named, sorted(owners), (x1, y1))
    return Patch((*parts, part), named, changes if parts else NO_CHANGES)


_NONE = np.empty(0, dtype=np.int32)


def _new_edges(changed: Mapping[str, shapely.Geometry | None], known: Mapping[str, int], codes: Sequence[str]) -> Edges:
    """Return the edges of new shapes, each with its area on one side; raises InvalidCoverage for what is no polygon."""
    shapes = [(shape, known[code]) for code, shape in changed.items() if shape is not None and not shape.is_empty]
    geometries = np.array([shape for shape, _ in shapes], dtype=object)
    if not_even_polygons(geometries):
        raise InvalidCoverage(diagnose(geometries, [codes[number - 1] for _, number in shapes]))
    return one_sided(geometries, np.array([number for _, number in shapes], dtype=np.int32))


def _moved(
    base: Part, changes: Changes, owners: set[int], new: Edges, codes: Sequence[str]
) -> tuple[dict[End, Sides], dict[End, Sides]]:
    """Return the sides, before and after, of the edges that change when `owners` get the `new` edges instead of theirs.

    What stays is found by comparing bytes: of the hundred edges of two areas a moved vertex changes four.
    """
    were, are = _keys(_sides_held(base, changes, owners)), _keys(new)
    if len(set(are)) < len(are):
        twice = next(key for key in are if are.count(key) > 1)
        raise _claimed_twice(codes, _KEY.unpack(twice), (0, 0))
    stay = set(were).intersection(are)
    before: dict[End, Sides] = {}
    after: dict[End, Sides] = {}
    for keys, come in ((were, False), (are, True)):
        for key in keys:
            if key in stay:
                continue
            *place, left, right = _KEY.unpack(key)
            x1, y1, x2, y2 = place
            end = (x1, y1, x2, y2)
            if end not in before:
                before[end] = after[end] = _sides_of(base, changes, end)
            own_left, own_right = after[end]
            if not come:
                after[end] = (0 if left else own_left, 0 if right else own_right)
                continue
            if (left and own_left) or (right and own_right):
                raise _claimed_twice(codes, (*end, left, right), (own_left, own_right))
            after[end] = (left or own_left, right or own_right)
    for end in [end for end, sides in after.items() if before[end] == sides]:
        del before[end], after[end]
    return before, after


def _claimed_twice(codes: Sequence[str], key: Sequence[float], held: Sides) -> InvalidCoverage:
    x1, y1, x2, y2, left, right = key
    return _overlapping(codes, [int(one) for one in (left, held[0], right, held[1]) if one], (x1, y1, x2, y2))


def _sides_held(base: Part, changes: Changes, owners: set[int]) -> Edges:
    """Return every side of an edge that one of some areas has, the other side being nobody's."""
    held = [(owner, edges_of(base, changes, owner)) for owner in owners]
    if not held:
        return Edges(np.empty((0, 4)), np.empty((0, 2), dtype=np.int32))
    ends = np.concatenate([own.ends for _, own in held])
    sides = np.concatenate([np.where(own.sides == owner, own.sides, 0) for owner, own in held])
    return Edges(ends, sides.astype(np.int32, copy=False))


def _keys(edges: Edges) -> list[bytes]:
    """Return each edge with its sides as bytes; two are equal where the edges are, since no zero is negative."""
    packed = np.empty((len(edges), _KEY.size), dtype=np.uint8)
    packed[:, :32] = np.ascontiguousarray(edges.ends).view(np.uint8).reshape(-1, 32)
    packed[:, 32:] = np.ascontiguousarray(edges.sides).view(np.uint8).reshape(-1, 8)
    keys: list[bytes] = packed.view(f"V{_KEY.size}").ravel().tolist()
    return keys


def _sides_of(base: Part, changes: Changes, end: End) -> Sides:
    """Return the sides of an edge, none where there is no such edge."""
    if end in changes.came:
        return changes.came[end]
    position = _position(base, end)
    if position is None or position in changes.gone:
        return 0, 0
    left, right = base.edges.sides[position].tolist()
    return left, right


def _position(base: Part, end: End) -> int | None:
    """Return which edge of the first part has these ends, None where none has.

    The cell of its middle lists it: cells list what comes closer to them than rounding can move a middle.
    """
    x, y = (end[0] + end[2]) / 2, (end[1] + end[3]) / 2
    ends = base.edges.ends
    for position in edges_at(base.raster, x, y):
        if tuple(ends[position].tolist()) == end:
            return position
    return None


def _changed(base: Part, changes: Changes, moved: Sequence[End], after: Mapping[End, Sides]) -> Changes:
    gone, came = set(changes.gone), dict(changes.came)
    for end in moved:
        if came.pop(end, None) is None and (position := _position(base, end)) is not None:
            gone.add(position)
        left, right = after[end]
        if left != right:
            came[end] = (left, right)
    return Changes(frozenset(gone), came)


def _corners(frame: Frame, find: Callable[[float, float], int], ends: Floats, both: Owners) -> Owners:
    """Return the owner at the south-western corner of every cell after edges changed what they part."""
    width, height = 2.0**-frame.kx, 2.0**-frame.ky
    x = (np.arange(frame.columns) + frame.first_column) * width
    y = (np.arange(frame.rows) + frame.first_row) * height
    across, down = np.tile(x, frame.rows), np.repeat(y, frame.columns)
    owners = np.array([find(a, b) for a, b in zip(across.tolist(), down.tolist(), strict=True)], dtype=np.int32)
    edge, corner = np.nonzero((ends[:, 1:2] <= down) != (ends[:, 3:] <= down))
    x1, y1, x2, y2 = ends[edge].T
    passed = reaches(x1, y1, x2, y2, across[corner], down[corner])
    np.bitwise_xor.at(owners, corner[passed], both[edge[passed]])
    return owners.reshape(frame.rows, frame.columns)


def _overlapping(codes: Sequence[str], owners: Sequence[int], place: Floats | Sequence[float]) -> InvalidCoverage:
    return InvalidCoverage([overlap_at([codes[owner - 1] for owner in owners], (float(place[0]), float(place[1])))])
