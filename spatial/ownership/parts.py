"""A raster with the edges that it speaks of."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from spatial.ownership.blocks import Blocks, blocks_of
from spatial.ownership.edges import Edges, Floats, Integers
from spatial.ownership.frame import Frame
from spatial.ownership.raster import Raster
from spatial.ownership.reading import edges_listed


@dataclass(frozen=True)
class Part:
    """A raster over a rectangle with its edges; several parts lie on each other, and the last one that holds a point
    answers for it."""

    raster: Raster
    edges: Edges

    def edges_of(self, owner: int) -> Integers:
        """Return the positions of the edges that bound an area, by its number counted from 1."""
        order, starts = self._by_owner
        if owner + 1 >= len(starts):
            return np.empty(0, dtype=np.int64)
        return order[starts[owner] : starts[owner + 1]] // 2

    @cached_property
    def blocks(self) -> Blocks:
        """Where the edges are, coarsely."""
        return blocks_of(self.raster)

    def edges_in_block(self, which: int) -> Integers:
        """Return the positions of the edges that a block lists; they are kept, and not to be written to."""
        found = self._in_blocks.get(which)
        if found is None:
            found = self._in_blocks[which] = edges_listed(self.raster, self.blocks.cells(which))
        return found

    @cached_property
    def _in_blocks(self) -> dict[int, Integers]:
        return {}

    @cached_property
    def _by_owner(self) -> tuple[Integers, Integers]:
        flat = self.edges.sides.ravel()
        counts = np.bincount(flat, minlength=1) if len(flat) else np.zeros(1, dtype=np.int64)
        return np.argsort(flat, kind="stable"), np.concatenate(([0], np.cumsum(counts)))

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north in the degrees of the frame; a point on the eastern or northern side is outside."""
        frame = self.raster.frame
        width, height = 2.0**-frame.kx, 2.0**-frame.ky
        return (
            frame.first_column * width,
            frame.first_row * height,
            (frame.first_column + frame.columns) * width,
            (frame.first_row + frame.rows) * height,
        )


def turned_longitudes(lons: Floats, frame: Frame) -> Floats:
    """Return longitudes as a raster counts them: 180° is −180°, or negative ones 360° more where it is turned."""
    if frame.turned:
        return np.where(lons < 0, lons + 360.0, lons)
    return np.where(lons == 180.0, -180.0, lons) if (lons == 180.0).any() else lons


def turned_longitude(lon: float, frame: Frame) -> float:
    """Return one longitude as a raster counts it."""
    if frame.turned:
        return lon + 360.0 if lon < 0 else lon
    return -180.0 if lon == 180.0 else lon
