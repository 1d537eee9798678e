"""Service circles: what lies within 300, 500 and 1,000 metres of a station as the crow flies.

These are the planner's 5, 10 and 15 minutes: a convention, not what can be walked; streets, walls and rivers are not
taken into account, and whatever shows the circles says so.
"""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.table import Table

MINUTES_AND_METRES: tuple[tuple[int, float], ...] = ((15, 1000.0), (10, 500.0), (5, 300.0))
"""The widest first, so that the nearest lies on top."""

Floats = NDArray[np.float64]

CORNERS = 48
# the corners stand out so that the polygon's area is the circle's own: its radius is off by at most 0.15 %
_OUTWARD = float(np.sqrt(2 * np.pi / CORNERS / np.sin(2 * np.pi / CORNERS)))


# the ellipsoid of WGS 84: equatorial radius in metres, and the square of its eccentricity
_RADIUS_M, _ECCENTRICITY_2 = 6378137.0, 0.00669437999014


def places_around(
    lons: Floats, lats: Floats, bearings: NDArray[np.float64], metres: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the places at some bearings (degrees clockwise from north) and metres from WGS 84 positions (degrees).

    Arrays broadcast against each other; the result has one axis more: longitude, latitude. Steps are measured on the
    ellipsoid with its radii of curvature halfway along the step: within 0.01 % of the geodesic up to 2 km, away from
    the poles.
    """
    north = metres * np.cos(np.radians(bearings))
    east = metres * np.sin(np.radians(bearings))
    halfway = np.radians(lats) + north / _RADIUS_M / 2
    shrink = 1 - _ECCENTRICITY_2 * np.sin(halfway) ** 2
    meridian = _RADIUS_M * (1 - _ECCENTRICITY_2) / shrink**1.5
    across = _RADIUS_M / np.sqrt(shrink) * np.cos(halfway)
    return np.stack((lons + np.degrees(east / across), lats + np.degrees(north / meridian)), axis=-1)


def circle_rings(lons: Floats, lats: Floats, radius_m: float) -> NDArray[np.float64]:
    """Return the ring around each WGS 84 position (degrees), shape (n, 49, 2): longitude, latitude, closed.

    Every point of the ring is within 0.2 % of `radius_m` from the position.
    """
    # counter-clockwise, as GeoJSON wants exterior rings
    bearings = -np.linspace(0, 360, CORNERS, endpoint=False)
    ring = places_around(lons[:, None], lats[:, None], bearings[None, :], np.array(radius_m * _OUTWARD))
    return np.concatenate((ring, ring[:, :1]), axis=1)


def circles(stations: Table) -> Table:
    """Return the circles of stations as rows of the collection `circles`.

    Columns: `code` (the station's with the minutes), `district`, `name`, `name_en`, `kind` (the station's tier),
    `station` (its code), `minutes`, `radius_m`. Stations without a place have none.
    """
    points = np.asarray(stations.geometry, dtype=object)
    placed = np.flatnonzero(~(shapely.is_missing(points) | shapely.is_empty(points)))
    points = points[placed]
    lons, lats = shapely.get_x(points), shapely.get_y(points)
    shapes, minutes, metres = [], [], []
    for minute, radius_m in MINUTES_AND_METRES:
        shapes.append(shapely.polygons(circle_rings(lons, lats, radius_m)) if len(points) else points)
        minutes += [minute] * len(points)
        metres += [radius_m] * len(points)
    columns: dict[str, list[object]] = {
        name: [stations[name][row] for row in placed.tolist()] * len(MINUTES_AND_METRES)
        for name in ("code", "district", "name", "name_en", "kind")
    }
    codes = columns["code"]
    return Table(
        np.concatenate(shapes),
        {
            **columns,
            "code": [f"{code}-{minute}" for code, minute in zip(codes, minutes, strict=True)],
            "station": codes,
            "minutes": minutes,
            "radius_m": metres,
        },
    )


def united_circles(stations: Table) -> Table:
    """Return, for each district and each of the three times, what lies within its circles, as one shape.

    Of many origins it is the gap between them that matters. Columns: `district`, `minutes`, `radius_m`.
    """
    drawn = circles(stations)
    shapes: list[shapely.Geometry] = []
    columns: dict[str, list[Any]] = {"district": [], "minutes": [], "radius_m": []}
    keys = list(zip(drawn["district"], drawn["minutes"], drawn["radius_m"], strict=True))
    for key in dict.fromkeys(keys):
        own = drawn.geometry[[one == key for one in keys]]
        shapes.append(_united(own))
        for name, value in zip(columns, key, strict=True):
            columns[name].append(value)
    united = np.empty(len(shapes), dtype=object)
    united[:] = shapes
    return Table(united, columns)


def _united(shapes: NDArray[np.object_]) -> shapely.Geometry:
    """Return the union of circles of one size: of those that lie thinly first, then of what these do not cover."""
    boxes = shapely.bounds(shapes)
    # most circles of a town lie within those of their neighbours; this share of a width was the quickest
    cell = (boxes[:, 2:] - boxes[:, :2]).max(axis=0) / 2.5
    _, first = np.unique(np.floor(boxes[:, :2] / cell), axis=0, return_index=True)
    if len(first) > len(shapes) / 2:
        return shapely.union_all(shapes)
    thin = shapely.union_all(shapes[np.sort(first)])
    shapely.prepare(thin)
    # the strict test is the quick one: it need not say how two shapes meet
    return shapely.union_all(np.append(shapes[~shapely.contains_properly(thin, shapes)], thin))
