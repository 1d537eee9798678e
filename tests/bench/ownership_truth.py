"""Owners that nobody can doubt: by exact rational arithmetic, and by GEOS where a point is strictly inside."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial import GridIndex

Floats = NDArray[np.float64]


class Rational:
    """The half-open rule in fractions: an edge that passes at or west of a point is counted; odd is inside."""

    def __init__(self, shapes: NDArray[np.object_]) -> None:
        self._tree = shapely.STRtree(shapes)
        self._ends: list[Floats] = []
        for shape in shapes:
            rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(shape))]
            self._ends.append(np.vstack([np.hstack([ring[:-1], ring[1:]]) for ring in rings]))

    def owner(self, x: float, y: float) -> int:
        """Return the position of the owner, -1 where there is none; raises AssertionError where there are two."""
        # a box of a point that is on no box is on no area: comparing floats is exact
        found = [int(at) for at in self._tree.query(shapely.Point(x, y)) if self._holds(int(at), x, y)]
        assert len(found) <= 1, (x, y, found)
        return found[0] if found else -1

    def _holds(self, at: int, x: float, y: float) -> bool:
        ends = self._ends[at]
        x1, y1, x2, y2 = ends.T
        level = (y1 <= y) != (y2 <= y)
        west = level & (np.maximum(x1, x2) <= x)
        count = int(west.sum())
        for edge in ends[level & ~west & (np.minimum(x1, x2) <= x)].tolist():
            a, b, c, d = map(Fraction, edge)
            count += a + (Fraction(y) - b) * (c - a) / (d - b) <= Fraction(x)
        return count % 2 == 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many points were asked for, how many of them GEOS and fractions told, and how many owners were wrong."""

    asked: int
    by_geos: int
    by_fractions: int
    wrong: int


def judged(
    index: GridIndex, shapes: NDArray[np.object_], x: Floats, y: Floats, sample: int, random: np.random.Generator
) -> Verdict:
    """Return how many owners are wrong among points: by GEOS strictly inside, and by fractions for a sample."""
    owners = index.owners(x, y)
    points = shapely.points(x, y)
    found, area = shapely.STRtree(points).query(shapes, predicate="contains")[::-1]
    exactly = Rational(shapes)
    differing = found[owners[found] != area]
    # GEOS computes with twice the bits of a float: where it differs, fractions have the last word
    wrong = sum(int(owners[at]) != exactly.owner(float(x[at]), float(y[at])) for at in differing.tolist())
    rest = np.ones(len(x), dtype=bool)
    rest[found] = False
    # half of the sample are points that GEOS has no word for, half are any
    unsettled = np.flatnonzero(rest)
    chosen = random.permutation(unsettled)[: sample // 2]
    chosen = np.union1d(chosen, random.integers(0, len(x), sample - len(chosen)))
    wrong += sum(int(owners[at]) != exactly.owner(float(x[at]), float(y[at])) for at in chosen.tolist())
    # one by one the answer is the same
    for at in chosen[:1000].tolist():
        code = index.owner(float(x[at]), float(y[at]))
        wrong += code != (None if owners[at] < 0 else index.codes[owners[at]])
    return Verdict(len(x), len(found), len(chosen), wrong)


def vertices_and_middles(shapes: NDArray[np.object_], count: int, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Return as many corners and middles of edges, half and half, as floats have them."""
    ends = _edges(shapes)
    some = ends[random.integers(0, len(ends), count)]
    half = count // 2
    middles = (some[half:, :2] + some[half:, 2:]) / 2
    points = np.vstack([some[:half, :2], middles])
    return points[:, 0].copy(), points[:, 1].copy()


def beside(shapes: NDArray[np.object_], count: int, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Return corners and places on edges, moved by one or two floats in each direction at random."""
    ends = _edges(shapes)
    some = ends[random.integers(0, len(ends), count)]
    share = np.where(random.random(count) < 0.3, 0.0, random.random(count))[:, None]
    points = some[:, :2] + share * (some[:, 2:] - some[:, :2])
    steps = random.integers(-2, 3, points.shape)
    for _ in range(2):
        towards = np.where(steps > 0, np.inf, -np.inf)
        points = np.where(steps != 0, np.nextafter(points, towards), points)
        steps -= np.sign(steps)
    return points[:, 0].copy(), points[:, 1].copy()


def _edges(shapes: NDArray[np.object_]) -> Floats:
    points, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(shapes)), return_index=True)
    within = ring[1:] == ring[:-1]
    return np.hstack([points[:-1][within], points[1:][within]])
