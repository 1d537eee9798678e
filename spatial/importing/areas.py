"""Parent, path and code of areas that come in, and whether they overlap their neighbours.

Who owns an area is asked of `spatial.ownership` alone, at the area's point-on-surface; what a file says of parents is
not regarded.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from spatial.codes import COMMUNITY_DIGITS, check_grid_code
from spatial.errors import BadCode
from spatial.importing import killable
from spatial.importing.source import Limits, Problem, ProblemKind
from spatial.levels import Level
from spatial.overlaps import TOLERATED_M2
from spatial.ownership import GridIndex
from spatial.store.records import District
from spatial.table import Geometries, Table
from spatial.text import Text
from spatial.vocabulary import LevelSlug

SEQUENCE_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """Areas of a file with parent, path and code; `kept` are the positions of the rows that have them."""

    rows: Table
    kept: list[int]
    problems: list[Problem]
    slivers: int


def place(
    incoming: Table, rows: Sequence[int], existing: Table, levels: Sequence[Level], district: District, limits: Limits
) -> Placed:
    """Return the incoming areas with their parents, paths and codes, level by level from the top.

    `incoming`: valid multi-polygons with the columns of the schema, `level` filled, `code` where the file has one.
    `existing`: the areas of the tree that stay. An area without an owner above, of an overlap with one that is there
    or stands earlier in the file, or whose code does not begin with its parent's, is a problem.
    """
    columns: dict[str, list[Any]] = {name: list(values) for name, values in incoming.columns.items()}
    problems: list[Problem] = []
    kept: list[int] = []
    slivers = 0
    above: list[tuple[GridIndex, Sequence[Any]]] = []
    for level in levels:
        there = existing.take([at for at, slug in enumerate(existing["level"]) if slug == level.slug])
        mine = [at for at, slug in enumerate(columns["level"]) if slug == level.slug]
        mine, found = _with_parents(columns, incoming.geometry, mine, rows, above, level, district)
        problems += found
        mine, found, small = _without_overlaps(incoming.geometry, mine, rows, there, limits)
        problems += found
        slivers += small
        _number(columns, incoming.geometry, mine, there, level, district)
        kept += mine
        codes = [*there["code"], *(columns["code"][at] for at in mine)]
        paths = [*there["path"], *(columns["path"][at] for at in mine)]
        shapes = np.concatenate([there.geometry, incoming.geometry[np.asarray(mine, dtype=np.intp)]])
        if len(shapes):
            # overlaps too small to matter were let pass: for finding parents they belong to either
            above.insert(0, (GridIndex.build(shapes, codes, repair=True), paths))
    kept.sort()
    return Placed(Table(incoming.geometry, columns).take(kept), kept, problems, slivers)


def _without_overlaps(
    geometry: Geometries, mine: list[int], rows: Sequence[int], there: Table, limits: Limits
) -> tuple[list[int], list[Problem], int]:
    """Return the rows that overlap nothing that is there or comes before them, and how many slivers were let pass."""
    if not mine:
        return mine, [], 0
    shapes = geometry[np.asarray(mine, dtype=np.intp)]
    near = _near(there.geometry, shapes)
    count = len(near)
    refused: set[int] = set()
    problems = []
    slivers = 0
    together = np.concatenate([there.geometry[near], shapes])
    for overlap in killable.overlaps(together, limits) if _boxes_meet(together) else ():
        first, second = overlap.first - count, overlap.second - count
        if second < 0 or first in refused or second in refused:
            continue
        if overlap.area_m2 <= TOLERATED_M2:
            slivers += 1
            continue
        refused.add(second)
        lon, lat = overlap.place
        other_zh = f"第 {rows[mine[first]]} 行" if first >= 0 else f"已有区域 {there['code'][near[overlap.first]]}"
        other_en = f"row {rows[mine[first]]}" if first >= 0 else f"{there['code'][near[overlap.first]]}, which is there"
        reason = Text(
            f"与{other_zh}重叠 {overlap.area_m2:.1f} 平方米，位置 ({lon:.7f}, {lat:.7f})",
            f"It overlaps {other_en}, by {overlap.area_m2:.1f} m² at ({lon:.7f}, {lat:.7f})",
        )
        problems.append(Problem(rows[mine[second]], ProblemKind.OVERLAP, reason, overlap.place))
    return [at for index, at in enumerate(mine) if index not in refused], problems, slivers


def _boxes_meet(shapes: Geometries) -> bool:
    """Return whether any two bounding boxes meet: the cheap question before the dear one."""
    first, second = shapely.STRtree(shapes).query(shapes)
    return bool((first != second).any())


def _near(there: Geometries, shapes: Geometries) -> list[int]:
    if not len(there):
        return []
    west, south, east, north = shapely.total_bounds(shapes)
    box = shapely.bounds(there)
    meets = (box[:, 0] <= east) & (box[:, 2] >= west) & (box[:, 1] <= north) & (box[:, 3] >= south)
    return np.flatnonzero(meets).tolist()


def _with_parents(
    columns: dict[str, list[Any]],
    geometry: Geometries,
    mine: list[int],
    rows: Sequence[int],
    above: Sequence[tuple[GridIndex, Sequence[Any]]],
    level: Level,
    district: District,
) -> tuple[list[int], list[Problem]]:
    """Fill `parent` and the parent's path; the deepest owner above the level is the parent."""
    points = shapely.point_on_surface(geometry[np.asarray(mine, dtype=np.intp)])
    lons, lats = shapely.get_x(points), shapely.get_y(points)
    parents: list[str | None] = [None] * len(mine)
    paths: list[str | None] = [None] * len(mine)
    for index, known in above:
        for at, position in enumerate(index.owners(lons, lats)):
            if parents[at] is None and position >= 0:
                parents[at], paths[at] = index.codes[position], str(known[position])
    problems = []
    kept = []
    for where, parent, path, lon, lat in zip(mine, parents, paths, lons, lats, strict=True):
        code = columns["code"][where]
        if level.parent is not None and parent is None:
            reason = Text(
                f"位置 ({lon:.6f}, {lat:.6f}) 不属于 {district.slug} 的任何上级区域",
                f"No area of {district.slug} owns its place ({lon:.6f}, {lat:.6f})",
            )
            problems.append(Problem(rows[where], ProblemKind.OUTSIDE, reason, (float(lon), float(lat))))
            continue
        wrong = _code_problem(code, parent, level, district)
        if wrong is not None:
            problems.append(Problem(rows[where], ProblemKind.CODE, wrong))
            continue
        columns["parent"][where] = parent
        columns["path"][where] = path
        kept.append(where)
    return kept, problems


def _code_problem(code: str | None, parent: str | None, level: Level, district: District) -> Text | None:
    if code is None:
        return None
    if "/" in code or len(code) > 64:
        return Text(f"编码“{code[:64]}”含有斜杠或过长", f"The code “{code[:64]}” has a slash or is too long")
    if parent is not None and (not code.startswith(parent) or code == parent):
        return Text(
            f"编码 {code} 应以上级编码 {parent} 开头",
            f"The code {code} should begin with {parent}, the code of the area that owns it",
        )
    if level.slug == LevelSlug.GRID and parent is not None and len(parent) == COMMUNITY_DIGITS:
        try:
            check_grid_code(code)
        except BadCode as error:
            return error.problem
    if level.parent is None and level.slug == LevelSlug.DISTRICT and code != district.code:
        return Text(
            f"区县的编码应为 {district.code}，不是 {code}", f"The district's code is {district.code}, not {code}"
        )
    return None


def _number(
    columns: dict[str, list[Any]],
    geometry: Geometries,
    mine: Sequence[int],
    there: Table,
    level: Level,
    district: District,
) -> None:
    """Give codes to areas that have none, from west to east, then north to south, and finish their paths.

    A code is its parent's and 3 digits after the highest that is taken; more digits where a parent has more than 999.
    """
    taken: dict[str | None, list[str]] = defaultdict(list)
    for code, parent in zip(there["code"], there["parent"], strict=True):
        taken[parent].append(str(code))
    missing: dict[str | None, list[int]] = defaultdict(list)
    for where in mine:
        parent, code = columns["parent"][where], columns["code"][where]
        if code is None:
            missing[parent].append(where)
        else:
            taken[parent].append(str(code))
    for parent, those in missing.items():
        if level.parent is None and level.slug == LevelSlug.DISTRICT:
            for where in those:
                columns["code"][where] = district.code
            continue
        prefix = parent or f"{level.tree.removeprefix('legacy-')}-"
        numbers = [int(rest) for code in taken[parent] if (rest := code.removeprefix(prefix)).isdigit()]
        first = max((number for number in numbers if number < 10**9), default=0) + 1
        digits = max(SEQUENCE_DIGITS, len(str(first + len(those) - 1)))
        for number, where in enumerate(_west_to_east(geometry, those), start=first):
            columns["code"][where] = f"{prefix}{number:0{digits}d}"
    for where in mine:
        # a flat tree has no district on top, but its paths begin with one, as those of the main tree do
        top = "" if level.slug == LevelSlug.DISTRICT else f"/{district.code}"
        above = columns["path"][where] if columns["parent"][where] is not None else top
        columns["path"][where] = f"{above}/{columns['code'][where]}"


def _west_to_east(geometry: Geometries, those: Sequence[int]) -> list[int]:
    points = shapely.centroid(geometry[np.asarray(those, dtype=np.intp)])
    order = np.lexsort((-shapely.get_y(points), np.round(shapely.get_x(points), 6)))
    return [those[at] for at in order]
