"""Coverages with true shared edges, made from a seed: what ownership is tested and measured on."""

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi

Polygons = NDArray[np.object_]


def wobbly(
    areas: int,
    points_per_edge: int = 6,
    seed: int = 0,
    box: tuple[float, float, float, float] = (105.3, 29.1, 105.5, 29.25),
) -> Polygons:
    """Return polygons that fill a box in degrees (west, south, east, north) and share every point of their edges.

    Each is the neighbourhood of one of `areas` scattered places; inner edges are bent at `points_per_edge` points.
    """
    random = np.random.default_rng(seed)
    side = int(np.ceil(np.sqrt(areas)))
    columns, rows = np.meshgrid(np.arange(side), np.arange(side))
    cells = np.column_stack((columns.ravel(), rows.ravel()))[:areas]
    places = cells + random.uniform(0.15, 0.85, (areas, 2))
    high = int(np.ceil(areas / side))
    # mirrored beyond each side, so that the neighbourhoods end at the box
    mirrored = [places * (-1, 1), places * (1, -1), places * (-1, 1) + (2 * side, 0), places * (1, -1) + (0, 2 * high)]
    found = Voronoi(np.vstack([places, *mirrored]))
    corners = np.round(found.vertices, 9)
    west, south, east, north = box
    scale = np.array([(east - west) / side, (north - south) / high])
    bent: dict[tuple[int, int], NDArray[np.float64]] = {}

    def edge(first: int, last: int) -> NDArray[np.float64]:
        key = (min(first, last), max(first, last))
        if key not in bent:
            begin, end = corners[key[0]], corners[key[1]]
            share = np.linspace(0, 1, points_per_edge + 2)[1:-1]
            across = np.array([-(end - begin)[1], (end - begin)[0]])
            off = random.uniform(-0.2, 0.2, len(share)) / (points_per_edge + 1)
            outer = [
                (np.abs([begin[axis], end[axis]] - np.float64(limit)) < 1e-9).all()
                for axis, limits in ((0, (0, side)), (1, (0, high)))
                for limit in limits
            ]
            bent[key] = begin + np.outer(share, end - begin) + np.outer(np.where(any(outer), 0, off), across)
        return bent[key] if first == key[0] else bent[key][::-1]

    polygons = []
    for which in range(areas):
        region = found.regions[found.point_region[which]]
        pieces = []
        for first, last in zip(region, [*region[1:], region[0]], strict=True):
            pieces += [corners[[first]], edge(first, last)]
        polygons.append(shapely.Polygon(np.array([west, south]) + np.vstack(pieces) * scale))
    return np.array(polygons, dtype=object)


def beside_edges(polygons: Polygons, seed: int, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return corners, middles of edges, and places one or two floats beside them."""
    random = np.random.default_rng(seed)
    points = shapely.get_coordinates(polygons)
    begins = points[random.integers(0, len(points) - 1, count)]
    rows = random.integers(0, len(points) - 1, count)
    middles = (points[rows] + points[rows + 1]) / 2
    exact = np.concatenate((begins, middles))
    x, y = exact.T.copy()
    steps = random.integers(-2, 3, (2, len(x)))
    for axis, off in ((x, steps[0]), (y, steps[1])):
        for _ in range(2):
            move = off != 0
            axis[move] = np.nextafter(axis[move], np.where(off[move] > 0, np.inf, -np.inf))
            off -= np.sign(off)
    return np.concatenate((exact[:, 0], x)), np.concatenate((exact[:, 1], y))
