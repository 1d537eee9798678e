"""The datums of maps in China: GCJ-02 (phones, AMap, Tencent) and BD-09 (Baidu), to and from WGS 84.

Neither has a published definition; the formulas are those that everybody uses, with the Krasovsky ellipsoid of
GCJ-02. Inverses are iterated to below a hundredth of a millimetre, since the one-step inverse is half a metre off.
"""

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Degrees = NDArray[np.float64]
Move = Callable[[Degrees, Degrees], tuple[Degrees, Degrees]]

_AXIS_M = 6378245.0
_ECCENTRICITY_2 = 0.00669342162296594323
_BAIDU = np.pi * 3000.0 / 180.0
_ITERATIONS = 12
_CLOSE_DEG = 1e-10
# the rectangle outside of which the shift is not applied, as in every implementation
_WEST, _SOUTH, _EAST, _NORTH = 72.004, 0.8293, 137.8347, 55.8271


class Datum(StrEnum):
    """What longitudes and latitudes may refer to."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def gcj02_from_wgs84(lons: Degrees, lats: Degrees) -> tuple[Degrees, Degrees]:
    """Return GCJ-02 longitudes and latitudes of WGS 84 ones, in degrees; places outside China stay."""
    x, y = lons - 105.0, lats - 35.0
    root = np.sqrt(np.abs(x))
    common = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north += (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east += (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    latitude = np.radians(lats)
    magic = 1.0 - _ECCENTRICITY_2 * np.sin(latitude) ** 2
    north = np.degrees(north / (_AXIS_M * (1.0 - _ECCENTRICITY_2) / (magic * np.sqrt(magic))))
    east = np.degrees(east / (_AXIS_M / np.sqrt(magic) * np.cos(latitude)))
    inside = (lons >= _WEST) & (lons <= _EAST) & (lats >= _SOUTH) & (lats <= _NORTH)
    return np.where(inside, lons + east, lons), np.where(inside, lats + north, lats)


def wgs84_from_gcj02(lons: Degrees, lats: Degrees) -> tuple[Degrees, Degrees]:
    """Return WGS 84 longitudes and latitudes of GCJ-02 ones, in degrees."""
    return _inverse(gcj02_from_wgs84, lons, lats)


def bd09_from_gcj02(lons: Degrees, lats: Degrees) -> tuple[Degrees, Degrees]:
    """Return BD-09 longitudes and latitudes of GCJ-02 ones, in degrees."""
    distance = np.hypot(lons, lats) + 0.00002 * np.sin(lats * _BAIDU)
    angle = np.arctan2(lats, lons) + 0.000003 * np.cos(lons * _BAIDU)
    return distance * np.cos(angle) + 0.0065, distance * np.sin(angle) + 0.006


def gcj02_from_bd09(lons: Degrees, lats: Degrees) -> tuple[Degrees, Degrees]:
    """Return GCJ-02 longitudes and latitudes of BD-09 ones, in degrees."""
    return _inverse(bd09_from_gcj02, lons, lats)


def to_wgs84(datum: Datum, lons: Degrees, lats: Degrees) -> tuple[Degrees, Degrees]:
    """Return WGS 84 longitudes and latitudes of a datum's, in degrees.

    CGCS2000 and WGS 84 differ by less than a decimetre, which is not regarded.
    """
    match datum:
        case Datum.WGS84 | Datum.CGCS2000:
            return lons, lats
        case Datum.GCJ02:
            return wgs84_from_gcj02(lons, lats)
        case Datum.BD09:
            return wgs84_from_gcj02(*gcj02_from_bd09(lons, lats))


def _inverse(forward: Move, lons: Degrees, lats: Degrees) -> tuple[Degrees, Degrees]:
    lon, lat = lons.astype(float), lats.astype(float)
    for _ in range(_ITERATIONS):
        there_lon, there_lat = forward(lon, lat)
        off_lon, off_lat = there_lon - lons, there_lat - lats
        lon, lat = lon - off_lon, lat - off_lat
        if max(np.abs(off_lon).max(initial=0.0), np.abs(off_lat).max(initial=0.0)) < _CLOSE_DEG:
            break
    return lon, lat
