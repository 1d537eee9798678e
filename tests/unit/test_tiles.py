"""Tiles of a store: the right rows at the right zoom, for the right audience, never too large, never stale."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely

from layers import mvt
from layers.blocks import blocks_of
from layers.boundaries import label_points, shared_lines
from layers.clusters import gather
from layers.geojson import feature_collection
from layers.plates import Plate
from layers.reading import read_many
from layers.tiles import LARGEST_TILE, TileSource, tile_box
from layers.tiling import SHEETS, sheets_of
from spatial.errors import BadParameter, NotFound
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.table import Table
from spatial.vocabulary import Audience, LevelSlug
from tests import small_town

STAFF, PUBLIC = Audience.STAFF, Audience.PUBLIC


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with the small town."""
    made = open_store(Path(tmp_path_factory.mktemp("tiles")) / "town.gpkg", create=True)
    small_town.fill(made)
    return made


@pytest.fixture
def source(store: Store) -> Any:
    """A tile source over the small town with nothing in memory."""
    made = TileSource(store)
    yield made
    made.close()


def at(zoom: int, lon: float = small_town.CENTRE[0], lat: float = small_town.CENTRE[1]) -> tuple[int, int, int]:
    """Return the tile of a zoom that holds a position."""
    side = 1 << zoom
    x = (lon + 180) / 360 * side
    y = (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2 * side
    return zoom, int(x), int(y)


def decoded(tile: bytes) -> dict[str, list[dict[str, Any]]]:
    """Return the properties of all features, by layer."""
    if not tile:
        return {}
    found = mapbox_vector_tile.decode(tile)
    return {name: [feature["properties"] for feature in layer["features"]] for name, layer in found.items()}


def test_a_tile_read_alone_and_one_from_memory_are_the_same_bytes(store: Store) -> None:
    warm = TileSource(store)
    warm.warm()
    warm.wait()
    for collection in SHEETS:
        for zoom in range(6, 18):
            for place in (small_town.CENTRE, small_town.IN_FIRST_GRID, small_town.IN_FIRST_BUILDING):
                cold = TileSource(store)
                for audience in (STAFF, PUBLIC):
                    if audience is STAFF or collection != "cameras":
                        tile = at(zoom, *place)
                        expected = warm.tile(collection, *tile, audience)
                        assert cold.tile(collection, *tile, audience) == expected, (collection, tile, audience)
                cold.close()
    warm.close()


def test_each_level_appears_from_its_zoom_on(source: TileSource) -> None:
    first = {"district": 0, "street": 7, "community": 9, "grid": 11, "compound": 12, "building": 14}
    for zoom in range(17):
        layers = decoded(source.tile("areas", *at(zoom, *small_town.IN_FIRST_BUILDING), STAFF))
        shown = {level for level in first if level in layers}
        assert shown == {level for level, begins in first.items() if zoom >= begins}, zoom


def test_every_area_has_one_label_point(source: TileSource) -> None:
    labels = decoded(source.tile("areas", *at(9), STAFF))["area_labels"]
    assert [one["level"] for one in labels] == ["district", *["street"] * small_town.STREETS]
    assert {"code", "name", "name_en", "rank"} <= labels[0].keys()


def test_the_public_sees_neither_cameras_nor_exact_counts_of_people(source: TileSource) -> None:
    place = at(12, *small_town.IN_FIRST_GRID)
    with pytest.raises(NotFound):
        source.tile("cameras", *place, PUBLIC)
    exact = {one["code"]: one["households"] for one in decoded(source.tile("areas", *place, STAFF))["grid"]}
    public = {one["code"]: one["households"] for one in decoded(source.tile("areas", *place, PUBLIC))["grid"]}
    assert exact.keys() == public.keys()
    assert set(exact.values()) == {413}
    assert set(public.values()) == {415}
    with pytest.raises(NotFound) as refused:
        sheets_of("nothing", PUBLIC)
    assert "cameras" not in str(refused.value)


def test_points_are_gathered_below_zoom_13_and_none_is_lost(source: TileSource) -> None:
    gathered = decoded(source.tile("cameras", *at(9), STAFF))["cameras"]
    assert sum(one["count"] for one in gathered) == small_town.CAMERAS
    single = decoded(source.tile("cameras", *at(13, *small_town.IN_FIRST_GRID), STAFF)).get("cameras", [])
    assert all("count" not in one for one in single)


def test_a_tile_follows_the_store(tmp_path: Path) -> None:
    store = open_store(tmp_path / "town.gpkg", create=True)
    small_town.fill(store)
    source = TileSource(store)
    before = decoded(source.tile("cameras", *at(9), STAFF))["cameras"]
    revision = source.revision("cameras")
    code = str(store.read("cameras", Query(district="luxian", limit=1))["code"][0])
    with store.write("test") as transaction:
        transaction.delete("cameras", "luxian", [code])
    after = decoded(source.tile("cameras", *at(9), STAFF))["cameras"]
    assert sum(one["count"] for one in before) - sum(one["count"] for one in after) == 1
    assert source.revision("cameras") > revision
    source.close()
    store.close()


def test_a_tile_that_is_asked_for_again_is_the_same_object(source: TileSource) -> None:
    assert source.tile("areas", *at(9), STAFF) is source.tile("areas", *at(9), STAFF)


def test_an_empty_place_gives_an_empty_tile(source: TileSource) -> None:
    for collection in SHEETS:
        assert source.tile(collection, *at(14, 0.0, 0.0), STAFF) == b""


@pytest.mark.parametrize("tile", [(-1, 0, 0), (25, 0, 0), (3, 8, 0), (3, 0, -1)])
def test_a_tile_outside_the_scheme_is_refused(source: TileSource, tile: tuple[int, int, int]) -> None:
    with pytest.raises(BadParameter):
        source.tile("areas", *tile, STAFF)


def test_a_collection_without_tiles_is_not_found(source: TileSource) -> None:
    with pytest.raises(NotFound):
        source.tile("residents", 3, 1, 1, STAFF)


class Crowd:
    """A store of forty thousand cameras, all in one tile."""

    def read(self, collection: str, query: Query = Query()) -> Table:
        """Return the cameras, whatever was asked for."""
        random = np.random.default_rng(1)
        west, south, east, north = tile_box(*at(15))
        places = np.column_stack((random.uniform(west, east, 40_000), random.uniform(south, north, 40_000)))
        codes = [f"{number:020d}" for number in range(len(places))]
        same = {name: ["一个相当长的名称"] * len(places) for name in ("name", "name_en", "district", "path", "place")}
        return Table(shapely.points(places), {"code": codes, "state": ["online"] * len(places), **same})

    def revision(self, collection: str) -> int:
        """Return always the same: nothing changes here."""
        return 1

    def tally(self, collection: str, by: Sequence[str], query: Query = Query()) -> dict[tuple[Any, ...], int]:
        """Return that there is no district."""
        return {}


@pytest.mark.parametrize("zoom", [9, 13, 15])
def test_no_tile_is_larger_than_the_limit(zoom: int) -> None:
    source = TileSource(Crowd())
    tile = source.tile("cameras", *at(zoom), STAFF)
    assert 0 < len(tile) <= LARGEST_TILE
    source.close()


def test_neighbours_never_part_when_they_are_simplified() -> None:
    random = np.random.default_rng(3)
    wavy = np.column_stack((105.3 + random.normal(0, 2e-5, 60), np.linspace(29, 29.1, 60)))
    west = shapely.Polygon([(105.2, 29), *wavy, (105.2, 29.1)])
    east = shapely.Polygon([(105.4, 29), *wavy, (105.4, 29.1)])
    sheet = next(one for one in SHEETS["areas"] if one.name == "community")
    plate = Plate(sheet, Table(np.array([west, east]), {"code": ["w", "e"], "kind": [None, None]}))
    simple = plate._at(12).geometry
    assert shapely.get_num_coordinates(simple[0]) < shapely.get_num_coordinates(west)
    assert shapely.area(shapely.intersection(simple[0], simple[1])) == 0
    assert shapely.coverage_is_valid(simple)


def test_a_shared_edge_is_drawn_once_at_the_highest_level() -> None:
    whole = np.array([shapely.box(0, 0, 2, 1)])
    halves = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    # the parent has the points of its children, as filled levels do
    whole = shapely.segmentize(whole, 1.0)
    lines = shared_lines([(LevelSlug.COMMUNITY, whole), (LevelSlug.GRID, halves)])
    length = dict.fromkeys(lines["level"], 0.0)
    for level, line in zip(lines["level"], lines.geometry, strict=True):
        length[level] += line.length
    assert length == {"community": pytest.approx(6), "grid": pytest.approx(1)}


def test_a_label_stands_inside_its_area_and_on_its_largest_part() -> None:
    hook = shapely.Polygon([(0, 0), (9, 0), (9, 9), (8, 9), (8, 1), (0, 1)])
    islands = shapely.MultiPolygon([shapely.box(20, 20, 21, 21), shapely.box(30, 30, 39, 39)])
    points = label_points(np.array([hook, islands], dtype=object))
    assert shapely.distance(points[0], hook) == 0
    assert points[1].coords[0] == (34.5, 34.5)


def test_gathering_keeps_groups_apart_and_the_most_important_speaks() -> None:
    x = np.array([0.1, 0.12, 0.13, 0.9])
    found = gather(x, x, np.array([0, 0, 1, 0]), np.array([1.0, 5.0, 2.0, 0.0]), np.array([True] * 4), 0.5)
    assert sorted(zip(found.speakers.tolist(), found.counts.tolist(), strict=True)) == [(1, 2), (2, 1), (3, 1)]


def test_geojson_rounds_counts_of_people_and_winds_rings_by_the_right_hand(store: Store) -> None:
    rows = store.read("areas", Query(district="luxian", equal={"level": "grid"}))
    public = json.loads(feature_collection(rows, "areas"))["features"]
    staff = json.loads(feature_collection(rows, "areas", STAFF))["features"]
    assert len(public) == len(staff) == small_town.GRIDS
    assert {one["properties"]["households"] for one in public} == {415}
    assert {one["properties"]["households"] for one in staff} == {413}
    assert public[0]["id"] == public[0]["properties"]["code"]
    ring = shapely.LinearRing(public[0]["geometry"]["coordinates"][0][0])
    assert ring.is_ccw
    with pytest.raises(NotFound):
        feature_collection(rows.take([]), "cameras")


def test_compounds_simplified_by_blocks_are_those_simplified_all_together() -> None:
    random = np.random.default_rng(8)
    spots = shapely.points(random.uniform(105.3, 105.34, 150), random.uniform(29.1, 29.13, 150))
    bubbles = shapely.buffer(spots, random.uniform(0.0003, 0.002, 150))
    taken = shapely.Polygon()
    apart = []
    for bubble in bubbles:
        apart.append(bubble.difference(taken))
        taken = taken.union(bubble)
    towns = np.array([one for one in apart if one.geom_type == "Polygon"], dtype=object)
    sheet = next(one for one in SHEETS["areas"] if one.name == "compound")
    rows = Table(towns, {"code": [str(number) for number in range(len(towns))], "kind": [None] * len(towns)})
    tile = at(13, 105.32, 29.115)
    before, after = Plate(sheet, rows), Plate(sheet, rows)
    after.work_ahead()
    assert len(np.unique(blocks_of(after.flat.boxes))) > 3
    kept, some = before._shapes(13, mvt.tile_square(*tile))
    assert some is not None
    assert 0 < len(some) < len(towns)
    everything, _ = after._shapes(13, mvt.tile_square(*tile))
    points = shapely.get_num_coordinates
    assert points(kept.geometry).sum() < points(after.flat.geometry[some]).sum()
    assert (shapely.equals_exact(kept.geometry, everything.geometry[some], tolerance=0)).all()


def test_queries_read_together_give_what_each_gives_alone(store: Store) -> None:
    levels = [("street",), ("grid", "community"), ("building",), ("building", "grid"), ("district",)]
    columns = [("code",), ("code", "level", "name"), ("code", "floors"), ("level",), ("district", "households")]
    wanted = [
        ("areas", Query(tree="main", equal={"level": level}, columns=column))
        for level, column in zip(levels, columns, strict=True)
    ]
    wanted.append(("stations", Query(columns=("code",))))
    for (collection, query), rows in zip(wanted, read_many(store, wanted), strict=True):
        alone = store.read(collection, query)
        assert len(rows) > 0
        assert {name: list(rows[name]) for name in query.columns or ()} == {
            name: list(alone[name]) for name in query.columns or ()
        }
        assert shapely.equals_exact(rows.geometry, alone.geometry, tolerance=0).all()


def test_rows_alike_but_for_the_name_of_their_layer_are_held_once(source: TileSource) -> None:
    tile = at(16, *small_town.IN_FIRST_BUILDING)
    one = decoded(source.tile("buildings", *tile, STAFF))["buildings"]
    source.wait()
    held = dict(source._plates)
    other = decoded(source.tile("areas", *tile, STAFF))["building"]
    assert [row["code"] for row in one] == [row["code"] for row in other]
    building = next(sheet for sheet in SHEETS["areas"] if sheet.name == "building")
    assert id(building) in held


def test_a_source_says_whether_it_is_reading(source: TileSource) -> None:
    assert not source.loading
    source.warm()
    assert source.loading
    source.wait()
    assert not source.loading
