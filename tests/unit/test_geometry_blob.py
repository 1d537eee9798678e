"""GeoPackage geometry: written and read without loss, its box known from the header, strangers' bytes harmless."""

import contextlib
import sqlite3
import struct
from contextlib import closing

import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given
from hypothesis import strategies as st

from spatial.errors import StoreDamaged
from spatial.store.geopackage import geometry_blob

SHAPES = [
    shapely.Point(105.123456789, -29.987654321),
    shapely.LineString([(105, 29), (106, 30), (104, 31)]),
    shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], holes=[[(1, 1), (1, 2), (2, 2), (2, 1)]]),
    shapely.MultiPoint([(1, 2), (3, 4)]),
    shapely.MultiLineString([[(1, 1), (2, 2)], [(3, 3), (4, 4)]]),
    shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)]),
    shapely.Point(),
    shapely.MultiPolygon(),
    None,
]


def _array(*shapes: shapely.Geometry | None) -> np.ndarray:
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return array


def test_shapes_of_every_type_come_back_as_they_were() -> None:
    shapes = _array(*SHAPES)
    found = geometry_blob.decode(geometry_blob.encode(shapes))
    assert found[-1] is None
    assert shapely.equals_identical(found[:-1], shapes[:-1]).all()


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=2, max_size=20))
def test_the_box_in_the_header_is_the_box_of_the_shape(places: list[tuple[float, float]]) -> None:
    shapes = _array(shapely.LineString(places), shapely.Point(places[0]), shapely.MultiPoint(places))
    blobs = geometry_blob.encode(shapes)
    assert np.array_equal(geometry_blob.bounds(blobs), shapely.bounds(shapes))


def test_the_header_says_what_the_standard_says() -> None:
    line, point, empty = geometry_blob.encode(_array(SHAPES[1], SHAPES[0], SHAPES[7]))
    assert line is not None
    assert point is not None
    assert empty is not None
    assert struct.unpack_from("<2sBBi4d", line) == (b"GP", 0, 0b011, 4326, 104.0, 106.0, 29.0, 31.0)
    assert struct.unpack_from("<2sBBi", point) == (b"GP", 0, 0b001, 4326)
    assert struct.unpack_from("<2sBBi", empty) == (b"GP", 0, 0b10001, 4326)


def test_blobs_of_other_programs_are_read_with_any_box_and_byte_order() -> None:
    point = shapely.Point(105, 29)
    big = b"GP\x00\x00" + struct.pack(">i", 4326) + shapely.to_wkb(point, byte_order=0)
    boxed = b"GP\x00\x05" + struct.pack("<i6d", 4326, 1, 2, 3, 4, 5, 6) + shapely.to_wkb(point, byte_order=1)
    unboxed = b"GP\x00\x01" + struct.pack("<i", 4326) + shapely.to_wkb(SHAPES[1], byte_order=1)
    found = geometry_blob.decode([big, boxed, unboxed])
    assert shapely.equals_identical(found, _array(point, point, SHAPES[1])).all()
    assert geometry_blob.box(big) == (105, 105, 29, 29)
    assert geometry_blob.box(boxed) == (1, 2, 3, 4)
    assert geometry_blob.box(unboxed) == (104, 106, 29, 31)


NAN_POINT = b"GP\x00\x01\xe6\x10\x00\x00" + struct.pack("<BI2d", 1, 1, float("nan"), float("nan"))
NAN_BOX = b"GP\x00\x03" + struct.pack("<i4d", 4326, *[float("nan")] * 4) + shapely.to_wkb(SHAPES[1], byte_order=1)


@pytest.mark.parametrize(
    "blob", [None, NAN_POINT, NAN_BOX, b"", b"GP", b"not a geometry at all", b"GP\x00\x0f" + b"\0" * 90]
)
def test_what_has_no_place_counts_as_empty_and_stays_out_of_the_index(blob: bytes | None) -> None:
    assert geometry_blob.box(blob) is None
    with closing(sqlite3.connect(":memory:")) as connection:
        geometry_blob.register(connection)
        said = connection.execute(
            "SELECT ST_IsEmpty(?1), ST_MinX(?1), gridscape_meets(?1, -180, -90, 180, 90)", (blob,)
        )
        assert said.fetchone() == (None if blob is None else 1, None, 0)


_NESTED = b"\x01\x07\x00\x00\x00\x01\x00\x00\x00" * 200_000
_NESTED_IN_MULTI = b"\x01\x06\x00\x00\x00\x01\x00\x00\x00" + _NESTED
_FOUR_BILLION = b"\x01\x02\x00\x00\x00\xff\xff\xff\xff" + b"\0" * 40_000


@pytest.mark.parametrize(
    "wkb",
    [_NESTED, _NESTED_IN_MULTI, _FOUR_BILLION, _FOUR_BILLION[:60], b"\x01\x63\x00\x00\x00" * 3, b"\x01" * 40_000, b""],
    ids=["nested", "nested in a multi-polygon", "four billion points", "cut off", "unknown", "scribble", "nothing"],
)
def test_hostile_bytes_are_refused_and_do_no_harm(wkb: bytes) -> None:
    with pytest.raises(StoreDamaged):
        geometry_blob.decode([b"GP\x00\x01\xe6\x10\x00\x00" + wkb])


@given(st.binary(max_size=200))
def test_no_bytes_at_all_bring_anything_but_a_shape_or_a_clear_error(noise: bytes) -> None:
    for blob in (noise, b"GP\x00\x01\xe6\x10\x00\x00" + noise):
        geometry_blob.box(blob)
        with contextlib.suppress(StoreDamaged):
            assert len(geometry_blob.decode([blob])) == 1


def test_large_plain_shapes_pass_the_check_for_nesting() -> None:
    angles = np.linspace(0, 6, 5000)
    ring = shapely.LinearRing(np.column_stack([np.cos(angles), np.sin(angles)]))
    large = [
        shapely.LineString(ring.coords),
        shapely.Polygon(ring, holes=[shapely.affinity.scale(ring, 0.5, 0.5)]),
        shapely.MultiPolygon([shapely.Polygon(ring), shapely.affinity.translate(shapely.Polygon(ring), 9)]),
        shapely.MultiPoint(ring.coords),
    ]
    assert all(geometry_blob.is_flat(shape) for shape in shapely.to_wkb(large, byte_order=1))
    assert shapely.equals_identical(geometry_blob.decode(geometry_blob.encode(_array(*large))), large).all()
