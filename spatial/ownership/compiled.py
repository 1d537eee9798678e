"""What an index is built and checked by, compiled."""

from typing import Any

import numpy as np

from spatial.ownership import checks
from spatial.ownership.compiling import find_room_for_compiled
from spatial.ownership.orientation import ERROR_SHARE, LEAST_CERTAIN

find_room_for_compiled()  # numba asks once, when it is imported

from numba import njit  # noqa: E402

meetings = njit(cache=True, nogil=True, boundscheck=False)(checks.meetings)
western_owners = njit(cache=True, nogil=True, boundscheck=False)(checks.western_owners)


@njit(cache=True, nogil=True, boundscheck=False)
def touched(
    ends: Any,
    kx: int,
    ky: int,
    pad: float,
    floor_row: Any,
    ceiling_row: Any,
    floor_column: Any,
    ceiling_column: Any,
    edge: Any,
    column: Any,
    row: Any,
) -> int:
    """Write edge, column and row of cells that edges pass through while there is room; return how many there are."""
    written = 0
    scale_x, scale_y = 2.0**kx, 2.0**ky
    for index in range(len(ends)):
        x1, y1, x2, y2 = ends[index, 0], ends[index, 1], ends[index, 2], ends[index, 3]
        low, high = min(y1, y2), max(y1, y2)
        first = np.int64(np.floor(low * scale_y))
        last = max(np.int64(np.ceil(high * scale_y)) - 1, first)
        slope = 0.0 if y1 == y2 else (x2 - x1) / (y2 - y1)
        for down in range(max(first, floor_row[index]), min(last, ceiling_row[index]) + 1):
            here, there = x1, x2
            if y1 != y2:
                here = x1 + (max(low, down / scale_y) - y1) * slope
                there = x1 + (min(high, (down + 1) / scale_y) - y1) * slope
            west = min(max(min(here, there) - pad, x1), x2)
            east = min(max(max(here, there) + pad, x1), x2)
            begin = max(np.int64(np.floor(west * scale_x)), floor_column[index])
            end = min(np.int64(np.floor(east * scale_x)), ceiling_column[index])
            for across in range(begin, end + 1):
                if written < len(edge):
                    edge[written] = index
                    column[written] = across
                    row[written] = down
                written += 1
    return written


@njit(cache=True, nogil=True, boundscheck=False)
def write_leaves(
    records: Any,
    own: Any,
    which: Any,
    starts: Any,
    edges: Any,
    ends: Any,
    both: Any,
    corners: Any,
    west: Any,
    south: Any,
    doubtful: Any,
) -> int:
    """Write the records of cells that are not divided, and into `doubtful` those whose constant floats cannot tell.

    Returns how many of these there are.
    """
    doubts = 0
    for cell in which:
        x, y = west[cell], south[cell]
        constant = corners[cell]
        certain = True
        place = own[cell] + 2
        for position in range(starts[cell], starts[cell + 1]):
            edge = edges[position]
            x1, y1, x2, y2 = ends[edge, 0], ends[edge, 1], ends[edge, 2], ends[edge, 3]
            changed = x1 < x and y1 <= y
            if (y1 <= y) != (y2 <= y) and x >= x1:
                if x >= x2:
                    changed = not changed
                else:
                    left = (x2 - x1) * (y - y1)
                    right = (y2 - y1) * (x - x1)
                    determinant = left - right
                    if not abs(determinant) > ERROR_SHARE * (abs(left) + abs(right)) + LEAST_CERTAIN:
                        certain = False
                    elif (determinant < 0) == (y2 > y1):
                        changed = not changed
            if changed:
                constant ^= both[edge]
            records[place] = edge
            records[place + 1] = both[edge]
            place += 2
        records[own[cell]] = constant
        records[own[cell] + 1] = starts[cell + 1] - starts[cell]
        if not certain:
            doubtful[doubts] = cell
            doubts += 1
    return doubts
