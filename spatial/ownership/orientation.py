"""On which side of an edge a point lies, exactly.

Floating point decides wherever its error bound allows (Shewchuk 1997, "Adaptive Precision Floating-Point Arithmetic
and Fast Robust Geometric Predicates", the bound of the first stage of orient2d); whole numbers decide the rest.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

ERROR_SHARE = 3.3306690738754716e-16
"""(3 + 16 ε) ε with ε = 2⁻⁵³: the share of the two products' sum that the determinant may be wrong by."""

LEAST_CERTAIN = 1e-290
"""Below this a product may have lost bits to underflow, which the bound does not cover."""

CERTAIN_ANYWHERE = 2.0 * ERROR_SHARE * (2.0 * 360.0 * 180.0)
"""The determinant of no edge on earth, and no point in the edge's box, is wrong by so much.

It is twice the bound for the longest edge, so that the rounding of the bound itself does not matter."""

_SCALE = 1 << 1074
"""Every finite float is a whole number of 2⁻¹⁰⁷⁴."""


def _whole(value: float) -> int:
    numerator, denominator = value.as_integer_ratio()
    return numerator * (_SCALE // denominator)


def reaches_exactly(x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> bool:
    """Return whether an edge passes at or to the west of a point of the same height.

    The edge must straddle the height of the point: one end at or below it, the other above. By whole numbers.
    """
    if y1 > y2:
        x1, y1, x2, y2 = x2, y2, x1, y1
    lower_x, lower_y = _whole(x1), _whole(y1)
    run, rise = _whole(x2) - lower_x, _whole(y2) - lower_y
    return run * (_whole(y) - lower_y) - rise * (_whole(x) - lower_x) <= 0


def reaches_one(x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> bool:
    """As `reaches_exactly`, for an edge whose box holds the point and whose x1 is not above x2."""
    left, right = (x2 - x1) * (y - y1), (y2 - y1) * (x - x1)
    determinant = left - right
    if abs(determinant) > ERROR_SHARE * (abs(left) + abs(right)) + LEAST_CERTAIN:
        return (determinant < 0) == (y2 > y1)
    return reaches_exactly(x1, y1, x2, y2, x, y)


def reaches(x1: Floats, y1: Floats, x2: Floats, y2: Floats, x: Floats, y: Floats) -> Booleans:
    """Return for many edges and points, shapes (n,), whether each edge passes at or to the west of its point.

    As `reaches_exactly`, for edges that straddle the height of their point and whose x1 is not above x2.
    """
    found = x >= x2
    near = np.flatnonzero(~found & (x >= x1))
    if not len(near):
        return found
    ax, ay, bx, by = x1[near], y1[near], x2[near], y2[near]
    px, py = x[near], y[near]
    rising = by > ay
    left = (bx - ax) * (py - ay)
    right = (by - ay) * (px - ax)
    determinant = left - right
    bound = ERROR_SHARE * (np.abs(left) + np.abs(right)) + LEAST_CERTAIN
    # the determinant is about the western end: for a falling edge its sign is turned
    found[near] = np.where(rising, determinant <= 0, determinant >= 0)
    for position in np.flatnonzero(~(np.abs(determinant) > bound)).tolist():
        found[near[position]] = reaches_exactly(
            ax[position].item(),
            ay[position].item(),
            bx[position].item(),
            by[position].item(),
            px[position].item(),
            py[position].item(),
        )
    return found
