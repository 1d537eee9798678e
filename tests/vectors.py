"""Index files with points and their owners: what every other reader of these files must answer alike.

One file holds all coverages, little-endian, every block beginning at a multiple of 8 bytes: the number of coverages
(u64), then for each the bytes of its index file (u64), its points (u64), the index file, the longitudes (f64), the
latitudes (f64), and the owners as positions into the codes, −1 for none (i32). Nothing passes through decimal text.
"""

import struct
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial import GridIndex
from spatial.ownership.building import COMPACT_CELLS_PER_EDGE
from tests.coverages import Polygons, beside_edges, wobbly

Floats = NDArray[np.float64]
Places = tuple[Floats, Floats]


def coverages(seed: int) -> Mapping[str, GridIndex]:
    """Return indexes of every kind of coverage that a file can hold."""
    made = {
        "wobbly": _index(wobbly(60, 6, seed)),
        "wobbly and compact": _index(wobbly(60, 30, seed + 1), COMPACT_CELLS_PER_EDGE),
        "wobbly and coarse": _index(wobbly(40, 12, seed + 2), 0.05),
        "holes, islands and several parts": _index(_holes_and_islands()),
        "around 0°": _index(wobbly(30, 5, seed + 3, (-1.5, -1.0, 1.2, 1.1))),
        "corners near 0°": _index(_near_zero()),
        "beyond 180°": _index(wobbly(30, 5, seed + 4, (178.5, -18.0, 181.5, -16.0))),
        "cut at 180°": _index(_cut_at_180(wobbly(12, 4, seed + 5, (178.5, 50.0, 181.5, 52.0)))),
        "west of 180°": _index(wobbly(12, 4, seed + 6, (179.0, 10.0, 180.0, 11.0))),
        "the whole earth": _index(wobbly(20, 4, seed + 7, (-180.0, -90.0, 180.0, 90.0))),
        "nothing": GridIndex.build([None, shapely.Polygon()], ["\ufeff甲", "乙"], edition="空"),
    }
    return {**made, "patched": _patched(seed + 8)}


def points_of(index: GridIndex, seed: int, count: int) -> Places:
    """Return corners, places on edges, up to two floats beside them, all over and around, and the odd."""
    random = np.random.default_rng(seed)
    odd = np.array([-180.0, 180.0, 0.0, -0.0, 5e-324, -5e-324, 1e-300, 360.0, -360.0, 90.0, -90.0, 1e9, -1e300])
    x, y = (axis.ravel() for axis in np.meshgrid(odd, odd))
    part = index._whole()
    ends, frame = part.edges.ends, part.raster.frame
    if not len(ends):
        return x, y
    share = random.uniform(0, 1, (len(ends), 1))
    bent = np.hstack((ends[:, :2], ends[:, :2] + share * (ends[:, 2:] - ends[:, :2]), ends[:, 2:]))
    lines = np.array(shapely.linestrings(bent.reshape(-1, 3, 2)), dtype=object)
    near_x, near_y = beside_edges(lines, seed, count)
    west, south, east, north = shapely.total_bounds(lines)
    wide, high = (east - west) / 5, (north - south) / 5
    all_x = random.uniform(west - wide, east + wide, count)
    all_y = random.uniform(south - high, north + high, count)
    # the sides of the cells, and the meridian of 180° from both sides, at heights where there is something
    sides = (frame.first_column + random.integers(0, frame.columns + 1, count // 4)) * 2.0**-frame.kx
    floors = (frame.first_row + random.integers(0, frame.rows + 1, count // 4)) * 2.0**-frame.ky
    meridian = np.repeat([180.0, -180.0], count // 8)
    heights = random.uniform(south, north, len(meridian))
    x = np.concatenate((x, near_x, all_x, sides, all_x[: len(floors)], meridian))
    y = np.concatenate((y, near_y, all_y, all_y[: len(sides)], floors, heights))
    # east of 180° both ways of counting are usual
    return np.where((x > 180) & (x < 360) & (random.uniform(0, 1, len(x)) < 0.5), x - 360, x), y


def block(index: GridIndex, points: Places, folder: Path) -> bytes:
    """Return one coverage of a file of vectors, with the owners that Python gives."""
    with tempfile.TemporaryDirectory(dir=folder) as there:
        saved = Path(there) / "it.gsi"
        index.save(saved)
        content = saved.read_bytes()
    x, y = points
    owners = index.owners(x, y).astype("<i4").tobytes()
    parts = (content, x.astype("<f8").tobytes(), y.astype("<f8").tobytes(), owners)
    return struct.pack("<QQ", len(content), len(x)) + b"".join(part + bytes(-len(part) % 8) for part in parts)


def _index(polygons: Polygons, cells_per_edge: float | None = None) -> GridIndex:
    codes = [f"{number:012d}" for number in range(len(polygons))]
    if cells_per_edge is None:
        return GridIndex.build(polygons, codes, edition="第一版 1")
    return GridIndex.build(polygons, codes, edition="第一版 1", cells_per_edge=cells_per_edge)


def _holes_and_islands() -> Polygons:
    """Return rings in rings, an area of two parts, and 20 m beside 30 km."""
    centre = shapely.Point(105.4, 29.2)
    rings = [centre.buffer(0.02 * step) for step in range(1, 5)]
    inner = shapely.difference(rings[0], shapely.box(105.395, 29.195, 105.4, 29.2))
    middle = shapely.difference(rings[2], rings[1])  # a gap lies between it and the inner one
    outer = shapely.difference(rings[3], rings[2])
    island = shapely.box(105.396, 29.196, 105.399, 29.199)
    parts = shapely.MultiPolygon([shapely.box(105.6, 29.1, 105.7, 29.2), shapely.box(105.8, 29.1, 105.9, 29.2)])
    small = shapely.box(105.7, 29.15, 105.7002, 29.1502)
    between = shapely.difference(shapely.box(105.7, 29.1, 105.8, 29.2), small)
    return np.array([inner, middle, outer, island, parts, between, small], dtype=object)


def _near_zero() -> Polygons:
    """Return triangles around a corner that lies so near to 0° that products of differences lose their bits."""
    corner = (1e-200, -1e-180)
    around = [(1.0, 1e-310), (0.75, 1.0), (1e-160, 0.5), (-1.0, 0.3), (-1e-9, -1e-7), (0.5, -1.0)]
    return np.array(
        [shapely.Polygon([corner, one, other]) for one, other in zip(around, [*around[1:], around[0]], strict=True)],
        dtype=object,
    )


def _cut_at_180(polygons: Polygons) -> Polygons:
    west, east = shapely.box(178, -90, 180, 90), shapely.box(180, -90, 182, 90)

    def cut(polygon: shapely.Polygon) -> shapely.Geometry:
        there = shapely.transform(shapely.intersection(polygon, east), lambda points: points - np.array([360.0, 0.0]))
        parts = [*shapely.get_parts(shapely.intersection(polygon, west)), *shapely.get_parts(there)]
        return shapely.MultiPolygon([part for part in parts if part.area > 0])

    return np.array([cut(polygon) for polygon in polygons], dtype=object)


def _patched(seed: int) -> GridIndex:
    """Return an index in which one corner moved, one area went away and one was added, before it was saved."""
    polygons = wobbly(30, 5, seed)
    index = _index(polygons)
    corner = shapely.get_coordinates(polygons[14])[0]
    moved = {}
    for number, polygon in enumerate(polygons):
        points = shapely.get_coordinates(polygon)
        held = (points == corner).all(axis=1)
        if held.any():
            moved[index.codes[number]] = shapely.Polygon(np.where(held[:, None], corner + 1e-5, points))
    added = {"新": shapely.box(105.6, 29.1, 105.61, 29.11)}
    return index.patched(moved).patched({index.codes[0]: None, **added})
