"""The five towns hold together: filled levels, counts, nothing stands on anything else, everything can be walked to."""

import hashlib
from functools import lru_cache

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from fixtures.districts import DISTRICTS, divisions
from fixtures.facts import FIGURES
from fixtures.town import Town
from fixtures.towns import build
from spatial.crs import to_metres
from spatial.table import Geometries, Table
from spatial.vocabulary import BuildingUse, CompoundKind, GroundKind, LevelSlug, RoadClass

SLUGS = tuple(spec.slug for spec in DISTRICTS)
FILLED = (LevelSlug.STREET, LevelSlug.COMMUNITY, LevelSlug.GRID)
TOUCH_M = 0.05
"""Two things may come this near to each other before they count as one on the other: coordinates are rounded."""


@lru_cache(maxsize=len(SLUGS))
def town(slug: str) -> Town:
    return build(slug)


def of(table: Table, column: str, *values: str) -> NDArray[np.intp]:
    return np.flatnonzero(np.isin(np.array([str(value) for value in table[column]]), values))


def metres(slug: str, table: Table, positions: NDArray[np.intp] | None = None) -> Geometries:
    geometry = table.geometry if positions is None else table.geometry[positions]
    return to_metres(geometry, town(slug).district.zone)


def level(slug: str, which: LevelSlug) -> Table:
    return town(slug).areas.take(of(town(slug).areas, "level", which.value))


def crossing(one: Geometries, other: Geometries, slack: float = TOUCH_M) -> list[tuple[int, int]]:
    """Return the pairs that share ground, beyond what rounding explains."""
    shrunk = shapely.buffer(one, -slack) if shapely.get_dimensions(one).max(initial=0) == 2 else one
    pairs = shapely.STRtree(other).query(shrunk, predicate="intersects").T
    return [(int(a), int(b)) for a, b in pairs]


@pytest.mark.parametrize("slug", SLUGS)
def test_areas_and_staircases_are_as_many_as_the_facts_say(slug: str) -> None:
    areas = town(slug).areas
    counted = {f"area.{which.value}": len(of(areas, "level", which.value)) for which in LevelSlug}
    counted["staircase"] = len(town(slug).entrances)
    communities = level(slug, LevelSlug.COMMUNITY)
    counted["model_community"] = sum(bool(model) for model in communities["model"])
    for kind in communities["kind"]:
        counted[f"community_type.{kind}"] = counted.get(f"community_type.{kind}", 0) + 1
    figures = {
        kind: figure
        for kind, figure in FIGURES[slug].items()
        if kind.startswith(("area.", "community_type.")) or kind in ("staircase", "model_community")
    }
    figures.pop("area.legacy_grid", None)
    wrong = {kind: counted.get(kind, 0) for kind, figure in figures.items() if not figure.holds(counted.get(kind, 0))}
    assert not wrong


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("which", FILLED)
def test_a_level_of_areas_is_a_valid_coverage_in_degrees(slug: str, which: LevelSlug) -> None:
    assert shapely.coverage_is_valid(level(slug, which).geometry)


@pytest.mark.parametrize("slug", SLUGS)
def test_children_fill_their_parent_exactly_where_their_level_says_so(slug: str) -> None:
    for rule in town(slug).levels:
        if not rule.tiles_parent or rule.parent is None:
            continue
        children, parents = level(slug, LevelSlug(rule.slug)), level(slug, LevelSlug(rule.parent))
        for code, shape in zip(parents["code"], parents.geometry, strict=True):
            mine = of(children, "parent", str(code))
            if len(mine):
                union = shapely.coverage_union_all(children.geometry[mine])
                assert union.normalize().equals_exact(shape.normalize(), 0.0) or union.equals(shape), code


@pytest.mark.parametrize("slug", SLUGS)
def test_every_area_lies_in_its_parent_and_bears_its_code(slug: str) -> None:
    areas = town(slug).areas
    by_code = {code: index for index, code in enumerate(areas["code"])}
    assert len(by_code) == len(areas)
    parents = []
    for code, parent, path in zip(areas["code"], areas["parent"], areas["path"], strict=True):
        above = areas["path"][by_code[parent]] if parent else ""
        assert path == f"{above}/{code}"
        assert code.startswith(parent or "")
        parents.append(by_code[parent] if parent else by_code[code])
    points = shapely.point_on_surface(areas.geometry)
    assert shapely.intersects(areas.geometry[parents], points).all()
    small = of(areas, "level", LevelSlug.COMPOUND.value, LevelSlug.BUILDING.value)
    assert shapely.covers(areas.geometry[np.array(parents)[small]], areas.geometry[small]).all()


@pytest.mark.parametrize("slug", SLUGS)
def test_siblings_are_numbered_from_west_to_east_then_north_to_south(slug: str) -> None:
    areas = town(slug).areas
    official = {item.code for kind in ("street", "community") for item in divisions(slug, kind)}
    middles = shapely.get_coordinates(shapely.centroid(areas.geometry))
    siblings: dict[str, list[int]] = {}
    for index, (code, parent) in enumerate(zip(areas["code"], areas["parent"], strict=True)):
        if parent and code not in official:
            siblings.setdefault(parent, []).append(index)
    assert siblings
    for parent, mine in siblings.items():
        codes = [
            areas["code"][index] for index in sorted(mine, key=lambda index: (middles[index, 0], -middles[index, 1]))
        ]
        assert codes == [f"{parent}{number:03d}" for number in range(1, len(mine) + 1)]


@pytest.mark.parametrize("slug", SLUGS)
def test_everything_is_valid_and_rounded_to_a_centimetre(slug: str) -> None:
    built = town(slug)
    for table in (built.areas, built.roads, built.ground, built.gates, built.entrances):
        assert shapely.is_valid(table.geometry).all()
        assert not shapely.is_empty(table.geometry).any()
        coordinates = shapely.get_coordinates(table.geometry)
        assert np.array_equal(coordinates, np.round(coordinates, 7))


@pytest.mark.parametrize("slug", SLUGS)
def test_no_building_or_structure_stands_on_another(slug: str) -> None:
    structures = metres(slug, town(slug).ground, of(town(slug).ground, "kind", GroundKind.STRUCTURE.value))
    solid = np.concatenate([metres(slug, level(slug, LevelSlug.BUILDING)), structures])
    assert [pair for pair in crossing(solid, solid) if pair[0] < pair[1]] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_no_building_or_structure_crosses_a_carriageway_water_or_a_wall(slug: str) -> None:
    ground, roads = town(slug).ground, town(slug).roads
    structures = metres(slug, ground, of(ground, "kind", GroundKind.STRUCTURE.value))
    solid = np.concatenate([metres(slug, level(slug, LevelSlug.BUILDING)), structures])
    half = np.array([float(width) for width in roads["width_m"]]) / 2
    carriageways = shapely.buffer(metres(slug, roads), half, cap_style="flat")
    assert crossing(solid, carriageways) == []
    assert crossing(solid, metres(slug, ground, of(ground, "kind", GroundKind.WATER.value))) == []
    assert crossing(solid, metres(slug, ground, of(ground, "kind", GroundKind.WALL.value))) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_compounds_do_not_overlap_nor_cross_streets_or_water(slug: str) -> None:
    compounds = metres(slug, level(slug, LevelSlug.COMPOUND))
    assert [pair for pair in crossing(compounds, compounds) if pair[0] < pair[1]] == []
    roads, ground = town(slug).roads, town(slug).ground
    streets = of(roads, "kind", RoadClass.ARTERIAL.value, RoadClass.COLLECTOR.value, RoadClass.LANE.value)
    half = np.array([float(roads["width_m"][index]) for index in streets]) / 2
    assert crossing(compounds, shapely.buffer(metres(slug, roads, streets), half, cap_style="flat")) == []
    assert crossing(compounds, metres(slug, ground, of(ground, "kind", GroundKind.WATER.value))) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_most_housing_faces_south(slug: str) -> None:
    buildings = level(slug, LevelSlug.BUILDING)
    housing = of(buildings, "kind", BuildingUse.HOUSING.value, BuildingUse.SHOP_HOUSE.value)
    boxes = shapely.oriented_envelope(metres(slug, buildings, housing))
    corners = np.array([shapely.get_coordinates(box)[:3] for box in boxes])
    sides = np.diff(corners, axis=1)
    long = np.where((np.hypot(*sides[:, 0].T) >= np.hypot(*sides[:, 1].T))[:, None], sides[:, 0], sides[:, 1])
    lean = np.degrees(np.arctan2(long[:, 1], long[:, 0])) % 180
    slabs = shapely.length(boxes) / 2 > 2.4 * np.minimum(np.hypot(*sides[:, 0].T), np.hypot(*sides[:, 1].T))
    off = np.where(slabs, np.minimum(lean, 180 - lean), np.minimum(lean % 90, 90 - lean % 90))
    assert (off <= 20).mean() >= 0.8


@pytest.mark.parametrize("slug", SLUGS)
def test_the_walkable_ways_are_one_network_that_meets_at_equal_coordinates(slug: str) -> None:
    roads = town(slug).roads
    assert all(roads["walkable"])
    ends = np.vstack([shapely.get_coordinates(shapely.get_point(roads.geometry, place)) for place in (0, -1)])
    _, number = np.unique(ends, axis=0, return_inverse=True)
    one, other = number.reshape(2, -1)
    size = int(number.max()) + 1
    parts, _ = connected_components(coo_matrix((np.ones(len(one)), (one, other)), shape=(size, size)), directed=False)
    assert parts == 1


@pytest.mark.parametrize("slug", SLUGS)
def test_every_compound_has_a_gate_on_its_outline_that_leads_to_the_network(slug: str) -> None:
    gates, compounds = town(slug).gates, level(slug, LevelSlug.COMPOUND)
    assert set(gates["compound"]) == set(compounds["code"])
    position = {code: index for index, code in enumerate(compounds["code"])}
    outline = shapely.boundary(metres(slug, compounds))[[position[code] for code in gates["compound"]]]
    points = metres(slug, gates)
    assert shapely.distance(points, outline).max() < TOUCH_M
    near = shapely.STRtree(metres(slug, town(slug).roads)).query(points, predicate="dwithin", distance=3.0)[0]
    assert set(near.tolist()) == set(range(len(gates)))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_staircase_has_its_foot_at_the_facade_and_looks_away_from_it(slug: str) -> None:
    entrances, buildings = town(slug).entrances, level(slug, LevelSlug.BUILDING)
    position = {code: index for index, code in enumerate(buildings["code"])}
    mine = [position[code] for code in entrances["building"]]
    shapes, feet = metres(slug, buildings)[mine], metres(slug, entrances)
    assert shapely.distance(shapely.boundary(shapes), feet).max() < TOUCH_M
    bearing = np.radians(np.array(entrances["bearing"], dtype=float))
    outward = np.column_stack([np.sin(bearing), np.cos(bearing)])
    ahead = shapely.points(shapely.get_coordinates(feet) + outward)
    assert not shapely.intersects(shapes, ahead).any()
    counted = np.bincount(mine, minlength=len(buildings))
    assert counted.tolist() == list(buildings["staircases"])


@pytest.mark.parametrize("slug", SLUGS)
def test_people_of_a_parent_are_those_of_its_children(slug: str) -> None:
    areas = town(slug).areas
    whole = areas["households"][of(areas, "level", LevelSlug.DISTRICT.value)[0]]
    for which in (LevelSlug.COMPOUND, LevelSlug.BUILDING):
        assert sum(level(slug, which)["households"]) == whole
    assert all(one <= all_ for one, all_ in zip(areas["elderly_alone"], areas["households"], strict=True))


@pytest.mark.parametrize("slug", SLUGS)
def test_trees_stand_clear_of_houses_and_are_not_too_many(slug: str) -> None:
    ground = town(slug).ground
    trees = metres(slug, ground, of(ground, "kind", GroundKind.TREE.value))
    assert 1000 < len(trees) <= 8000
    near, _ = shapely.STRtree(metres(slug, level(slug, LevelSlug.BUILDING))).query(
        trees, predicate="dwithin", distance=1.0
    )
    assert len(near) == 0


def test_every_grid_of_luxian_has_the_households_that_a_grid_is_observed_to_hold() -> None:
    households = level("luxian", LevelSlug.GRID)["households"]
    assert min(households) >= 160
    assert max(households) <= 500


@pytest.mark.parametrize("slug", ["luxian", "tongliang", "liujiang"])
def test_people_live_in_every_grid(slug: str) -> None:
    assert min(level(slug, LevelSlug.GRID)["households"]) > 100


def test_half_of_luxians_compounds_are_three_no() -> None:
    kinds = list(level("luxian", LevelSlug.COMPOUND)["kind"])
    assert kinds.count(CompoundKind.THREE_NO.value) == 13


@pytest.mark.parametrize(
    ("slug", "names"),
    [
        ("luxian", {"玉蝉国际城", "书香美地"}),
        ("tongliang", {"阳光水岸"}),
        ("liujiang", {"国土小苑", "金泰苑", "一品世家", "江隆金都", "文华大厦"}),
    ],
)
def test_the_compounds_that_sources_name_are_there(slug: str, names: set[str]) -> None:
    assert names <= set(level(slug, LevelSlug.COMPOUND)["name"])


def test_sunshine_riverbank_has_its_households() -> None:
    compounds = level("tongliang", LevelSlug.COMPOUND)
    assert compounds["households"][list(compounds["name"]).index("阳光水岸")] == 2058


def test_liujiang_reaches_across_the_edge_of_its_zone() -> None:
    bounds = town("liujiang").areas.bounds()
    assert bounds is not None
    assert bounds[0] < 109.5 < bounds[2]


def test_the_same_seed_gives_the_same_town_and_another_seed_another() -> None:
    assert _digest(build("luxian", 7)) == _digest(build("luxian", 7)) != _digest(build("luxian", 8))


def _digest(built: Town) -> str:
    hashed = hashlib.sha256()
    for table in (built.areas, built.roads, built.ground, built.gates, built.entrances):
        hashed.update(b"".join(shapely.to_wkb(table.geometry)))
        hashed.update(repr([list(values) for values in table.columns.values()]).encode())
    return hashed.hexdigest()
