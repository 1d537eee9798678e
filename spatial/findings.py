"""What is wrong with the coverages of a store: shapes that are invalid, overlap, leave gaps or stick out.

The plain form: it looks at the newest edition of every tree, level by level, and changes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
import shapely

from spatial import overlaps
from spatial.levels import Level, of_tree
from spatial.overlaps import TOLERATED_M2, area_m2
from spatial.store.parts import Areas, Features
from spatial.store.records import Query
from spatial.table import Geometries, Table
from spatial.text import Text

Place = tuple[float, float]
Spot = tuple[float, Place, tuple[str, ...]]
"""Square metres, a place in degrees, the codes concerned."""


class FindingKind(StrEnum):
    """What may be wrong with the areas of one level."""

    INVALID = "invalid"
    OVERLAP = "overlap"
    GAP = "gap"
    STICKS_OUT = "sticks_out"
    NO_PARENT = "no_parent"
    SLIVER = "sliver"


FINDING_WORDS: dict[FindingKind, Text] = {
    FindingKind.INVALID: Text("图形无效", "Invalid shapes"),
    FindingKind.OVERLAP: Text("重叠", "Overlaps"),
    FindingKind.GAP: Text("缝隙", "Gaps"),
    FindingKind.STICKS_OUT: Text("超出上级", "Outside the parent"),
    FindingKind.NO_PARENT: Text("上级不存在", "No such parent"),
    FindingKind.SLIVER: Text("碎片", "Slivers"),
}


class Source(Areas, Features, Protocol):
    """What is read: areas of a store."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of fault of one level: how often, over how much, and where the first ones are.

    `places`: longitude, latitude of up to as many places as were asked for, with the codes of the areas concerned.
    `area_m2`: all of it together, 0 where an area has no meaning.
    """

    district: str
    tree: str
    level: str
    kind: FindingKind
    count: int
    area_m2: float
    places: tuple[tuple[Place, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """One level that was looked at, and what was found there."""

    district: str
    tree: str
    level: str
    areas: int
    findings: tuple[Finding, ...]


def check_store(store: Source, district: str | None = None, places: int = 3) -> Iterator[Checked]:
    """Yield each level of the newest editions of a store's trees with its findings, from the top down."""
    levels = store.levels(district)
    for slug, tree in dict.fromkeys((edition.district, edition.tree) for edition in store.editions(district)):
        every = store.read("areas", Query(district=slug, tree=tree))
        names = np.asarray(every["level"], dtype=object)
        for level in of_tree(levels, slug, tree):
            mine = every.take(np.flatnonzero(names == level.slug))
            yield Checked(slug, tree, level.slug, len(mine), tuple(check_level(level, mine, every, places)))


def check_level(level: Level, mine: Table, every: Table, places: int = 3) -> Iterator[Finding]:
    """Yield what is wrong with the areas of one level, given all areas of their tree."""

    def finding(
        kind: FindingKind, areas: Sequence[float], where: Sequence[Place], codes: Sequence[tuple[str, ...]]
    ) -> Finding:
        first = tuple(zip(where[:places], codes[:places], strict=True))
        return Finding(level.district, level.tree, level.slug, kind, len(codes), float(sum(areas)), first)

    codes = [str(code) for code in mine["code"]]
    valid = shapely.is_valid(mine.geometry)
    if not valid.all():
        wrong = np.flatnonzero(~valid)
        yield finding(
            FindingKind.INVALID, [], [_corner(mine.geometry[at]) for at in wrong], [(codes[at],) for at in wrong]
        )
    good = np.flatnonzero(valid)
    slivers: list[Spot] = []
    crossing: list[Spot] = []
    for pair in overlaps.find(mine.geometry[good]):
        spot = (pair.area_m2, pair.place, (codes[good[pair.first]], codes[good[pair.second]]))
        (crossing if pair.area_m2 > TOLERATED_M2 else slivers).append(spot)
    if crossing:
        yield finding(FindingKind.OVERLAP, *_columns(crossing))
    parents = _parents(mine, every)
    orphans = [at for at in good if level.parent is not None and parents[at] < 0]
    if orphans:
        yield finding(
            FindingKind.NO_PARENT,
            [],
            [_inside(mine.geometry[at]) for at in orphans],
            [(codes[at],) for at in orphans],
        )
    if level.parent is None:
        return
    held = good[parents[good] >= 0]
    outside = shapely.difference(mine.geometry[held], every.geometry[parents[held]])
    out: list[Spot] = [(area, place, (codes[held[at]],)) for at, area, place in _pieces(outside)]
    gaps = _gaps(mine, every, parents, held) if level.tiles_parent else []
    for kind, found in ((FindingKind.STICKS_OUT, out), (FindingKind.GAP, gaps)):
        large = [each for each in found if each[0] > TOLERATED_M2]
        slivers += [each for each in found if each[0] <= TOLERATED_M2]
        if large:
            yield finding(kind, *_columns(large))
    if slivers:
        yield finding(FindingKind.SLIVER, *_columns(slivers))


def _columns(
    found: Sequence[Spot],
) -> tuple[list[float], list[Place], list[tuple[str, ...]]]:
    return [area for area, _, _ in found], [place for _, place, _ in found], [codes for _, _, codes in found]


def _parents(mine: Table, every: Table) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Return the position of each area's stored parent among all areas, -1 where there is none.

    A code alone may stand on two levels; the path that ends with the parent's tells them apart.
    """
    position = {str(path): at for at, path in enumerate(every["path"])}
    return np.array([position.get(str(path).rpartition("/")[0], -1) for path in mine["path"]], dtype=np.int64)


def _gaps(
    mine: Table,
    every: Table,
    parents: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    held: "np.ndarray[tuple[int], np.dtype[np.intp]]",
) -> list[Spot]:
    """Return the pieces of parents that their children leave open, where the level should fill them."""
    found: list[Spot] = []
    for parent in np.unique(parents[held]):
        children = held[parents[held] == parent]
        left = shapely.difference(every.geometry[parent], shapely.union_all(mine.geometry[children]))
        found += [(area, place, (str(every["code"][parent]),)) for _, area, place in _pieces(np.array([left]))]
    return found


def _pieces(shapes: Geometries) -> list[tuple[int, float, Place]]:
    """Return the polygons that are left of each shape: its position, area in square metres, and a point in it."""
    parts, origin = shapely.get_parts(shapes, return_index=True)
    keep = shapely.area(parts) > 0
    areas = area_m2(parts[keep])
    return [
        (int(at), float(area), _inside(part)) for at, area, part in zip(origin[keep], areas, parts[keep], strict=True)
    ]


def _inside(shape: shapely.Geometry) -> Place:
    point = shapely.point_on_surface(shape)
    return float(point.x), float(point.y)


def _corner(shape: shapely.Geometry) -> Place:
    west, south, _, _ = shapely.bounds(shape)
    return float(west), float(south)
