"""The whole answer of spatial.locate: levels, trees, posts, editions, accuracy and what is nearest."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from spatial.errors import BadParameter, BadPosition
from spatial.levels import MAIN_TREE
from spatial.locate import AMBIGUOUS_BELOW, Locator, Ranking, editions_at, newest
from spatial.ownership import GridIndex
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.store.records import Edition, Query
from spatial.table import Table
from tests import small_town

M_LON, M_LAT = 97_290.0, 110_850.0
"""Metres in a degree at the latitude of the small town, to within a thousandth."""

BORDER = small_town.WEST + small_town.SIDE / 4
"""Between the first two grids; both lie in one community."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small town, to be read only."""
    opened = open_store(tmp_path_factory.mktemp("locate") / "town.gpkg", create=True)
    small_town.fill(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def locator(store: Store) -> Locator:
    """The small town in memory, with its posts."""
    return Locator.of(store).with_posts(store.duty_holders())


def probabilities(ranking: Ranking | None) -> dict[str | None, float]:
    """Return the probability of each candidate by code."""
    assert ranking is not None
    return {one.code: one.probability for one in ranking.candidates}


def test_posts_stand_with_the_owner_that_they_answer_for_vacant_ones_too(locator: Locator) -> None:
    (tree,) = locator.locate(*small_town.IN_VACANT_GRID).trees
    posts = {owner.code: [post.holder for post in owner.posts] for owner in tree.owners if owner.posts}
    assert posts == {"510521001001": ["李强"], small_town.VACANT_GRID: [None]}


def test_without_an_accuracy_nothing_is_ranked(locator: Locator) -> None:
    (tree,) = locator.locate(*small_town.IN_FIRST_GRID).trees
    assert tree.ranking is None
    assert all(owner.ranking is None for owner in tree.owners)


def test_far_from_every_edge_the_owner_is_certain(locator: Locator) -> None:
    (tree,) = locator.locate(*small_town.IN_FIRST_GRID, accuracy_m=10).trees
    assert tree.ranking is not None
    assert probabilities(tree.ranking) == pytest.approx({small_town.FIRST_GRID: 1.0}, abs=1e-6)
    assert not tree.ranking.ambiguous
    assert tree.ranking.edge_m == pytest.approx(0.001 * M_LON, rel=0.01)


def test_on_a_border_both_sides_are_as_likely_and_a_person_is_asked(locator: Locator) -> None:
    (tree,) = locator.locate(BORDER, small_town.SOUTH + 0.005, accuracy_m=20).trees
    assert tree.ranking is not None
    assert probabilities(tree.ranking) == pytest.approx(
        {small_town.FIRST_GRID: 0.5, small_town.VACANT_GRID: 0.5}, abs=1e-3
    )
    assert tree.ranking.ambiguous
    assert tree.ranking.edge_m == pytest.approx(0, abs=0.01)
    community = next(owner for owner in tree.owners if owner.level.slug == "community")
    assert community.ranking is not None
    assert not community.ranking.ambiguous


def test_an_accuracy_meant_with_more_confidence_leaves_less_doubt(locator: Locator) -> None:
    place = BORDER + 10 / M_LON, small_town.SOUTH + 0.005
    sure = {}
    for confidence in (0.68, 0.95):
        (tree,) = locator.locate(*place, accuracy_m=20, confidence=confidence).trees
        sure[confidence] = probabilities(tree.ranking)[small_town.VACANT_GRID]
    assert 0.5 < sure[0.68] < sure[0.95] < 1


def test_the_ranking_of_the_responsible_agrees_with_drawing_places_at_random(locator: Locator) -> None:
    """At the corner of four communities beside the border of the district, whichever grid it is."""
    lon, lat = small_town.WEST + 12 / M_LON, small_town.SOUTH + small_town.SIDE / 2 - 5 / M_LAT
    accuracy, confidence, draws = 25.0, 0.68, 200_000
    (tree,) = locator.locate(lon, lat, accuracy, confidence).trees
    deviation = accuracy / np.sqrt(-2 * np.log(1 - confidence))
    away = np.random.default_rng(7).normal(0, deviation, (draws, 2))
    drawn = locator.columns(lon + away[:, 0] / M_LON, lat + away[:, 1] / M_LAT)
    responsible = drawn.trees[0].responsible
    counted = {area.code: float((responsible == row).mean()) for row, (_, _, area) in enumerate(drawn.areas)}
    expected = {code: share for code, share in counted.items() if share} | {None: float((responsible < 0).mean())}
    assert probabilities(tree.ranking) == pytest.approx(expected, abs=0.006)


def test_where_the_governing_level_has_a_gap_its_parent_may_be_responsible(locator: Locator, tmp_path: Path) -> None:
    areas = small_town.luxian_areas()
    kept = [row for row, code in enumerate(areas["code"]) if not str(code).startswith(small_town.VACANT_GRID)]
    gapped = Locator.over(small_town.LUXIAN, small_town.levels("luxian"), areas.take(kept))
    (tree,) = gapped.locate(BORDER + 1 / M_LON, small_town.SOUTH + 0.005, accuracy_m=20).trees
    found = probabilities(tree.ranking)
    assert found.keys() == {small_town.FIRST_GRID, "510521001001"}
    assert 0.5 < found["510521001001"] < 0.6
    assert sum(found.values()) == pytest.approx(1)


@given(
    east=st.floats(-0.01, small_town.SIDE + 0.01),
    north=st.floats(-0.01, small_town.SIDE + 0.01),
    accuracy=st.floats(0, 5000),
    confidence=st.floats(0.01, 0.999),
)
def test_probabilities_sum_to_one_at_every_level(
    locator: Locator, east: float, north: float, accuracy: float, confidence: float
) -> None:
    located = locator.locate(small_town.WEST + east, small_town.SOUTH + north, accuracy, confidence)
    rankings = [tree.ranking for tree in located.trees]
    rankings += [owner.ranking for tree in located.trees for owner in tree.owners]
    for ranking in rankings:
        assert ranking is not None
        shares = [one.probability for one in ranking.candidates]
        assert sum(shares) == pytest.approx(1)
        assert shares == sorted(shares, reverse=True)
        assert all(0 <= share <= 1 + 1e-9 for share in shares)
        assert all(one.distance_m >= 0 for one in ranking.candidates)
        assert ranking.ambiguous == (shares[0] < AMBIGUOUS_BELOW)


def test_just_outside_the_district_it_is_a_candidate_and_the_nearest_but_not_the_owner(locator: Locator) -> None:
    located = locator.locate(small_town.WEST - 10 / M_LON, small_town.SOUTH + 0.005, accuracy_m=20)
    assert located.district is None
    (tree,) = located.trees
    assert tree.responsible is None
    assert all(owner.code is None for owner in tree.owners)
    found = probabilities(tree.ranking)
    assert found.keys() == {None, small_town.FIRST_GRID}
    assert 0.5 < found[None] < 0.9
    assert [near.level.slug for near in located.nearest] == [level.slug for level in small_town.levels("luxian")]
    assert located.nearest[3].code == small_town.FIRST_GRID
    assert located.nearest[3].distance_m == pytest.approx(10, rel=0.01)


def test_far_outside_the_nearest_of_each_tree_of_the_nearest_district_is_named(locator: Locator) -> None:
    located = locator.locate(106.036 - 100 / M_LON, 29.845)
    assert located.trees == ()
    assert {near.district for near in located.nearest} == {"tongliang"}
    assert [near.tree for near in located.nearest] == [MAIN_TREE] * 4 + [small_town.LEGACY]
    assert [near.distance_m for near in located.nearest] == pytest.approx([100] * 5, rel=0.01)


def test_where_an_area_owns_the_place_nothing_is_called_nearest(locator: Locator) -> None:
    assert locator.locate(*small_town.IN_FIRST_GRID).nearest == ()
    assert locator.locate(0, 0).nearest == ()


def test_columns_say_what_single_questions_say(locator: Locator) -> None:
    random = np.random.default_rng(3)
    lons = small_town.WEST + random.uniform(-0.01, small_town.SIDE + 0.01, 400)
    lats = small_town.SOUTH + random.uniform(-0.01, small_town.SIDE + 0.01, 400)
    lons[:2], lats[:2] = (106.05, BORDER), (29.84, small_town.SOUTH + 0.005)
    answer = locator.columns(lons, lats)
    by_tree = {tree.tree: tree for tree in answer.trees}
    assert list(by_tree) == [MAIN_TREE, small_town.LEGACY]

    def code(row: int) -> str | None:
        return None if row < 0 else answer.areas[row][2].code

    for which, (lon, lat) in enumerate(zip(lons.tolist(), lats.tolist(), strict=True)):
        trees = {tree.tree: tree for tree in locator.locate(lon, lat).trees}
        for name, columns in by_tree.items():
            single = trees.get(name)
            owners = {} if single is None else {owner.level.slug: owner.code for owner in single.owners}
            responsible = None if single is None or single.responsible is None else single.responsible.code
            assert code(int(columns.responsible[which])) == responsible
            assert {slug: code(int(column[which])) for slug, column in columns.owners.items()} == {
                slug: owners.get(slug) for slug in columns.owners
            }


def test_columns_tell_the_levels_that_are_asked_for(locator: Locator) -> None:
    lons, lats = (np.array([number]) for number in small_town.IN_FIRST_BUILDING)
    (tree,) = locator.columns(lons, lats, ["building"]).trees
    assert list(tree.owners) == ["building"]
    (silent,) = locator.columns(lons, lats, []).trees
    assert silent.owners == {}
    assert silent.responsible.tolist() == [0]
    assert [area.code for _, _, area in locator.columns(lons, lats, []).areas] == [small_town.FIRST_GRID]


@pytest.mark.parametrize("bad", [(float("nan"), 29.1), (float("inf"), 29.1), (29.1, 105.3), (200.0, 29.1)])
def test_a_position_that_cannot_be_meant_is_refused(locator: Locator, bad: tuple[float, float]) -> None:
    with pytest.raises(BadPosition):
        locator.locate(*bad)
    with pytest.raises(BadPosition, match="2"):
        locator.columns(np.array([105.3, bad[0]]), np.array([29.1, bad[1]]))


def edition(tree: str, number: int, day: int) -> Edition:
    """Return an edition published on a day of a November."""
    return Edition("luxian", tree, number, datetime(2026, 11, day, tzinfo=UTC), "test")


def test_at_a_time_the_edition_that_was_in_force_answers() -> None:
    known = [edition("a", 1, 1), edition("a", 2, 10), edition("b", 1, 5)]
    assert newest(known) == (known[1], known[2])
    assert editions_at(known, datetime(2026, 11, 9, 23, tzinfo=UTC)) == (known[0], known[2])
    assert editions_at(known, known[1].published_at) == (known[1], known[2])
    assert editions_at(known, datetime(2026, 11, 2, tzinfo=UTC)) == (known[0],)
    assert editions_at(known, datetime(2100, 1, 1, tzinfo=UTC)) == newest(known)
    with pytest.raises(BadParameter):
        editions_at(known, datetime(2026, 10, 31, tzinfo=UTC))
    assert editions_at([], datetime(2026, 10, 31, tzinfo=UTC)) == ()


@pytest.fixture
def moved_town(tmp_path: Path) -> Iterator[tuple[Store, Edition, Edition]]:
    """A town whose second edition gave the first grid to its neighbour, and both editions."""
    opened = open_store(tmp_path / "town.gpkg", create=True)
    small_town.fill(opened)
    (first,) = opened.editions("luxian")
    areas = small_town.luxian_areas()
    codes = [str(code) for code in areas["code"]]
    geometry = areas.geometry.copy()
    one, other = codes.index(small_town.FIRST_GRID), codes.index(small_town.VACANT_GRID)
    geometry[other] = shapely.multipolygons([shapely.union(geometry[one], geometry[other])])
    kept = [row for row in range(len(codes)) if not codes[row].startswith(small_town.FIRST_GRID)]
    with opened.write("test") as transaction:
        second = transaction.publish("luxian", Table(geometry, areas.columns).take(kept))
    yield opened, first, second
    opened.close()


def responsible(locator: Locator) -> str | None:
    """Return who is responsible at a place that moved."""
    found = locator.locate(*small_town.IN_FIRST_GRID).trees[0].responsible
    return None if found is None else found.code


def test_old_and_new_locators_stand_side_by_side(moved_town: tuple[Store, Edition, Edition]) -> None:
    store, first, second = moved_town
    before, now = Locator.reading(store, [first]), Locator.of(store, "luxian")
    after = Locator.reading(store, [second], known=[before])
    assert [responsible(each) for each in (before, now, after)] == [
        small_town.FIRST_GRID,
        small_town.VACANT_GRID,
        small_town.VACANT_GRID,
    ]
    assert after.locate(*small_town.IN_FIRST_BUILDING).trees[0].owners[-1].code is None
    assert before.editions == (first,)
    assert after.editions == (second,)
    assert first.published_at < second.published_at
    assert Locator.of(store, "luxian", at=first.published_at).editions == (first,)
    assert Locator.of(store, "luxian", at=second.published_at).editions == (second,)


def test_trees_that_stayed_are_shared_not_read_again(moved_town: tuple[Store, Edition, Edition]) -> None:
    store, _, _ = moved_town
    before = Locator.of(store)

    class Unread:
        """A store whose areas must not be read."""

        def __getattr__(self, name: str) -> object:
            assert name in ("levels", "districts")
            return getattr(store, name)

    again = Locator.reading(Unread(), before.editions, known=[before])  # type: ignore[arg-type]
    assert responsible(again) == small_town.VACANT_GRID


def test_the_box_of_an_index_holds_its_areas_and_little_more(store: Store) -> None:
    for level_index in Locator.of(store).levels:
        wanted = Query(
            district=level_index.edition.district,
            tree=level_index.edition.tree,
            equal={"level": level_index.level.slug},
        )
        exact = store.extent("areas", wanted)
        box = level_index.index.box
        assert box is not None
        assert exact is not None
        sides = (exact[2] - exact[0], exact[3] - exact[1])
        for side in range(2):
            assert exact[side] - sides[side] < box[side] <= exact[side]
            assert exact[side + 2] <= box[side + 2] < exact[side + 2] + sides[side]


def test_the_box_follows_what_is_patched_and_nothing_has_none() -> None:
    square = shapely.box(105, 29, 106, 30)
    index = GridIndex.build([square], ["a"])
    wider = index.patched({"b": shapely.box(108, 29, 109, 31)})
    assert index.box is not None
    assert index.box[2] < 108
    assert wider.box is not None
    assert wider.box[2] >= 109
    assert wider.box[3] >= 31
    assert GridIndex.build([None], ["a"]).box is None
    assert GridIndex.build([], []).box is None


def test_a_tree_across_the_meridian_of_180_degrees_is_not_far_from_what_lies_in_it() -> None:
    across = shapely.multipolygons([shapely.box(179, 50, 180, 51), shapely.box(-180, 50, -179, 51)])
    areas = small_town.luxian_areas().take([0])
    locator = Locator.over(small_town.LUXIAN, small_town.levels("luxian"), Table(np.array([across]), areas.columns))
    for lon in (179.0, 179.5, 180.0, -180.0, -179.5):
        assert [tree.owners[0].code for tree in locator.locate(lon, 50.5).trees] == ["510521"]
    assert locator.locate(178.9, 50.5).trees == ()
