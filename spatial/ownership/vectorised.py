"""Owners of many points by arrays alone: the same answers as the compiled loop, where nothing may be compiled."""

import numpy as np

from spatial.ownership.edges import Floats, Integers, Owners
from spatial.ownership.raster import Raster, changes_at

_AT_ONCE = 200_000


def owners_of(raster: Raster, ends: Floats, x: Floats, y: Floats) -> Owners:
    """Return the owner of each point, counted from 1, 0 for none. `x`, `y` in the frame of the raster, finite."""
    found = np.empty(len(x), dtype=np.int32)
    for start in range(0, len(x), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        found[part] = _owners(raster, ends, x[part], y[part])
    return found


def _owners(raster: Raster, ends: Floats, x: Floats, y: Floats) -> Owners:
    frame, stream = raster.frame, raster.stream
    if not len(raster.cells):
        return np.zeros(len(x), dtype=np.int32)
    scale_x, scale_y = 2.0**frame.kx, 2.0**frame.ky
    with np.errstate(over="ignore"):  # infinite cells are outside
        across, down = np.floor(x * scale_x), np.floor(y * scale_y)
    column, row = across - frame.first_column, down - frame.first_row
    inside = (column >= 0) & (column < frame.columns) & (row >= 0) & (row < frame.rows)
    if not inside.all():
        column, row = np.where(inside, column, 0.0), np.where(inside, row, 0.0)
    found: Owners = raster.cells[(row * frame.columns + column).astype(np.int64)]
    found *= inside
    point = np.flatnonzero(found < 0)
    record = -1 - found[point].astype(np.int64)
    across, down = across[point], down[point]
    while len(point):
        head = stream[record]
        divided = head < 0
        # what is not divided is a leaf: its head is the constant, which is never negative
        _leaves(raster, ends, x, y, point[~divided], record[~divided], across[~divided] / scale_x, found)
        if not divided.any():
            break
        point, record = point[divided], record[divided]
        across, down = across[divided], down[divided]
        bits = int(-head[divided][0])
        size = 1 << bits
        scale_x, scale_y = scale_x * size, scale_y * size
        finer_across, finer_down = np.floor(x[point] * scale_x), np.floor(y[point] * scale_y)
        child = (finer_down - down * size) * size + (finer_across - across * size)
        value = stream[record + 1 + child.astype(np.int64)]
        found[point] = value
        crossed = value < 0
        point, record = point[crossed], -1 - value[crossed].astype(np.int64)
        across, down = finer_across[crossed], finer_down[crossed]
    return found


def _leaves(
    raster: Raster, ends: Floats, x: Floats, y: Floats, point: Integers, record: Integers, west: Floats, found: Owners
) -> None:
    stream = raster.stream
    counts = stream[record + 1]
    # those with many edges first: then the ones that have a first, a second, a third edge are always the first so many
    if counts.max(initial=0) < 2**15:
        counts = counts.astype(np.int16)  # these are sorted quicker
    order = np.argsort(-counts, kind="stable")
    point, record, west = point[order], record[order], west[order]
    owner, px, py = stream[record], x[point], y[point]
    for nth, many in enumerate(np.cumsum(np.bincount(counts)[::-1])[-2::-1].tolist()):
        place = record[:many] + (2 + 2 * nth)
        edge, both = stream[place], stream[place + 1]
        owner[:many] ^= changes_at(ends[edge], both, px[:many], py[:many], west[:many])
    found[point] = owner
