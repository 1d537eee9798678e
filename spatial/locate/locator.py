"""The locator: all levels of all trees of a store, in memory, for one set of editions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.levels import MAIN_TREE, Level, of_tree
from spatial.locate.answers import Located, Near, Owner, TreeAnswer
from spatial.locate.columns import LocatedColumns, located_columns
from spatial.locate.following import follow_nearest
from spatial.locate.index_files import IndexFiles
from spatial.locate.likelihood import ranking, responsible_ranking
from spatial.locate.times import editions_at, newest
from spatial.locate.trees import AreaSource, LevelIndex, TreeIndex
from spatial.ownership import Repair
from spatial.ownership.candidates import deviation_m
from spatial.positions import check_position, check_positions
from spatial.store.records import District, DutyHolder, Edition
from spatial.table import Table

CONFIDENCE = 0.68
"""How probable it is that a place lies within the accuracy given with it, where nothing else is said."""

_LEAST = 1e-3
"""A tree that owns the place with less than this probability, and not the point itself, is not told."""

DEVIATIONS = 4.0
"""Standard deviations beyond which a tree has far less than the probability above."""

BESIDE_M = 1.0
"""Metres that an area may have grown beyond the box of what the store holds, where it had to be repaired."""

WITHIN_M = 200_000.0
"""How far an area may be and still be called the nearest."""

Posts = Mapping[tuple[str, str], tuple[DutyHolder, ...]]


class Locator:
    """Owners of points over all levels of all trees of a store, held in memory for one set of editions.

    Never changed once made: what follows a publication is a new one, which shares the trees that stayed.
    """

    def __init__(
        self,
        districts: Sequence[District],
        trees: Sequence[TreeIndex],
        posts: Posts | None = None,
    ) -> None:
        self._districts = {district.slug: district for district in districts}
        self._trees = tuple(trees)
        self._posts: Posts = posts or {}

    @classmethod
    def of(cls, store: AreaSource, district: str | None = None, at: datetime | None = None) -> "Locator":
        """Read the trees of a store, or of one district of it, as they were `at` a time or as they are.

        Raises BadParameter where nothing had been published by then.
        """
        known = store.editions(district)
        return cls.reading(store, newest(known) if at is None else editions_at(known, at))

    @classmethod
    def reading(
        cls,
        store: AreaSource,
        editions: Iterable[Edition],
        known: Iterable["Locator"] = (),
        files: IndexFiles | None = None,
    ) -> "Locator":
        """Read editions of trees; those that a `known` locator of the same store holds are shared, not read.

        Of a tree that is held in an older edition only the areas that changed are read. `files`: where built indexes
        may lie; nothing is written there before `keep` says so.
        """
        levels = store.levels()
        held = {tree.edition: tree for locator in known for tree in locator._trees}
        trees = []
        for edition in editions:
            tree = held.get(edition)
            mine = of_tree(levels, edition.district, edition.tree)
            if tree is None or any(level_index.level not in mine for level_index in tree.levels):
                tree = follow_nearest(store, held.values(), edition, mine, files)
                tree = tree or TreeIndex.read(store, edition, mine, files)
            trees.append(tree)
        return cls(store.districts(), trees)

    @classmethod
    def over(cls, district: District, levels: Sequence[Level], areas: Table) -> "Locator":
        """Index the areas of one main tree that no store holds yet, as its first edition."""
        first = Edition(district.slug, MAIN_TREE, 1, datetime.fromtimestamp(0, UTC), "")
        return cls([district], [TreeIndex.over(first, of_tree(levels, district.slug), areas)])

    def with_posts(self, holders: Iterable[DutyHolder]) -> "Locator":
        """Return the same areas with the posts that answer for them, vacant ones included."""
        posts: defaultdict[tuple[str, str], list[DutyHolder]] = defaultdict(list)
        for holder in holders:
            posts[holder.district, holder.area].append(holder)
        return Locator(tuple(self._districts.values()), self._trees, {key: tuple(each) for key, each in posts.items()})

    def with_posts_of(self, other: "Locator") -> "Locator":
        """Return the same areas with the posts that another locator knows."""
        return Locator(tuple(self._districts.values()), self._trees, other._posts)

    @property
    def repairs(self) -> tuple[tuple[Edition, Repair], ...]:
        """What had to be repaired in areas of the store that overlap or are no valid polygons."""
        return tuple(
            (tree.edition, repair)
            for tree in self._trees
            for level_index in tree.levels
            for repair in level_index.index.repairs
        )

    @property
    def levels(self) -> Iterator[LevelIndex]:
        """The indexes that answer, tree by tree."""
        return (level_index for tree in self._trees for level_index in tree.levels)

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions that answer."""
        return tuple(tree.edition for tree in self._trees)

    def locate(
        self,
        lon: float,
        lat: float,
        accuracy_m: float | None = None,
        confidence: float = CONFIDENCE,
        *,
        nearest: bool = True,
    ) -> Located:
        """Return who answers for a WGS 84 position in degrees; raises BadPosition for one that cannot be meant.

        `accuracy_m`: the radius in metres within which the true place lies with probability `confidence` (0 to 1);
        with it every level and the responsible area are ranked. `nearest`: outside every area, look for the nearest
        ones, which takes some milliseconds where an owner is found in microseconds.
        """
        check_position(lon, lat)
        district: District | None = None
        answers = []
        owned = False
        for tree in self._trees:
            least = tree.at_least_m(lon, lat)
            if least > BESIDE_M and (accuracy_m is None or least > DEVIATIONS * deviation_m(accuracy_m, confidence)):
                continue
            answer = self._in_tree(tree, lon, lat, accuracy_m, confidence)
            if answer is None:
                continue
            if any(owner.code for owner in answer.owners):
                owned = True
                district = self._districts.get(tree.edition.district, district)
            answers.append(answer)
        answers.sort(key=lambda answer: (answer.tree != MAIN_TREE, answer.tree))
        near = self._nearest(lon, lat) if nearest and not owned else ()
        return Located(lon, lat, district, tuple(answers), near)

    def columns(
        self, lons: NDArray[np.float64], lats: NDArray[np.float64], levels: Collection[str] | None = None
    ) -> LocatedColumns:
        """Return who owns many points in WGS 84 degrees, shape (n,) each; raises BadPosition naming the first bad row.

        `levels`: slugs of the levels to tell, None for all of them.
        """
        return located_columns(self._trees, *check_positions(lons, lats), levels)

    def tag(self, district: str, geometry: NDArray[np.object_]) -> tuple[list[str | None], list[str | None]]:
        """Return the code and the path of the responsible area of each geometry, None where none is.

        A line or polygon belongs where its point-on-surface lies. Only the district's main tree is asked.
        """
        points = shapely.point_on_surface(geometry)
        lons, lats = shapely.get_x(points), shapely.get_y(points)
        placed = np.flatnonzero(np.isfinite(lons) & np.isfinite(lats))  # nothing is where an empty geometry is
        codes: list[str | None] = [None] * len(points)
        paths: list[str | None] = [None] * len(points)
        for tree in self._trees:
            if (tree.edition.district, tree.edition.tree) != (district, MAIN_TREE):
                continue
            limit = tree.limit
            for level_index in tree.levels:  # from the top down, so that the deepest wins
                if level_index.level.rank > limit:
                    break
                known = [level_index.areas[code] for code in level_index.index.codes]
                owners = level_index.index.owners(lons[placed], lats[placed])
                for which, position in zip(placed.tolist(), owners.tolist(), strict=True):
                    if position >= 0:
                        codes[which], paths[which] = known[position].code, known[position].path
        return codes, paths

    def _in_tree(
        self, tree: TreeIndex, lon: float, lat: float, accuracy_m: float | None, confidence: float
    ) -> TreeAnswer | None:
        """Return the answer of one tree, None where it owns neither the point nor, likely enough, its place."""
        owners = tuple(
            self._owner(tree.edition, level_index, lon, lat, accuracy_m, confidence) for level_index in tree.levels
        )
        likely = any(
            one.code is not None and one.probability >= _LEAST
            for owner in owners
            if owner.ranking is not None
            for one in owner.ranking.candidates
        )
        if not likely and not any(owner.code for owner in owners):
            return None
        limit = tree.limit
        owning = [owner for owner in owners if owner.code is not None and owner.level.rank <= limit]
        ranked = responsible_ranking(
            [owner.ranking for owner in owners if owner.ranking is not None and owner.level.rank <= limit]
        )
        return TreeAnswer(tree.edition.tree, tree.edition, owners, owning[-1] if owning else None, ranked)

    def _owner(
        self,
        edition: Edition,
        level_index: LevelIndex,
        lon: float,
        lat: float,
        accuracy_m: float | None,
        confidence: float,
    ) -> Owner:
        area = level_index.owner(lon, lat)
        ranked = None if accuracy_m is None else ranking(level_index, lon, lat, accuracy_m, confidence)
        if area is None:
            return Owner(level_index.level, None, ranking=ranked)
        posts = self._posts.get((edition.district, area.code), ())
        return Owner(level_index.level, area.code, area.name, area.name_en, area.kind, area.path, posts, ranked)

    def _nearest(self, lon: float, lat: float) -> tuple[Near, ...]:
        """Return the nearest area of each level of the trees of the nearest district, the main tree first."""
        away = sorted(((tree.at_least_m(lon, lat), which) for which, tree in enumerate(self._trees)))
        best, district = WITHIN_M, None
        for least, which in away:
            if least > best:
                break
            tree = self._trees[which]
            found = tree.levels[0].index.nearest(lon, lat, best)  # what lies below is inside of it
            if found is not None and (district is None or found.distance_m < best):
                best, district = found.distance_m, tree.edition.district
        mine = sorted(
            (tree for tree in self._trees if tree.edition.district == district),
            key=lambda tree: (tree.edition.tree != MAIN_TREE, tree.edition.tree),
        )
        near = [_near(tree.edition, level_index, lon, lat) for tree in mine for level_index in tree.levels]
        return tuple(one for one in near if one is not None)


def _near(edition: Edition, level_index: LevelIndex, lon: float, lat: float) -> Near | None:
    """Return the nearest area of a level."""
    nearest = level_index.index.nearest(lon, lat, WITHIN_M)
    if nearest is None:
        return None
    area = level_index.areas[nearest.code]
    return Near(
        edition.district,
        edition.tree,
        level_index.level,
        area.code,
        area.name,
        area.name_en,
        area.path,
        nearest.distance_m,
    )
