"""From a file's coordinates to degrees: datums, projections, and the mistakes that are told apart."""

from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely

from spatial.datums import Datum, convert, gcj02_from_wgs84
from spatial.errors import BadParameter, BadPosition
from spatial.importing.projection import parse, to_degrees

LUXIAN = (105.376, 29.151)
HELSINKI = (24.944, 60.171)


def points(*places: tuple[float, float]) -> np.ndarray:
    return shapely.points(np.array(places, dtype=float))


def moved(
    x: float, y: float, declared: object | None, said: str | None = None, swap: bool = False
) -> tuple[float, float]:
    geometry, _, _ = to_degrees(points((x, y)), declared, said, swap)
    return float(geometry[0].x), float(geometry[0].y)


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_the_inverse_of_a_chinese_datum_is_good_to_a_tenth_of_a_millimetre(datum: Datum) -> None:
    rng = np.random.default_rng(7)
    lons, lats = rng.uniform(75, 134, 2000), rng.uniform(19, 53, 2000)
    back = convert(*convert(lons, lats, Datum.WGS84, datum), datum, Datum.WGS84)
    assert np.abs(back[0] - lons).max() * 111_320 < 1e-4
    assert np.abs(back[1] - lats).max() * 111_320 < 1e-4


def test_gcj02_lies_half_a_kilometre_off_in_china_and_nowhere_outside() -> None:
    lon, lat = gcj02_from_wgs84(np.array([LUXIAN[0]]), np.array([LUXIAN[1]]))
    _, _, distance = pyproj.Geod(ellps="WGS84").inv(*LUXIAN, lon[0], lat[0])
    assert 400 < distance < 600
    same = gcj02_from_wgs84(np.array([HELSINKI[0]]), np.array([HELSINKI[1]]))
    assert (same[0][0], same[1][0]) == HELSINKI


def test_coordinates_said_to_be_gcj02_come_back_to_where_they_are() -> None:
    lon, lat = gcj02_from_wgs84(np.array([LUXIAN[0]]), np.array([LUXIAN[1]]))
    assert moved(lon[0], lat[0], "EPSG:4326", "gcj02") == pytest.approx(LUXIAN, abs=1e-9)


def test_a_zone_whose_authority_puts_north_first_is_read_east_first() -> None:
    x, y = pyproj.Transformer.from_crs(4490, 4544, always_xy=True).transform(*LUXIAN)
    assert moved(x, y, "EPSG:4544") == pytest.approx(LUXIAN, abs=1e-7)
    assert moved(x, y, None, "EPSG:4544") == pytest.approx(LUXIAN, abs=1e-7)


def test_cgcs2000_degrees_are_read_longitude_first() -> None:
    assert moved(*LUXIAN, "EPSG:4490") == LUXIAN


def test_swapped_axes_are_named_with_the_remedy() -> None:
    with pytest.raises(BadPosition, match="swapped") as caught:
        moved(LUXIAN[1], LUXIAN[0], "EPSG:4490")
    assert caught.value.remedy is not None
    assert "--swap-axes" in caught.value.remedy.en
    assert moved(LUXIAN[1], LUXIAN[0], "EPSG:4490", swap=True) == LUXIAN


def test_metres_without_a_coordinate_system_are_refused_with_the_zone_that_fits() -> None:
    x, y = pyproj.Transformer.from_crs(4490, 4523, always_xy=True).transform(*LUXIAN)
    with pytest.raises(BadPosition, match="metres") as caught:
        moved(x, y, None)
    assert caught.value.remedy is not None
    assert "EPSG:4523" in caught.value.remedy.en


def test_metres_in_a_file_that_says_degrees_are_refused() -> None:
    with pytest.raises(BadPosition, match="The file says degrees"):
        moved(438_000.0, 3_226_000.0, "EPSG:4326")


def test_a_system_that_puts_the_data_outside_its_own_area_is_refused() -> None:
    with pytest.raises(BadPosition, match="outside that system's area"):
        moved(438_000.0, 3_226_000.0, "EPSG:3067")


def test_a_file_without_a_system_in_degrees_is_taken_for_wgs84_and_says_so() -> None:
    geometry, reference, notes = to_degrees(points(LUXIAN), None, None, False)
    assert (reference, geometry[0].x) == ("EPSG:4326", LUXIAN[0])
    assert "taken as WGS 84" in notes[0].en


def test_a_system_that_is_said_goes_before_the_file_and_says_so() -> None:
    _, reference, notes = to_degrees(points(LUXIAN), "EPSG:4326", "EPSG:4610", False)
    assert reference == "EPSG:4610"
    assert "EPSG:4326" in notes[0].en


@pytest.mark.parametrize("said", ["EPSG:99999999", "/etc/passwd", "+proj=pipeline +step", "mars", "EPSG:1"])
def test_what_is_no_coordinate_system_is_refused(said: str) -> None:
    with pytest.raises(BadParameter, match="coordinate system"):
        to_degrees(points(LUXIAN), None, said, False)


def test_the_datums_and_codes_that_can_be_said() -> None:
    assert [parse(said) for said in ("gcj02", "BD09", "cgcs2000", "epsg:4544", "4326")] == [
        Datum.GCJ02,
        Datum.BD09,
        4490,
        4544,
        4326,
    ]


def test_one_bad_place_among_good_ones_does_not_condemn_the_file(tmp_path: Path) -> None:
    geometry, _, _ = to_degrees(points(LUXIAN, LUXIAN, (LUXIAN[1], LUXIAN[0])), "EPSG:4326", None, False)
    assert len(geometry) == 3
