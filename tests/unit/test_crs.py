"""Positions and metres."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from spatial.crs import check_position, to_degrees, to_metres
from spatial.errors import BadPosition


@given(lon=st.floats(104.5, 106.5), lat=st.floats(27, 31))
def test_metres_and_back_is_the_same_place_to_a_tenth_of_a_millimetre(lon: float, lat: float) -> None:
    there = to_metres(np.array([shapely.Point(lon, lat)]), 4544)
    back = to_degrees(there, 4544)[0]
    assert math.hypot(back.x - lon, back.y - lat) < 1e-9


def test_x_is_east_and_y_is_north_in_metres() -> None:
    here, east, north = to_metres(shapely.points([[105.376, 29.151], [105.386, 29.151], [105.376, 29.161]]), 4544)
    assert 970 < east.x - here.x < 976
    assert 1107 < north.y - here.y < 1110


@pytest.mark.parametrize(
    ("lon", "lat", "words"),
    [
        (float("nan"), 29.0, "not a finite number"),
        (105.0, float("inf"), "not a finite number"),
        (29.151, 105.376, "swapped"),
        (200.0, 10.0, "not on the globe"),
        (120.0, -91.0, "not on the globe"),
    ],
)
def test_a_position_that_cannot_be_meant_is_refused_with_what_to_do(lon: float, lat: float, words: str) -> None:
    with pytest.raises(BadPosition, match=words) as caught:
        check_position(lon, lat)
    assert caught.value.remedy is not None


def test_the_date_line_and_the_poles_are_positions() -> None:
    assert check_position(180, 90) == (180, 90)
    assert check_position(-180, -90) == (-180, -90)
