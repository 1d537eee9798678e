"""Service circles: what lies within 300, 500 and 1,000 metres of a station as the crow flies, on the ellipsoid.

These are the planner's 5, 10 and 15 minutes: a convention, not what can be walked; streets, walls and rivers are not
taken into account, and whatever shows the circles says so.
"""

from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.table import Table

MINUTES_AND_METRES: tuple[tuple[int, float], ...] = ((15, 1000.0), (10, 500.0), (5, 300.0))
"""The widest first, so that the nearest lies on top."""

_CORNERS = 72
# the corners stand out so that the polygon's area is the circle's own: its radius is off by at most 0.07 %
_OUTWARD = float(np.sqrt(2 * np.pi / _CORNERS / np.sin(2 * np.pi / _CORNERS)))


@cache
def _ellipsoid() -> "object":
    from pyproj import Geod

    return Geod(ellps="WGS84")


def circle_rings(lons: NDArray[np.float64], lats: NDArray[np.float64], radius_m: float) -> NDArray[np.float64]:
    """Return the ring around each WGS 84 position (degrees), shape (n, 73, 2): longitude, latitude, closed.

    The corners lie on geodesics of the WGS 84 ellipsoid (Karney 2013, as PROJ has it); every point of the ring is
    within 0.1 % of `radius_m` from the position.
    """
    count = len(lons)
    bearings = np.linspace(0, 360, _CORNERS, endpoint=False)
    geod = _ellipsoid()
    lon, lat, _ = geod.fwd(  # type: ignore[attr-defined]
        np.repeat(lons, _CORNERS),
        np.repeat(lats, _CORNERS),
        # counter-clockwise, as GeoJSON wants exterior rings
        np.tile(-bearings, count),
        np.full(count * _CORNERS, radius_m * _OUTWARD),
    )
    ring = np.column_stack((lon, lat)).reshape(count, _CORNERS, 2)
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
