"""The geometry of a GeoPackage: a header with the bounding box, then WKB (OGC 12-128r19, 2.1.3).

"GP" · version 0 · flags · srs_id (int32) · min x, max x, min y, max y (doubles; not for points and empty shapes) · WKB
"""

import math
import sqlite3
import struct
from collections.abc import Callable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.errors import StoreDamaged
from spatial.table import Geometries
from spatial.text import Text

SRS_ID = 4326

_LITTLE_ENDIAN = 1
_WITH_BOX = 1 << 1
_EMPTY = 1 << 4
_PLAIN_BYTES = 8
_BOX_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_HEADER = np.dtype(
    [("magic", "S2"), ("version", "u1"), ("flags", "u1"), ("srs_id", "<i4"), ("box", "<f8", (4,))], align=False
)
_POINT_BLOB = np.dtype(
    [
        ("magic", "S2"),
        ("version", "u1"),
        ("flags", "u1"),
        ("srs_id", "<i4"),
        ("order", "u1"),
        ("kind", "<u4"),
        ("x", "<f8"),
        ("y", "<f8"),
    ],
    align=False,
)
_Edges = tuple[float, float, float, float]
_POINT, _LINE_STRING, _POLYGON = 1, 2, 3
_PARTS = {4: _POINT, 5: _LINE_STRING, 6: _POLYGON}
_COUNT = struct.Struct("<I")
_PART_HEADER = 9
_POINT_BYTES = 16
_SMALL_BYTES = 32_000


def encode(geometry: Geometries) -> list[bytes | None]:
    """Return geometries (shape (n,), WGS 84, two-dimensional, finite) as blobs, None where there is none."""
    wkb = shapely.to_wkb(geometry, byte_order=1, output_dimension=2)
    bounds = shapely.bounds(geometry)
    empty = np.isnan(bounds[:, 0])
    boxed = ~empty & (shapely.get_type_id(geometry) != shapely.GeometryType.POINT)
    headers = np.zeros(len(geometry), dtype=_HEADER)
    headers["magic"] = b"GP"
    headers["flags"] = _LITTLE_ENDIAN + _WITH_BOX * boxed + _EMPTY * empty
    headers["srs_id"] = SRS_ID
    headers["box"] = bounds[:, [0, 2, 1, 3]]
    written, size = headers.tobytes(), _HEADER.itemsize
    return [
        None if shape is None else written[start : start + (size if with_box else _PLAIN_BYTES)] + shape
        for shape, with_box, start in zip(wkb, boxed.tolist(), range(0, len(written), size), strict=True)
    ]


def decode(blobs: Sequence[bytes | None]) -> Geometries:
    """Return blobs as geometries, None where there is none; raises StoreDamaged for a blob that is none."""
    points = _decode_points(blobs)
    if points is not None:
        return points
    wkb = np.empty(len(blobs), dtype=object)
    wkb[:] = [None if blob is None else _body(blob) for blob in blobs]
    try:
        found: Geometries = shapely.from_wkb(wkb)
    except shapely.errors.GEOSException as broken:
        raise _damaged(str(broken)) from broken
    return found


def places_of_hex(blobs: Sequence[str]) -> NDArray[np.float64]:
    """Return longitudes and latitudes of points, shape (n, 2): each a blob in hexadecimal, empty for no place."""
    if set(map(len, blobs)) <= {2 * _POINT_BLOB.itemsize}:
        plain = _plain_places(bytes.fromhex("".join(blobs)))
        if plain is not None:
            return plain
    points = decode([bytes.fromhex(blob) if blob else None for blob in blobs])
    return np.stack((shapely.get_x(points), shapely.get_y(points)), axis=1)


def _decode_points(blobs: Sequence[bytes | None]) -> Geometries | None:
    """Return blobs as points where every one is a plain point as we write it, else None."""
    sound = [blob for blob in blobs if blob is not None and len(blob) == _POINT_BLOB.itemsize]
    if not sound or len(sound) < len(blobs):
        return None
    plain = _plain_places(b"".join(sound))
    if plain is None:
        return None
    found: Geometries = shapely.points(plain)
    return found


def _plain_places(blobs: bytes) -> NDArray[np.float64] | None:
    """Return the places of blobs that follow each other where every one is a plain point as we write it, else None."""
    read = np.frombuffer(blobs, dtype=_POINT_BLOB)
    plain = (read["magic"] == b"GP") & (read["flags"] == _LITTLE_ENDIAN)
    plain &= (read["order"] == 1) & (read["kind"] == _POINT) & np.isfinite(read["x"]) & np.isfinite(read["y"])
    return np.stack((read["x"], read["y"]), axis=1) if plain.all() else None


def _body(blob: bytes) -> bytes:
    if blob[:2] != b"GP" or len(blob) < _PLAIN_BYTES + 5:
        raise _damaged("no GP header")
    size = _BOX_BYTES.get(blob[3] >> 1 & 7)
    body = b"" if size is None else blob[_PLAIN_BYTES + size :]
    # a shape nested thousands of levels deep would crash its reader; we never write one, and a small one is harmless
    if len(body) < 5 or (len(body) > _SMALL_BYTES and not is_flat(body)):
        raise _damaged("no plain WKB")
    return body


def is_flat(wkb: bytes) -> bool:
    """Return whether little-endian WKB is one of the six plain types, its parts of the one type that belongs there.

    It walks over the parts without reading coordinates, so no depth and no claimed number of points can harm it.
    """
    try:
        (kind,) = _COUNT.unpack_from(wkb, 1)
        inner = _PARTS.get(kind)
        if inner is None:
            return wkb[0] == 1 and _end_of_part(wkb, 0, kind) == len(wkb)
        place = _PART_HEADER
        for _ in range(_COUNT.unpack_from(wkb, 5)[0]):
            if wkb[place] != 1 or _COUNT.unpack_from(wkb, place + 1)[0] != inner:
                return False
            place = _end_of_part(wkb, place, inner)
        return wkb[0] == 1 and place == len(wkb)
    except (struct.error, IndexError, ValueError):
        return False


def _end_of_part(wkb: bytes, place: int, kind: int) -> int:
    if kind == _POINT:
        return place + 5 + _POINT_BYTES
    if kind not in (_LINE_STRING, _POLYGON):
        raise ValueError(kind)
    number: int = _COUNT.unpack_from(wkb, place + 5)[0]
    place += _PART_HEADER
    if kind == _LINE_STRING:
        return place + number * _POINT_BYTES
    for _ in range(number):
        place += 4 + _COUNT.unpack_from(wkb, place)[0] * _POINT_BYTES
    return place


def _damaged(why: str) -> StoreDamaged:
    return StoreDamaged(
        Text(f"存储中有无法读取的几何（{why}）", f"The store holds a geometry that cannot be read ({why})"),
        Text("请恢复备份：gridscape restore", "Restore a backup: gridscape restore"),
    )


def bounds(blobs: Sequence[bytes | None]) -> NDArray[np.float64]:
    """Return west, south, east, north of blobs from their headers, shape (n, 4), NaN where nothing has a place."""
    boxes = [box(blob) for blob in blobs]
    edges = np.array([(math.nan,) * 4 if edge is None else edge for edge in boxes], dtype=float).reshape(-1, 4)
    return edges[:, [0, 2, 1, 3]]


def box(blob: bytes | None) -> _Edges | None:
    """Return min x, max x, min y, max y of one blob, None where it is NULL, empty, NaN or no geometry at all."""
    if blob is None or blob[:2] != b"GP" or len(blob) < _PLAIN_BYTES + 5 or blob[3] & _EMPTY:
        return None
    size = _BOX_BYTES.get(blob[3] >> 1 & 7)
    if size is None:
        return None
    order = "<" if blob[3] & _LITTLE_ENDIAN else ">"
    if size and len(blob) >= _PLAIN_BYTES + 32:
        edges: _Edges = struct.unpack_from(f"{order}4d", blob, _PLAIN_BYTES)
    else:
        body = blob[_PLAIN_BYTES + size :]
        order = "<" if body[:1] == b"\x01" else ">"
        if len(body) >= 21 and struct.unpack_from(f"{order}I", body, 1)[0] % 1000 == _POINT:
            x, y = struct.unpack_from(f"{order}2d", body, 5)
            edges = (x, x, y, y)
        else:
            # written by another program without a box
            try:
                west, south, east, north = shapely.bounds(decode([blob])[0]).tolist()
            except StoreDamaged:
                return None
            edges = (west, east, south, north)
    return edges if all(map(math.isfinite, edges)) else None


def register(connection: sqlite3.Connection) -> None:
    """Teach a connection the functions that the R-tree triggers call; without them no row can be written.

    A shape with NaN counts as empty: SQLite binds NaN as NULL, and the R-tree would file it at (0, 0).
    """

    # a trigger asks five times in a row about the same shape
    latest: tuple[bytes | None, _Edges | None] = (None, None)

    def known(blob: bytes | None) -> _Edges | None:
        nonlocal latest
        if blob != latest[0]:
            latest = (blob, box(blob))
        return latest[1]

    def is_empty(blob: bytes | None) -> int | None:
        return None if blob is None else int(known(blob) is None)

    def edge(position: int) -> Callable[[bytes | None], float | None]:
        def of_blob(blob: bytes | None) -> float | None:
            edges = known(blob)
            return None if edges is None else edges[position]

        return of_blob

    connection.create_function("ST_IsEmpty", 1, is_empty, deterministic=True)
    for position, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
        connection.create_function(name, 1, edge(position), deterministic=True)
    connection.create_function("gridscape_meets", 5, meets, deterministic=True)


def meets(blob: bytes | None, west: float, south: float, east: float, north: float) -> int:
    """Return 1 where a blob's bounding box meets a box, 0 where it does not: exact, as the R-tree's floats are not."""
    edges = box(blob)
    if edges is None:
        return 0
    min_x, max_x, min_y, max_y = edges
    return int(max_x >= west and min_x <= east and max_y >= south and min_y <= north)
