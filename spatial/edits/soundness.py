"""Whether changed areas may be published: no overlaps, no invalid polygons, and parents filled as before."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import shapely

from spatial.edits.change_set import Box, ChangeSet, Place, positions
from spatial.errors import BadGeometry
from spatial.levels import Level
from spatial.overlaps import area_m2
from spatial.ownership import Fault, GridIndex, InvalidCoverage
from spatial.table import Geometries, Table
from spatial.text import Text

ROUNDING_M2 = 1e-3
"""Between a parent and the union of its children; what computing the union may differ by."""

LISTED = 20
"""Places that an error carries in its details."""

_NAMED = 3

Misfit = tuple[str, str, float, tuple[float, float]]
"""The level and code of a parent, square metres that differ, and a point there."""


class BrokenTiling(BadGeometry):
    """Children that no longer fill their parent, or reach beyond it.

    `details`: `count`, and as `places` the first of them: level and code of the parent, area_m2, lon, lat.
    """

    def __init__(self, misfits: Sequence[Misfit]) -> None:
        zh = "；".join(
            f"{code} 相差 {area:.1f} 平方米，位置 ({x:.7f}, {y:.7f})" for _, code, area, (x, y) in misfits[:_NAMED]
        )
        en = "; ".join(f"{code} by {area:.1f} m² at ({x:.7f}, {y:.7f})" for _, code, area, (x, y) in misfits[:_NAMED])
        more = len(misfits) - _NAMED
        super().__init__(
            Text(
                f"下级不再恰好填满上级：{zh}" + (f"；另有 {more} 处" if more > 0 else ""),
                f"Areas no longer fill their parent: {en}" + (f"; and {more} more" if more > 0 else ""),
            ),
            Text("各层级的共用边须一起移动", "Move the border on every level that it belongs to"),
            count=len(misfits),
            places=[
                {"level": level, "code": code, "area_m2": area, "lon": place[0], "lat": place[1]}
                for level, code, area, place in misfits[:LISTED]
            ],
        )


def refuse_unsound(areas: Table, change: ChangeSet, levels: Sequence[Level]) -> None:
    """Raise what keeps a change set from being published; what was wrong before, and is no worse, is let pass.

    `areas`: columns `level`, `code` and `path`; of the tree as it is now at least the areas that meet the change's
    box, the changed ones, their parents and their parents' children. Raises InvalidCoverage where areas would overlap
    or be invalid, BrokenTiling where the children of a level that fills its parent no longer do.
    """
    box = change.box
    if box is None:
        return
    at = positions(areas)
    after = areas.geometry.copy()
    for one in change.areas:
        after[at[one.place]] = one.after
    slugs = np.asarray(areas["level"], dtype=object)
    changed = {one.place for one in change.areas}
    for slug in dict.fromkeys(one.level for one in change.areas):
        near = [row for row in np.flatnonzero(slugs == slug).tolist() if _near(areas, row, box, changed)]
        codes = [str(areas["code"][row]) for row in near]
        _refuse_faults(areas.geometry[near], after[near], codes)
    misfits = [
        misfit
        for level in levels
        if level.tiles_parent and level.parent is not None
        for misfit in _misfits(areas, after, changed, level)
    ]
    if misfits:
        raise BrokenTiling(misfits)


def parents_of(areas: Table, change: ChangeSet, level: Level) -> list[str]:
    """Return the paths of the areas whose children of a level a change set may part from them.

    `areas`: the changed ones at least, columns `level`, `code` and `path`.
    """
    found = []
    at = positions(areas)
    for one in change.areas:
        path = str(areas["path"][at[one.place]])
        if one.level == level.parent:
            found.append(path)
        elif one.level == level.slug:
            found.append(path.rpartition("/")[0])
    return list(dict.fromkeys(found))


def _near(areas: Table, row: int, box: Box, changed: "set[Place]") -> bool:
    if (str(areas["level"][row]), str(areas["code"][row])) in changed:
        return True
    west, south, east, north = shapely.bounds(areas.geometry[row]).tolist()
    # an empty shape has NaN for bounds, and meets nothing
    return bool(west <= box[2] and east >= box[0] and south <= box[3] and north >= box[1])


def _refuse_faults(before: Geometries, after: Geometries, codes: Sequence[str]) -> None:
    faults = _faults(after, codes)
    if not faults:
        return
    known = {_key(fault): fault.area_m2 for fault in _faults(before, codes)}
    new = [fault for fault in faults if fault.area_m2 > known.get(_key(fault), -1.0)]
    if new:
        raise InvalidCoverage(new)


def _key(fault: Fault) -> tuple[str, tuple[str, ...]]:
    return fault.kind.value, tuple(sorted(fault.codes))


def _faults(geometry: Geometries, codes: Sequence[str]) -> tuple[Fault, ...]:
    try:
        GridIndex.build(geometry, codes)
    except InvalidCoverage as found:
        return found.faults
    return ()


def _misfits(areas: Table, after: Geometries, changed: Iterable[Place], level: Level) -> list[Misfit]:
    rows: Mapping[tuple[str, str], int] = {
        (str(slug), str(path)): row for row, (slug, path) in enumerate(zip(areas["level"], areas["path"], strict=True))
    }
    parent_of = {row: path.rpartition("/")[0] for (slug, path), row in rows.items() if slug == level.slug}
    concerned = set()
    at = positions(areas)
    for place in changed:
        row = at[place]
        if place[0] == level.parent:
            concerned.add(str(areas["path"][row]))
        elif place[0] == level.slug:
            concerned.add(parent_of[row])
    found: list[Misfit] = []
    for path in sorted(concerned):
        parent = rows.get((str(level.parent), path))
        children = [row for row, above in parent_of.items() if above == path]
        if parent is None or not children:
            continue
        now = _difference(after[parent], after[children])
        if now is None:
            continue
        before = _difference(areas.geometry[parent], areas.geometry[children])
        if _square_metres(now) > _square_metres(before) + ROUNDING_M2:
            place_of = shapely.point_on_surface(now)
            where = (float(place_of.x), float(place_of.y))
            found.append((str(level.parent), str(areas["code"][parent]), _square_metres(now), where))
    return found


def _difference(parent: shapely.Geometry, children: Geometries) -> shapely.Geometry | None:
    """Return where a parent and the union of its children differ, None where they are the same."""
    sound = np.array([parent, *children], dtype=object)
    broken = ~shapely.is_valid(sound)
    sound[broken] = shapely.make_valid(sound[broken])
    left = shapely.symmetric_difference(sound[0], shapely.union_all(sound[1:]))
    return None if left.is_empty or not left.area else left


def _square_metres(shape: shapely.Geometry | None) -> float:
    return 0.0 if shape is None else float(area_m2(np.array([shape], dtype=object))[0])
