"""Which edges a raster lists for a part of the plane."""

from math import floor

import numpy as np

from spatial.ownership.edges import Integers
from spatial.ownership.frame import Frame
from spatial.ownership.raster import Raster
from spatial.runs import spread


def cells_over(frame: Frame, west: float, south: float, east: float, north: float) -> Frame:
    """Return the cells of a raster's size that a box in its own degrees meets, whether the raster has them or not."""
    first_column, first_row = int(np.floor(west * 2.0**frame.kx)), int(np.floor(south * 2.0**frame.ky))
    columns = int(np.floor(east * 2.0**frame.kx)) - first_column + 1
    rows = int(np.floor(north * 2.0**frame.ky)) - first_row + 1
    return Frame(frame.kx, frame.ky, first_column, first_row, columns, rows, frame.turned)


def edges_at(raster: Raster, x: float, y: float) -> list[int]:
    """Return the positions of the edges that the cell of one place lists."""
    frame, stream = raster.frame, raster.stream
    scale_x, scale_y = 2.0**frame.kx, 2.0**frame.ky
    across, down = floor(x * scale_x), floor(y * scale_y)
    column, row = across - frame.first_column, down - frame.first_row
    if not (0 <= column < frame.columns and 0 <= row < frame.rows):
        return []
    value = int(raster.cells[row * frame.columns + column])
    while value < 0:
        record = -1 - value
        head = int(stream[record])
        if head >= 0:
            listed: list[int] = stream[record + 2 : record + 2 + 2 * int(stream[record + 1]) : 2].tolist()
            return listed
        size = 1 << -head
        scale_x, scale_y = scale_x * size, scale_y * size
        next_across, next_down = floor(x * scale_x), floor(y * scale_y)
        value = int(stream[record + 1 + (next_down - down * size) * size + next_across - across * size])
        across, down = next_across, next_down
    return []


def edges_listed(raster: Raster, part: Frame) -> Integers:
    """Return the positions of the edges that the cells of a part list, each once, in ascending order."""
    frame = raster.frame
    first_column, first_row = max(part.first_column, frame.first_column), max(part.first_row, frame.first_row)
    last_column = min(part.first_column + part.columns, frame.first_column + frame.columns)
    last_row = min(part.first_row + part.rows, frame.first_row + frame.rows)
    if first_column >= last_column or first_row >= last_row:
        return np.empty(0, dtype=np.int64)
    values = raster.cells.reshape(frame.rows, frame.columns)[
        first_row - frame.first_row : last_row - frame.first_row,
        first_column - frame.first_column : last_column - frame.first_column,
    ].ravel()
    stream = raster.stream
    found = []
    while True:
        records = -1 - values[values < 0].astype(np.int64)
        if not len(records):
            break
        heads = stream[records]
        leaves = records[heads >= 0]
        counts = stream[leaves + 1].astype(np.int64)
        found.append(stream[spread(leaves + 2, 2 * counts)[::2]] if len(leaves) else leaves)
        divided = records[heads < 0]
        if not len(divided):
            break
        size = 1 << -2 * int(stream[divided[0]])
        values = stream[(divided[:, None] + 1 + np.arange(size)[None, :]).ravel()]
    return np.unique(np.concatenate(found)).astype(np.int64) if found else np.empty(0, dtype=np.int64)
