"""The raster over a coverage: which cell has one owner, and which edges cross the others.

Cells are 2⁻ᵏ degrees wide and begin at whole multiples of that, so that the cell of a point is found without rounding,
on every machine alike. A cell that too many edges cross is divided again, as often as it takes.

A cell lists every edge that passes through it. For a point p of a cell whose western side is W, the owner is

    the cell's constant  ⊕  ⨁ over its edges (  [p is level with the edge, and the edge passes at or west of p]
                                             ⊕ [the edge's western end lies west of W, and not above p]  ) · both owners

because, summed over closed rings, the second term makes good for what is west of W and not listed.
"""

from dataclasses import dataclass

import numpy as np

from spatial.errors import LimitExceeded
from spatial.ownership.compiling import worth_compiling
from spatial.ownership.edges import Edges, Floats, Integers, Owners
from spatial.ownership.frame import Frame
from spatial.ownership.orientation import Booleans, reaches
from spatial.runs import spread
from spatial.text import Text

DIVIDED_ABOVE = 6
"""A cell with more edges than this is divided."""

DIVISION = 2
"""A divided cell has 2 to this power cells across, and as many down."""

_DEEPEST = 44
"""No cell is smaller than 2 to minus this many degrees."""

_MOST_NUMBERS = 2**31 - 1
"""Positions in the stream are 32-bit numbers."""

_PAD = 1e-12
"""Degrees: more than an interpolated position on an edge may be wrong by. A listed edge too many costs nothing."""


@dataclass(frozen=True, slots=True)
class Raster:
    """`cells`: for each cell, row by row from the south, its owner, or −1 − the position of its record in `stream`.

    A record of edges: the constant, how many edges, then for each its position and the XOR of its owners.
    A record of a divided cell: −(the power of two across), then its cells, like `cells`.
    """

    frame: Frame
    cells: Owners
    stream: Owners


@dataclass(frozen=True, slots=True)
class _Crossed:
    """Cells of one size that edges cross: their columns and rows, owners at their south-western corners, and edges."""

    columns: Integers
    rows: Integers
    corners: Owners
    starts: Integers  # into edges, one more than there are cells
    edges: Integers


def rasterised(edges: Edges, frame: Frame) -> tuple[Raster, Integers]:
    """Return the raster, and the order of the edges that it counts them in: those of a cell beside each other."""
    corners = _corner_owners(edges.ends, edges.both, frame)
    level = _crossed_of(edges.ends, frame, corners)
    order = _in_order_of_use(level.edges, len(edges))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    level = _Crossed(level.columns, level.rows, level.corners, level.starts, place[level.edges])
    return _written(edges.take(order), frame, corners, level), order


def rasterised_within(edges: Edges, frame: Frame, corners: Owners) -> Raster:
    """Return the raster over a part of the plane, where some edges may come from outside.

    `corners`: the owner at the south-western corner of every cell, shape (rows, columns).
    """
    return _written(edges, frame, corners, _crossed_of(edges.ends, frame, corners))


def _written(edges: Edges, frame: Frame, corners: Owners, level: _Crossed) -> Raster:
    ends, both = edges.ends, edges.both
    cells = corners.ravel().copy()
    holder, where = cells, level.rows * frame.columns + level.columns
    parts: list[Owners] = []
    written = 0
    kx, ky = frame.kx, frame.ky
    column, row = level.columns + frame.first_column, level.rows + frame.first_row
    # records of each size of cells behind each other; a divided cell points into those of the next size
    while len(level.columns):
        counts = np.diff(level.starts)
        divided = (counts > DIVIDED_ABOVE) & (max(kx, ky) + DIVISION <= _DEEPEST)
        sizes = np.where(divided, 1 + (1 << 2 * DIVISION), 2 + 2 * counts)
        offsets = written + np.concatenate(([0], np.cumsum(sizes)))
        if offsets[-1] >= _MOST_NUMBERS:
            raise LimitExceeded(
                Text("一个层级的边界过于密集", "The edges of one level are too many for one index"),
                Text("请按区县分开建立索引", "Index it district by district"),
            )
        holder[where] = (-1 - offsets[:-1]).astype(np.int32)
        records = np.zeros(int(offsets[-1]) - written, dtype=np.int32)
        own = offsets[:-1] - written
        _write_leaves(records, own, level, ends, both, kx, column, row, ky, ~divided)
        parts.append(records)
        if not divided.any():
            break
        records[own[divided]] = -DIVISION
        # the corner owners of all cells of the divided ones, in order
        base = (own[divided][:, None] + 1 + np.arange(1 << 2 * DIVISION)[None, :]).ravel()
        level, column, row, children = _divided(level, np.flatnonzero(divided), ends, both, kx, ky, column, row)
        kx, ky = kx + DIVISION, ky + DIVISION
        records[base] = children
        holder, where = records, base[level.rows]
        written = int(offsets[-1])
    stream = np.concatenate(parts) if parts else np.empty(0, dtype=np.int32)
    return Raster(frame, cells, stream)


def _degrees(cells: Integers, power: int) -> Floats:
    """Return where cells of 2 to minus some power begin, without rounding."""
    begins: Floats = cells.astype(np.float64) * 2.0**-power
    return begins


def _crosses_line(ends: Floats, frame: Frame) -> tuple[Integers, Integers]:
    """Return which edge meets which row's southern side: one end on or below it, the other above."""
    scale = 2.0**frame.ky
    low, high = np.minimum(ends[:, 1], ends[:, 3]), np.maximum(ends[:, 1], ends[:, 3])
    first = np.ceil(low * scale).astype(np.int64) - frame.first_row
    stop = np.ceil(high * scale).astype(np.int64) - frame.first_row
    counts = stop - first
    return np.repeat(np.arange(len(ends)), counts), spread(first, counts)


def _corner_owners(ends: Floats, both: Owners, frame: Frame) -> Owners:
    """Return the owner at the south-western corner of every cell, shape (rows, columns)."""
    edge, row = _crosses_line(ends, frame)
    y = _degrees(row + frame.first_row, frame.ky)
    x1, y1, x2, y2 = ends[edge].T
    at = x1 + (y - y1) * ((x2 - x1) / (y2 - y1))
    column = np.ceil(np.clip(at, x1, x2) * 2.0**frame.kx).astype(np.int64)
    # the first column whose side lies at or east of the crossing, exactly
    while True:
        early = ~reaches(x1, y1, x2, y2, _degrees(column, frame.kx), y)
        late = reaches(x1, y1, x2, y2, _degrees(column - 1, frame.kx), y)
        if not (early.any() or late.any()):
            break
        column = column + early - late
    column -= frame.first_column
    inside = column < frame.columns
    changes = np.zeros(frame.rows * frame.columns, dtype=np.int32)
    place = row[inside] * frame.columns + column[inside]
    np.bitwise_xor.at(changes, place, both[edge[inside]])
    corners: Owners = np.bitwise_xor.accumulate(changes.reshape(frame.rows, frame.columns), axis=1)
    return corners


def _touched(
    ends: Floats,
    kx: int,
    ky: int,
    floor_row: Integers,
    ceiling_row: Integers,
    floor_column: Integers,
    ceiling_column: Integers,
) -> tuple[Integers, Integers, Integers]:
    """Return (which edge, column, row) for all cells of a size that edges pass through, within limits for each edge."""
    limits = floor_row, ceiling_row, floor_column, ceiling_column
    if worth_compiling(len(ends)):
        from spatial.ownership import compiled

        room = 3 * len(ends)
        while True:
            found = np.empty((3, room), dtype=np.int64)
            count = compiled.touched(ends, kx, ky, _PAD, *limits, *found)
            if count <= room:
                return found[0, :count], found[1, :count], found[2, :count]
            room = count
    x1, y1, x2, y2 = ends.T
    low, high = np.minimum(y1, y2), np.maximum(y1, y2)
    first = np.floor(low * 2.0**ky).astype(np.int64)
    last = np.maximum(np.ceil(high * 2.0**ky).astype(np.int64) - 1, first)
    first, last = np.maximum(first, floor_row), np.minimum(last, ceiling_row)
    counts = np.maximum(last - first + 1, 0)
    edge = np.repeat(np.arange(len(ends)), counts)
    row = spread(first, counts)
    x1, y1, x2, y2 = x1[edge], y1[edge], x2[edge], y2[edge]
    low, high = low[edge], high[edge]
    bottom, top = np.maximum(low, row * 2.0**-ky), np.minimum(high, (row + 1) * 2.0**-ky)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (x2 - x1) / (y2 - y1)
        here, there = x1 + (bottom - y1) * slope, x1 + (top - y1) * slope
    level = y1 == y2
    here, there = np.where(level, x1, here), np.where(level, x2, there)
    west = np.clip(np.minimum(here, there) - _PAD, x1, x2)
    east = np.clip(np.maximum(here, there) + _PAD, x1, x2)
    first = np.maximum(np.floor(west * 2.0**kx).astype(np.int64), floor_column[edge])
    last = np.minimum(np.floor(east * 2.0**kx).astype(np.int64), ceiling_column[edge])
    counts = np.maximum(last - first + 1, 0)
    return np.repeat(edge, counts), spread(first, counts), np.repeat(row, counts)


def _crossed_of(ends: Floats, frame: Frame, corners: Owners) -> _Crossed:
    count = len(ends)
    edge, column, row = _touched(
        ends,
        frame.kx,
        frame.ky,
        np.full(count, frame.first_row),
        np.full(count, frame.first_row + frame.rows - 1),
        np.full(count, frame.first_column),
        np.full(count, frame.first_column + frame.columns - 1),
    )
    cell = (row - frame.first_row) * frame.columns + column - frame.first_column
    # no two keys are equal, so that any quick sort gives the same order
    order = np.argsort(cell * count + edge)
    cell, edge = cell[order], edge[order]
    starts = np.flatnonzero(np.concatenate(([True], cell[1:] != cell[:-1]))) if len(cell) else np.empty(0, int)
    which = cell[starts]
    return _Crossed(
        which % frame.columns, which // frame.columns, corners.ravel()[which], np.append(starts, len(cell)), edge
    )


def _in_order_of_use(edges: Integers, count: int) -> Integers:
    first = np.full(count, np.iinfo(np.int64).max)
    first[edges[::-1]] = np.arange(len(edges) - 1, -1, -1)
    return np.argsort(first)


def changes_at(ends: Floats, both: Owners, x: Floats, y: Floats, west: Floats) -> Owners:
    """Return what each edge, shape (n, 4), changes at the point of its position in a cell with that western side."""
    x1, y1, x2, y2 = ends[:, 0], ends[:, 1], ends[:, 2], ends[:, 3]
    changed = (x1 < west) & (y1 <= y)
    level = np.flatnonzero((y1 <= y) != (y2 <= y))
    changed[level] ^= reaches(x1[level], y1[level], x2[level], y2[level], x[level], y[level])
    return np.where(changed, both, 0).astype(np.int32)


def _write_leaves(
    records: Owners,
    own: Integers,
    level: _Crossed,
    ends: Floats,
    both: Owners,
    kx: int,
    column: Integers,
    row: Integers,
    ky: int,
    leaf: Booleans,
) -> None:
    counts = np.diff(level.starts)
    which = np.flatnonzero(leaf)
    west, south = _degrees(column, kx), _degrees(row, ky)
    if worth_compiling(len(level.edges)):
        from spatial.ownership import compiled

        doubtful = np.empty(len(which), dtype=np.int64)
        doubts = compiled.write_leaves(
            records, own, which, level.starts, level.edges, ends, both, level.corners, west, south, doubtful
        )
        which = doubtful[:doubts]
    if not len(which):
        return
    listed = spread(level.starts[which], counts[which])
    edge = level.edges[listed]
    cell = np.repeat(which, counts[which])
    changes = changes_at(ends[edge], both[edge], west[cell], south[cell], west[cell])
    begins = np.cumsum(counts[which]) - counts[which]
    records[own[which]] = level.corners[which] ^ np.bitwise_xor.reduceat(changes, begins)
    records[own[which] + 1] = counts[which]
    place = spread(own[which] + 2, 2 * counts[which]).reshape(-1, 2)
    records[place[:, 0]] = edge
    records[place[:, 1]] = both[edge]


def _divided(
    level: _Crossed, which: Integers, ends: Floats, both: Owners, kx: int, ky: int, column: Integers, row: Integers
) -> tuple[_Crossed, Integers, Integers, Owners]:
    """Return the crossed cells within divided ones, their columns and rows, and all the children's corner owners.

    `rows` of the crossed cells is the position of each among all children, its `columns` are not used.
    """
    across = 1 << DIVISION
    counts = np.diff(level.starts)[which]
    listed = spread(level.starts[which], counts)
    parent = np.repeat(np.arange(len(which)), counts)
    edge = level.edges[listed]
    finer_x, finer_y = column[which] << DIVISION, row[which] << DIVISION
    # the owner at each child's corner, by the list of the parent
    child_column = (finer_x[:, None] + np.tile(np.arange(across), across)[None, :]).ravel()
    child_row = (finer_y[:, None] + np.repeat(np.arange(across), across)[None, :]).ravel()
    west, south = _degrees(column, kx), _degrees(row, ky)
    at_corner = changes_at(ends[edge], both[edge], west[which][parent], south[which][parent], west[which][parent])
    begins = np.cumsum(counts) - counts
    constant = level.corners[which] ^ np.bitwise_xor.reduceat(at_corner, begins)
    children = across * across
    corners = np.repeat(constant, children)
    step = max(1, 4_000_000 // children)
    for start in range(0, len(which), step):
        stop = min(start + step, len(which))
        each = np.repeat(np.arange(start * children, stop * children), np.repeat(counts[start:stop], children))
        pair = spread(np.repeat(begins[start:stop], children), np.repeat(counts[start:stop], children))
        changes = changes_at(
            ends[edge[pair]],
            both[edge[pair]],
            _degrees(child_column[each], kx + DIVISION),
            _degrees(child_row[each], ky + DIVISION),
            west[which][parent[pair]],
        )
        heads = np.flatnonzero(np.concatenate(([True], each[1:] != each[:-1])))
        corners[start * children : stop * children] ^= np.bitwise_xor.reduceat(changes, heads)
    which_edge, sub_column, sub_row = _touched(
        ends[edge],
        kx + DIVISION,
        ky + DIVISION,
        finer_y[parent],
        finer_y[parent] + across - 1,
        finer_x[parent],
        finer_x[parent] + across - 1,
    )
    of = parent[which_edge]
    child = of * children + (sub_row - finer_y[of]) * across + sub_column - finer_x[of]
    used = edge[which_edge]
    order = np.argsort(child * len(ends) + used)
    child, used = child[order], used[order]
    starts = np.flatnonzero(np.concatenate(([True], child[1:] != child[:-1]))) if len(child) else np.empty(0, int)
    crossed = child[starts]
    return (
        _Crossed(crossed, crossed, corners[crossed], np.append(starts, len(child)), used),
        child_column[crossed],
        child_row[crossed],
        corners,
    )
