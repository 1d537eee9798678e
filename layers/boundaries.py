"""What tiles need of areas beside their polygons: each shared edge once, and a point for each label."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.circles import places_around
from layers.flat import Floats, Integers
from spatial.table import Geometries, Table
from spatial.vocabulary import LevelSlug

# a hundred-millionth of a degree is a millimetre: edges closer than that are the same
_GRAIN = 1e-8


def shared_lines(levels: Sequence[tuple[LevelSlug, Geometries]]) -> Table:
    """Return every edge of coverages once, in the highest level that it bounds, joined to lines as long as can be.

    `levels`: the levels from the top down, each with its (multi)polygons in WGS 84 degrees. Column: `level`.
    """
    edges, ranks = [], []
    for rank, (_, polygons) in enumerate(levels):
        found = _edges(polygons)
        edges.append(found)
        ranks.append(np.full(len(found), rank))
    all_edges = np.concatenate(edges) if edges else np.empty((0, 4), dtype=np.int64)
    if not len(all_edges):
        return Table(np.empty(0, dtype=object), {"level": []})
    # np.unique returns the first of equal edges: the one of the highest level
    _, first = np.unique(_hashed(_undirected(all_edges)), return_index=True)
    # back in the order of the rings, so that most edges follow the one before
    first.sort()
    unique, rank_of_edge = all_edges[first], np.concatenate(ranks)[first]
    shapes: list[shapely.Geometry] = []
    slugs: list[str] = []
    for rank in np.unique(rank_of_edge):
        merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(_chains(unique[rank_of_edge == rank]))))
        shapes.extend(merged)
        slugs.extend([levels[rank][0].value] * len(merged))
    return Table(np.array(shapes, dtype=object), {"level": slugs})


def _chains(edges: Integers) -> Geometries:
    """Return edges that follow each other as lines in degrees, parted where more than two edges meet."""
    ends = np.concatenate((edges[:, :2], edges[:, 2:]))
    _, place, degree = np.unique(_hashed(ends), return_inverse=True, return_counts=True)
    begins, arrives = place[: len(edges)], place[len(edges) :]
    follows = np.zeros(len(edges), dtype=bool)
    follows[1:] = (arrives[:-1] == begins[1:]) & (degree[begins[1:]] == 2)
    starts = np.flatnonzero(~follows)
    lengths = np.diff(np.append(starts, len(edges)))
    # each chain has the starts of its edges and the end of its last one
    line = np.repeat(np.arange(len(starts)), lengths + 1)
    points = np.empty((len(edges) + len(starts), 2), dtype=np.int64)
    last = np.cumsum(lengths + 1) - 1
    inner = np.ones(len(points), dtype=bool)
    inner[last] = False
    points[inner] = edges[:, :2]
    points[last] = edges[np.append(starts[1:], len(edges)) - 1, 2:]
    found: Geometries = shapely.linestrings(points * _GRAIN, indices=line)
    return found


def _edges(polygons: Geometries) -> Integers:
    """Return the edges of all rings as whole numbers of a hundred-millionth degree, in their order."""
    rings = shapely.get_rings(shapely.get_parts(polygons))
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    whole = np.rint(coordinates / _GRAIN).astype(np.int64)
    same = ring[1:] == ring[:-1]
    edges = np.column_stack((whole[:-1][same], whole[1:][same]))
    moving: Integers = edges[(edges[:, :2] != edges[:, 2:]).any(axis=1)]
    return moving


def _undirected(edges: Integers) -> Integers:
    """Return edges with their lesser end first."""
    swap = (edges[:, 0] > edges[:, 2]) | ((edges[:, 0] == edges[:, 2]) & (edges[:, 1] > edges[:, 3]))
    return np.where(swap[:, None], edges[:, [2, 3, 0, 1]], edges)


def _hashed(edges: Integers) -> NDArray[np.uint64]:
    """Return a number for each row of whole numbers: two of a million share one once in forty million runs."""
    mixed = np.zeros(len(edges), dtype=np.uint64)
    for column in range(edges.shape[1]):
        mixed = (mixed ^ edges[:, column].astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed


def label_points(polygons: Geometries) -> Geometries:
    """Return a point of each polygon where its name reads best: the centroid, or a point inside where that is outside.

    Of several parts the largest carries the label.
    """
    largest = _largest_parts(polygons)
    points = shapely.centroid(largest)
    outside = shapely.distance(points, largest) > 0
    if outside.any():
        points[outside] = shapely.point_on_surface(largest[outside])
    found: Geometries = points
    return found


def _largest_parts(polygons: Geometries) -> Geometries:
    found = np.array(polygons, dtype=object)
    many = np.flatnonzero(shapely.get_num_geometries(found) > 1)
    for position in many:
        parts = shapely.get_parts(found[position])
        found[position] = parts[int(np.argmax(shapely.area(parts)))]
    return found


def sectors(lons: Floats, lats: Floats, bearings: Floats, fields: Floats, ranges_m: Floats) -> Geometries:
    """Return what cameras look at: a sector around each WGS 84 position (degrees), as polygons in degrees.

    `bearings` and `fields` (of view) are in degrees, clockwise from north; `ranges_m` in metres, on the ellipsoid.
    Buildings in the way are not taken into account. A field of 360° or more is a disc without its middle point.
    """
    steps = 13
    share = np.linspace(-0.5, 0.5, steps)
    angles = bearings[:, None] + np.minimum(fields, 359.0)[:, None] * share[None, :]
    arc = places_around(lons[:, None], lats[:, None], angles, ranges_m[:, None])
    middle = np.column_stack((lons, lats))[:, None, :]
    found: Geometries = shapely.polygons(np.concatenate((middle, arc, middle), axis=1))
    return found
