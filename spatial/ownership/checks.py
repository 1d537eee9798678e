"""Whether edges say the truth about their sides: no two cross, and the owner west of each is the one it claims.

Where both hold, every face of the coverage has one owner at most. The loops are written so that numba can compile them;
what floats cannot tell is told by fractions.
"""

from collections.abc import Callable
from fractions import Fraction
from math import floor
from typing import Any

import numpy as np

from spatial.ownership.edges import Edges, Integers
from spatial.ownership.raster import Raster

_CLOSE = 1e-12
"""Degrees: positions nearer to each other are compared exactly."""

_RIGHT, _WRONG, _DOUBTFUL = 0, 1, 2


def contested(raster: Raster, edges: Edges, which: Integers, *, compile_loops: bool) -> Integers:
    """Return the positions of edges that cross others or lie within areas that they do not bound, none if all is well.

    `which`: the edges whose sides are looked at; their middles must lie in the raster.
    """
    pairs_of: Callable[..., int] = meetings
    sides_of: Callable[..., None] = western_owners
    if compile_loops:
        from spatial.ownership import compiled

        pairs_of, sides_of = compiled.meetings, compiled.western_owners
    frame = raster.frame
    pairs = np.empty((4096, 2), dtype=np.int64)
    while (count := pairs_of(raster.stream, edges.ends, pairs)) == len(pairs):
        pairs = np.empty((8 * len(pairs), 2), dtype=np.int64)
    crossing = [
        position for one, other in pairs[:count].tolist() if _cross(edges, one, other) for position in (one, other)
    ]
    verdicts = np.zeros(len(edges), dtype=np.int8)
    sides_of(
        raster.cells,
        raster.stream,
        edges.ends,
        edges.sides,
        which,
        frame.kx,
        frame.ky,
        frame.first_column,
        frame.first_row,
        frame.columns,
        frame.rows,
        verdicts,
    )
    wrong = np.flatnonzero(verdicts == _WRONG).tolist()
    wrong += [edge for edge in np.flatnonzero(verdicts == _DOUBTFUL).tolist() if not _true_sides(raster, edges, edge)]
    return np.unique(np.array(crossing + wrong, dtype=np.int64))


def meetings(stream: Any, ends: Any, found: Any) -> int:
    """Write pairs of edges of one cell that may cross, apart from their ends; return how many, at most as fit."""
    written = 0
    place = 0
    while place < len(stream):
        head = stream[place]
        if head < 0:
            place += 1 + (1 << -2 * head)
            continue
        count = stream[place + 1]
        for one in range(count):
            a = stream[place + 2 + 2 * one]
            ax, ay, bx, by = ends[a, 0], ends[a, 1], ends[a, 2], ends[a, 3]
            low, high = min(ay, by), max(ay, by)
            for other in range(one + 1, count):
                c = stream[place + 2 + 2 * other]
                cx, cy, dx, dy = ends[c, 0], ends[c, 1], ends[c, 2], ends[c, 3]
                if cx > bx or dx < ax or min(cy, dy) > high or max(cy, dy) < low:
                    continue
                if (ax == cx and ay == cy) or (ax == dx and ay == dy):
                    continue
                if (bx == cx and by == cy) or (bx == dx and by == dy):
                    continue
                # products of degrees: what is less than this may be of either sign
                here = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
                there = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
                if (here > 1e-15 and there > 1e-15) or (here < -1e-15 and there < -1e-15):
                    continue
                here = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
                there = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
                if (here > 1e-15 and there > 1e-15) or (here < -1e-15 and there < -1e-15):
                    continue
                if written == len(found):
                    return written
                found[written, 0] = a
                found[written, 1] = c
                written += 1
        place += 2 + 2 * count
    return written


def western_owners(
    cells: Any,
    stream: Any,
    ends: Any,
    sides: Any,
    which: Any,
    kx: int,
    ky: int,
    first_column: int,
    first_row: int,
    columns: int,
    rows: int,
    verdicts: Any,
) -> None:
    """Write for each edge whether the owner west of its middle is the one that it claims: 0 yes, 1 no, 2 in doubt."""
    for edge in which:
        x1, y1, x2, y2 = ends[edge, 0], ends[edge, 1], ends[edge, 2], ends[edge, 3]
        if y1 == y2:
            continue
        y = 0.5 * (y1 + y2)
        if y >= max(y1, y2):
            y = min(y1, y2)
        x = min(max(x1 + (y - y1) * ((x2 - x1) / (y2 - y1)), x1), x2)
        scale_x, scale_y = 2.0**kx, 2.0**ky
        across, down = floor(x * scale_x), floor(y * scale_y)
        column, row = across - first_column, down - first_row
        if not (0 <= column < columns and 0 <= row < rows):
            verdicts[edge] = 2
            continue
        value = cells[row * columns + column]
        record = 0
        while value < 0:
            record = -1 - value
            head = stream[record]
            if head >= 0:
                break
            size = 1 << -head
            scale_x, scale_y = scale_x * size, scale_y * size
            next_across, next_down = floor(x * scale_x), floor(y * scale_y)
            value = stream[record + 1 + (next_down - down * size) * size + (next_across - across * size)]
            across, down = next_across, next_down
        if value >= 0:
            verdicts[edge] = 2
            continue
        west = across / scale_x
        owner = stream[record]
        listed = False
        for place in range(record + 2, record + 2 + 2 * stream[record + 1], 2):
            other = stream[place]
            a1, b1, a2, b2 = ends[other, 0], ends[other, 1], ends[other, 2], ends[other, 3]
            changed = a1 < west and b1 <= y
            if other == edge:
                listed = True
            elif (b1 <= y) != (b2 <= y):
                if a2 < x - 1e-12:
                    changed = not changed
                elif a1 <= x + 1e-12:
                    at = a1 + (y - b1) * ((a2 - a1) / (b2 - b1))
                    if abs(at - x) <= 1e-12:
                        verdicts[edge] = 2
                    elif at < x:
                        changed = not changed
            if changed:
                owner ^= stream[place + 1]
        claimed = sides[edge, 0] if y2 > y1 else sides[edge, 1]
        if verdicts[edge] == 0 and (owner != claimed or not listed):
            # close to the side of a cell the position itself is in doubt
            verdicts[edge] = 1 if listed and x - west > 1e-12 else 2


def _exactly_at(ends: list[float], y: Fraction) -> Fraction:
    x1, y1, x2, y2 = map(Fraction, ends)
    return x1 + (y - y1) * (x2 - x1) / (y2 - y1)


def _true_sides(raster: Raster, edges: Edges, edge: int) -> bool:
    """Return exactly whether the owners west of an edge, and of all that lie on it, are those that they claim.

    An edge whose middle lies outside the raster is not looked at.
    """
    y1, y2 = edges.ends[edge, 1].item(), edges.ends[edge, 3].item()
    height = 0.5 * (y1 + y2)
    if height >= max(y1, y2):
        height = min(y1, y2)
    y = Fraction(height)
    here = _exactly_at(edges.ends[edge].tolist(), y)
    frame, stream = raster.frame, raster.stream
    scale_x, scale_y = Fraction(2) ** frame.kx, Fraction(2) ** frame.ky
    across, down = floor(here * scale_x), floor(y * scale_y)
    column, row = across - frame.first_column, down - frame.first_row
    if not (0 <= column < frame.columns and 0 <= row < frame.rows):
        return True
    value = int(raster.cells[row * frame.columns + column])
    listed: list[int] = []
    while value < 0:
        record = -1 - value
        value = int(stream[record])
        if value >= 0:
            listed = stream[record + 2 : record + 2 + 2 * int(stream[record + 1]) : 2].tolist()
            break
        size = 1 << -value
        scale_x, scale_y = scale_x * size, scale_y * size
        next_across, next_down = floor(here * scale_x), floor(y * scale_y)
        value = int(stream[record + 1 + (next_down - down * size) * size + next_across - across * size])
        across, down = next_across, next_down
    west = Fraction(across) / scale_x
    before, claimed, both = value, 0, edges.both
    for other in listed:
        x1, b1, _, b2 = edges.ends[other].tolist()
        changed = x1 < west and b1 <= height
        if (b1 <= height) != (b2 <= height):
            at = _exactly_at(edges.ends[other].tolist(), y)
            if at < here:
                changed = not changed
            elif at == here:
                claimed ^= int(edges.sides[other, 0 if b2 > b1 else 1])
        if changed:
            before ^= int(both[other])
    return before == claimed


def _cross(edges: Edges, one: int, other: int) -> bool:
    """Return exactly whether two edges cross at a point that is an end of neither."""
    ax, ay, bx, by = map(Fraction, edges.ends[one].tolist())
    cx, cy, dx, dy = map(Fraction, edges.ends[other].tolist())
    here = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    there = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
    if here * there >= 0:
        return False
    here = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
    there = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
    return here * there < 0
