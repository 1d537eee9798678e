"""What may be wrong with a shape, over all rows at once, and the place where it is wrong.

Runs in the killable process.
"""

import re
from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.errors import BadGeometry, LimitExceeded
from spatial.importing.source import Limits, Problem, ProblemKind
from spatial.schema import GeometryType
from spatial.table import Geometries
from spatial.text import Text

Flags = NDArray[np.bool_]
_PLACED_REASON = re.compile(r"(.*?)\s*\[(\S+) (\S+)\]")

# GEOS's type numbers
_POINT, _LINE, _RING, _POLYGON, _MULTI_POINT, _MULTI_LINE, _MULTI_POLYGON, _COLLECTION = range(8)
_ALLOWED: dict[GeometryType, tuple[int, ...]] = {
    GeometryType.POINT: (_POINT, _MULTI_POINT),
    GeometryType.LINE_STRING: (_LINE, _RING, _MULTI_LINE),
    GeometryType.MULTI_POLYGON: (_POLYGON, _MULTI_POLYGON),
    GeometryType.ANY: (_POINT, _LINE, _RING, _POLYGON, _MULTI_POINT, _MULTI_LINE, _MULTI_POLYGON),
}
_TYPE_WORDS: dict[int, Text] = {
    -1: Text("空", "nothing"),
    _POINT: Text("点", "points"),
    _LINE: Text("线", "lines"),
    _RING: Text("线", "lines"),
    _POLYGON: Text("面", "polygons"),
    _MULTI_POINT: Text("多点", "multi-points"),
    _MULTI_LINE: Text("多线", "multi-lines"),
    _MULTI_POLYGON: Text("多面", "multi-polygons"),
    _COLLECTION: Text("几何集合", "collections of shapes"),
}
_WANTED_WORDS: dict[GeometryType, Text] = {
    GeometryType.POINT: Text("点", "points"),
    GeometryType.LINE_STRING: Text("线", "lines"),
    GeometryType.MULTI_POLYGON: Text("面", "polygons"),
    GeometryType.ANY: Text("点、线或面", "points, lines or polygons"),
}
_INVALID_WORDS: dict[str, str] = {
    "Self-intersection": "图形自相交",
    "Ring Self-intersection": "环自相交",
    "Too few points in geometry component": "环上的点太少",
    "Hole lies outside shell": "洞在外环之外",
    "Holes are nested": "洞套着洞",
    "Nested holes": "洞套着洞",
    "Nested shells": "外环套着外环",
    "Interior is disconnected": "内部被切断",
    "Duplicate Rings": "环重复",
    "Ring is not closed": "环未闭合",
}


def unreadable(binary: NDArray[np.object_], parsed: Geometries, rows: NDArray[np.int64]) -> list[Problem]:
    """Return a problem for each row whose WKB is missing or could not be built, with GEOS's word for it."""
    problems = []
    for index in np.flatnonzero(shapely.is_missing(parsed)):
        if binary[index] is None:
            problems.append(Problem(int(rows[index]), ProblemKind.NO_SHAPE, Text("没有图形", "The row has no shape")))
            continue
        try:
            shapely.from_wkb(binary[index])
            said = "unknown"
        except shapely.errors.GEOSException as error:
            said = str(error).split(": ", 1)[-1].strip()
        reason = Text(f"图形无法构建：{said}", f"The shape cannot be built: {said}")
        problems.append(Problem(int(rows[index]), ProblemKind.UNREADABLE, reason))
    return problems


def check_size(geometry: Geometries, limits: Limits) -> None:
    """Raise LimitExceeded where all shapes together have more vertices than the limits allow."""
    count = int(shapely.get_num_coordinates(geometry).sum())
    if count > limits.vertices:
        raise LimitExceeded(
            Text(f"文件共有 {count:,} 个顶点，过多", f"The file has {count:,} vertices, too many"),
            Text(
                f"上限 {limits.vertices:,}；请分成几个文件", f"At most {limits.vertices:,}; split it into several files"
            ),
        )


def check_types(geometry: Geometries, wanted: GeometryType) -> None:
    """Raise BadGeometry where no shape of the file is of the type that the collection holds."""
    kinds = shapely.get_type_id(geometry)
    kinds = kinds[kinds >= 0]
    if len(kinds) and not np.isin(kinds, _ALLOWED[wanted]).any():
        held = _TYPE_WORDS[int(np.bincount(kinds).argmax())]
        needed = _WANTED_WORDS[wanted]
        raise BadGeometry(
            Text(f"文件中是{held.zh}，这里需要{needed.zh}", f"The file holds {held.en}; {needed.en} are needed here"),
            Text("请检查 --as 或换一个图层（--layer）", "Check --as, or take another layer with --layer"),
        )


def problems_before_moving(
    geometry: Geometries, rows: NDArray[np.int64], wanted: GeometryType, limits: Limits
) -> list[Problem]:
    """Return what is wrong with shapes in the file's own coordinates: empty, not finite, too large, of another type."""
    count = shapely.get_num_coordinates(geometry)
    found = _Found(rows, shapely.is_missing(geometry))
    found.add(
        shapely.is_empty(geometry) & ~shapely.is_missing(geometry),
        ProblemKind.NO_SHAPE,
        lambda _: Text("图形是空的", "The shape is empty"),
    )
    kinds = shapely.get_type_id(geometry)
    found.add(
        ~np.isin(kinds, _ALLOWED[wanted]),
        ProblemKind.WRONG_TYPE,
        lambda at: Text(
            f"是{_TYPE_WORDS[int(kinds[at])].zh}，需要{_WANTED_WORDS[wanted].zh}",
            f"It is {_TYPE_WORDS[int(kinds[at])].en}, but {_WANTED_WORDS[wanted].en} are needed",
        ),
    )
    found.add(
        count > limits.vertices_each,
        ProblemKind.TOO_LARGE,
        lambda at: Text(
            f"有 {int(count[at]):,} 个顶点，上限 {limits.vertices_each:,}",
            f"It has {int(count[at]):,} vertices; at most {limits.vertices_each:,} are allowed",
        ),
    )
    found.add(
        _not_finite(geometry),
        ProblemKind.NOT_FINITE,
        lambda _: Text("坐标中有 NaN 或无穷大", "A coordinate is NaN or infinite"),
    )
    return found.problems


def problems_in_degrees(geometry: Geometries, rows: NDArray[np.int64]) -> list[Problem]:
    """Return what is wrong with shapes in WGS 84: off the globe, self-crossing, without length."""
    found = _Found(rows, shapely.is_missing(geometry))
    found.add(
        _not_finite(geometry),
        ProblemKind.OUT_OF_RANGE,
        lambda _: Text("坐标无法换算为经纬度", "Its coordinates cannot be turned into degrees"),
    )
    bounds = shapely.bounds(geometry)
    with np.errstate(invalid="ignore"):
        beyond = (bounds[:, 0] < -180) | (bounds[:, 2] > 180) | (bounds[:, 1] < -90) | (bounds[:, 3] > 90)
    found.add(
        beyond,
        ProblemKind.OUT_OF_RANGE,
        lambda at: Text(
            f"位置 ({bounds[at, 0]:g}, {bounds[at, 1]:g}) 超出经纬度范围",
            f"The place ({bounds[at, 0]:g}, {bounds[at, 1]:g}) is not on the globe",
        ),
    )
    kinds = shapely.get_type_id(geometry)
    found.add(
        np.isin(kinds, (_LINE, _RING, _MULTI_LINE)) & (shapely.length(geometry) == 0),
        ProblemKind.INVALID,
        lambda _: Text("线的长度为零", "The line has no length"),
    )
    found.add_placed(~shapely.is_valid(geometry), geometry)
    return found.problems


class _Found:
    """Problems of rows, at most one each: the first that was found is the one to mend first."""

    def __init__(self, rows: NDArray[np.int64], done: Flags) -> None:
        self._rows = rows
        self._done = done.copy()
        self.problems: list[Problem] = []

    def add(self, wrong: Flags, kind: ProblemKind, say: Callable[[int], Text]) -> None:
        for at in np.flatnonzero(wrong & ~self._done):
            self.problems.append(Problem(int(self._rows[at]), kind, say(int(at))))
        self._done |= wrong

    def add_placed(self, wrong: Flags, geometry: Geometries) -> None:
        for at in np.flatnonzero(wrong & ~self._done):
            reason, place = invalid_reason(geometry[at])
            self.problems.append(Problem(int(self._rows[at]), ProblemKind.INVALID, reason, place))
        self._done |= wrong


def invalid_reason(shape: shapely.Geometry) -> tuple[Text, tuple[float, float] | None]:
    """Return why a shape is invalid, and where, in the shape's own coordinates."""
    said = str(shapely.is_valid_reason(shape))
    matched = _PLACED_REASON.fullmatch(said)
    if matched is None:
        return Text(_INVALID_WORDS.get(said, said), said), None
    what, x, y = matched.group(1), float(matched.group(2)), float(matched.group(3))
    chinese = _INVALID_WORDS.get(what, what)
    return Text(f"{chinese}，位置 ({x:.7f}, {y:.7f})", f"{what} at ({x:.7f}, {y:.7f})"), (x, y)


def _not_finite(geometry: Geometries) -> Flags:
    coordinates, index = shapely.get_coordinates(geometry, return_index=True)
    wrong = np.zeros(len(geometry), dtype=bool)
    wrong[index[~np.isfinite(coordinates).all(axis=1)]] = True
    return wrong


def as_wanted(geometry: Geometries, rows: NDArray[np.int64], wanted: GeometryType) -> tuple[Geometries, list[Problem]]:
    """Return shapes as the collection stores them: polygons as multi-polygons, single parts out of their multi.

    A multi-point of several points is a problem; a multi-line is joined where its parts meet, and stays a multi-line
    where they do not (its parts become rows of their own later).
    """
    kinds = shapely.get_type_id(geometry)
    made = geometry.copy()
    problems: list[Problem] = []
    match wanted:
        case GeometryType.MULTI_POLYGON:
            for at in np.flatnonzero(kinds == _POLYGON):
                made[at] = shapely.MultiPolygon([geometry[at]])
        case GeometryType.POINT:
            several = (kinds == _MULTI_POINT) & (shapely.get_num_geometries(geometry) > 1)
            for at in np.flatnonzero(several):
                count = shapely.get_num_geometries(geometry[at])
                reason = Text(f"有 {count} 个点，需要 1 个", f"It has {count} points; one is needed")
                problems.append(Problem(int(rows[at]), ProblemKind.WRONG_TYPE, reason))
            made[several] = None
            single = (kinds == _MULTI_POINT) & ~several
            made[single] = shapely.get_geometry(geometry[single], 0)
        case GeometryType.LINE_STRING:
            multi = kinds == _MULTI_LINE
            made[multi] = shapely.line_merge(geometry[multi])
            ring = kinds == _RING
            made[ring] = (
                shapely.linestrings([shapely.get_coordinates(shape) for shape in geometry[ring]])
                if ring.any()
                else None
            )
        case GeometryType.ANY:
            pass
    return made, problems
