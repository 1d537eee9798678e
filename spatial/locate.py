"""Who answers for a place: owners at every level of every tree, and the one that is responsible."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.crs import check_position
from spatial.levels import MAIN_TREE, Level, governing_rank, of_tree
from spatial.ownership import GridIndex
from spatial.store.protocol import Areas, District, Edition, Features, Query
from spatial.table import Table


@dataclass(frozen=True, slots=True)
class Owner:
    """The area that owns a point at one level; `code` and what follows are None where none does."""

    level: Level
    code: str | None
    name: str | None = None
    name_en: str | None = None
    kind: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class TreeAnswer:
    """The owners of a point in one tree, from the top down, and the responsible one of them."""

    tree: str
    edition: Edition
    owners: tuple[Owner, ...]
    responsible: Owner | None


@dataclass(frozen=True, slots=True)
class Located:
    """Where a point in WGS 84 degrees belongs; `district` is None and `trees` empty outside every district."""

    lon: float
    lat: float
    district: District | None
    trees: tuple[TreeAnswer, ...]


@dataclass(frozen=True, slots=True)
class _LevelIndex:
    level: Level
    index: GridIndex
    areas: Table


class AreaSource(Areas, Features, Protocol):
    """What a Locator reads: areas of a store."""


class Locator:
    """Owners of points over all levels of all trees of a store, held in memory for one set of editions."""

    def __init__(self, districts: Sequence[District], trees: Sequence[tuple[Edition, Sequence[_LevelIndex]]]) -> None:
        self._districts = {district.slug: district for district in districts}
        self._trees = tuple(trees)

    @classmethod
    def of(cls, store: AreaSource, district: str | None = None) -> "Locator":
        """Read the newest edition of every tree of a store, or of one district of it."""
        levels = store.levels(district)
        newest = {(edition.district, edition.tree): edition for edition in store.editions(district)}
        trees = []
        for (slug, tree), edition in newest.items():
            indexes = []
            for level in of_tree(levels, slug, tree):
                areas = store.read("areas", Query(district=slug, tree=tree, equal={"level": level.slug}))
                if len(areas):
                    indexes.append(_LevelIndex(level, GridIndex.build(areas.geometry, areas["code"]), areas))
            trees.append((edition, indexes))
        return cls(store.districts(), trees)

    @classmethod
    def over(cls, district: District, levels: Sequence[Level], areas: Table) -> "Locator":
        """Index the areas of one main tree that no store holds yet, as its first edition."""
        slugs = np.asarray(areas["level"], dtype=object)
        indexes = []
        for level in of_tree(levels, district.slug):
            mine = areas.take(np.flatnonzero(slugs == level.slug))
            if len(mine):
                indexes.append(_LevelIndex(level, GridIndex.build(mine.geometry, mine["code"]), mine))
        first = Edition(district.slug, MAIN_TREE, 1, datetime.fromtimestamp(0, UTC), "")
        return cls([district], [(first, indexes)])

    def locate(self, lon: float, lat: float) -> Located:
        """Return who answers for a WGS 84 position in degrees; raises BadPosition for one that cannot be meant."""
        check_position(lon, lat)
        district: District | None = None
        answers = []
        for edition, indexes in self._trees:
            owners = tuple(_owner(level_index, lon, lat) for level_index in indexes)
            if not any(owner.code for owner in owners):
                continue
            district = self._districts.get(edition.district, district)
            answers.append(TreeAnswer(edition.tree, edition, owners, _responsible(owners)))
        answers.sort(key=lambda answer: (answer.tree != MAIN_TREE, answer.tree))
        return Located(lon, lat, district, tuple(answers))

    def tag(self, district: str, geometry: NDArray[np.object_]) -> tuple[list[str | None], list[str | None]]:
        """Return the code and the path of the responsible area of each geometry, None where none is.

        A line or polygon belongs where its point-on-surface lies. Only the district's main tree is asked.
        """
        points = shapely.point_on_surface(geometry)
        lons, lats = shapely.get_x(points), shapely.get_y(points)
        codes: list[str | None] = [None] * len(points)
        paths: list[str | None] = [None] * len(points)
        for edition, indexes in self._trees:
            if (edition.district, edition.tree) != (district, MAIN_TREE):
                continue
            limit = governing_rank([level_index.level for level_index in indexes])
            for level_index in indexes:  # from the top down, so that the deepest wins
                if level_index.level.rank > limit:
                    break
                path = level_index.areas["path"]
                for which, position in enumerate(level_index.index.owners(lons, lats)):
                    if position >= 0:
                        codes[which] = level_index.index.codes[position]
                        paths[which] = str(path[position])
        return codes, paths


def _owner(level_index: _LevelIndex, lon: float, lat: float) -> Owner:
    position = int(level_index.index.owners([lon], [lat])[0])
    if position < 0:
        return Owner(level_index.level, None)
    areas = level_index.areas
    return Owner(
        level_index.level,
        level_index.index.codes[position],
        areas["name"][position],
        areas["name_en"][position],
        areas["kind"][position],
        areas["path"][position],
    )


def _responsible(owners: Sequence[Owner]) -> Owner | None:
    limit = governing_rank([owner.level for owner in owners])
    owning = [owner for owner in owners if owner.code is not None and owner.level.rank <= limit]
    return owning[-1] if owning else None
