"""Coordinates: degrees outside, metres inside the district's own zone; and by the same door the datums of China.

What a position may be stands in `spatial.positions`, the datums in `spatial.datums`, which of them a batch is in
in `spatial.datum_evidence`.
"""

from functools import lru_cache

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from spatial.datum_evidence import suspect_datum
from spatial.datums import Datum, convert
from spatial.positions import check_position, check_positions
from spatial.table import Geometries

__all__ = [
    "WGS84",
    "Datum",
    "check_position",
    "check_positions",
    "convert",
    "suspect_datum",
    "to_degrees",
    "to_metres",
]

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
