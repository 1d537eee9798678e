"""Owners of many points in one compiled loop.

Points go through in blocks, each step for all of a block before the next: the processor then waits for memory once and
not once a point, and what can be computed for several points in one instruction is. Positions are unsigned numbers,
because every access by a signed one would ask first whether it is to be counted from the end.
"""

from typing import Any

import numpy as np

from spatial.ownership.compiling import find_room_for_compiled
from spatial.ownership.orientation import ERROR_SHARE, LEAST_CERTAIN

find_room_for_compiled()  # numba asks once, when it is imported

from numba import njit  # noqa: E402

DOUBTFUL = -1
_BLOCK = 1024
_U = np.uint64


@njit(cache=True, nogil=True, boundscheck=False)
def owners_of(
    cells: Any,
    stream: Any,
    ends: Any,
    kx: int,
    ky: int,
    first_column: int,
    first_row: int,
    columns: int,
    rows: int,
    x: Any,
    y: Any,
    found: Any,
) -> None:
    """Write the owner of each point, counted from 1, 0 for none, DOUBTFUL where floats cannot tell."""
    coordinates = ends.ravel()
    scale_x, scale_y = 2.0**kx, 2.0**ky
    frame = np.float64(first_column), np.float64(first_row), np.float64(columns), np.float64(rows)
    outside = np.uint32(columns * rows)
    cell = np.empty(_BLOCK, dtype=np.uint32)
    waiting = np.empty(_BLOCK, dtype=np.uint32)
    records = np.empty(_BLOCK, dtype=np.uint64)
    wests = np.empty(_BLOCK, dtype=np.float64)
    for start in range(0, len(x), _BLOCK):
        stop = min(start + _BLOCK, len(x))
        xs, ys, owners = x[start:stop], y[start:stop], found[start:stop]
        _find_cells(xs, ys, scale_x, scale_y, frame, outside, cell)
        crossed = _read_cells(cells, cell, outside, owners, waiting)
        leaves = _find_leaves(stream, xs, ys, scale_x, scale_y, owners, waiting[:crossed], records, wests)
        # fetch the edges of all that wait; what is fetched is summed up, or the loop would be left out
        fetched = 0.0
        for which in range(leaves):
            record = records[which]
            for place in range(record + _U(2), record + _U(2) + _U(2) * _U(stream[record + _U(1)]), _U(2)):
                fetched += coordinates[_U(4) * _U(stream[place]) + _U(3)]
        for which in range(leaves):
            point, record = waiting[which], records[which]
            owners[point] = _owner_in(stream, coordinates, xs[point], ys[point], wests[which], record)
        if fetched == np.inf:
            found[start] = DOUBTFUL


@njit(cache=True, nogil=True, boundscheck=False, inline="always")
def _find_cells(x: Any, y: Any, scale_x: float, scale_y: float, frame: Any, outside: Any, cell: Any) -> None:
    """Write the position of the cell of each point, `outside` where the raster has none."""
    first_column, first_row, columns, rows = frame
    for point in range(len(x)):
        column, row = np.floor(x[point] * scale_x) - first_column, np.floor(y[point] * scale_y) - first_row
        inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        cell[point] = np.uint32(row * columns + column if inside else 0.0) if inside else outside


@njit(cache=True, nogil=True, boundscheck=False, inline="always")
def _read_cells(cells: Any, cell: Any, outside: Any, owners: Any, waiting: Any) -> Any:
    """Write the value of the cell of each point, and which points wait for more; return how many do."""
    crossed: Any = 0
    for point in range(len(owners)):
        at = cell[np.uint32(point)]
        value = np.int32(0)
        if at != outside:
            value = cells[at]
        owners[point] = value
        waiting[crossed] = point
        crossed += value < 0
    return crossed


@njit(cache=True, nogil=True, boundscheck=False, inline="always")
def _find_leaves(
    stream: Any, x: Any, y: Any, scale_x: float, scale_y: float, owners: Any, waiting: Any, records: Any, wests: Any
) -> int:
    """Write which points lie in cells with edges, their records and western sides; return how many there are."""
    leaves = 0
    for which in range(len(waiting)):
        point = waiting[which]
        record = _U(-1 - np.int64(owners[point]))
        head = stream[record]
        finer_x, finer_y = scale_x, scale_y
        across, down = np.floor(x[point] * finer_x), np.floor(y[point] * finer_y)
        value = np.int32(-1)
        while head < 0:
            size = 1 << -head
            finer_x, finer_y = finer_x * size, finer_y * size
            next_across, next_down = np.floor(x[point] * finer_x), np.floor(y[point] * finer_y)
            child = _U((next_down - down * size) * size + (next_across - across * size))
            across, down = next_across, next_down
            value = stream[record + _U(1) + child]
            if value >= 0:
                break
            record = _U(-1 - np.int64(value))
            head = stream[record]
        if value >= 0:
            owners[point] = value
            continue
        waiting[leaves] = point
        records[leaves] = record
        wests[leaves] = across / finer_x
        leaves += 1
    return leaves


@njit(cache=True, nogil=True, boundscheck=False, inline="always")
def _owner_in(stream: Any, coordinates: Any, x: float, y: float, west: float, record: Any) -> Any:
    """Return the owner of a point in a cell with edges, DOUBTFUL where floats cannot tell.

    Nothing is decided by a branch: which way one goes is as good as random, and every wrong guess costs more than
    computing both.
    """
    owner = stream[record]
    doubtful = False
    for place in range(record + _U(2), record + _U(2) + _U(2) * _U(stream[record + _U(1)]), _U(2)):
        at = _U(4) * _U(stream[place])
        x1, y1, x2, y2 = coordinates[at], coordinates[at + _U(1)], coordinates[at + _U(2)], coordinates[at + _U(3)]
        above_first = y1 <= y
        level = above_first != (y2 <= y)
        left, right = (x2 - x1) * (y - y1), (y2 - y1) * (x - x1)
        determinant = left - right
        certain = abs(determinant) > ERROR_SHARE * (abs(left) + abs(right)) + LEAST_CERTAIN
        doubtful |= level & (not certain)
        passed = level & ((determinant < 0) == (y2 > y1))
        owner ^= stream[place + _U(1)] if passed != (above_first & (x1 < west)) else np.int32(0)
    return np.int32(DOUBTFUL) if doubtful else owner
