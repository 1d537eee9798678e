"""Datums there and back: exact inside China's rectangle, nothing outside, and clear words for what is no position."""

import math

import numpy as np
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.crs import Datum, convert
from spatial.datums import CHINA
from spatial.errors import BadPosition

WEST, SOUTH, EAST, NORTH = CHINA
SHIFTED = [Datum.GCJ02, Datum.BD09]
BEYOND_THE_BORDER_DEG = 0.1
GEOD = pyproj.Geod(ellps="WGS84")

border_lon = [WEST, EAST, np.nextafter(WEST, 180), np.nextafter(EAST, 0), 105.0]
inside_lon = st.floats(WEST, EAST) | st.sampled_from(border_lon)
inside_lat = st.floats(SOUTH, NORTH) | st.sampled_from([SOUTH, NORTH, np.nextafter(SOUTH, 90), np.nextafter(NORTH, 0)])


def metres(here: tuple[float, float], there: tuple[np.ndarray, np.ndarray]) -> float:
    return float(GEOD.inv(*here, float(there[0][0]), float(there[1][0]))[2])


@pytest.mark.parametrize("source", [Datum.WGS84, Datum.CGCS2000])
@pytest.mark.parametrize("datum", SHIFTED)
@given(lon=inside_lon, lat=inside_lat)
def test_there_and_back_is_within_a_tenth_of_a_millimetre_anywhere_in_the_rectangle(
    datum: Datum, source: Datum, lon: float, lat: float
) -> None:
    there = convert([lon], [lat], source, datum)
    assert metres((lon, lat), convert(*there, datum, source)) < 1e-4


@given(lon=st.floats(WEST + 0.1, EAST - 0.1), lat=st.floats(SOUTH + 0.1, NORTH - 0.1))
def test_between_the_two_chinese_datums_there_and_back_is_the_same_place(lon: float, lat: float) -> None:
    there = convert([lon], [lat], Datum.GCJ02, Datum.BD09)
    assert 300 < metres((lon, lat), there) < 2500
    assert metres((lon, lat), convert(*there, Datum.BD09, Datum.GCJ02)) < 1e-4


def test_a_dense_grid_over_the_whole_rectangle_and_all_of_its_border_comes_back() -> None:
    across, up = np.linspace(WEST, EAST, 300), np.linspace(SOUTH, NORTH, 300)
    lons, lats = (each.ravel() for each in np.meshgrid(across, up))
    for datum in SHIFTED:
        back = convert(*convert(lons, lats, Datum.WGS84, datum), datum, Datum.WGS84)
        assert GEOD.inv(lons, lats, *back)[2].max() < 1e-4


@given(
    lon=st.floats(-180, 180),
    lat=st.floats(-90, 90),
    source=st.sampled_from(Datum),
    target=st.sampled_from(Datum),
)
def test_outside_of_the_rectangle_every_datum_is_the_same(lon: float, lat: float, source: Datum, target: Datum) -> None:
    margin = 0.0 if source in (Datum.WGS84, Datum.CGCS2000) else BEYOND_THE_BORDER_DEG
    if WEST - margin <= lon <= EAST + margin and SOUTH - margin <= lat <= NORTH + margin:
        lon = -lon if lon > 0 else lon
    x, y = convert([lon], [lat], source, target)
    assert (x[0], y[0]) == (lon, lat)


def test_at_the_border_what_was_shifted_out_comes_back_in_and_what_nothing_was_shifted_to_stays() -> None:
    middle = 30.0
    shifted = convert([WEST, EAST], [middle, middle], Datum.WGS84, Datum.GCJ02)[0]
    outwards, at = (0, WEST) if shifted[0] < WEST else (1, EAST)
    # beyond the border there is a strip that places inside were shifted to: they are taken for those
    strip = (shifted[outwards] + at) / 2
    taken = convert([strip], [middle], Datum.GCJ02, Datum.WGS84)[0][0]
    assert WEST <= taken <= EAST
    assert taken != strip
    # and inside the opposite border one that nothing was shifted to
    other = 1 - outwards
    empty = ((WEST, EAST)[other] + shifted[other]) / 2
    assert WEST < empty < EAST
    assert convert([empty], [middle], Datum.GCJ02, Datum.WGS84)[0][0] == empty


def test_known_places_are_where_everybody_puts_them() -> None:
    # Tian'anmen, by the reference implementation that all others copy
    lon, lat = convert([116.397428], [39.90923], Datum.WGS84, Datum.GCJ02)
    assert (lon[0], lat[0]) == (pytest.approx(116.403671, abs=2e-6), pytest.approx(39.910633, abs=2e-6))
    lon, lat = convert([116.404], [39.915], Datum.GCJ02, Datum.BD09)
    assert (lon[0], lat[0]) == (pytest.approx(116.410369, abs=2e-6), pytest.approx(39.921336, abs=2e-6))


@pytest.mark.parametrize(
    "district", [(105.376, 29.151), (114.2, 35.7), (120.6, 31.3), (106.056, 29.845), (109.4, 24.3)]
)
def test_the_shift_is_half_a_kilometre_in_the_districts_and_over_one_in_bd09(district: tuple[float, float]) -> None:
    lon, lat = district
    assert 400 < metres(district, convert([lon], [lat], Datum.WGS84, Datum.GCJ02)) < 650
    assert metres(district, convert([lon], [lat], Datum.WGS84, Datum.BD09)) > 700


def test_a_position_comes_out_the_same_whatever_stands_beside_it() -> None:
    rng = np.random.default_rng(5)
    lons, lats = rng.uniform(WEST, EAST, 999), rng.uniform(SOUTH, NORTH, 999)
    for datum in SHIFTED:
        together = convert(lons, lats, datum, Datum.WGS84)
        alone = [convert([lon], [lat], datum, Datum.WGS84) for lon, lat in zip(lons[:50], lats[:50], strict=True)]
        assert [(x[0], y[0]) for x, y in alone] == list(zip(together[0][:50], together[1][:50], strict=True))


def test_what_was_given_is_never_changed_in_place() -> None:
    lons, lats = np.array([105.376]), np.array([29.151])
    for source in Datum:
        for target in Datum:
            x, y = convert(lons, lats, source, target)
            x += 1
            y += 1
    assert (lons[0], lats[0]) == (105.376, 29.151)


@pytest.mark.parametrize("source", list(Datum))
@pytest.mark.parametrize(
    ("lon", "lat", "words"),
    [
        (math.nan, 29.0, "Row 3: .*not a finite number"),
        (105.0, math.inf, "Row 3: .*not a finite number"),
        (105.0, -math.inf, "Row 3: .*not a finite number"),
        (29.151, 105.376, "Row 3: .*swapped"),
        (200.0, 10.0, "Row 3: .*not on the globe"),
        (438_000.0, 3_226_000.0, "Row 3: .*not on the globe"),
    ],
)
def test_what_is_no_position_is_refused_with_its_row_and_what_to_do(
    source: Datum, lon: float, lat: float, words: str
) -> None:
    with pytest.raises(BadPosition, match=words) as caught:
        convert([105.0, 105.1, lon, 105.2], [29.0, 29.1, lat, 29.2], source, Datum.WGS84)
    assert caught.value.remedy is not None
    assert caught.value.details["row"] == 3


def test_how_many_rows_are_wrong_is_said() -> None:
    with pytest.raises(BadPosition, match=r"Row 1: .*and 1 more rows"):
        convert([math.nan, 105.0, 29.0], [1.0, 29.0, 105.0], Datum.GCJ02, Datum.WGS84)
    with pytest.raises(BadPosition, match="2 longitudes stand beside 1"):
        convert([105.0, 105.1], [29.0], Datum.GCJ02, Datum.WGS84)
