"""Owners of many points over the parts of an index: by compiled loops, or by arrays alone."""

from collections.abc import Sequence

import numpy as np

from spatial.ownership import vectorised
from spatial.ownership.compiling import may_compile
from spatial.ownership.edges import Floats, Owners
from spatial.ownership.parts import Part, turned_longitudes
from spatial.ownership.single import NUMBERS, finder

FEW = 2_000
"""So few points are not worth loading a compiler's work for."""


def owners_of(parts: Sequence[Part], x: Floats, y: Floats) -> Owners:
    """Return the owner of each point, counted from 1, 0 for none. `x`, `y`: finite degrees."""
    base = parts[0]
    x = turned_longitudes(x, base.raster.frame)
    found = _of_part(base, x, y)
    for part in parts[1:]:
        west, south, east, north = part.box
        inside = np.flatnonzero((x >= west) & (x < east) & (y >= south) & (y < north))
        if len(inside):
            found[inside] = _of_part(part, x[inside], y[inside])
    return found


def _of_part(part: Part, x: Floats, y: Floats) -> Owners:
    if len(x) < FEW or not may_compile():
        return vectorised.owners_of(part.raster, part.edges.ends, x, y)
    from spatial.ownership import compiled_lookup

    frame = part.raster.frame
    found = np.empty(len(x), dtype=np.int32)
    compiled_lookup.owners_of(
        part.raster.cells, part.raster.stream, part.edges.ends, frame.kx, frame.ky, frame.first_column, frame.first_row,
        frame.columns, frame.rows, x, y, found,
    )  # fmt: skip
    doubtful = np.flatnonzero(found == compiled_lookup.DOUBTFUL)
    if len(doubtful):
        exactly = finder(part.raster, part.edges.ends, NUMBERS)
        found[doubtful] = [exactly(a, b) for a, b in zip(x[doubtful].tolist(), y[doubtful].tolist(), strict=True)]
    return found
