"""The owner of one point in plain Python, over memory views: arrays would cost more than the answer."""

from collections.abc import Callable
from math import floor

from spatial.ownership.edges import Floats
from spatial.ownership.orientation import ERROR_SHARE, LEAST_CERTAIN, reaches_exactly
from spatial.ownership.raster import Raster


def finder(raster: Raster, ends: Floats) -> Callable[[float, float], int]:
    """Return a function that gives the owner of a point, counted from 1, 0 for none, exactly.

    Its x and y are in the frame of the raster; it raises ValueError or OverflowError for NaN and infinite ones.
    """
    frame = raster.frame
    scale_x, scale_y = 2.0**frame.kx, 2.0**frame.ky
    first_column, first_row = frame.first_column, frame.first_row
    columns, rows = frame.columns, frame.rows
    cells, stream, coordinates = raster.cells.data, raster.stream.data, ends.ravel().data
    share, least = ERROR_SHARE, LEAST_CERTAIN

    def find(x: float, y: float) -> int:
        across, down = floor(x * scale_x), floor(y * scale_y)
        column, row = across - first_column, down - first_row
        if not (0 <= column < columns and 0 <= row < rows):
            return 0
        value = cells[row * columns + column]
        if value >= 0:
            return value
        finer_x, finer_y = scale_x, scale_y
        record = -1 - value
        head = stream[record]
        while head < 0:
            size = 1 << -head
            finer_x *= size
            finer_y *= size
            next_across, next_down = floor(x * finer_x), floor(y * finer_y)
            value = stream[record + 1 + (next_down - down * size) * size + next_across - across * size]
            if value >= 0:
                return value
            across, down = next_across, next_down
            record = -1 - value
            head = stream[record]
        west = across / finer_x
        owner = head
        first = record + 2
        for place in range(first, first + 2 * stream[record + 1], 2):
            at = stream[place] << 2
            x1, y1, x2, y2 = coordinates[at : at + 4]
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
                    left = (x2 - x1) * (y - y1)
                    right = (y2 - y1) * (x - x1)
                    determinant = left - right
                    if determinant > 0:
                        certain = determinant > share * (abs(left) + abs(right)) + least
                    else:
                        certain = -determinant > share * (abs(left) + abs(right)) + least
                    if not certain:
                        if reaches_exactly(x1, y1, x2, y2, x, y):
                            changed = not changed
                    elif (determinant < 0) == (y2 > y1):
                        changed = not changed
            if changed:
                owner ^= stream[place + 1]
        return owner

    return find
