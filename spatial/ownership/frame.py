"""Where the raster of a coverage lies, and how large its cells are."""

from dataclasses import dataclass

import numpy as np

from spatial.ownership.edges import Edges

_SPARSE = 4.0
"""No coverage gets more than so many times its cells for what lies between its areas."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the raster lies: cells are 2⁻ᵏˣ by 2⁻ᵏʸ degrees, the first column and row are counted from 0°.

    `turned`: longitudes run from 0 to 360, because the coverage crosses the meridian of 180°.
    """

    kx: int
    ky: int
    first_column: int
    first_row: int
    columns: int
    rows: int
    turned: bool = False


def frame_of(edges: Edges, cells_per_edge: float, turned: bool = False) -> Frame:
    """Return a raster with about so many cells for each edge, as square on the ground as powers of two allow.

    Where areas fill only a part of their common box, the cells over nothing are not counted, up to `_SPARSE`.
    """
    ends = edges.ends
    west, south = float(ends[:, [0, 2]].min()), float(ends[:, [1, 3]].min())
    east, north = float(ends[:, [0, 2]].max()), float(ends[:, [1, 3]].max())
    width, height = max(east - west, 1e-9), max(north - south, 1e-9)
    empty = width * height / max(_covered(edges, west, south), 1e-30)
    wanted = max(16.0, cells_per_edge * len(ends) * min(max(empty, 1.0), _SPARSE))
    squeeze = max(0.05, float(np.cos(np.radians((south + north) / 2))))
    best = min(
        ((kx, ky) for kx in range(-8, 31) for ky in (kx - 1, kx, kx + 1)),
        key=lambda k: (
            abs(np.log2(max(width * 2.0 ** k[0], 1) * max(height * 2.0 ** k[1], 1) / wanted))
            + 0.5 * abs(np.log2(squeeze * 2.0 ** (k[1] - k[0])))
        ),
    )
    kx, ky = best
    first_column, first_row = int(np.floor(west * 2.0**kx)), int(np.floor(south * 2.0**ky))
    return Frame(
        kx,
        ky,
        first_column,
        first_row,
        int(np.floor(east * 2.0**kx)) - first_column + 1,
        int(np.floor(north * 2.0**ky)) - first_row + 1,
        turned,
    )


def _covered(edges: Edges, west: float, south: float) -> float:
    """Return the square degrees that the areas cover, by the edges that bound them from outside."""
    outer = (edges.sides == 0).any(axis=1)
    x1, y1, x2, y2 = (edges.ends[outer] - (west, south, west, south)).T
    left = edges.sides[outer, 0] > 0
    return float(abs((np.where(left, 0.5, -0.5) * (x1 * y2 - x2 * y1)).sum()))
