"""Edits of single vertices of a tree's borders."""

import numpy as np
import shapely

from spatial.edits.change_set import AreaChange, ChangeSet
from spatial.errors import BadInput, NotFound
from spatial.levels import MAIN_TREE
from spatial.positions import check_position
from spatial.table import Table
from spatial.text import Text

Position = tuple[float, float]

_NEAR_DEGREES = 0.01


def move_vertex(
    areas: Table, at: Position, to: Position, *, district: str, base: int, tree: str = MAIN_TREE
) -> ChangeSet:
    """Return the change set that moves one vertex in every area, of every level of the tree, that has it.

    `areas`: those of the edition `base` of the tree, columns `level` and `code`. `at`, `to`: longitude, latitude in
    degrees; `at` is matched exactly. Whether the result may be published is `refuse_unsound`'s to say. Raises
    BadPosition, BadInput where nothing would move, NotFound where no area has such a vertex.
    """
    check_position(*at)
    check_position(*to)
    if tuple(at) == tuple(to):
        raise BadInput(
            Text(f"顶点 {_shown(at)} 的新位置与原位置相同", f"The vertex {_shown(at)} would stay where it is"),
            Text("请给出另一个位置", "Give another position"),
        )
    points, owner = shapely.get_coordinates(areas.geometry, return_index=True)
    hit = (points[:, 0] == at[0]) & (points[:, 1] == at[1])
    rows = np.unique(owner[hit])
    if not len(rows):
        raise _no_vertex(at, points)
    changes = []
    for row in rows.tolist():
        before = areas.geometry[row]
        changes.append(AreaChange(str(areas["level"][row]), str(areas["code"][row]), before, _moved(before, at, to)))
    return ChangeSet(district, tree, base, tuple(changes))


def _moved(shape: shapely.Geometry, at: Position, to: Position) -> shapely.Geometry:
    points = shapely.get_coordinates(shape)
    points[(points[:, 0] == at[0]) & (points[:, 1] == at[1])] = to
    return shapely.set_coordinates(shapely.force_2d(shape), points)


def _no_vertex(at: Position, points: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> NotFound:
    problem = Text(f"没有区域以 {_shown(at)} 为顶点", f"No area has a vertex at {_shown(at)}")
    away = np.hypot(points[:, 0] - at[0], points[:, 1] - at[1])
    if not len(away) or not away.min() < _NEAR_DEGREES:
        return NotFound(
            problem, Text("坐标须与顶点完全一致", "The coordinates must be the vertex's own, to the last digit")
        )
    x, y = points[int(np.argmin(away))].tolist()
    return NotFound(
        problem,
        Text(
            f"最近的顶点是 {_shown((x, y))}，坐标须完全一致", f"The nearest one is {_shown((x, y))}, to the last digit"
        ),
        nearest=(x, y),
    )


def _shown(place: Position) -> str:
    return f"({float(place[0])!r}, {float(place[1])!r})"
