"""Mending areas that are to be one coverage, and saying what became of each.

Invalid polygons are made valid, then GEOS cleans the coverage. What GEOS would let vanish is restored on top of what
covered it, where that leaves something of the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.errors import LimitExceeded
from spatial.overlaps import area_m2
from spatial.ownership.validity import InvalidCoverage, diagnose, too_thin, unrolled
from spatial.table import Geometries
from spatial.text import Text

REPORTED_M2 = 1.0
"""Areas that changed by less are not reported."""

CROSSINGS_LIMIT = 20_000
"""Crossings of a ring with itself from which on making it valid takes too long."""

SNAPPING_DEGREES = (1e-9, 1e-8, 1e-7, 1e-6)
"""How close nodes are drawn together, the least that works: 0.1 mm to 0.1 m."""

_ROUNDS = 4
_PAIRS_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair did to one area: square metres before and after, and of all that it gained or lost.

    `vanished`: nothing is left of it.
    """

    code: str
    before_m2: float
    after_m2: float
    changed_m2: float
    vanished: bool = False

    def in_words(self) -> Text:
        """Return what happened as a sentence."""
        if self.vanished:
            return Text(
                f"{self.code} 已消失（原 {self.before_m2:.1f} 平方米）",
                f"{self.code} vanished ({self.before_m2:.1f} m²)",
            )
        return Text(
            f"{self.code} 改变了 {self.changed_m2:.1f} 平方米（{self.before_m2:.1f} → {self.after_m2:.1f}）",
            f"{self.code} changed by {self.changed_m2:.1f} m² ({self.before_m2:.1f} → {self.after_m2:.1f})",
        )


def repaired(geometries: Geometries, codes: Sequence[str]) -> tuple[Geometries, list[Repair]]:
    """Return areas in WGS 84 degrees as a valid coverage, None for those that vanished, and what changed.

    Every area that changed by more than 1 m² or vanished is reported, in the order of the codes. Raises InvalidCoverage
    where the data has no meaning (types, positions, codes that stand twice) or cannot be mended, LimitExceeded where a
    ring crosses itself too often.
    """
    shapes = np.array(geometries, dtype=object)
    final = [fault for fault in diagnose(shapes, codes, suspects=()) if not fault.mendable]
    if final:
        raise InvalidCoverage(final)
    shapes = unrolled(shapes)
    given = np.flatnonzero((shapely.get_type_id(shapes) >= 0) & ~shapely.is_empty(shapes))
    valid = shapes.copy()
    for at in given[~shapely.is_valid(shapes[given])]:
        valid[at] = _made_valid(shapes[at], codes[at])
    whole = given[shapely.area(valid[given]) > 0]
    clean = np.full(len(shapes), None, dtype=object)
    clean[whole] = _cleaned(valid[whole], [codes[at] for at in whole])
    return clean, _report(shapes, valid, clean, codes, given)


def _made_valid(shape: shapely.Geometry, code: str) -> shapely.Geometry:
    """Return the polygonal parts of a shape that was made valid."""
    if _crossings(shape) > CROSSINGS_LIMIT:
        raise LimitExceeded(
            Text(
                f"{code} 的边界自相交超过 {CROSSINGS_LIMIT} 次，无法修复",
                f"The boundary of {code} crosses itself more than {CROSSINGS_LIMIT} times and cannot be mended",
            ),
            Text("请重新绘制该区域", "Draw this area anew"),
            code=code,
        )
    return _polygons(shapely.make_valid(shape, method="structure", keep_collapsed=False))


def _crossings(shape: shapely.Geometry) -> int:
    """Return how often edges of a shape meet others but their neighbours; the count stops somewhere past the limit."""
    points, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(shape)), return_index=True)
    within = ring[1:] == ring[:-1]
    edges = shapely.linestrings(np.stack([points[:-1][within], points[1:][within]], axis=1))
    tree = shapely.STRtree(edges)
    step = max(1, _PAIRS_AT_ONCE // max(len(edges), 1))
    met = 0
    for start in range(0, len(edges), step):
        met += tree.query(edges[start : start + step], predicate="intersects").shape[1]
        # each edge meets itself and its two neighbours, and each crossing is seen from both sides
        if (met - 3 * min(start + step, len(edges))) // 2 > CROSSINGS_LIMIT:
            break
    return max(0, (met - 3 * len(edges)) // 2) if met else 0


def _cleaned(shapes: Geometries, codes: Sequence[str]) -> Geometries:
    """Return polygons as a coverage that GEOS holds for valid, nodes drawn together no more than it takes."""
    for snapping in SNAPPING_DEGREES:
        clean = _without_losses(shapes, snapping)
        for _ in range(_ROUNDS):
            there = shapely.area(clean) > 0
            invalid = np.flatnonzero(~shapely.is_valid(clean))
            if not len(invalid) and shapely.coverage_is_valid(clean[there]):
                clean[~there] = None
                return clean
            # new corners were rounded across edges: they are corners of the next round, which need no rounding
            for at in invalid:
                clean[at] = _polygons(shapely.make_valid(clean[at], method="structure", keep_collapsed=False))
            clean = _without_losses(clean, snapping)
    raise InvalidCoverage(diagnose(clean, codes) or [too_thin(clean, codes, range(len(codes)))])


def _without_losses(shapes: Geometries, snapping: float) -> Geometries:
    """Return the cleaned coverage; areas that would be lost take their place from those that cover them."""
    basis = shapes.copy()
    sizes = shapely.area(shapes)
    given_up: set[int] = set()
    for _ in range(_ROUNDS):
        clean = np.asarray(shapely.coverage_clean(basis, snapping_distance=snapping), dtype=object)
        lost = [int(at) for at in np.flatnonzero(shapely.area(clean) == 0) if int(at) not in given_up]
        if not lost:
            break
        # the smallest first: it may lie within another that was lost
        for at in sorted(lost, key=lambda position: (float(sizes[position]), position)):
            if not _laid_on_top(basis, at, shapes[at]):
                given_up.add(at)
    return clean


def _laid_on_top(basis: NDArray[np.object_], at: int, shape: shapely.Geometry) -> bool:
    """Cut an area out of those that cover it; what it covers itself stays. Return whether anything of it is left."""
    under = [int(other) for other in shapely.STRtree(basis).query(shape, predicate="intersects") if other != at]
    cut = {other: _polygons(shapely.difference(basis[other], shape)) for other in under}
    for other in [other for other, left in cut.items() if left.area == 0]:
        shape = _polygons(shapely.difference(shape, basis[other]))
        del cut[other]
    if shape.area == 0:
        return False
    for other, left in cut.items():
        basis[other] = left
    basis[at] = shape
    return True


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the polygons of a shape, without lines and points that are left where polygons touch."""
    parts = [part for many in shapely.get_parts(shape) for part in shapely.get_parts(many)]
    parts = [part for part in parts if part.geom_type == "Polygon" and part.area > 0]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _report(
    shapes: Geometries, valid: Geometries, clean: Geometries, codes: Sequence[str], given: NDArray[np.intp]
) -> list[Repair]:
    same = shapely.equals_exact(shapely.normalize(shapes[given]), shapely.normalize(clean[given]), 0.0)
    changed = given[~same]
    before = np.array([shape if shape is not None else shapely.Polygon() for shape in valid[changed]], dtype=object)
    after = np.array([shape if shape is not None else shapely.Polygon() for shape in clean[changed]], dtype=object)
    lost, gained = area_m2(shapely.difference(before, after)), area_m2(shapely.difference(after, before))
    was = area_m2(before)
    gone = shapely.is_missing(clean[changed])
    # two sizes are each good to a percent only: what is left is reckoned from what went and came
    now = np.where(gone, 0.0, np.maximum(was - lost + gained, 0.0))
    return [
        Repair(codes[at], float(was[row]), float(now[row]), float(lost[row] + gained[row]), bool(gone[row]))
        for row, at in enumerate(changed.tolist())
        if gone[row] or lost[row] + gained[row] > REPORTED_M2
    ]
