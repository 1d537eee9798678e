"""The shape of a response: an area, a circle in metres, or a polygon that somebody drew; and what lies in it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from spatial.crs import check_position, to_degrees, to_metres
from spatial.errors import BadGeometry, BadParameter
from spatial.ownership import GridIndex
from spatial.table import Table
from spatial.text import Text

MOST_VERTICES = 500
LEAST_RADIUS_M, MOST_RADIUS_M = 10.0, 50_000.0
_QUARTER_SEGMENTS = 32
_WHOLE = 1 - 1e-6
"""So much of a shape in an area is all of it: their edges may be the same line, computed twice."""
_EDGE = 1e-9
"""So much of an area in common with a shape is an edge that was computed twice."""


def circle(lon: float, lat: float, radius_m: float, zone: int) -> shapely.Polygon:
    """Return a circle around a place in WGS 84 degrees, made in metres in a CGCS2000 zone.

    It is the regular polygon of 128 corners on the circle. Raises BadPosition, and BadParameter for the radius.
    """
    lon, lat = check_position(lon, lat)
    if not LEAST_RADIUS_M <= radius_m <= MOST_RADIUS_M:
        raise BadParameter(
            Text(f"半径 {radius_m:g} 米不可用", f"A radius of {radius_m:g} m cannot be used"),
            Text(f"{LEAST_RADIUS_M:g} 至 {MOST_RADIUS_M:g} 米", f"Between {LEAST_RADIUS_M:g} and {MOST_RADIUS_M:g} m"),
        )
    centre = to_metres(np.array([shapely.Point(lon, lat)], dtype=object), zone)[0]
    drawn = shapely.buffer(centre, radius_m, quad_segs=_QUARTER_SEGMENTS)
    found: shapely.Polygon = to_degrees(np.array([drawn], dtype=object), zone)[0]
    return found


def drawn(ring: Sequence[Sequence[float]]) -> shapely.Polygon:
    """Return the polygon of a ring of longitude, latitude in degrees, closed or not; raises BadGeometry."""
    if len(ring) > MOST_VERTICES:
        raise BadGeometry(
            Text(f"多边形有 {len(ring)} 个顶点", f"The polygon has {len(ring)} vertices"),
            Text(f"至多 {MOST_VERTICES} 个", f"It may have {MOST_VERTICES}"),
        )
    places = [check_position(*place) for place in ring if len(place) == 2]
    if len(places) != len(ring) or len(set(places)) < 3:
        raise BadGeometry(
            Text("多边形至少需要三个不同的顶点", "A polygon needs three different vertices at least"),
            Text("每个顶点为 [经度, 纬度]", "Each vertex is [longitude, latitude]"),
        )
    polygon = shapely.Polygon(places)
    if not polygon.is_valid or polygon.area == 0:
        raise BadGeometry(
            Text("多边形自相交", "The polygon crosses itself"),
            Text("请重画，使边互不相交", "Draw it anew, so that no edge crosses another"),
        )
    return polygon


def inside(shape: shapely.Geometry, lons: ArrayLike, lats: ArrayLike) -> NDArray[np.bool_]:
    """Return which positions in degrees lie in a shape, by the rule by which areas own points; shape (n,)."""
    index = GridIndex.build(np.array([shape], dtype=object), ["response"])
    found: NDArray[np.bool_] = index.owners(np.asarray(lons, dtype=float), np.asarray(lats, dtype=float)) >= 0
    return found


def shares_ground(shape: shapely.Geometry, areas: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return which areas have ground in common with a shape, and not an edge alone; shape (n,)."""
    common: NDArray[np.bool_] = shapely.area(shapely.intersection(areas, shape)) > shapely.area(areas) * _EDGE
    return common


def touched(shape: shapely.Geometry, areas: Table) -> list[dict[str, Any]]:
    """Return the areas that share ground with a shape, in their order, each with the `share` of the shape in it.

    `areas`: with `path`. An area that only shares an edge is left out.
    """
    if not len(areas):
        return []
    common = shapely.area(shapely.intersection(areas.geometry, shape))
    least = shapely.area(areas.geometry) * _EDGE
    return [
        {**row, "share": float(share / shape.area)}
        for row, share, enough in zip(areas.rows(), common, common > least, strict=True)
        if enough
    ]


def smallest_around(found: Sequence[dict[str, Any]], top: str) -> str:
    """Return the path of the deepest touched area that holds a whole shape, `top` where none does."""
    whole = [str(row["path"]) for row in found if row["share"] >= _WHOLE]
    return max(whole, key=lambda path: path.count("/"), default=top)
