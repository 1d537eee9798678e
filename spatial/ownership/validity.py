"""What keeps areas from being one coverage: where they overlap, are invalid, or are no areas at all.

GEOS names the faults; it is asked only where the index's own exact check has found that something is wrong.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.errors import BadGeometry
from spatial.overlaps import area_m2
from spatial.table import Geometries
from spatial.text import Text

Place = tuple[float, float]

LISTED_FAULTS = 20
"""Faults that an error carries in its details; `count` says how many there are."""

_NAMED_FAULTS = 3
_HALF_TURN = 180.0
_WESTERNMOST, _EASTERNMOST = -180.0, 360.0  # a coverage across the 180° meridian may count on beyond it
_WHERE_GEOS_SAYS = re.compile(r"\[(\S+) (\S+?)\]$")


class FaultKind(StrEnum):
    """What may be wrong with an area, or with two."""

    NOT_POLYGONAL = "not_polygonal"
    EMPTY = "empty"
    POSITION = "position"
    DUPLICATE_CODE = "duplicate_code"
    INVALID = "invalid"
    OVERLAP = "overlap"
    TOO_THIN = "too_thin"


_FINAL = frozenset({FaultKind.NOT_POLYGONAL, FaultKind.POSITION, FaultKind.DUPLICATE_CODE})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, with the codes of the areas concerned.

    `place`: longitude, latitude in degrees, for an overlap a point in it, None where there is none. `area_m2`: of an
    overlap in square metres, good to a percent; 0 where it was not measured or is less than a float can tell.
    `reason`: of an invalid polygon, in the words of GEOS.
    """

    kind: FaultKind
    codes: tuple[str, ...]
    place: Place | None = None
    area_m2: float = 0.0
    reason: str = ""

    @property
    def mendable(self) -> bool:
        """Whether a repair can mend it; where not, the data itself must change."""
        return self.kind not in _FINAL

    def in_words(self) -> Text:
        """Return what is wrong as a sentence."""
        named = "/".join(self.codes[:4]) + ("…" if len(self.codes) > 4 else "")
        at_zh = f"，位置 ({self.place[0]:.7f}, {self.place[1]:.7f})" if self.place else ""
        at_en = f" at ({self.place[0]:.7f}, {self.place[1]:.7f})" if self.place else ""
        match self.kind:
            case FaultKind.NOT_POLYGONAL:
                return Text(f"{named} 不是面：{self.reason}", f"{named} is no polygon: {self.reason}")
            case FaultKind.EMPTY:
                return Text(f"{named} 没有图形", f"{named} has no shape")
            case FaultKind.POSITION:
                return Text(f"{named} 的坐标不可能{at_zh}", f"{named} has an impossible position{at_en}")
            case FaultKind.DUPLICATE_CODE:
                return Text(f"编码 {named} 出现多次", f"The code {named} stands for more than one area")
            case FaultKind.INVALID:
                return Text(f"{named} 图形无效（{self.reason}）{at_zh}", f"{named} is invalid ({self.reason}){at_en}")
            case FaultKind.OVERLAP if not self.area_m2:
                return Text(f"{named} 重叠{at_zh}", f"{named} overlap{at_en}")
            case FaultKind.OVERLAP:
                return Text(
                    f"{named} 重叠 {_figure(self.area_m2)} 平方米{at_zh}",
                    f"{named} overlap by {_figure(self.area_m2)} m²{at_en}",
                )
            case FaultKind.TOO_THIN:
                return Text(
                    f"{named} 的共用边互相矛盾，差异小于舍入误差{at_zh}",
                    f"{named} contradict each other about their edges by less than rounding{at_en}",
                )

    def plain(self) -> dict[str, object]:
        """Return the fault as values that JSON knows."""
        lon, lat = self.place or (None, None)
        return {
            "kind": self.kind.value,
            "codes": list(self.codes),
            "lon": lon if lon is not None and np.isfinite(lon) else None,
            "lat": lat if lat is not None and np.isfinite(lat) else None,
            "area_m2": self.area_m2,
            "reason": self.reason,
        }


class InvalidCoverage(BadGeometry):
    """Areas that overlap or are invalid, so that points would have two owners; `faults` are all that were found.

    `details`: `count`, and as `faults` the first of them as plain values: kind, codes, lon, lat, area_m2, reason.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        words = [fault.in_words() for fault in self.faults[:_NAMED_FAULTS]]
        more = len(self.faults) - len(words)
        problem = Text(
            f"覆盖无效：{'；'.join(word.zh for word in words)}" + (f"；另有 {more} 处" if more else ""),
            f"The coverage is invalid: {'; '.join(word.en for word in words)}" + (f"; and {more} more" if more else ""),
        )
        if not all(fault.mendable for fault in self.faults):
            remedy = Text("请修改数据后重试", "Correct the data and try again")
        else:
            remedy = Text(
                "请修改这些图形，或用 --repair 自动修复（Python：repair=True），修复会列出每个变化的区域",
                "Correct these shapes, or mend them with --repair (Python: repair=True), which lists every change",
            )
        listed = [fault.plain() for fault in self.faults[:LISTED_FAULTS]]
        super().__init__(problem, remedy, count=len(self.faults), faults=listed)


def diagnose(
    geometries: Geometries, codes: Sequence[str], suspects: Sequence[int] | NDArray[np.integer] | None = None
) -> list[Fault]:
    """Return what is wrong with areas in WGS 84 degrees that are to be one coverage.

    Codes that stand twice, types, missing shapes and impossible positions are looked for everywhere; invalid polygons
    and overlaps, however small, among the positions `suspects` and their neighbours, everywhere where it is None.
    """
    shapes = np.asarray(geometries, dtype=object)
    faults, sound = _without_meaning(shapes, codes)
    shapes = unrolled(_where(sound, shapes))
    suspected = sound.copy()
    if suspects is not None:
        suspected[:] = False
        suspected[np.asarray(suspects, dtype=np.intp)] = True
        suspected &= sound
    if not suspected.any():
        return faults
    tree = shapely.STRtree(shapes)
    asked = np.flatnonzero(suspected)
    first, second = tree.query(shapes[asked])
    first, second = np.minimum(asked[first], second), np.maximum(asked[first], second)
    pairs = np.unique(np.column_stack([first, second])[first != second], axis=0)
    looked_at = np.union1d(asked, pairs)
    invalid = looked_at[~shapely.is_valid(shapes[looked_at])]
    for at in invalid.tolist():
        if suspects is None or suspected[at]:
            faults.append(_invalid(shapes[at], codes[at]))
    pairs = pairs[~np.isin(pairs, invalid).any(axis=1)]
    return faults + _overlaps(shapes, codes, pairs)


def too_thin(geometries: Geometries, codes: Sequence[str], suspects: Sequence[int] | NDArray[np.integer]) -> Fault:
    """Return the fault of areas that contradict each other by less than GEOS can tell."""
    those = [int(at) for at in suspects]
    west, south, east, north = shapely.total_bounds(np.asarray(geometries, dtype=object)[those])
    place = (float(west + east) / 2, float(south + north) / 2) if np.isfinite(west) else None
    return Fault(FaultKind.TOO_THIN, tuple(codes[at] for at in those), place)


def overlap_at(codes: Sequence[str], place: Place) -> Fault:
    """Return the fault of areas that overlap at a place, by how much was not measured."""
    return Fault(FaultKind.OVERLAP, tuple(codes), (float(place[0]), float(place[1])))


def unrolled(shapes: Geometries) -> Geometries:
    """Return polygons with longitudes from 0 to 360 where one of them has an edge across the 180° meridian."""
    points, ring = shapely.get_coordinates(
        shapely.get_rings(shapely.get_parts(shapes[~shapely.is_missing(shapes)])), return_index=True
    )
    across = np.abs(np.diff(points[:, 0])) > _HALF_TURN
    if not (across & (ring[1:] == ring[:-1])).any() and not (points[:, 0] > _HALF_TURN).any():
        return shapes
    turned = shapely.transform(
        shapes, lambda xy: np.column_stack([np.where(xy[:, 0] < 0, xy[:, 0] + 360, xy[:, 0]), xy[:, 1]])
    )
    return np.asarray(turned, dtype=object)


def _where(chosen: NDArray[np.bool_], shapes: Geometries) -> Geometries:
    """Return the shapes that were chosen, None for the others."""
    kept = np.full(len(shapes), None, dtype=object)
    kept[chosen] = shapes[chosen]
    return kept


def _without_meaning(shapes: Geometries, codes: Sequence[str]) -> tuple[list[Fault], NDArray[np.bool_]]:
    """Return what makes areas meaningless, and which areas have polygons whose coordinates can be meant."""
    faults = []
    positions = defaultdict(list)
    for at, code in enumerate(codes):
        positions[code].append(at)
    if len(positions) < len(codes):
        faults += [Fault(FaultKind.DUPLICATE_CODE, (code,)) for code, those in positions.items() if len(those) > 1]
    kinds = shapely.get_type_id(shapes)
    missing = (kinds < 0) | shapely.is_empty(shapes)
    polygonal = (kinds == shapely.GeometryType.POLYGON) | (kinds == shapely.GeometryType.MULTIPOLYGON)
    faults += [Fault(FaultKind.EMPTY, (codes[at],)) for at in np.flatnonzero(missing).tolist()]
    strange = np.flatnonzero(~missing & ~polygonal).tolist()
    faults += [Fault(FaultKind.NOT_POLYGONAL, (codes[at],), reason=shapes[at].geom_type) for at in strange]
    sound = polygonal & ~missing
    points, owner = shapely.get_coordinates(_where(sound, shapes), return_index=True)
    x, y = points[:, 0], points[:, 1]
    # NaN compares as false and so counts as impossible
    possible = (x >= _WESTERNMOST) & (x <= _EASTERNMOST) & (y >= -90.0) & (y <= 90.0)
    if not possible.all():
        wrong, first = np.unique(owner[~possible], return_index=True)
        lost = points[~possible][first]
        for at, place in zip(wrong, lost, strict=True):
            faults.append(Fault(FaultKind.POSITION, (codes[at],), (float(place[0]), float(place[1]))))
        sound[wrong] = False
    return faults, sound


def _invalid(shape: shapely.Geometry, code: str) -> Fault:
    said = str(shapely.is_valid_reason(shape))
    where = _WHERE_GEOS_SAYS.search(said)
    place = (float(where[1]), float(where[2])) if where else None
    return Fault(FaultKind.INVALID, (code,), place, reason=_WHERE_GEOS_SAYS.sub("", said))


def _overlaps(shapes: Geometries, codes: Sequence[str], pairs: NDArray[np.intp]) -> list[Fault]:
    """Return the pairs of valid polygons whose interiors meet."""
    first, second = shapes[pairs[:, 0]], shapes[pairs[:, 1]]
    # the relation is decided without computing a new point, so that even the smallest overlap is told from a touch
    meets = shapely.relate_pattern(first, second, "T********") if len(pairs) else np.zeros(0, dtype=bool)
    faults = []
    for at in np.flatnonzero(meets).tolist():
        shared = shapely.intersection(first[at], second[at])
        inside = shapely.point_on_surface(shared)
        if inside.is_empty:  # an overlap so thin that rounding leaves nothing of it
            inside = shapely.point_on_surface(shapely.boundary(first[at]).intersection(second[at]))
        place = None if inside.is_empty else (float(inside.x), float(inside.y))
        area = float(area_m2(np.array([shared], dtype=object))[0])
        faults.append(Fault(FaultKind.OVERLAP, (codes[pairs[at, 0]], codes[pairs[at, 1]]), place, area))
    return faults


def _figure(square_metres: float) -> str:
    return f"{square_metres:.1f}" if square_metres >= 1 else f"{square_metres:.2g}"
