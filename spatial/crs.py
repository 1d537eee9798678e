"""Coordinates: degrees outside, metres inside the district's own zone."""

from functools import lru_cache

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from spatial.errors import BadPosition
from spatial.table import Geometries
from spatial.text import Text

WGS84 = 4326


@lru_cache(maxsize=32)
def _transformer(source: int, target: int) -> pyproj.Transformer:
    # always_xy: EPSG:4490 and the CGCS2000 zones are latitude (north) first by authority
    return pyproj.Transformer.from_crs(source, target, always_xy=True)


def _moved(geometry: Geometries, source: int, target: int) -> Geometries:
    transformer = _transformer(source, target)

    def move(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transformer.transform(coordinates[:, 0], coordinates[:, 1]))

    moved: Geometries = shapely.transform(geometry, move)
    return moved


def to_metres(geometry: Geometries, zone: int) -> Geometries:
    """Return geometries in a CGCS2000 3-degree zone: x east, y north, metres.

    `geometry` is WGS 84 longitude, latitude; `zone` an EPSG code without zone prefix, such as 4544. The difference
    of WGS 84 and CGCS2000 is below a decimetre and is not regarded.
    """
    return _moved(geometry, WGS84, zone)


def to_degrees(geometry: Geometries, zone: int) -> Geometries:
    """Return geometries of a CGCS2000 3-degree zone as WGS 84 longitude, latitude."""
    return _moved(geometry, zone, WGS84)


def check_position(lon: float, lat: float) -> tuple[float, float]:
    """Return a WGS 84 position as it was given; raises BadPosition for NaN, infinite or out-of-range values.

    A latitude beyond 90 whose longitude would be one is most likely swapped, and the error says so.
    """
    if not (np.isfinite(lon) and np.isfinite(lat)):
        raise BadPosition(
            Text("经度或纬度不是有限的数", "Longitude or latitude is not a finite number"),
            Text("请以度为单位给出经度和纬度", "Give longitude and latitude in degrees"),
            lon=str(lon),
            lat=str(lat),
        )
    if abs(lat) > 90 and abs(lon) <= 90:
        raise BadPosition(
            Text(f"纬度 {lat:g} 超出范围，经纬度可能写反了", f"Latitude {lat:g} is out of range; the two look swapped"),
            Text("经度在前，纬度在后", "Longitude comes first, then latitude"),
            lon=lon,
            lat=lat,
        )
    if abs(lon) > 180 or abs(lat) > 90:
        raise BadPosition(
            Text(f"位置 ({lon:g}, {lat:g}) 不在地球上", f"The position ({lon:g}, {lat:g}) is not on the globe"),
            Text(
                "经度范围 −180 至 180 度，纬度范围 −90 至 90 度",
                "Longitude runs from −180 to 180 degrees, latitude from −90 to 90",
            ),
            lon=lon,
            lat=lat,
        )
    return lon, lat
