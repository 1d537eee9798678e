"""Geometry of many features as flat arrays, projected once: what the tile encoder works on.

The world is a square from 0 to 1: x grows eastwards, y grows southwards (spherical Mercator, EPSG:3857 scaled), so
that the tile x, y of zoom z covers [x, x + 1] / 2**z, and coordinates within it are a matter of scaling.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.runs import offsets, spread
from spatial.table import Geometries

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

MERCATOR_LIMIT = 85.05112877980659
"""The latitude in degrees where the square world ends."""


class FeatureType(IntEnum):
    """The geometry types of the Mapbox Vector Tile specification 2.1."""

    UNKNOWN = 0
    POINT = 1
    LINE = 2
    POLYGON = 3


_FEW_CORNERS = 12
"""Polygons of one ring with no more corners than this are measured by arrays, many at a time; GEOS does the others."""

# by shapely's type id, −1 (no geometry) and 7 (collection) included
_TYPES = np.array([1, 2, 2, 3, 1, 2, 3, 0, 0], dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Flat:
    """Features as flat arrays.

    `types`: FeatureType, shape (n,). `feature_rings`: offsets into the rings, shape (n + 1,). `ring_points`: offsets
    into the points, shape (r + 1,). A ring is a polygon's ring without its closing point, a line or one point; a
    polygon's exterior ring has a positive area (y pointing down), its holes a negative one. `boxes`: west, north,
    east, south in the world, shape (n, 4). `clearance`: how far apart a polygon's own parts are in the world; moving
    every point by less than half of it keeps the polygon valid; NaN where it was not asked for yet, infinite for points
    and lines. `geometry`: the same as shapely objects; None where everything is a single point, which needs none.
    """

    geometry: Geometries
    types: NDArray[np.uint8]
    feature_rings: Integers
    ring_points: Integers
    x: Floats
    y: Floats
    boxes: Floats
    clearance: Floats

    def clearance_of(self, rows: Integers) -> Floats:
        """Return the clearance of some features; it is worked out when it is first asked for, which takes a while."""
        unknown = rows[np.isnan(self.clearance[rows])]
        if len(unknown):
            rings = np.diff(self.feature_rings)[unknown]
            corners = np.diff(self.ring_points)[np.minimum(self.feature_rings[unknown], len(self.ring_points) - 2)]
            plain = (rings == 1) & (corners >= 3) & (corners <= _FEW_CORNERS)
            for count in np.unique(corners[plain]).tolist():
                own = unknown[plain & (corners == count)]
                first = self.ring_points[self.feature_rings[own]]
                place = first[:, None] + np.arange(count)
                self.clearance[own] = _ring_clearance(self.x[place], self.y[place])
            self.clearance[unknown[~plain]] = shapely.minimum_clearance(self.geometry[unknown[~plain]])
        return self.clearance[rows]

    def __len__(self) -> int:
        return len(self.types)

    @property
    def nbytes(self) -> int:
        """How many bytes the arrays take, the shapely objects not counted."""
        return sum(
            array.nbytes
            for array in (self.types, self.feature_rings, self.ring_points, self.x, self.y, self.boxes, self.clearance)
        )


def to_world(geometry: Geometries) -> Geometries:
    """Return WGS 84 longitude, latitude in degrees as world coordinates; latitudes beyond the square are clamped."""

    def move(degrees: Floats) -> Floats:
        return np.column_stack(_world(degrees[:, 0], degrees[:, 1]))

    moved: Geometries = shapely.transform(geometry, move)
    return moved


def _world(lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
    latitude = np.radians(np.clip(lats, -MERCATOR_LIMIT, MERCATOR_LIMIT))
    return lons / 360 + 0.5, 0.5 - np.arcsinh(np.tan(latitude)) / (2 * np.pi)


def feature_types(geometry: Geometries) -> NDArray[np.uint8]:
    """Return the FeatureType of each geometry, UNKNOWN for what has no place."""
    types: NDArray[np.uint8] = _TYPES[shapely.get_type_id(geometry)].copy()
    types[shapely.is_empty(geometry) | shapely.is_missing(geometry)] = FeatureType.UNKNOWN
    return types


def flatten(world: Geometries) -> Flat:
    """Return features in world coordinates as flat arrays; rings are turned the way that tiles want them.

    Features without a place come out with no rings.
    """
    count = len(world)
    types = feature_types(world)
    drawn = np.flatnonzero(types)
    parts, feature_of_part = shapely.get_parts(world[drawn], return_index=True)
    filled = ~shapely.is_empty(parts)
    parts, feature_of_part = parts[filled], drawn[feature_of_part[filled]]
    polygonal = types[feature_of_part] == FeatureType.POLYGON
    rings, part_of_ring = shapely.get_rings(parts[polygonal], return_index=True)
    # the first ring of each polygon is its outer one
    outer = np.ones(len(rings), dtype=bool)
    outer[1:] = part_of_ring[1:] != part_of_ring[:-1]
    # the rings of polygons, and lines and points as they are, back in the order of their parts
    part_of_ring = np.concatenate((np.flatnonzero(polygonal)[part_of_ring], np.flatnonzero(~polygonal)))
    rings = np.concatenate((rings, parts[~polygonal]))
    outer = np.concatenate((outer, np.ones(np.count_nonzero(~polygonal), dtype=bool)))
    order = np.argsort(part_of_ring, kind="stable")
    rings, outer, feature_of_ring = rings[order], outer[order], feature_of_part[part_of_ring[order]]
    coordinates, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    lengths = np.bincount(ring_of_point, minlength=len(rings))
    closed = types[feature_of_ring] == FeatureType.POLYGON
    if closed.any():
        keep = np.ones(len(coordinates), dtype=bool)
        keep[(np.cumsum(lengths) - 1)[closed]] = False
        coordinates = coordinates[keep]
        lengths = lengths - closed
        coordinates = _turned(coordinates, offsets(lengths), closed, outer)
    bounds = shapely.bounds(world).reshape(count, 4)
    return Flat(
        world,
        types,
        offsets(np.bincount(feature_of_ring, minlength=count)),
        offsets(lengths),
        np.ascontiguousarray(coordinates[:, 0]),
        np.ascontiguousarray(coordinates[:, 1]),
        bounds,
        np.where(types == FeatureType.POLYGON, np.nan, np.inf),
    )


def project(geometry: Geometries) -> Flat:
    """Return WGS 84 features (degrees) as flat arrays in the world."""
    return Projected(geometry).flat


class Projected:
    """WGS 84 features (degrees) in the world, as flat arrays once these are asked for.

    `geometry`: shapely objects in the world, None for each where everything is a single point; `boxes`: as in Flat.
    """

    def __init__(self, geometry: Geometries) -> None:
        geometry = np.asarray(geometry, dtype=object)
        self._flat: Flat | None = None
        if len(geometry) and (shapely.get_type_id(geometry) == shapely.GeometryType.POINT).all():
            self._flat = points(*_world(shapely.get_x(geometry), shapely.get_y(geometry)))
            self.geometry, self.boxes = self._flat.geometry, self._flat.boxes
        else:
            self.geometry = to_world(geometry)
            self.boxes = shapely.bounds(self.geometry).reshape(len(geometry), 4)

    @property
    def flat(self) -> Flat:
        """The features as flat arrays; several threads may come to make them twice, and get the same."""
        if self._flat is None:
            self._flat = flatten(self.geometry)
        return self._flat


def _ring_clearance(x: Floats, y: Floats) -> Floats:
    """Return the least distance of a corner to an edge that does not end in it, for rings of equally many corners.

    `x`, `y`: corners of each ring without the closing one, shape (rings, corners).
    """
    least = np.full(len(x), np.inf)
    run, rise = np.roll(x, -1, axis=1) - x, np.roll(y, -1, axis=1) - y
    length_2 = run * run + rise * rise
    length_2[length_2 == 0] = 1.0
    # the edge that begins `ahead` corners further on ends in neither this corner nor the one before it
    for ahead in range(1, x.shape[1] - 1):
        begin_x, begin_y = np.roll(x, -ahead, axis=1), np.roll(y, -ahead, axis=1)
        along, up = np.roll(run, -ahead, axis=1), np.roll(rise, -ahead, axis=1)
        share = ((x - begin_x) * along + (y - begin_y) * up) / np.roll(length_2, -ahead, axis=1)
        share = np.clip(share, 0.0, 1.0)
        away = (begin_x + share * along - x) ** 2 + (begin_y + share * up - y) ** 2
        np.minimum(least, away.min(axis=1), out=least)
    found: Floats = np.sqrt(least)
    return found


def _turned(coordinates: Floats, ring_points: Integers, closed: Booleans, outer: Booleans) -> Floats:
    """Return the points of rings with the closed ones turned, each about its first point, where they wind wrongly."""
    starts, lengths = ring_points[:-1], np.diff(ring_points)
    if not len(coordinates):
        return coordinates
    # relative to the first point of the ring: the world is large and rings are small
    x, y = (coordinates - np.repeat(coordinates[starts], lengths, axis=0)).T
    following = np.arange(1, len(x) + 1)
    following[ring_points[1:] - 1] = starts
    doubled = np.add.reduceat(x * y[following] - x[following] * y, starts)
    wrong = closed & ((doubled < 0) == outer) & (doubled != 0)
    if not wrong.any():
        return coordinates
    place = np.arange(len(x))
    own, size = starts[wrong], lengths[wrong]
    # a ring of n points p0 p1 … becomes p0 pn-1 … p1
    within = spread(own + 1, size - 1)
    place[within] = np.repeat(2 * own + size, size - 1) - within
    turned: Floats = coordinates[place]
    return turned


def points(x: Floats, y: Floats) -> Flat:
    """Return single points in the world as flat arrays, without shapely objects; NaN is no place."""
    placed = ~(np.isnan(x) | np.isnan(y))
    return Flat(
        np.empty(len(x), dtype=object),
        np.where(placed, FeatureType.POINT, FeatureType.UNKNOWN).astype(np.uint8),
        offsets(placed.astype(np.int64)),
        np.arange(np.count_nonzero(placed) + 1, dtype=np.int64),
        x[placed],
        y[placed],
        np.column_stack((x, y, x, y)),
        np.full(len(x), np.inf),
    )
