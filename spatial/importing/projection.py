"""From the coordinates of a file to WGS 84 longitude, latitude: what they are, and whether they can be that.

Runs in the killable process.
"""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.datums import Datum, convert
from spatial.errors import BadParameter, BadPosition
from spatial.positions import Fault, faults
from spatial.table import Geometries
from spatial.text import Text

Coordinates = NDArray[np.float64]
_EPSG = re.compile(r"(?:epsg:)?(\d{4,6})", re.IGNORECASE)
_ALIASES = {"wgs84": 4326, "crs84": 4326, "ogc:crs84": 4326, "cgcs2000": 4490}
# the share of places that must look wrong before the file is, rather than a row
_MOST = 0.5
# CGCS2000 3-degree zones 25 to 45 with the zone's number in front of the easting: EPSG 4513 to 4533
_FIRST_ZONE, _LAST_ZONE, _FIRST_ZONE_EPSG = 25, 45, 4513


def parse(crs: str) -> Datum | int:
    """Return what a person said the coordinates are: a Chinese datum, or an EPSG code.

    Only these two forms are taken: pyproj would read a file or a pipeline from a longer text. Raises BadParameter.
    """
    said = crs.strip().lower()
    if said in (Datum.GCJ02, Datum.BD09):
        return Datum(said)
    if said in _ALIASES:
        return _ALIASES[said]
    matched = _EPSG.fullmatch(said)
    if matched is None:
        raise _unknown(crs)
    return int(matched.group(1))


def to_degrees(
    geometry: Geometries, declared: Any | None, said: str | None, swap_axes: bool
) -> tuple[Geometries, str, list[Text]]:
    """Return shapes in WGS 84 longitude, latitude, the name of what they were in, and notes.

    `declared`: what the file says, anything that pyproj reads, None where it says nothing. `said`: what the person
    says; it goes before the file's word. Raises BadPosition where the coordinates cannot be that: swapped axes, metres
    without a coordinate system, or places outside the area for which the system is made.
    """
    notes: list[Text] = []
    if swap_axes:
        geometry = _mapped(geometry, lambda at: at[:, ::-1])
    coordinates = _finite(geometry)
    target = parse(said) if said is not None else None
    if isinstance(target, Datum):
        _refuse_unlike_degrees(coordinates, declared=True)
        return _mapped(geometry, _from_datum(target)), target.value.upper(), notes
    import pyproj
    from pyproj.exceptions import CRSError

    if target is None and declared is None:
        _refuse_unlike_degrees(coordinates, declared=False)
        notes.append(
            Text(
                "文件未说明坐标系，按 WGS 84 经纬度处理；如有不同请用 --crs 指定",
                "The file names no coordinate system; taken as WGS 84 degrees. Say otherwise with --crs",
            )
        )
        return geometry, "EPSG:4326", notes
    try:
        system = pyproj.CRS.from_user_input(declared if target is None else target)
    except CRSError as error:
        raise _unknown(str(said or declared)[:80]) from error
    if target is not None and declared is not None and not _same(pyproj.CRS.from_user_input(declared), system):
        notes.append(
            Text(
                f"文件自带坐标系 {_name(pyproj.CRS.from_user_input(declared))}，按 --crs 取 {_name(system)}",
                f"The file says {_name(pyproj.CRS.from_user_input(declared))}; --crs makes it {_name(system)}",
            )
        )
    if system.is_geographic:
        _refuse_unlike_degrees(coordinates, declared=True)
    moved = geometry
    if system.to_epsg() not in (4326, 4490) and _name(system) != "OGC:CRS84":
        # always_xy: many systems of China are latitude or north first by authority, files are not
        transformer = pyproj.Transformer.from_crs(system, 4326, always_xy=True)
        moved = _mapped(geometry, lambda at: np.column_stack(transformer.transform(at[:, 0], at[:, 1])))
    _refuse_outside_use(_finite(moved), system)
    return moved, _name(system), notes


def _mapped(geometry: Geometries, move: Callable[[Coordinates], Coordinates]) -> Geometries:
    moved: Geometries = shapely.transform(geometry, move)
    return moved


def _finite(geometry: Geometries) -> Coordinates:
    coordinates = shapely.get_coordinates(geometry)
    finite: Coordinates = coordinates[np.isfinite(coordinates).all(axis=1)]
    return finite


def _from_datum(datum: Datum) -> Callable[[Coordinates], Coordinates]:
    def move(at: Coordinates) -> Coordinates:
        moved = at.copy()
        good = faults(at[:, 0], at[:, 1]) == Fault.NONE  # the others are their own rows' problem
        moved[good] = np.column_stack(convert(at[good, 0], at[good, 1], datum, Datum.WGS84))
        return moved

    return move


def _refuse_unlike_degrees(at: Coordinates, declared: bool) -> None:
    if not len(at):
        return
    x, y = at[:, 0], at[:, 1]
    swapped = (np.abs(y) > 90) & (np.abs(y) <= 180) & (np.abs(x) <= 90)
    if swapped.mean() > _MOST:
        where = at[np.flatnonzero(swapped)[0]]
        raise BadPosition(
            Text(
                f"坐标 ({where[0]:.4f}, {where[1]:.4f}) 的纬度超出 90 度：经纬度写反了",
                f"The place ({where[0]:.4f}, {where[1]:.4f}) has a latitude beyond 90: the axes are swapped",
            ),
            Text("经度应在前；加上 --swap-axes 再导入", "Longitude comes first; import it with --swap-axes"),
        )
    far = (np.abs(x) > 180) | (np.abs(y) > 90)
    if far.mean() > _MOST:
        where = at[np.flatnonzero(far)[0]]
        guess = _guess_zone(where[0], where[1])
        says = (
            Text("文件声明为经纬度", "The file says degrees")
            if declared
            else Text("文件未说明坐标系", "The file says nothing")
        )
        raise BadPosition(
            Text(
                f"坐标 ({where[0]:.1f}, {where[1]:.1f}) 不是度，像是以米为单位的投影坐标；{says.zh}",
                f"The place ({where[0]:.1f}, {where[1]:.1f}) is not in degrees but looks like metres. {says.en}",
            ),
            Text(
                f"请补上 .prj 文件，或用 --crs 指定坐标系，如 --crs EPSG:{guess}",
                f"Add the .prj file, or name the coordinate system, such as --crs EPSG:{guess}",
            ),
        )


def _guess_zone(x: float, y: float) -> int:
    """Return the EPSG code of a CGCS2000 zone that metres may be in; 4544 where they tell nothing."""
    for easting in (x, y):
        zone = int(easting // 1_000_000)
        if _FIRST_ZONE <= zone <= _LAST_ZONE:
            return _FIRST_ZONE_EPSG + zone - _FIRST_ZONE
    return 4544


def _refuse_outside_use(degrees: Coordinates, system: Any) -> None:
    use = system.area_of_use
    if use is None or not len(degrees) or use.west > use.east:
        return
    margin = 3.0
    lon, lat = degrees[:, 0], degrees[:, 1]
    inside = (
        (lon >= use.west - margin)
        & (lon <= use.east + margin)
        & (lat >= use.south - margin)
        & (lat <= use.north + margin)
    )
    if not inside.any():
        raise BadPosition(
            Text(
                f"按 {_name(system)} 换算得到 ({lon[0]:.3f}, {lat[0]:.3f})，在该坐标系的适用范围之外",
                f"Read as {_name(system)}, the data lies at ({lon[0]:.3f}, {lat[0]:.3f}), outside that system's area",
            ),
            Text("坐标系不对，请用 --crs 指定正确的", "The coordinate system is wrong; name the right one with --crs"),
        )


def _same(one: Any, other: Any) -> bool:
    return bool(one.equals(other, ignore_axis_order=True))


def _name(system: Any) -> str:
    authority = system.to_authority(min_confidence=70)
    return ":".join(authority) if authority else str(system.name)


def _unknown(crs: str) -> BadParameter:
    return BadParameter(
        Text(f"不认识坐标系“{crs}”", f"“{crs}” is not a coordinate system that is known"),
        Text("例如 EPSG:4490、EPSG:4544、gcj02、bd09", "Such as EPSG:4490, EPSG:4544, gcj02 or bd09"),
    )
