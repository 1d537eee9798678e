"""Two thousand buildings in one tile: rows of slabs, towers with courts, L-shapes, some across the tile's edge."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

ZOOM, COLUMN, ROW = 15, 26214, 13000
COUNT = 2000

_SLAB = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], dtype=float)
_ELL = np.array([[-1, -1], [1, -1], [1, 0.2], [0.3, 0.2], [0.3, 1], [-1, 1]], dtype=float)


def buildings(count: int = COUNT, seed: int = 7) -> tuple[NDArray[np.object_], dict[str, Sequence[Any]]]:
    """Return WGS 84 polygons in the tile of this module, a quarter of them with a court, and their attributes."""
    random = np.random.default_rng(seed)
    side = 1.0 / (1 << ZOOM)
    shapes = []
    for index in range(count):
        turn = random.random() * 0.5
        rotate = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        half = np.array([20 + 80 * random.random(), 10 + 30 * random.random()]) * side / 4096
        middle = np.array([COLUMN, ROW]) * side + random.random(2) * side
        outline = (_ELL if index % 3 == 0 else _SLAB) * half
        court = [(_SLAB[::-1] * 0.4 * half) @ rotate.T + middle] if index % 4 == 1 and index % 3 else []
        shapes.append(shapely.Polygon(outline @ rotate.T + middle, court))
    world = np.array(shapes, dtype=object)
    return shapely.transform(world, _degrees), {
        "code": [f"410611002017{index:06d}" for index in range(count)],
        "name": [f"{index % 40 + 1}号楼" for index in range(count)],
        "kind": ["housing" if index % 5 else "office" for index in range(count)],
        "floors": [index % 33 + 1 for index in range(count)],
        "height_m": [2.9 * (index % 33 + 1) for index in range(count)],
        "households": [None if index % 11 == 0 else index % 90 for index in range(count)],
    }


def _degrees(world: NDArray[np.float64]) -> NDArray[np.float64]:
    latitude = np.degrees(np.arctan(np.sinh((0.5 - world[:, 1]) * 2 * np.pi)))
    return np.column_stack(((world[:, 0] - 0.5) * 360, latitude))
