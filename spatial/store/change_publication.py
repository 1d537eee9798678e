"""What publishing a change set means for a store: worked out from what it holds, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import shapely

from spatial.edits.change_set import AreaChange, Box, ChangeSet, positions, refuse_strange, same
from spatial.edits.soundness import parents_of, refuse_unsound
from spatial.errors import BadInput, EditionMoved, NotFound
from spatial.levels import MAIN_TREE, Level, governing_rank, of_tree
from spatial.ownership import GridIndex, InvalidCoverage
from spatial.schema import AREAS, STORED
from spatial.store.conversion import ROW, Prepared, prepare, shapes, total_box
from spatial.store.parts import Areas, Features
from spatial.store.publication import GEOMETRY, Comparison
from spatial.store.records import Edition, Query
from spatial.table import Geometries, Table
from spatial.text import Text

TAGGED = tuple(each.id for each in STORED if each is not AREAS and each.column("responsible") and each.column("path"))
"""The collections whose rows belong to a responsible area."""


class Source(Areas, Features, Protocol):
    """What is read of a store, from outside or inside its writing transaction."""


@dataclass(frozen=True, slots=True)
class Retag:
    """A row whose responsible area becomes another; None stands for no area."""

    row: int
    code: str
    before: str | None
    after: str | None
    path: str | None


@dataclass(frozen=True, slots=True)
class Planned:
    """What a publication will write.

    `rows`: the areas that change, as they are stored, with their keys; `geometry`: what becomes of each, in their
    order. `retags`: by collection, without those of which no row changes.
    """

    change: ChangeSet
    rows: Table
    geometry: Geometries
    retags: Mapping[str, tuple[Retag, ...]]

    def rows_of(self, edition: int) -> tuple[Comparison, Prepared]:
        """Return what ends with an edition, and the rows that begin with it."""
        written = prepare(AREAS, Table(self.geometry, self.rows.columns), {"from_edition": edition, "to_edition": None})
        keys = [int(key) for key in self.rows[ROW]]
        codes = [one.code for one in self.change.areas]
        return Comparison(keys, list(range(len(keys))), codes, [GEOMETRY]), written


def plan_publication(store: Source, change: ChangeSet) -> Planned:
    """Return what publishing a change set would write; raises what `Transaction.publish_changes` raises."""
    levels = _levels(store, change)
    _refuse_moved(store, change)
    tree = Query(district=change.district, tree=change.tree)
    codes = sorted({one.code for one in change.areas})
    found = store.read(AREAS.id, Query(district=change.district, tree=change.tree, equal={"code": codes}))
    at = positions(found)
    refuse_strange(change, {place: found.geometry[row] for place, row in at.items()})
    box = change.box
    if box is None or len({one.place for one in change.areas}) < len(change.areas):
        raise BadInput(
            Text("变更集没有改变边界，或重复列出区域", "The change set moves no border, or names an area twice"),
            Text("请重做变更", "Make the change anew"),
        )
    rows = found.take([at[one.place] for one in change.areas])
    geometry = shapes(AREAS, np.array([one.after for one in change.areas], dtype=object))
    around = _around(store, tree, change, rows, levels, box)
    refuse_unsound(around, change, levels)
    retags = _retags(store, tree, _after(around, change), levels, box) if change.tree == MAIN_TREE else {}
    return Planned(change, rows, geometry, retags)


def _levels(store: Source, change: ChangeSet) -> list[Level]:
    levels = of_tree(store.levels(change.district), change.district, change.tree)
    if not levels:
        known = ", ".join(f"{one.district}/{one.tree}" for one in store.levels() if one.rank == 0) or "–"
        raise NotFound(
            Text(
                f"没有区县 {change.district} 的层级树 {change.tree}",
                f"There is no tree {change.tree} of a district {change.district}",
            ),
            Text(f"现有：{known}", f"There are: {known}"),
        )
    return levels


def _refuse_moved(store: Source, change: ChangeSet) -> None:
    editions = store.editions(change.district, change.tree)
    newest = editions[-1].number if editions else 0
    if newest != change.base:
        raise EditionMoved(
            Text(
                f"变更集基于 {change.district}/{change.tree} 的版本 {change.base}，而最新版本是 {newest}",
                f"The change set stands on edition {change.base} of {change.district}/{change.tree}; "
                f"the newest one is {newest}",
            ),
            Text("请基于最新版本重做变更", "Make the change anew on the newest edition"),
            base=change.base,
            newest=newest,
        )


def _around(store: Source, tree: Query, change: ChangeSet, changed: Table, levels: Sequence[Level], box: Box) -> Table:
    """Return the areas that say whether the change is sound, and who owns what in its box."""

    own = Query(district=tree.district, tree=tree.tree)
    parts = [changed, store.read(AREAS.id, replace(own, box=box))]
    for level in levels:
        if not level.tiles_parent or level.parent is None:
            continue
        parents = parents_of(changed, change, level)
        if parents:
            parts.append(store.read(AREAS.id, replace(own, equal={"level": level.parent, "path": parents})))
            parts.append(store.read(AREAS.id, replace(own, equal={"level": level.slug}, paths=tuple(parents))))
    every = Table.concatenate(parts)
    _, first = np.unique(np.asarray(every[ROW], dtype=np.int64), return_index=True)
    return every.take(first)


def retags_of(store: Source, edition: Edition) -> dict[str, tuple[Retag, ...]]:
    """Return the rows that have another responsible area by an edition that the store holds, by collection.

    Where it follows from another edition only rows in the box of what changed between the two are asked.
    """
    tree = Query(district=edition.district, tree=edition.tree)
    box = _box_between(*(_ends_at(store, edition, column) for column in ("to_edition", "from_edition")))
    if edition.tree != MAIN_TREE or box is None:
        return {}
    if not any(store.count(collection, Query(district=edition.district, box=box)) for collection in TAGGED):
        return {}
    around = store.read(AREAS.id, Query(district=edition.district, tree=edition.tree, box=box))
    levels = of_tree(store.levels(edition.district), edition.district, edition.tree)
    return _retags(store, tree, around, levels, box)


def _ends_at(store: Source, edition: Edition, column: str) -> Table:
    """Return the areas that end or begin with an edition."""
    valid = edition.number - (column == "to_edition")
    wanted = Query(
        district=edition.district,
        tree=edition.tree,
        edition=valid,
        equal={column: edition.number},
        columns=("level", "code", "path"),
    )
    return store.read(AREAS.id, wanted)


def _box_between(gone: Table, came: Table) -> Box | None:
    """Return the box of what changes owner or path between areas that end and those that begin, None for nothing."""
    before, after = positions(gone), positions(came)
    whole = [gone.geometry[row] for place, row in before.items() if place not in after]
    whole += [came.geometry[row] for place, row in after.items() if place not in before]
    moved = []
    for place in before.keys() & after.keys():
        old, new = gone.geometry[before[place]], came.geometry[after[place]]
        if old is None or new is None or gone["path"][before[place]] != came["path"][after[place]]:
            whole += [old, new]
        elif not same(old, new):
            moved.append(AreaChange(*place, old, new))
    boxes = [shapely.bounds(np.array(whole, dtype=object)).reshape(-1, 4)]
    box = ChangeSet("", "", 0, tuple(moved)).box
    return total_box(np.vstack([*boxes, *([] if box is None else [np.array([box])])]))


def _after(around: Table, change: ChangeSet) -> Table:
    """Return areas with a change set applied to those that are among them."""
    geometry = around.geometry.copy()
    at = positions(around)
    for one in change.areas:
        geometry[at[one.place]] = one.after
    return Table(geometry, around.columns)


def _retags(
    store: Source, tree: Query, around: Table, levels: Sequence[Level], box: Box
) -> dict[str, tuple[Retag, ...]]:
    """Return the rows in the box that another area than theirs is responsible for, by collection.

    `around`: the areas that meet the box, as they are to be.
    """
    indexes = _indexes(store, tree, around, levels)
    found: dict[str, tuple[Retag, ...]] = {}
    for collection in TAGGED:
        rows = store.read(collection, Query(district=tree.district, box=box, columns=("code", "responsible", "path")))
        retags = tuple(_retagged(rows, indexes, box))
        if retags:
            found[collection] = retags
    return found


def _indexes(store: Source, tree: Query, around: Table, levels: Sequence[Level]) -> list[tuple[GridIndex, list[str]]]:
    """Return an index and the paths of its areas for each level that may be responsible, from the top down."""
    filled = {str(slug) for (slug,) in store.tally(AREAS.id, ("level",), tree)}
    present = [level for level in levels if level.slug in filled]
    limit = governing_rank(present)
    slugs = np.asarray(around["level"], dtype=object)
    indexes = []
    for level in present:
        mine = np.flatnonzero(slugs == level.slug).tolist()
        if level.rank <= limit and mine:
            codes = [str(around["code"][row]) for row in mine]
            indexes.append((_built(around.geometry[mine], codes), [str(around["path"][row]) for row in mine]))
    return indexes


def _built(geometry: Geometries, codes: Sequence[str]) -> GridIndex:
    try:
        return GridIndex.build(geometry, codes)
    except InvalidCoverage:
        # what was published before must answer, as it does where everybody else asks
        return GridIndex.build(geometry, codes, repair=True)


def _retagged(rows: Table, indexes: Sequence[tuple[GridIndex, list[str]]], box: Box) -> list[Retag]:
    points = shapely.point_on_surface(rows.geometry)
    lons, lats = shapely.get_x(points), shapely.get_y(points)
    west, south, east, north = box
    # a line may reach into the box and belong elsewhere; what has no place compares as false
    inside = np.flatnonzero((lons >= west) & (lons <= east) & (lats >= south) & (lats <= north))
    owner: list[str | None] = [None] * len(inside)
    path: list[str | None] = [None] * len(inside)
    for index, paths in indexes:  # from the top down, so that the deepest wins
        for which, position in enumerate(index.owners(lons[inside], lats[inside]).tolist()):
            if position >= 0:
                owner[which], path[which] = index.codes[position], paths[position]
    found = []
    for which, row in enumerate(inside.tolist()):
        before = rows["responsible"][row]
        if (before, rows["path"][row]) != (owner[which], path[which]):
            key, code = int(rows[ROW][row]), str(rows["code"][row])
            found.append(Retag(key, code, before, owner[which], path[which]))
    return found
