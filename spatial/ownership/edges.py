"""The edges of a coverage, each once, with the areas on its two sides."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Owners = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Edges:
    """Straight edges, shared ones once.

    `ends`: x1, y1, x2, y2 in degrees, shape (n, 4), the western end first, of two as far west the southern one.
    `sides`: the owner to the left and to the right of the way from the first end to the second, shape (n, 2); owners
    are positions of areas counted from 1, 0 is none.
    """

    ends: Floats
    sides: Owners

    def __len__(self) -> int:
        return len(self.ends)

    @property
    def both(self) -> Owners:
        """The XOR of the owners of both sides: what crossing an edge changes."""
        changed: Owners = self.sides[:, 0] ^ self.sides[:, 1]
        return changed

    def take(self, positions: NDArray[np.integer]) -> "Edges":
        """Return some of the edges in the order asked for."""
        return Edges(self.ends[positions], self.sides[positions])


class Contested(Exception):
    """Two areas lie on the same side of one edge; `owners`: both, counted from 1."""

    def __init__(self, owners: Sequence[tuple[int, int]]) -> None:
        super().__init__("two areas on one side of an edge")
        self.owners = tuple(owners)


def one_sided(geometries: NDArray[np.object_], owners: Owners) -> Edges:
    """Return every edge of every ring of (multi)polygons, with its owner on the side where the area is."""
    parts, area_of_part = shapely.get_parts(geometries, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    outer = np.ones(len(rings), dtype=bool)
    outer[1:] = part_of_ring[1:] != part_of_ring[:-1]
    # an outer ring that runs counter-clockwise has its area on the left, and so has a hole that runs clockwise
    left_of_ring = shapely.is_ccw(rings) == outer
    owner_of_ring = owners[area_of_part[part_of_ring]]
    points, ring = shapely.get_coordinates(rings, return_index=True)
    begins = np.flatnonzero(ring[1:] == ring[:-1])
    ends = np.empty((len(begins), 4))
    ends[:, :2], ends[:, 2:] = points[begins], points[begins + 1]
    ends += 0.0  # no zero is negative
    ring = ring[begins]
    moving = (ends[:, 0] != ends[:, 2]) | (ends[:, 1] != ends[:, 3])
    if not moving.all():
        ends, ring = ends[moving], ring[moving]
    turned = (ends[:, 0] > ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3]))
    backwards = np.flatnonzero(turned)
    ends[backwards] = ends[backwards][:, [2, 3, 0, 1]]
    right = left_of_ring[ring] == turned
    sides = np.zeros((len(ends), 2), dtype=np.int32)
    sides.ravel()[2 * np.arange(len(ends)) + right] = owner_of_ring[ring]
    return Edges(ends, sides)


def merged(edges: Edges) -> Edges:
    """Return edges with equal ones put together; raises Contested where two claim the same side.

    Edges with the same owner on both sides are no border and are left out.
    """
    order, first = _runs(edges.ends)
    left, right = edges.sides[order, 0], edges.sides[order, 1]
    starts = np.flatnonzero(first)
    for side in (left, right):
        claims = np.add.reduceat((side > 0).astype(np.int32), starts) if len(starts) else np.empty(0, dtype=np.int32)
        if (claims > 1).any():
            raise Contested(_claimants(side, starts, np.flatnonzero(claims > 1)))
    sides = np.empty((len(starts), 2), dtype=np.int32)
    if len(starts):
        sides[:, 0] = np.maximum.reduceat(left, starts)
        sides[:, 1] = np.maximum.reduceat(right, starts)
    border = sides[:, 0] != sides[:, 1]
    return Edges(edges.ends[order[starts][border]], sides[border])


def _claimants(side: Owners, starts: Integers, contested: Integers) -> list[tuple[int, int]]:
    stops = np.append(starts[1:], len(side))
    found = []
    for run in contested[:20].tolist():
        claims = side[starts[run] : stops[run]]
        one, other = claims[claims > 0][:2].tolist()
        found.append((one, other))
    return found


def _runs(ends: Floats) -> tuple[Integers, NDArray[np.bool_]]:
    """Return an order in which equal edges lie beside each other, and where a new one begins."""
    key = _mixed(ends)
    # equal keys are equal edges, so that their order among each other does not matter
    order = np.argsort(key)
    first = np.ones(len(order), dtype=bool)
    first[1:] = key[order[1:]] != key[order[:-1]]
    again = np.flatnonzero(~first)
    if (ends[order[again]] != ends[order[again - 1]]).any():
        # two different edges share a number: sort by the coordinates themselves
        order = np.lexsort(ends.T[::-1])
        first[1:] = (ends[order[1:]] != ends[order[:-1]]).any(axis=1)
    return order, first


def _mixed(ends: Floats) -> NDArray[np.uint64]:
    bits = np.ascontiguousarray(ends).view(np.uint64).reshape(-1, 4)
    mixed = np.zeros(len(bits), dtype=np.uint64)
    for column in range(4):
        mixed = (mixed ^ bits[:, column]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed
