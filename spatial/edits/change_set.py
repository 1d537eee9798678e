"""What an edit does to the areas of one tree: their geometry before and after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from spatial.errors import Conflict
from spatial.table import Table
from spatial.text import Text

Box = tuple[float, float, float, float]
Place = tuple[str, str]
"""A level and a code: what an area is known by within its tree."""

_NAMED = 10


@dataclass(frozen=True, slots=True)
class AreaChange:
    """One area's (Multi)Polygon before and after, in WGS 84 longitude, latitude in degrees."""

    level: str
    code: str
    before: shapely.Geometry
    after: shapely.Geometry

    @property
    def place(self) -> Place:
        """What the area is known by within its tree."""
        return self.level, self.code


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Changes to areas of one tree of one district, made on its edition `base`."""

    district: str
    tree: str
    base: int
    areas: tuple[AreaChange, ...]

    def reversed(self, base: int | None = None) -> "ChangeSet":
        """Return the change set that undoes this one, on the edition `base` where it is another."""
        back = tuple(AreaChange(one.level, one.code, one.after, one.before) for one in self.areas)
        return replace(self, areas=back, base=self.base if base is None else base)

    @property
    def box(self) -> Box | None:
        """West, south, east, north of the edges that come or go, None where none does: nothing changes owner outside.

        Two areas of a district may be large, and what moves between them small.
        """
        moved: set[tuple[float, ...]] = set()
        for one in self.areas:
            moved |= _edges(one.before) ^ _edges(one.after)
        if not moved:
            return None
        ends = np.array(list(moved)).reshape(-1, 2)
        (west, south), (east, north) = ends.min(axis=0).tolist(), ends.max(axis=0).tolist()
        return west, south, east, north


def apply(areas: Table, change: ChangeSet) -> tuple[Table, ChangeSet]:
    """Return areas of a tree (columns `level` and `code`) with a change set applied, and the reverse of it.

    Raises Conflict where an area is missing, or is not as it was when the change set was made.
    """
    at = positions(areas)
    refuse_strange(change, {place: areas.geometry[row] for place, row in at.items()})
    geometry = areas.geometry.copy()
    for one in change.areas:
        geometry[at[one.place]] = one.after
    return Table(geometry, areas.columns), change.reversed()


def positions(areas: Table) -> dict[Place, int]:
    """Return the position of each area of a tree by its level and code."""
    places = zip(areas["level"], areas["code"], strict=True)
    return {(str(level), str(code)): row for row, (level, code) in enumerate(places)}


def refuse_strange(change: ChangeSet, stored: "dict[Place, shapely.Geometry]") -> None:
    """Raise Conflict where the areas of a change set are not there, or not as they were when it was made."""
    missing = [one.code for one in change.areas if one.place not in stored]
    if missing:
        raise Conflict(
            Text(
                f"{change.district} 的层级树 {change.tree} 中没有区域 {_named(missing)}",
                f"The tree {change.tree} of {change.district} has no area {_named(missing)}",
            ),
            Text("该变更集属于另一个存储，请基于现有版本重做", "The change set is of another store: make it anew"),
            codes=missing[:100],
        )
    other = [one.code for one in change.areas if not same(stored[one.place], one.before)]
    if other:
        raise Conflict(
            Text(
                f"区域 {_named(other)} 的边界与变更集开始时不同",
                f"The borders of {_named(other)} are not those that the change set begins with",
            ),
            Text("请基于现有边界重做变更", "Make the change anew on the borders as they are"),
            codes=other[:100],
        )


def same(one: shapely.Geometry | None, other: shapely.Geometry | None) -> bool:
    """Return whether two polygons are the same, bit by bit; a multi-polygon of one part is as the part alone."""
    first, second = (
        shapely.to_wkb(shapely.get_parts(shape), byte_order=1, output_dimension=2) for shape in (one, other)
    )
    return len(first) == len(second) and bool((first == second).all())


def _edges(shape: shapely.Geometry) -> set[tuple[float, ...]]:
    points, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(shape)), return_index=True)
    if not len(points):
        return set()
    joined = ring[1:] == ring[:-1]
    ends = np.hstack([points[:-1][joined], points[1:][joined]])
    back = (ends[:, 0] > ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3]))
    ends[back] = ends[back][:, [2, 3, 0, 1]]
    return set(map(tuple, ends.tolist()))


def _named(codes: Sequence[str]) -> str:
    return ", ".join(codes[:_NAMED]) + ("" if len(codes) <= _NAMED else " …")
