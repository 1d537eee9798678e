"""Service circles: the metres are metres, on the ellipsoid and at every latitude of the five districts."""

import numpy as np
import pytest
import shapely
from pyproj import Geod

from layers.boundaries import sectors
from layers.circles import MINUTES_AND_METRES, circles, united_circles
from spatial.table import Table

PLACES = ((105.376, 29.151), (114.294, 35.745), (120.62, 31.31), (106.056, 29.845), (109.4, 24.3))


def stations(places: tuple[tuple[float, float], ...]) -> Table:
    """Return stations at the given places, and one that has none."""
    rows = [
        {
            "code": f"s{index}",
            "district": "luxian",
            "name": "站",
            "name_en": "Station",
            "kind": "doorstep",
            "geometry": shapely.Point(place),
        }
        for index, place in enumerate(places)
    ]
    return Table.from_rows([*rows, {**rows[0], "code": "nowhere", "geometry": None}])


def test_every_circle_is_within_half_a_percent_of_its_radius() -> None:
    geod = Geod(ellps="WGS84")
    drawn = circles(stations(PLACES))
    for row in drawn.rows():
        lon, lat = PLACES[int(row["station"][1:])]
        # corners, and the middles of the edges, where a polygon is nearest to its centre
        corners = shapely.get_coordinates(row["geometry"])
        rim = np.concatenate((corners, (corners[1:] + corners[:-1]) / 2))
        metres = geod.inv(np.full(len(rim), lon), np.full(len(rim), lat), rim[:, 0], rim[:, 1])[2]
        assert np.max(np.abs(np.array(metres) / row["radius_m"] - 1)) < 0.005


def test_every_circle_has_the_area_of_a_circle() -> None:
    geod = Geod(ellps="WGS84")
    for row in circles(stations(PLACES)).rows():
        area, _ = geod.geometry_area_perimeter(row["geometry"])
        assert area == pytest.approx(np.pi * row["radius_m"] ** 2, rel=0.001)


def test_each_placed_station_has_three_circles_the_widest_first() -> None:
    drawn = circles(stations(PLACES))
    assert len(drawn) == 3 * len(PLACES)
    assert list(dict.fromkeys(drawn["minutes"])) == [15, 10, 5]
    assert dict(zip(drawn["minutes"], drawn["radius_m"], strict=True)) == dict(MINUTES_AND_METRES)
    assert len(set(drawn["code"])) == len(drawn)


def test_no_stations_give_no_circles() -> None:
    assert len(circles(stations(PLACES).take([len(PLACES)]))) == 0


def test_a_sector_opens_where_the_camera_looks() -> None:
    east, field, range_m = 90.0, 60.0, 50.0
    shape = sectors(*(np.array([value]) for value in (105.376, 29.151, east, field, range_m)))[0]
    geod = Geod(ellps="WGS84")
    bearing, _, metres = geod.inv(105.376, 29.151, *shape.centroid.coords[0])
    assert bearing == pytest.approx(east, abs=0.5)
    assert 0 < metres < range_m
    area, _ = geod.geometry_area_perimeter(shape)
    assert abs(area) == pytest.approx(np.pi * range_m**2 * field / 360, rel=0.01)


def test_united_circles_hold_what_lies_within_any_of_them_and_nothing_else() -> None:
    random = np.random.default_rng(5)
    # a dense town, where most circles lie within those of their neighbours, and a few villages
    town = random.normal((105.4, 28.9), 0.008, (400, 2))
    villages = random.uniform((105.5, 28.8), (105.8, 29.0), (12, 2))
    places = np.concatenate((town, villages))
    same = {name: ["x"] * len(places) for name in ("district", "name", "name_en", "kind")}
    stations = Table(shapely.points(places), {"code": [str(number) for number in range(len(places))], **same})
    drawn, united = circles(stations), united_circles(stations)
    minutes = np.asarray(drawn["minutes"])
    assert list(united["minutes"]) == [minute for minute, _ in MINUTES_AND_METRES]
    for minute, shape in zip(united["minutes"], united.geometry, strict=True):
        plain = shapely.union_all(drawn.geometry[minutes == minute])
        assert shape.is_valid
        assert shapely.symmetric_difference(shape, plain).area < 1e-9 * plain.area


def test_no_circle_is_united_where_there_is_none() -> None:
    columns: dict[str, list[object]] = {name: [] for name in ("code", "district", "name", "name_en", "kind")}
    assert len(united_circles(Table(np.empty(0, dtype=object), columns))) == 0
