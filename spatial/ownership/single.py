"""The owner of one point in plain Python, over memory views: arrays would cost more than the answer."""

from collections.abc import Callable, Sequence
from math import floor
from struct import Struct
from typing import TypeVar

import numpy as np

from spatial.ownership.asked import check_finite
from spatial.ownership.edges import Floats
from spatial.ownership.orientation import CERTAIN_ANYWHERE, reaches_one
from spatial.ownership.raster import Raster

_EDGE = Struct("<4d")

Answer = TypeVar("Answer")


NUMBERS = range(2**31)
"""Answers that are the numbers of the owners themselves."""


def finder(raster: Raster, ends: Floats, answers: Sequence[Answer]) -> Callable[[float, float], Answer]:
    """Return a function that gives the answer for the owner of a point, exactly: the first one is for none.

    Its x and y are in the frame of the raster; it raises BadPosition for NaN and infinite ones.
    """
    frame = raster.frame
    scale_x, scale_y = 2.0**frame.kx, 2.0**frame.ky
    west, east = frame.first_column, frame.first_column + frame.columns
    south, north = frame.first_row, frame.first_row + frame.rows
    columns, origin = frame.columns, frame.first_row * frame.columns + frame.first_column
    cells, nobody = raster.cells.data, answers[0]
    crossed = _leaf_finder(raster, ends)

    def find(x: float, y: float) -> Answer:
        try:
            across, down = floor(x * scale_x), floor(y * scale_y)
        except (ValueError, OverflowError):
            check_finite(x, y)
            return nobody  # a number so large that no cell can be counted there
        if west <= across < east and south <= down < north:
            value: int = cells[down * columns + across - origin]
            return answers[value] if value >= 0 else answers[crossed(x, y, across, down, -1 - value)]
        return nobody

    return find


def _leaf_finder(raster: Raster, ends: Floats) -> Callable[[float, float, int, int, int], int]:
    """Return a function that gives the owner of a point in a cell that has a record in the stream."""
    scale_x, scale_y = 2.0**raster.frame.kx, 2.0**raster.frame.ky
    stream, coordinates = raster.stream.data, np.ascontiguousarray(ends).ravel().view(np.uint8).data
    unpacked = _EDGE.unpack_from
    surely_above, surely_below = CERTAIN_ANYWHERE, -CERTAIN_ANYWHERE

    def find(x: float, y: float, across: int, down: int, record: int) -> int:
        finer_x = scale_x
        owner: int = stream[record]
        if owner < 0:
            finer_y = scale_y
            while owner < 0:
                size = 1 << -owner
                finer_x *= size
                finer_y *= size
                next_across, next_down = floor(x * finer_x), floor(y * finer_y)
                value: int = stream[record + 1 + (next_down - down * size) * size + next_across - across * size]
                if value >= 0:
                    return value
                across, down = next_across, next_down
                record = -1 - value
                owner = stream[record]
        west = across / finer_x
        for place in range(record + 2, record + 2 + 2 * stream[record + 1], 2):
            x1, y1, x2, y2 = unpacked(coordinates, stream[place] << 5)
            if y1 <= y:
                changed = x1 < west
                level = y2 > y
            else:
                changed = False
                level = y2 <= y
            if level and x >= x1:
                if x >= x2:
                    changed = not changed
                else:
                    determinant = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
                    if determinant > surely_above:
                        if y2 <= y1:
                            changed = not changed
                    elif determinant < surely_below:
                        if y2 > y1:
                            changed = not changed
                    elif reaches_one(x1, y1, x2, y2, x, y):
                        changed = not changed
            if changed:
                owner ^= stream[place + 1]
        return owner

    return find
