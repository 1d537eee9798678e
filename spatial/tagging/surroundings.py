"""The buildings and roads of a store around some places, no more of them than fit in memory whatever the store."""

import numpy as np
from numpy.typing import NDArray

from spatial.datum_evidence import READINGS
from spatial.datums import Datum, convert
from spatial.store.parts import Features
from spatial.store.records import Box, Query
from spatial.table import Geometries

Degrees = NDArray[np.float64]

COLLECTIONS = ("buildings", "roads")
MOST_SHAPES = 60_000
_MOST_TILES = 200
_TILE_DEG = 0.05
_MARGIN_DEG = 0.003


def around(store: Features, x: Degrees, y: Degrees, most: int = MOST_SHAPES) -> tuple[NDArray[np.int64], Geometries]:
    """Return which of some positions have their surroundings read, and the buildings and roads there.

    `x`, `y`: longitude, latitude in degrees of a datum that is in doubt, shape (n,); what lies around them in any
    of the datums is read. Where that is more than `most` shapes, the squares with the most positions go first and
    some are left out. Returns positions into `x`, shape (m,), and shapes in WGS 84 degrees.
    """
    _, tile_of, sizes = np.unique(
        np.floor(np.column_stack([x, y]) / _TILE_DEG), axis=0, return_inverse=True, return_counts=True
    )
    tile_of = tile_of.reshape(-1)
    taken: list[NDArray[np.int64]] = []
    shapes: list[Geometries] = []
    left = most
    for tile in np.argsort(-sizes, kind="stable")[:_MOST_TILES]:
        inside = np.flatnonzero(tile_of == tile)
        queries = [(name, Query(box=_box(x[inside], y[inside]), columns=())) for name in COLLECTIONS]
        found = sum(store.count(name, query) for name, query in queries)
        if found > left:
            continue
        left -= found
        taken.append(inside)
        if found:
            shapes += [store.read(name, query).geometry for name, query in queries]
    nothing = np.empty(0, dtype=object)
    return np.sort(np.concatenate([*taken, np.empty(0, dtype=np.int64)])), np.concatenate([nothing, *shapes])


def _box(x: Degrees, y: Degrees) -> Box:
    """Return the box in WGS 84 of positions in whichever datum, with a margin within which something is near."""
    readings = [np.column_stack(convert(x, y, datum, Datum.WGS84)) for datum in READINGS]
    west, south = np.min(readings, axis=(0, 1)) - _MARGIN_DEG
    east, north = np.max(readings, axis=(0, 1)) + _MARGIN_DEG
    return max(float(west), -180.0), max(float(south), -90.0), min(float(east), 180.0), min(float(north), 90.0)
