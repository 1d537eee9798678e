"""The edge nearest to a place: blocks of cells are searched, the nearest first, until none can hold a nearer edge."""

from collections.abc import Sequence

import numpy as np

from spatial.ownership.candidates import around, distances, metres_per_degree
from spatial.ownership.edges import Edges
from spatial.ownership.frame import Frame
from spatial.ownership.parts import Part
from spatial.ownership.patching import Changes, edges_in_blocks, edges_that_came

_TOGETHER = 8
"""So many blocks are looked at in one go."""

Near = tuple[int, float]
"""An area, counted from 1, and metres to its nearest edge; 0 is for none."""


def nearest_area(parts: Sequence[Part], changes: Changes, x: float, y: float, within_m: float) -> Near:
    """Return the area with the edge nearest to a place in the degrees of the frame, 0 where none is within reach.

    Of areas that are as near as each other it is the one that comes first.
    """
    base = parts[0]
    x = _on_this_side(x, base.raster.frame)
    best = _nearer((0, within_m), edges_that_came(changes), x, y)
    away = base.blocks.at_least_m(x, y, *metres_per_degree(y))
    if not len(away):
        return best
    # what the nearest block holds leaves few others that are worth a look
    first = int(np.argmin(away))
    best = _nearer(best, edges_in_blocks(base, changes, [first]), x, y)
    left = np.flatnonzero(away <= best[1])
    left = left[np.argsort(away[left])]
    for start in range(0, len(left), _TOGETHER):
        some = [
            which for which in left[start : start + _TOGETHER].tolist() if which != first and away[which] <= best[1]
        ]
        if some:
            best = _nearer(best, edges_in_blocks(base, changes, some), x, y)
    return best


def _nearer(best: Near, edges: Edges, x: float, y: float) -> Near:
    if not len(edges):
        return best
    away = distances(around(edges.ends, x, y))
    least = float(away.min())
    if least > best[1]:
        return best
    sides = edges.sides[away == least]
    number = int(sides[sides > 0].min())
    return (min(number, best[0] or number), least) if least == best[1] else (number, least)


def _on_this_side(x: float, frame: Frame) -> float:
    """Return a longitude, whole turns away, as near as possible to the middle of a frame."""
    middle = (frame.first_column + frame.columns / 2) * 2.0**-frame.kx
    return min((x - 360.0, x, x + 360.0), key=lambda turned: abs(turned - middle))
