"""How likely each area owns a point that is known with some accuracy only.

The true place is taken to be normally distributed around the given one, the same in every direction. The share of it
over a polygon is a sum over its edges: for a corner angle φ of a triangle from the centre to a line at distance h
(in standard deviations) the part of the distribution that lies beyond the line is Owen's T(h, tan φ).

Source: D. B. Owen, "Tables for computing bivariate normal probabilities", Annals of Mathematical Statistics 27 (1956).
"""

import math
from dataclasses import dataclass

import numpy as np

from spatial.ownership.edges import Edges, Floats

REACH = 6.0
"""Standard deviations beyond which nothing counts: less than two in a hundred million lie there."""

_LEAST = 1e-6
_LEAST_AWAY_M = 1e-12


@dataclass(frozen=True, slots=True)
class Candidate:
    """An area that may own a point: its code (None: no area does), the probability, and metres to its nearest edge."""

    code: str | None
    probability: float
    distance_m: float


def deviation_m(accuracy_m: float, confidence: float) -> float:
    """Return the standard deviation along each axis of a position that lies within a radius with some probability."""
    return accuracy_m / math.sqrt(-2.0 * math.log1p(-confidence))


def metres_per_degree(lat: float) -> tuple[float, float]:
    """Return metres per degree of longitude and of latitude on the ellipsoid of WGS 84 at a latitude in degrees."""
    axis, eccentricity_2 = 6378137.0, 0.00669437999014
    sine = math.sin(math.radians(lat))
    root = math.sqrt(1.0 - eccentricity_2 * sine * sine)
    across = axis / root * math.cos(math.radians(lat))
    along = axis * (1.0 - eccentricity_2) / root**3
    return math.radians(across), math.radians(along)


def around(ends: Floats, lon: float, lat: float) -> Floats:
    """Return the ends of edges in metres east and north of a place, shape (n, 4)."""
    across, along = metres_per_degree(lat)
    return (ends - (lon, lat, lon, lat)) * (across, along, across, along)


def distances(local: Floats) -> Floats:
    """Return how far edges, in metres around a place, are from it."""
    x, y = local[:, 0], local[:, 1]
    across, along = local[:, 2] - x, local[:, 3] - y
    share = -(x * across + y * along) / (across * across + along * along)
    share = np.minimum(np.maximum(share, 0.0), 1.0)
    found: Floats = np.hypot(x + share * across, y + share * along)
    return found


def shares(local: Floats, edges: Edges, owner: int, deviation: float) -> dict[int, float]:
    """Return what part of the distribution lies over each area, by its position counted from 1.

    `local`: the ends of all edges within reach, in metres around the place. `owner`: who owns the place itself,
    which must not lie on an edge.
    """
    from scipy.special import owens_t

    found: dict[int, float] = {owner: 1.0} if owner else {}
    if not len(edges):
        return found
    begin, end = local[:, :2], local[:, 2:]
    length = np.hypot(*(end - begin).T)
    way = (end - begin) / length[:, None]
    # positive where the place lies to the left of the way
    left = begin[:, 0] * way[:, 1] - begin[:, 1] * way[:, 0]
    first, last = (begin * way).sum(axis=1), (end * way).sum(axis=1)
    for number in np.unique(edges.sides[edges.sides > 0]).tolist():
        for side, sign in ((0, 1.0), (1, -1.0)):
            mine = edges.sides[:, side] == number
            if not mine.any():
                continue
            inner = sign * left[mine]
            away = np.maximum(np.abs(inner), _LEAST_AWAY_M)
            beyond = owens_t(away / deviation, last[mine] / away) - owens_t(away / deviation, first[mine] / away)
            found[number] = found.get(number, 0.0) - float((np.sign(inner) * beyond).sum())
    return {number: min(1.0, share) for number, share in found.items() if share > _LEAST}
