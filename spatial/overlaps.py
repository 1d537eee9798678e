"""Areas of one coverage that overlap, and how large small shapes are."""

from dataclasses import dataclass

import numpy as np
import shapely

from spatial.table import Geometries

EARTH_RADIUS_M = 6371008.8
TOLERATED_M2 = 0.5
"""Overlaps smaller than this come from rounding; they are counted as slivers and not refused."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two areas that overlap, by their positions, `first` < `second`; `place` is a point in the overlap."""

    first: int
    second: int
    area_m2: float
    place: tuple[float, float]


def find(geometry: Geometries) -> list[Overlap]:
    """Return the pairs of valid polygons, in WGS 84 degrees, whose interiors meet, however little.

    Areas are computed on the sphere's plane at the overlap, good to a percent at the size of a district.
    """
    tree = shapely.STRtree(geometry)
    first, second = tree.query(geometry, predicate="intersects")
    keep = first < second
    first, second = first[keep], second[keep]
    if not len(first):
        return []
    # touching neighbours are the rule: sort them out by their relation before anything is computed
    meets = shapely.relate_pattern(geometry[first], geometry[second], "T********")
    first, second = first[meets], second[meets]
    shared = shapely.intersection(geometry[first], geometry[second])
    areas = area_m2(shared)
    places = shapely.point_on_surface(shared)
    order = np.lexsort((second, first))
    return [
        Overlap(
            int(first[at]),
            int(second[at]),
            float(areas[at]),
            (float(shapely.get_x(places[at])), float(shapely.get_y(places[at]))),
        )
        for at in order
    ]


def area_m2(geometry: Geometries) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the areas of small shapes in WGS 84 degrees, in square metres, good to a percent."""
    bounds = shapely.bounds(geometry)
    latitude = np.radians((bounds[:, 1] + bounds[:, 3]) / 2)
    degree_m = np.radians(EARTH_RADIUS_M)
    areas: np.ndarray[tuple[int], np.dtype[np.float64]] = np.nan_to_num(
        shapely.area(geometry) * degree_m**2 * np.cos(latitude)
    )
    return areas
