"""The tile encoder: what it writes is what another implementation reads, and what the specification asks for."""

from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layers import mvt
from layers.attributes import prepare
from layers.flat import FeatureType, flatten, project, to_world
from tests.bench.buildings import COLUMN, ROW, ZOOM, buildings
from tests.bench.mvt import ours, theirs

SIDE = 1.0 / (1 << ZOOM)


def in_tile(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape given in 4096ths of the tile of this module as world coordinates."""
    return shapely.transform(shape, lambda grid: (np.array([COLUMN, ROW]) + grid / 4096) * SIDE)


def encoded(shapes: list[Any], columns: dict[str, Any] | None = None, **more: Any) -> bytes:
    """Return the tile of this module with the given shapes (in 4096ths of it)."""
    world = np.array([None if shape is None else in_tile(shape) for shape in shapes], dtype=object)
    attributes = prepare(columns or {"code": [str(row) for row in range(len(shapes))]}, len(shapes))
    return mvt.encode("things", flatten(world), attributes, ZOOM, COLUMN, ROW, **more)


def decoded(tile: bytes, name: str = "things") -> list[dict[str, Any]]:
    """Return the features of a layer as another implementation reads them, y pointing down."""
    layers = mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})
    return layers[name]["features"] if layers else []


def shapes_of(tile: bytes) -> list[shapely.Geometry]:
    """Return the geometries of a tile's features."""
    return [shapely.geometry.shape(feature["geometry"]) for feature in decoded(tile)]


def signed_area(ring: list[list[int]]) -> float:
    """Return the area by the surveyor's formula of the specification, in a tile's coordinates."""
    x, y = np.array(ring, dtype=float).T
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


@pytest.mark.filterwarnings("ignore:The 'shapely.ops.transform:DeprecationWarning")  # called by the other package
def test_two_thousand_buildings_decode_as_the_other_package_encodes_them() -> None:
    shapes, columns = buildings()
    flat, attributes = project(shapes), prepare(columns, len(shapes))
    mine = {f["properties"]["code"]: f for f in decoded(ours(flat, attributes), "buildings")}
    other = {f["properties"]["code"]: f for f in decoded(theirs(flat, columns), "buildings")}
    assert mine.keys() == other.keys()
    for code, feature in other.items():
        assert mine[code]["properties"] == feature["properties"]
        expected = shapely.geometry.shape(feature["geometry"]).normalize()
        assert shapely.geometry.shape(mine[code]["geometry"]).normalize() == expected


def test_holes_survive_and_rings_wind_as_the_specification_asks() -> None:
    shapes, columns = buildings()
    features = decoded(ours(project(shapes), prepare(columns, len(shapes))), "buildings")
    courts = 0
    for feature in features:
        polygons = feature["geometry"]["coordinates"]
        for rings in [polygons] if feature["geometry"]["type"] == "Polygon" else polygons:
            assert signed_area(rings[0]) > 0
            assert all(signed_area(hole) < 0 for hole in rings[1:])
            courts += len(rings) - 1
    assert courts > COURTS_AT_LEAST


COURTS_AT_LEAST = 200


def test_clockwise_and_counter_clockwise_input_give_the_same_tile() -> None:
    ring = [(10, 10), (200, 20), (180, 220), (15, 190)]
    forward = shapely.Polygon(ring, [[(50, 50), (60, 50), (60, 60)]])
    backward = shapely.Polygon(ring[::-1], [[(60, 60), (60, 50), (50, 50)]])
    assert shapes_of(encoded([forward]))[0].normalize() == shapes_of(encoded([backward]))[0].normalize()


def test_a_polygon_across_the_edge_is_cut_at_the_buffer() -> None:
    shape = shapes_of(encoded([shapely.box(-500, 100, 300, 5000)]))[0]
    assert shape.bounds == (-mvt.BUFFER, 100, 300, mvt.EXTENT + mvt.BUFFER)
    assert shape.is_valid


def test_a_polygon_around_the_whole_tile_fills_it() -> None:
    shape = shapes_of(encoded([shapely.box(-90000, -90000, 90000, 90000)]))[0]
    assert shape.bounds == (-64, -64, 4160, 4160)


def test_a_line_that_leaves_and_returns_becomes_two_lines() -> None:
    line = shapely.LineString([(100, 100), (100, -900), (400, -900), (400, 100)])
    shape = shapes_of(encoded([line]))[0]
    assert shape.geom_type == "MultiLineString"
    assert {part.length for part in shape.geoms} == {164}


def test_features_that_do_not_touch_the_tile_are_left_out() -> None:
    assert encoded([shapely.box(5000, 5000, 5100, 5100), shapely.Point(-900, 3)]) == b""


def test_rings_that_shrink_to_nothing_are_dropped_and_their_feature_with_them() -> None:
    speck = shapely.box(100.1, 100.1, 100.3, 100.3)
    court = shapely.Polygon(shapely.box(10, 10, 90, 90).exterior, [shapely.box(50.1, 50.1, 50.3, 50.3).exterior])
    features = decoded(encoded([speck, court]))
    assert [feature["properties"]["code"] for feature in features] == ["1"]
    assert len(features[0]["geometry"]["coordinates"]) == 1


def test_a_line_without_length_is_dropped_and_repeated_points_are_not_written() -> None:
    still = shapely.LineString([(5, 5), (5.2, 5.2)])
    slow = shapely.LineString([(0, 0), (0.2, 0.1), (10, 0), (10.3, 0.2), (20, 0)])
    features = decoded(encoded([still, slow]))
    assert [feature["geometry"]["coordinates"] for feature in features] == [[[0, 0], [10, 0], [20, 0]]]


def test_polygons_that_rounding_would_break_come_out_valid() -> None:
    # a spike thinner than the grid, and two parts that rounding pushes into each other
    spike = shapely.Polygon([(0, 0), (100, 0), (100, 50.2), (400, 50.4), (100, 50.6), (100, 100), (0, 100)])
    close = shapely.MultiPolygon([shapely.box(200, 200, 300.3, 300), shapely.box(300.4, 200, 400, 300)])
    waist = shapely.Polygon(
        [(500, 0), (600, 0), (600, 50), (550.2, 50.2), (600, 51), (600, 100), (500, 100), (550, 50)]
    )
    for shape in shapes_of(encoded([spike, close, waist])):
        assert shape.is_valid
        assert shape.area > 4000


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.floats(-300, 4400), st.floats(-300, 4400), st.floats(0.3, 900), st.floats(0.3, 900), st.floats(0, 3)
        ),
        min_size=1,
        max_size=12,
    )
)
def test_whatever_goes_in_only_valid_polygons_within_the_buffer_come_out(
    boxes: list[tuple[float, float, float, float, float]],
) -> None:
    shapes = [
        shapely.affinity.rotate(shapely.box(x, y, x + width, y + height), turn, use_radians=True).difference(
            shapely.box(x + width / 3, y + height / 3, x + width / 2, y + height / 2)
        )
        for x, y, width, height, turn in boxes
    ]
    for shape in shapes_of(encoded(shapes)):
        assert shape.is_valid
        assert shape.area > 0
        assert min(shape.bounds) >= -mvt.BUFFER
        assert max(shape.bounds) <= mvt.EXTENT + mvt.BUFFER


def test_a_part_that_shrinks_to_a_point_does_not_keep_the_rest_from_being_drawn() -> None:
    # rounding leaves the first part as one point four times, which GEOS refuses to mend together with the other
    speck = shapely.Polygon([(344.1, 160.1), (344.2, 160.2), (344.1, 160.3)])
    part = shapely.Polygon([(302, 158), (302, 160), (313, 160), (313, 157)])
    alone = decoded(encoded([part]))
    assert decoded(encoded([shapely.MultiPolygon([speck, part])])) == alone
    # a bay that shrinks to nothing breaks the ring itself
    bay = shapely.Polygon([(0, 0), (100, 0), (50.1, 50), (50.2, 50.1), (50.1, 50.2), (100, 100), (0, 100)])
    for shape in shapes_of(encoded([shapely.MultiPolygon([speck, bay]), part])):
        assert shape.is_valid
        assert shape.area > 0


def test_points_and_lines_and_polygons_share_a_layer() -> None:
    mixed = [
        shapely.Point(7, 9),
        shapely.MultiPoint([(1, 2), (30, 40), (5, 6)]),
        shapely.LineString([(0, 0), (50, 60)]),
        shapely.MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(20, 20, 30, 30)]),
    ]
    found = {feature["properties"]["code"]: feature["geometry"] for feature in decoded(encoded(mixed))}
    assert [found[str(row)]["type"] for row in range(4)] == ["Point", "MultiPoint", "LineString", "MultiPolygon"]
    assert found["0"]["coordinates"] == [7, 9]
    assert found["1"]["coordinates"] == [[1, 2], [30, 40], [5, 6]]


def test_an_empty_part_of_a_shape_is_not_drawn() -> None:
    square, line = shapely.box(10, 10, 20, 20), shapely.LineString([(5, 5), (9, 9)])
    shapes = shapely.from_wkt(
        [
            "MULTIPOLYGON (((20 10, 20 20, 10 20, 10 10, 20 10)), EMPTY)",
            "MULTILINESTRING ((5 5, 9 9), EMPTY)",
        ]
    )
    assert decoded(encoded(list(shapes))) == decoded(encoded([square, line]))


def test_rows_without_a_place_are_left_out() -> None:
    features = decoded(encoded([None, shapely.Polygon(), shapely.Point(), shapely.Point(1, 1)]))
    assert [feature["properties"]["code"] for feature in features] == ["3"]


def test_values_keep_their_type_and_missing_ones_are_absent() -> None:
    columns = {
        "word": ["街道", None, "x" * 300],
        "whole": [0, -7, 2**40],
        "real": [0.5, float("nan"), -1e-9],
        "flag": [True, False, None],
    }
    features = decoded(encoded([shapely.Point(row, row) for row in range(3)], columns))
    assert [feature["properties"] for feature in features] == [
        {"word": "街道", "whole": 0, "real": 0.5, "flag": True},
        {"whole": -7, "flag": False},
        {"word": "x" * 300, "whole": 2**40, "real": -1e-9},
    ]


def test_a_tile_holds_only_the_values_that_its_features_speak_of() -> None:
    shapes = [shapely.Point(1, 1), shapely.Point(9000, 9000)]
    tile = encoded(shapes, {"name": ["here", "elsewhere"]})
    assert b"here" in tile
    assert b"elsewhere" not in tile


def test_unwanted_and_tiny_features_are_left_out() -> None:
    shapes = [shapely.box(0, 0, 4, 4), shapely.box(0, 0, 400, 400), shapely.box(0, 0, 500, 500)]
    features = decoded(encoded(shapes, wanted=np.array([True, True, False]), least=8.0))
    assert [feature["properties"]["code"] for feature in features] == ["1"]


def test_the_layer_says_version_two_and_its_extent() -> None:
    layer = mapbox_vector_tile.decode(encoded([shapely.Point(1, 1)]))["things"]
    assert (layer["version"], layer["extent"]) == (2, 4096)


@pytest.mark.parametrize(
    ("lon", "lat", "x", "y"), [(0, 0, 0.5, 0.5), (-180, 85.05112877980659, 0, 0), (180, -90, 1, 1), (90, 0, 0.75, 0.5)]
)
def test_the_world_is_a_square(lon: float, lat: float, x: float, y: float) -> None:
    world = to_world(np.array([shapely.Point(lon, lat)], dtype=object))[0]
    assert (world.x, world.y) == pytest.approx((x, y), abs=1e-12)


def test_flat_arrays_hold_every_ring_without_its_closing_point() -> None:
    court = shapely.Polygon(shapely.box(0, 0, 9, 9).exterior, [shapely.box(1, 1, 2, 2).exterior])
    flat = flatten(np.array([court, None, shapely.LineString([(0, 0), (1, 1)])], dtype=object))
    assert flat.types.tolist() == [FeatureType.POLYGON, FeatureType.UNKNOWN, FeatureType.LINE]
    assert flat.feature_rings.tolist() == [0, 2, 2, 3]
    assert flat.ring_points.tolist() == [0, 4, 8, 10]


def test_clearance_by_arrays_is_that_of_geos() -> None:
    random = np.random.default_rng(5)
    shapes = []
    for corners in range(3, 16):
        angles = np.sort(random.uniform(0, 2 * np.pi, (30, corners)), axis=1)
        radii = random.uniform(0.2, 1.0, (30, corners)) * 1e-5
        across, down = 0.79 + radii * np.cos(angles), 0.41 + radii * np.sin(angles)
        shapes += [shapely.Polygon(ring) for ring in np.stack((across, down), axis=2)]
    flat = flatten(np.array([shape for shape in shapes if shape.is_valid], dtype=object))
    expected = shapely.minimum_clearance(flat.geometry)
    assert len(flat) > 200
    assert np.allclose(flat.clearance_of(np.arange(len(flat))), expected, rtol=1e-4, atol=1e-14)
