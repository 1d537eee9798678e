"""One tree of areas in memory: an index for each level, and what is told of the areas."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from spatial.levels import Level, governing_rank, of_tree
from spatial.locate.index_files import IndexFiles, label
from spatial.ownership import GridIndex, InvalidCoverage
from spatial.store.parts import Areas, Features
from spatial.store.records import Box, Edition, Query
from spatial.table import Table

METRES = 110_000.0
"""In a degree, at the least: on the ellipsoid it is a little more everywhere."""

_TOLD = ("code", "name", "name_en", "kind", "path")


class AreaSource(Areas, Features, Protocol):
    """What is read of a store: its areas."""


@dataclass(frozen=True, slots=True)
class Area:
    """What is told of one area."""

    code: str
    name: str | None
    name_en: str | None
    kind: str | None
    path: str


@dataclass(frozen=True, slots=True)
class LevelIndex:
    """The areas of one level of one tree: who owns a point, and what is told of each.

    `edition`: the last one that added or changed one of the areas.
    """

    level: Level
    index: GridIndex
    areas: Mapping[str, Area]
    edition: Edition

    @classmethod
    def of(cls, level: Level, areas: Table, edition: Edition, *, repair: bool = False) -> "LevelIndex":
        """Index the areas of one level; raises InvalidCoverage where they overlap, unless told to `repair` them."""
        named = label(edition, level.slug)
        codes = [str(code) for code in areas["code"]]
        try:
            index = GridIndex.build(areas.geometry, codes, edition=named)
        except InvalidCoverage:
            if not repair:
                raise
            index = GridIndex.build(areas.geometry, codes, edition=named, repair=True)
        return cls(level, index, told(areas), edition)

    def owner(self, lon: float, lat: float) -> Area | None:
        """Return the area that owns a point in degrees, None where none does."""
        code = self.index.owner(lon, lat)
        return None if code is None else self.areas[code]


@dataclass(frozen=True)
class TreeIndex:
    """One edition of one tree, its levels from the top down."""

    edition: Edition
    levels: tuple[LevelIndex, ...]

    @classmethod
    def read(
        cls, store: AreaSource, edition: Edition, levels: Sequence[Level], files: IndexFiles | None = None
    ) -> "TreeIndex":
        """Read one edition of a tree; `levels` may hold those of other trees. A level without areas is left out.

        What was published once must answer: areas that overlap are repaired, and the index says what it did.
        `files`: where built indexes may lie; of a level that has a current one no geometry is read.
        """
        mine = of_tree(levels, edition.district, edition.tree)
        known = {each.number: each for each in store.editions(edition.district, edition.tree)}
        if files is None:
            return cls(edition, tuple(_built(store, edition, mine, known)))
        rows = _read(store, edition, mine, shapes=False)
        slugs = np.asarray(rows["level"], dtype=object)
        found: list[LevelIndex] = []
        for level in mine:
            areas = rows.take(np.flatnonzero(slugs == level.slug))
            if len(areas):
                level_index = _mapped(level, areas, _last(areas, known, edition), files)
                found.extend(_built(store, edition, [level], known) if level_index is None else [level_index])
        return cls(edition, tuple(found))

    @classmethod
    def over(cls, edition: Edition, levels: Sequence[Level], areas: Table) -> "TreeIndex":
        """Index the areas of a tree that no store holds yet."""
        slugs = np.asarray(areas["level"], dtype=object)
        parts = [(level, np.flatnonzero(slugs == level.slug)) for level in levels]
        taken = [(level, areas.take(where)) for level, where in parts if len(where)]
        return cls(edition, tuple(LevelIndex.of(level, mine, edition) for level, mine in taken))

    def at_least_m(self, lon: float, lat: float) -> float:
        """Return metres that a point in degrees is away from every area at the least; infinite where there is none."""
        return math.inf if self.box is None else at_least_m(self.box, lon, lat)

    @cached_property
    def box(self) -> Box | None:
        """A box around all areas in degrees, None where there are none; east may exceed 180."""
        boxes = [box for level_index in self.levels if (box := level_index.index.box) is not None]
        if not boxes:
            return None
        wests, souths, easts, norths = zip(*boxes, strict=True)
        return min(wests), min(souths), max(easts), max(norths)

    @property
    def limit(self) -> int:
        """The rank at or above which an owner may be responsible."""
        return governing_rank([level_index.level for level_index in self.levels])


def _read(store: AreaSource, edition: Edition, levels: Sequence[Level], *, shapes: bool = True) -> Table:
    """Read the areas of some levels at once: without an index over past editions, each look takes all rows."""
    wanted = Query(
        district=edition.district,
        tree=edition.tree,
        edition=edition.number,
        equal={"level": [level.slug for level in levels]},
        columns=(*_TOLD, "level", "from_edition"),
        shapes=shapes,
    )
    return store.read("areas", wanted)


def _built(
    store: AreaSource, edition: Edition, levels: Sequence[Level], known: Mapping[int, Edition]
) -> Iterator[LevelIndex]:
    """Build the indexes of levels, one after the other; those without areas are left out."""
    for level in levels:
        areas = _read(store, edition, [level])
        if len(areas):
            yield LevelIndex.of(level, areas, _last(areas, known, edition), repair=True)


def _mapped(level: Level, areas: Table, last: Edition, files: IndexFiles) -> LevelIndex | None:
    """Return a level whose index lies in a current file, None where there is none."""
    index = files.mapped(last, level.slug, [str(code) for code in areas["code"]])
    return None if index is None else LevelIndex(level, index, told(areas), last)


def _last(areas: Table, known: Mapping[int, Edition], edition: Edition) -> Edition:
    """Return the edition that last added or changed one of the areas, by the number that each of them carries."""
    return known.get(max(areas["from_edition"]), edition)


def at_least_m(box: Box, lon: float, lat: float) -> float:
    """Return metres that a point in degrees is away from a box at the least: what spares a search, not a distance."""
    west, south, east, north = box
    across = min(max(west - x, x - east, 0.0) for x in (lon - 360.0, lon, lon + 360.0))
    along = max(south - lat, lat - north, 0.0)
    # a degree of longitude is shortest where it is furthest from the equator
    furthest = max(abs(lat), abs(south), abs(north))
    return METRES * math.hypot(across * math.cos(math.radians(min(furthest, 90.0))), along)


def told(areas: Table) -> dict[str, Area]:
    """Return what is told of areas, by code."""

    def column(name: str) -> Sequence[Any]:
        values = areas.columns.get(name)
        return [None] * len(areas) if values is None else list(values)

    rows = zip(*(column(name) for name in _TOLD), strict=True)
    return {str(code): Area(str(code), name, name_en, kind, str(path)) for code, name, name_en, kind, path in rows}
