"""From the columns or shapes of a batch to WGS 84 degrees, and why a row has no place."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.datums import Datum, convert
from spatial.errors import BadParameter
from spatial.importing.projection import parse
from spatial.positions import Fault, faults, said
from spatial.table import Geometries
from spatial.text import Text

if TYPE_CHECKING:
    import pyarrow

Degrees = NDArray[np.float64]
_POINT_BYTES = 21
# what a shape's WKB may be by its first bytes; a collection of collections can be nested until a reader crashes
_PLAIN_SHAPES = range(1, 7)
_POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])
_DECIMAL = r"^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$"
_UNDERSCORE = re.compile("_")
_SHOWN = 60


@dataclass(slots=True)
class Places:
    """Where the rows of a batch are, shapes (n,).

    `x`, `y`: as the file has them; `lons`, `lats`: in WGS 84 degrees, NaN where there is no place; `reasons`: why not,
    by position in the batch.
    """

    x: Degrees
    y: Degrees
    lons: Degrees = field(default_factory=lambda: np.empty(0))
    lats: Degrees = field(default_factory=lambda: np.empty(0))
    reasons: dict[int, Text] = field(default_factory=dict)

    def good(self) -> NDArray[np.bool_]:
        """Return whether each row has a place."""
        good = np.ones(len(self.x), dtype=bool)
        good[list(self.reasons)] = False
        return good


class Reference:
    """What the coordinates of a file are: a datum, or another system that pyproj knows."""

    def __init__(self, said_to_be: str | None, declared: Any | None) -> None:
        """Take what a person said before what the file declares; WGS 84 where neither says anything.

        Raises BadParameter for a system that is not known.
        """
        wanted = parse(said_to_be) if said_to_be is not None else None
        self.datum: Datum | None = None
        self.name = ""
        self._transformer: Any = None
        self._degrees = True
        if isinstance(wanted, Datum):
            self._take(wanted)
            return
        if wanted is None and declared is None:
            self._take(Datum.WGS84)
            return
        import pyproj
        from pyproj.exceptions import CRSError

        try:
            system = pyproj.CRS.from_user_input(declared if wanted is None else wanted)
        except CRSError as error:
            shown = str(said_to_be or declared)[:80]
            raise BadParameter(
                Text(f"不认识坐标系“{shown}”", f"“{shown}” is no coordinate system that is known"),
                Text("例如 EPSG:4490、gcj02、bd09", "Such as EPSG:4490, gcj02 or bd09"),
            ) from error
        known = {4326: Datum.WGS84, 4490: Datum.CGCS2000}.get(system.to_epsg() or 0)
        if known is not None or system.equals("OGC:CRS84", ignore_axis_order=True):
            self._take(known or Datum.WGS84)
            return
        self._degrees = bool(system.is_geographic)
        self.name = ":".join(system.to_authority() or (str(system.name),))
        # always_xy: many systems of China are north first by authority, files are not
        self._transformer = pyproj.Transformer.from_crs(system, 4326, always_xy=True)

    def _take(self, datum: Datum) -> None:
        self.datum, self.name = datum, datum.value

    @property
    def stays(self) -> bool:
        """Whether the coordinates are as good as WGS 84 already."""
        return self.datum in (Datum.WGS84, Datum.CGCS2000)

    def place(self, places: Places) -> None:
        """Work out the WGS 84 degrees of places, and why some have none."""
        x, y = places.x, places.y
        found = faults(x, y) if self._degrees else np.where(np.isfinite(x) & np.isfinite(y), 0, Fault.NOT_FINITE)
        for at in np.flatnonzero(found):
            places.reasons.setdefault(int(at), said(Fault(int(found[at])), float(x[at]), float(y[at])))
        good = places.good()
        places.lons, places.lats = np.full(len(x), np.nan), np.full(len(x), np.nan)
        moved = self.moved(x[good], y[good])
        places.lons[good], places.lats[good] = moved
        for at in np.flatnonzero(good)[faults(*moved) != Fault.NONE]:
            places.lons[at] = places.lats[at] = np.nan
            places.reasons[int(at)] = Text(
                f"({x[at]:g}, {y[at]:g}) 不在 {self.name} 的范围内",
                f"({x[at]:g}, {y[at]:g}) is no place of {self.name}",
            )

    def moved(self, x: Degrees, y: Degrees) -> tuple[Degrees, Degrees]:
        """Return coordinates that can be meant in WGS 84 degrees; what cannot be transformed is infinite."""
        if self.datum is not None:
            return (x, y) if self.stays else convert(x, y, self.datum, Datum.WGS84)
        lons, lats = self._transformer.transform(x, y)
        return np.asarray(lons), np.asarray(lats)

    def moved_shapes(self, shapes: Geometries) -> Geometries:
        """Return shapes in WGS 84 degrees."""
        if self.stays:
            return shapes

        def move(at: Degrees) -> Degrees:
            moved = np.column_stack([at[:, 0], at[:, 1]])
            good = np.flatnonzero(faults(at[:, 0], at[:, 1]) == 0) if self._degrees else np.arange(len(at))
            moved[good] = np.column_stack(self.moved(at[good, 0], at[good, 1]))
            return moved

        moved: Geometries = shapely.transform(shapes, move)
        return moved


def of_columns(x: "pyarrow.Array", y: "pyarrow.Array") -> Places:
    """Return the places of two columns, of numbers or of text."""
    reasons: dict[int, Text] = {}
    found = Places(_numbers(x, reasons), _numbers(y, reasons))
    found.reasons = reasons
    return found


def _numbers(column: "pyarrow.Array", reasons: dict[int, Text]) -> Degrees:
    import pyarrow
    from pyarrow import compute

    missing = Text("没有经度或纬度", "It has no longitude or no latitude")
    kind = column.type
    if pyarrow.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pyarrow.types.is_null(kind):
        reasons.update(dict.fromkeys(range(len(column)), missing))
        return np.full(len(column), np.nan)
    if not (pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind)):
        if not (pyarrow.types.is_integer(kind) or pyarrow.types.is_floating(kind) or pyarrow.types.is_decimal(kind)):
            raise BadParameter(
                Text(f"经纬度列的类型是 {kind}，不是数", f"A column of longitude or latitude holds {kind}"),
                Text("请用 --lon 和 --lat 指定正确的列", "Name the right ones with --lon and --lat"),
            )
        reasons.update(dict.fromkeys(np.flatnonzero(column.is_null().to_numpy(zero_copy_only=False)).tolist(), missing))
        filled: Degrees = column.cast(pyarrow.float64(), safe=False).to_numpy(zero_copy_only=False).astype(np.float64)
        return filled
    text = compute.utf8_trim_whitespace(column)
    plain = compute.match_substring_regex(text, _DECIMAL).fill_null(False)
    numbers = compute.if_else(plain, text, pyarrow.scalar(None, kind)).cast(pyarrow.float64())
    values: Degrees = numbers.to_numpy(zero_copy_only=False).astype(np.float64)
    for at in np.flatnonzero(~plain.to_numpy(zero_copy_only=False)).tolist():
        written = text[at].as_py()
        if not written:
            reasons.setdefault(at, missing)
            continue
        try:
            # float() takes more than the pattern, such as a plus, full-width digits and nan; but not every word
            values[at] = float("" if _UNDERSCORE.search(written) else written)
        except ValueError:
            shown = written[:_SHOWN]
            reasons.setdefault(at, Text(f"“{shown}”不是数字", f"“{shown}” is not a number"))
    return values


def of_shapes(column: "pyarrow.Array") -> tuple[Places, Geometries | None]:
    """Return the places of a column of WKB, and its shapes where they are not all plain points.

    A line or polygon is where its point-on-surface lies.
    """
    import pyarrow

    binary = column.cast(pyarrow.binary())
    points = plain_points(binary)
    if points is not None:
        return Places(points["x"].astype(np.float64), points["y"].astype(np.float64)), None
    raw = np.empty(len(binary), dtype=object)
    raw[:] = binary.to_pylist()
    found = Places(np.full(len(raw), np.nan), np.full(len(raw), np.nan))
    for at, shape in enumerate(raw):
        if shape is None or len(shape) < 5:
            found.reasons[at] = Text("没有图形", "It has no shape")
            raw[at] = None
        elif _kind(shape) not in _PLAIN_SHAPES:
            found.reasons[at] = Text("不是点、线或面", "It is not a point, line or polygon")
            raw[at] = None
    shapes = shapely.from_wkb(raw, on_invalid="ignore")
    coordinates, of = shapely.get_coordinates(shapes, return_index=True)
    infinite = np.zeros(len(shapes), dtype=bool)
    infinite[of[~np.isfinite(coordinates).all(axis=1)]] = True
    for at in np.flatnonzero(shapely.is_missing(shapes) | shapely.is_empty(shapes) | infinite).tolist():
        if shapes[at] is None:
            found.reasons.setdefault(at, Text("图形无法读取", "The shape cannot be read"))
        elif infinite[at]:
            found.reasons.setdefault(at, Text("坐标不是有限的数", "Its coordinates are not finite numbers"))
        else:
            found.reasons.setdefault(at, Text("图形是空的", "Its shape is empty"))
    good = found.good()
    inner = shapely.point_on_surface(shapes[good])
    found.x[good], found.y[good] = shapely.get_x(inner), shapely.get_y(inner)
    return found, shapes


def _kind(shape: bytes) -> int:
    order: Literal["little", "big"] = "little" if shape[:1] == b"\x01" else "big"
    return (int.from_bytes(shape[1:5], order) & 0x1FFFFFFF) % 1000


def plain_points(binary: "pyarrow.Array") -> Any | None:
    """Return a structured array over WKB that holds nothing but little-endian points in two dimensions, else None."""
    if binary.null_count or not len(binary):
        return None
    _, offsets, data = binary.buffers()
    starts = np.frombuffer(offsets, dtype=np.int32)[binary.offset : binary.offset + len(binary) + 1]
    if data is None or (np.diff(starts) != _POINT_BYTES).any():
        return None
    points = np.frombuffer(data, dtype=_POINT, count=len(binary), offset=int(starts[0]))
    if (points["order"] != 1).any() or (points["kind"] != 1).any() or np.isnan(points["x"]).any():
        return None  # an empty point is written as NaN
    return points


def point_column(lons: Degrees, lats: Degrees) -> "pyarrow.Array":
    """Return positions as a column of WKB points."""
    import pyarrow

    points = np.empty(len(lons), dtype=_POINT)
    points["order"], points["kind"], points["x"], points["y"] = 1, 1, lons, lats
    offsets = np.arange(len(lons) + 1, dtype=np.int32) * _POINT_BYTES
    buffers = [None, pyarrow.py_buffer(offsets), pyarrow.py_buffer(points.tobytes())]
    return pyarrow.Array.from_buffers(pyarrow.binary(), len(lons), buffers)
