"""Our tile encoder against the mapbox-vector-tile package, on two thousand buildings in one tile."""

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
import shapely

from layers import mvt
from layers.attributes import Attributes, prepare
from layers.flat import Flat, project
from tests.bench.buildings import COLUMN, COUNT, ROW, ZOOM, buildings

WANTED = 60


def theirs(flat: Flat, columns: dict[str, Any]) -> bytes:
    """Return the tile as mapbox-vector-tile makes it: clipped to the buffered tile, valid, wound as ours is."""
    import mapbox_vector_tile
    from mapbox_vector_tile.encoder import on_invalid_geometry_make_valid

    side = 1.0 / (1 << ZOOM)
    margin = side * mvt.BUFFER / mvt.EXTENT
    west, north, east, south = COLUMN * side, ROW * side, (COLUMN + 1) * side, (ROW + 1) * side
    edge = shapely.box(west - margin, north - margin, east + margin, south + margin)
    inner, outer = np.array(edge.bounds), flat.boxes
    whole = (outer[:, :2] >= inner[:2]).all(axis=1) & (outer[:, 2:] <= inner[2:]).all(axis=1)
    features = [
        {
            "geometry": shape if whole[row] else shape.intersection(edge),
            "properties": {name: values[row] for name, values in columns.items()},
        }
        for row, shape in enumerate(flat.geometry)
    ]
    encoded: bytes = mapbox_vector_tile.encode(
        {"name": "buildings", "features": features},
        default_options={
            "quantize_bounds": (west, north, east, south),
            "y_coord_down": True,
            "on_invalid_geometry": on_invalid_geometry_make_valid,
        },
    )
    return encoded


def ours(flat: Flat, attributes: Attributes) -> bytes:
    """Return the tile as we make it, from projected coordinates and prepared attributes as they stay in memory."""
    return mvt.encode("buildings", flat, attributes, ZOOM, COLUMN, ROW)


def seconds(work: Callable[[], object], times: int) -> float:
    """Return the median time that some work takes."""
    taken = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def measure() -> tuple[float, float]:
    """Return the seconds that theirs and ours take for one tile."""
    shapes, columns = buildings()
    flat, attributes = project(shapes), prepare(columns, len(shapes))
    ours(flat, attributes)
    return seconds(lambda: theirs(flat, columns), 5), seconds(lambda: ours(flat, attributes), 50)


def main() -> None:
    """Print both times and their ratio."""
    slow, fast = measure()
    print(f"one tile of {COUNT:,} buildings, holes and validity included")
    print(f"  mapbox-vector-tile   {slow * 1000:8.1f} ms")
    print(f"  layers.mvt           {fast * 1000:8.1f} ms")
    print(f"  ratio                {slow / fast:8.0f} ×   (at least {WANTED} ×)")
