"""What a tree in memory becomes when a newer edition of it is published: only what changed is read and laid over."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import shapely

from spatial.levels import Level, of_tree
from spatial.locate.index_files import IndexFiles, label
from spatial.locate.trees import AreaSource, LevelIndex, TreeIndex, told
from spatial.ownership import InvalidCoverage
from spatial.store.records import Edition, Query
from spatial.table import Table

MOST_EDITIONS = 100
"""So many editions later a tree is read anew."""

MOST_AREAS = 256
"""A level of which more areas changed is read anew, which then takes no longer."""

_COLUMNS = ("code", "name", "name_en", "kind", "path", "level", "from_edition")


def followed(
    store: AreaSource, held: TreeIndex, edition: Edition, levels: Sequence[Level], files: IndexFiles | None = None
) -> TreeIndex | None:
    """Return a newer edition of a tree that is held, None where it must be read as a whole.

    Levels of which nothing changed are shared, the others patched; `held` stays as it is, and both answer exactly.
    `files`: where the index of a level that changed too much may lie.
    """
    span = range(held.edition.number + 1, edition.number + 1)
    if not 0 < len(span) <= MOST_EDITIONS:
        return None
    editions = store.editions(edition.district, edition.tree)
    if not {held.edition, edition} <= set(editions):
        return None  # another lineage: the district was cleared, or a backup restored, in between
    came = _read(store, edition, edition.number, "from_edition", span)
    gone = _read(store, edition, held.edition.number, "to_edition", span)
    numbered = {each.number: each for each in editions}
    before = {level_index.level.slug: level_index for level_index in held.levels}
    found = []
    for level in of_tree(levels, edition.district, edition.tree):
        new, old = _of_level(came, level), _of_level(gone, level)
        known = before.pop(level.slug, None)
        if known is not None and known.level == level and not len(new) and not len(old):
            found.append(known)
            continue
        follower = None if known is None else _patched(known, level, new, old, numbered)
        if follower is None:
            follower = _read_anew(store, level, edition, files)
        if follower is not None:
            found.append(follower)
    return TreeIndex(edition, tuple(found))


def follow_nearest(
    store: AreaSource,
    held: Iterable[TreeIndex],
    edition: Edition,
    levels: Sequence[Level],
    files: IndexFiles | None = None,
) -> TreeIndex | None:
    """Return an edition of a tree as it follows from the newest older one that is held, None where none serves."""
    mine = [
        tree
        for tree in held
        if (tree.edition.district, tree.edition.tree) == (edition.district, edition.tree)
        and tree.edition.number < edition.number
    ]
    for tree in sorted(mine, key=lambda tree: -tree.edition.number):
        found = followed(store, tree, edition, levels, files)
        if found is not None:
            return found
    return None


def _patched(
    known: LevelIndex, level: Level, new: Table, old: Table, editions: Mapping[int, Edition]
) -> LevelIndex | None:
    """Return the index of a level with its changed areas, None where it must be built anew."""
    changed = {str(code): shape for code, shape in zip(new["code"], new.geometry, strict=True)}
    if len(changed) > MOST_AREAS or not {str(code) for code in old["code"]} <= changed.keys():
        return None
    if known.index.repairs or shapely.is_missing(new.geometry).any():
        return None  # what stands in the index is not what the store holds
    try:
        index = known.index.patched(changed)
    except InvalidCoverage:
        return None
    # not always the newest one: several may be followed at once, of which the last left this level as it was
    last = editions[max(new["from_edition"])]
    return LevelIndex(level, index.named(label(last, level.slug)), {**known.areas, **told(new)}, last)


def _read(store: AreaSource, edition: Edition, number: int, column: str, span: range) -> Table:
    wanted = Query(
        district=edition.district, tree=edition.tree, edition=number, equal={column: list(span)}, columns=_COLUMNS
    )
    return store.read("areas", wanted)


def _read_anew(store: AreaSource, level: Level, edition: Edition, files: IndexFiles | None) -> LevelIndex | None:
    (*found,) = TreeIndex.read(store, edition, [level], files).levels
    return found[0] if found else None


def _of_level(areas: Table, level: Level) -> Table:
    return areas.take(np.flatnonzero(np.asarray(areas["level"], dtype=object) == level.slug))
