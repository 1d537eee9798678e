"""Owners of many positions at once, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from spatial.errors import NotFound
from spatial.levels import MAIN_TREE, governing_rank, of_tree
from spatial.locate.times import newest
from spatial.locate.trees import AreaSource, TreeIndex
from spatial.store.records import District
from spatial.text import Text
from spatial.vocabulary import LevelSlug

if TYPE_CHECKING:
    import pyarrow

Degrees = NDArray[np.float64]
Positions = NDArray[np.int32]
NOBODY = -1
_ORDER = {slug.value: number for number, slug in enumerate(LevelSlug)}


@dataclass(frozen=True, slots=True)
class Tags:
    """Who owns some positions: positions into the tagger's areas, -1 for nobody.

    `owners`: by the slug of the level, from the top down; `responsible`: the deepest owner at or above the
    governing level; `tree`: position into the tagger's editions. Shapes (n,).
    """

    owners: dict[str, Positions]
    responsible: Positions
    tree: Positions

    @property
    def owned(self) -> NDArray[np.bool_]:
        """Whether any area of any level owns the position."""
        owned: NDArray[np.bool_] = self.tree >= 0
        return owned


class Tagger:
    """Owners over all levels of one tree, in the newest editions of all districts or of one."""

    def __init__(self, trees: Sequence[TreeIndex], levels: Sequence[str]) -> None:
        self._trees = tuple(trees)
        self.levels = tuple(levels)
        held = {one.level.slug for tree in trees for one in tree.levels}
        self._known = tuple(sorted({*held, *levels}, key=_ORDER.__getitem__))
        self.codes: list[str] = []
        self.paths: list[str] = []
        self.level_of: list[str] = []
        self._firsts: list[list[int]] = []
        for tree in self._trees:
            firsts = []
            for level_index in tree.levels:
                firsts.append(len(self.codes))
                self.codes.extend(level_index.index.codes)
                self.paths.extend(level_index.areas[code].path for code in level_index.index.codes)
                self.level_of.extend([level_index.level.slug] * len(level_index.index.codes))
            self._firsts.append(firsts)

    @classmethod
    def of(
        cls,
        store: AreaSource,
        district: str | None = None,
        levels: Sequence[str] = (),
        tree: str = MAIN_TREE,
        every_level: bool = False,
    ) -> "Tagger":
        """Read the newest edition of a tree of every district, or of one by its slug or code.

        `levels`: slugs of those to tell, all where empty; the responsible area is told in any case. `every_level`: know
        the others too, for claims. Raises NotFound for a district, level or tree that is not there.
        """
        slug = None if district is None else _district(store.districts(), district).slug
        known = store.levels(slug)
        editions = [edition for edition in newest(store.editions(slug)) if edition.tree == tree]
        if not editions:
            raise NotFound(
                Text(f"没有已发布的层级树 {tree}", f"There is no published tree {tree}"),
                Text("先运行 gridscape demo 或 gridscape import", "Run gridscape demo or gridscape import first"),
            )
        mine = [of_tree(known, edition.district, tree) for edition in editions]
        slugs = sorted({level.slug for part in mine for level in part}, key=_ORDER.__getitem__)
        for level in levels:
            if level not in slugs:
                raise NotFound(
                    Text(f"层级树 {tree} 没有层级 {level}", f"The tree {tree} has no level {level}"),
                    Text(f"可用层级：{', '.join(slugs)}", f"Its levels are: {', '.join(slugs)}"),
                )
        told = [each for each in slugs if not levels or each in levels]
        trees = []
        for edition, part in zip(editions, mine, strict=True):
            limit = governing_rank(part)
            needed = [level for level in part if every_level or level.rank <= limit or level.slug in told]
            trees.append(TreeIndex.read(store, edition, needed))
        return cls(trees, told)

    def tag(self, lons: Degrees, lats: Degrees) -> Tags:
        """Return who owns WGS 84 positions in degrees, shape (n,); all of them must be finite.

        Where districts overlap, the first one of the store answers for a position, at all levels.
        """
        count = len(lons)
        owners = {slug: np.full(count, NOBODY, dtype=np.int32) for slug in self._known}
        responsible = np.full(count, NOBODY, dtype=np.int32)
        which_tree = np.full(count, NOBODY, dtype=np.int32)
        for number, (tree, firsts) in enumerate(zip(self._trees, self._firsts, strict=True)):
            pending = np.flatnonzero(which_tree < 0)
            if not len(pending):
                break
            x, y = (lons, lats) if len(pending) == count else (lons[pending], lats[pending])
            for level_index, first in zip(tree.levels, firsts, strict=True):
                found = level_index.index.owners(x, y)
                owned = found >= 0
                rows, areas = pending[owned], found[owned] + np.int32(first)
                which_tree[rows] = number
                owners[level_index.level.slug][rows] = areas
                if level_index.level.rank <= tree.limit:  # from the top down, so that the deepest wins
                    responsible[rows] = areas
        return Tags(owners, responsible, which_tree)

    def agreeing(self, tags: Tags, claimed: Positions) -> NDArray[np.bool_]:
        """Return whether the area that each row claims, as a position into the areas (-1 for none), owns it."""
        order = {slug: number for number, slug in enumerate(tags.owners)}
        level = np.array([order[slug] for slug in self.level_of], dtype=np.int64)
        held = np.stack(list(tags.owners.values()))
        agreeing: NDArray[np.bool_] = (claimed >= 0) & (held[level[claimed], np.arange(len(claimed))] == claimed)
        return agreeing

    def names(self, prefix: str = "") -> list[str]:
        """Return the names of the columns that are added to a record."""
        return [f"{prefix}{name}" for name in ("district", *map(owner_column, self.levels), *_AFTER)]

    def fields(self, prefix: str = "") -> "list[pyarrow.Field]":
        """Return the same as Arrow fields: text, and the edition an integer."""
        import pyarrow

        whole = f"{prefix}edition"
        types = {whole: pyarrow.int64()}
        return [pyarrow.field(name, types.get(name, pyarrow.string())) for name in self.names(prefix)]

    def columns(self, tags: Tags) -> "list[pyarrow.Array]":
        """Return the columns of `fields`, shape (n,); null where nobody owns the position."""
        districts = [tree.edition.district for tree in self._trees]
        editions = [tree.edition.number for tree in self._trees]
        return [
            _taken(districts, tags.tree),
            *(_taken(self.codes, tags.owners[slug]) for slug in self.levels),
            _taken(self.codes, tags.responsible),
            _taken(self.paths, tags.responsible),
            _taken(editions, tags.tree),
        ]


_AFTER = ("responsible", "path", "edition")


def owner_column(level: str) -> str:
    """Return the name of the column that holds the owner of a level."""
    return f"owner_{level}"


def _taken(values: Sequence[Any], positions: Positions) -> "pyarrow.Array":
    import pyarrow

    wanted = pyarrow.array(positions, mask=positions < 0)
    return pyarrow.array(values).take(wanted)  # null stays null


def _district(known: Sequence[District], said: str) -> District:
    for district in known:
        if said in (district.slug, district.code):
            return district
    slugs = ", ".join(each.slug for each in known) or "–"
    raise NotFound(
        Text(f"没有区县 {said}", f"There is no district {said}"), Text(f"可用：{slugs}", f"There are: {slugs}")
    )
