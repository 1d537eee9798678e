"""The cells of a raster in blocks, to tell quickly where edges are."""

from dataclasses import dataclass

import numpy as np

from spatial.ownership.edges import Floats, Integers
from spatial.ownership.frame import Frame
from spatial.ownership.raster import Raster

_MOST = 1024
"""About so many blocks are weighed for a place; then the edges of one or a few of them are."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of `size` by `size` cells that edges pass through, by their columns and rows in a raster's frame."""

    frame: Frame
    size: int
    columns: Integers
    rows: Integers

    def at_least_m(self, x: float, y: float, across: float, along: float) -> Floats:
        """Return how far each block is from a place in the frame's degrees, of so many metres across and along."""
        width, height = self.size * 2.0**-self.frame.kx, self.size * 2.0**-self.frame.ky
        west = self.columns * width + self.frame.first_column * 2.0**-self.frame.kx
        south = self.rows * height + self.frame.first_row * 2.0**-self.frame.ky
        beside = np.maximum(np.maximum(west - x, x - west - width), 0.0) * across
        above = np.maximum(np.maximum(south - y, y - south - height), 0.0) * along
        found: Floats = np.hypot(beside, above)
        return found

    def cells(self, which: int) -> Frame:
        """Return the cells of one block."""
        frame, size = self.frame, self.size
        column, row = int(self.columns[which]) * size, int(self.rows[which]) * size
        return Frame(frame.kx, frame.ky, frame.first_column + column, frame.first_row + row, size, size, frame.turned)


def blocks_of(raster: Raster) -> Blocks:
    """Return the blocks of a raster that edges pass through."""
    frame = raster.frame
    size = max(1, round((frame.columns * frame.rows / _MOST) ** 0.5))
    crossed = (raster.cells < 0).reshape(frame.rows, frame.columns)
    if crossed.size:
        crossed = np.logical_or.reduceat(crossed, np.arange(0, frame.rows, size), axis=0)
        crossed = np.logical_or.reduceat(crossed, np.arange(0, frame.columns, size), axis=1)
    rows, columns = np.nonzero(crossed)
    return Blocks(frame, size, columns, rows)
