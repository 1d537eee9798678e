"""Many points at once: the answer as columns of positions in one table of the areas that occur."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from spatial.levels import MAIN_TREE
from spatial.locate.trees import Area, LevelIndex, TreeIndex
from spatial.store.records import Edition

Positions = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class TreeColumns:
    """The owners of points in the trees of one name: positions into LocatedColumns.areas, shape (n,), -1 for none.

    `owners`: by the slug of the level.
    """

    tree: str
    responsible: Positions
    owners: Mapping[str, Positions]


@dataclass(frozen=True, slots=True)
class LocatedColumns:
    """Where points belong: the areas that occur, each once with its edition and level, and columns by tree."""

    areas: tuple[tuple[Edition, str, Area], ...]
    trees: tuple[TreeColumns, ...]


@dataclass(slots=True)
class _Gathered:
    responsible: Positions
    owners: dict[str, Positions] = field(default_factory=dict)


def located_columns(
    trees: Iterable[TreeIndex], lons: NDArray[np.float64], lats: NDArray[np.float64], levels: Collection[str] | None
) -> LocatedColumns:
    """Return who owns points in degrees, shape (n,); `levels`: slugs of the levels to tell, None for all of them.

    Trees of one name in several districts come as one; a tree that owns none of the points is left out.
    """
    areas: list[tuple[Edition, str, Area]] = []
    found: dict[str, _Gathered] = {}
    for tree in trees:
        limit = tree.limit
        for level_index in tree.levels:
            slug, rank = level_index.level.slug, level_index.level.rank
            told = levels is None or slug in levels
            if rank > limit and not told:
                continue
            column = _of_level(level_index, tree.edition, lons, lats, areas)
            if column is None:
                continue
            gathered = found.get(tree.edition.tree)
            if gathered is None:
                gathered = found[tree.edition.tree] = _Gathered(np.full(len(lons), -1, dtype=np.int32))
            owned = column >= 0
            if told:
                before = gathered.owners.get(slug)
                gathered.owners[slug] = column if before is None else np.where(owned, column, before)
            if rank <= limit:  # from the top down, so that the deepest wins
                gathered.responsible[owned] = column[owned]
    if levels is not None:
        areas = _compacted(areas, found.values())
    names = sorted(found, key=lambda tree: (tree != MAIN_TREE, tree))
    return LocatedColumns(
        tuple(areas), tuple(TreeColumns(name, found[name].responsible, found[name].owners) for name in names)
    )


def _compacted(
    areas: list[tuple[Edition, str, Area]], gathered: Collection[_Gathered]
) -> list[tuple[Edition, str, Area]]:
    """Return the areas that a column still points at, and let the columns point at their new places."""
    occurs = np.zeros(len(areas) + 1, dtype=bool)
    for one in gathered:
        for column in (one.responsible, *one.owners.values()):
            occurs[column] = True
    used = np.flatnonzero(occurs[:-1])
    into = np.full(len(areas) + 1, -1, dtype=np.int32)
    into[used] = np.arange(len(used), dtype=np.int32)
    for one in gathered:
        one.responsible = into[one.responsible]
        one.owners = {slug: into[column] for slug, column in one.owners.items()}
    return [areas[position] for position in used.tolist()]


def _of_level(
    level_index: LevelIndex,
    edition: Edition,
    lons: NDArray[np.float64],
    lats: NDArray[np.float64],
    areas: list[tuple[Edition, str, Area]],
) -> Positions | None:
    """Return a column of positions in `areas`, to which those that occur are added; None where none owns a point."""
    codes = level_index.index.codes
    owners = level_index.index.owners(lons, lats)
    occurs = np.zeros(len(codes) + 1, dtype=bool)
    occurs[owners] = True  # -1 is the last one
    used = np.flatnonzero(occurs[:-1])
    if not len(used):
        return None
    into = np.full(len(codes) + 1, -1, dtype=np.int32)
    into[used] = np.arange(len(areas), len(areas) + len(used), dtype=np.int32)
    areas.extend((edition, level_index.level.slug, level_index.areas[codes[position]]) for position in used.tolist())
    column: Positions = into[owners]
    return column
