"""Levels: the ranks of a tree, as data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spatial.errors import NotFound
from spatial.text import Text

MAIN_TREE = "main"


@dataclass(frozen=True, slots=True)
class Level:
    """One rank of one tree of one district.

    `rank` counts from 0 at the top. `parent` is the slug of the level above, None at the top.
    `tiles_parent`: where an area has children of this level, they fill it exactly.
    `governing`: the level whose duty holder answers first; at most one in a tree.
    """

    district: str
    tree: str
    rank: int
    slug: str
    name: Text
    parent: str | None
    tiles_parent: bool = False
    governing: bool = False


def of_tree(levels: Iterable[Level], district: str, tree: str = MAIN_TREE) -> list[Level]:
    """Return the levels of one tree from the top down."""
    return sorted(
        (level for level in levels if level.district == district and level.tree == tree),
        key=lambda level: level.rank,
    )


def governing_rank(levels: Sequence[Level]) -> int:
    """Return the rank at or above which an owner may be responsible: the governing level's, else the deepest."""
    return next((level.rank for level in levels if level.governing), max((level.rank for level in levels), default=0))


def find(levels: Iterable[Level], district: str, tree: str, slug: str) -> Level:
    """Return one level of one tree; raises NotFound where the tree has no such level."""
    mine = of_tree(levels, district, tree)
    for level in mine:
        if level.slug == slug:
            return level
    known = ", ".join(level.slug for level in mine) or "–"
    raise NotFound(
        Text(f"{district} 的层级树 {tree} 没有层级 {slug}", f"The tree {tree} of {district} has no level {slug}"),
        Text(f"可用层级：{known}", f"Its levels are: {known}"),
    )
