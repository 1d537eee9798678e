"""The datums of maps in China: GCJ-02 (phones, AMap, Tencent) and BD-09 (Baidu), to and from WGS 84 and CGCS2000.

Neither has a published definition; the formulas are those that everybody uses, with the Krasovsky ellipsoid of
GCJ-02. The one-step inverse is half a metre off, so inverses are iterated to below a hundredth of a millimetre.

**The border of the shift.** As in every implementation, positions are shifted inside one rectangle (CHINA) and stay
outside of it. The rectangle is one of WGS 84 positions, and the shift jumps at its border, so that near it (by at most
2.5 km) three things hold:
- A WGS 84 position of the rectangle, its border included, is shifted, and comes back from where it was shifted to.
- A GCJ-02 or BD-09 position outside the rectangle to which one inside was shifted is taken for that one.
- A GCJ-02 or BD-09 position inside the rectangle to which none was shifted stays as it is.
No district lies there: the rectangle runs through deserts, mountains and seas beyond the border of China.
"""

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spatial.errors import BadParameter
from spatial.positions import check_positions
from spatial.text import Text

Degrees = NDArray[np.float64]
Move = Callable[[Degrees, Degrees], tuple[Degrees, Degrees]]

CHINA = (72.004, 0.8293, 137.8347, 55.8271)
"""West, south, east, north of the rectangle of WGS 84 positions that are shifted."""

_AXIS_M = 6378245.0
_ECCENTRICITY_2 = 0.00669342162296594323
_BAIDU = np.pi * 3000.0 / 180.0
# each step is at least 150 times closer than the one before. The number is fixed, so that a position comes out the
# same whatever stands beside it in the batch
_ITERATIONS = 7
# no shift is larger
_REACH_DEG = 0.1
# how far an inverse may miss the border and still be on it
_CLOSE_DEG = 1e-9


class Datum(StrEnum):
    """What longitudes and latitudes may refer to."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"

    @classmethod
    def of(cls, said: str) -> "Datum":
        """Return the datum of a name, whatever its case; raises BadParameter for one that is not known."""
        try:
            return cls(said.strip().lower().replace("-", ""))
        except ValueError:
            raise BadParameter(
                Text(f"不认识坐标系“{said}”", f"“{said}” is not a datum that is known"),
                Text(f"可用：{', '.join(cls)}", f"Use one of {', '.join(cls)}"),
            ) from None


def convert(lons: ArrayLike, lats: ArrayLike, source: Datum, target: Datum) -> tuple[Degrees, Degrees]:
    """Return longitudes and latitudes of one datum in another, all in degrees, shape as given.

    There and back again is within a hundredth of a millimetre. Positions outside CHINA stay as they are; see above for
    its border. CGCS2000 and WGS 84 differ by less than a decimetre, which is not regarded. Raises BadPosition, with
    the row, for NaN, infinite, swapped and out-of-range values.
    """
    x, y = check_positions(lons, lats)
    if _SHIFTS[source] is _SHIFTS[target]:
        return x.copy(), y.copy()
    return _shifted(_SHIFTS[target], *_unshifted(_SHIFTS[source], x, y))


def gcj02_from_wgs84(lons: ArrayLike, lats: ArrayLike) -> tuple[Degrees, Degrees]:
    """Return GCJ-02 longitudes and latitudes of WGS 84 ones, in degrees; places outside CHINA stay."""
    return convert(lons, lats, Datum.WGS84, Datum.GCJ02)


def _to_gcj02(lons: Degrees, lats: Degrees) -> tuple[Degrees, Degrees]:
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
    return lons + east, lats + north


def _to_bd09(lons: Degrees, lats: Degrees) -> tuple[Degrees, Degrees]:
    lons, lats = _to_gcj02(lons, lats)
    distance = np.hypot(lons, lats) + 0.00002 * np.sin(lats * _BAIDU)
    angle = np.arctan2(lats, lons) + 0.000003 * np.cos(lons * _BAIDU)
    return distance * np.cos(angle) + 0.0065, distance * np.sin(angle) + 0.006


_SHIFTS: dict[Datum, Move | None] = {
    Datum.WGS84: None,
    Datum.CGCS2000: None,
    Datum.GCJ02: _to_gcj02,
    Datum.BD09: _to_bd09,
}
"""How each datum moves a WGS 84 position of CHINA; None where it does not."""


def _within(lons: Degrees, lats: Degrees, margin: float) -> NDArray[np.bool_]:
    west, south, east, north = CHINA
    across = (lons >= west - margin) & (lons <= east + margin)
    return across & (lats >= south - margin) & (lats <= north + margin)


def _shifted(shift: Move | None, lons: Degrees, lats: Degrees) -> tuple[Degrees, Degrees]:
    if shift is None:
        return lons, lats
    x, y = lons.copy(), lats.copy()
    inside = _within(lons, lats, 0.0)
    x[inside], y[inside] = shift(lons[inside], lats[inside])
    return x, y


def _unshifted(shift: Move | None, lons: Degrees, lats: Degrees) -> tuple[Degrees, Degrees]:
    if shift is None:
        return lons, lats
    # far from the rectangle nothing was shifted, and the formulas have no meaning
    near = _within(lons, lats, _REACH_DEG)
    wanted_x, wanted_y = lons[near], lats[near]
    found_x, found_y = wanted_x.copy(), wanted_y.copy()
    for _ in range(_ITERATIONS):
        there_x, there_y = shift(found_x, found_y)
        found_x, found_y = found_x - (there_x - wanted_x), found_y - (there_y - wanted_y)
    inside = _within(found_x, found_y, _CLOSE_DEG)
    west, south, east, north = CHINA
    x, y = lons.copy(), lats.copy()
    # held to the rectangle, so that what lies on its border is shifted again by the way back
    x[near] = np.where(inside, np.clip(found_x, west, east), wanted_x)
    y[near] = np.where(inside, np.clip(found_y, south, north), wanted_y)
    return x, y
