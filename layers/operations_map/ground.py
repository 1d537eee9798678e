"""The map of a sheet: the ground, what is built, the area over its dimmed neighbours, labels, and the cases."""

import math
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from layers.operations_map import marks
from layers.operations_map.content import Case, Sheet
from layers.operations_map.frame import MILLIMETRE, Frame
from layers.operations_map.pen import Pen
from spatial.table import Table
from spatial.text import Language
from spatial.vocabulary import GroundKind, LevelSlug

_BUILDING = re.compile(r"(\d+)\s*(?:号楼|栋|幢)\s*$")
_GROUND = {
    GroundKind.BLOCK: "map-block", GroundKind.FARMLAND: "map-green", GroundKind.GREEN: "map-green",
    GroundKind.WATER: "map-water", GroundKind.PLAZA: "map-plaza", GroundKind.SPORTS: "map-track",
    GroundKind.STRUCTURE: "map-building",
}  # fmt: skip
_LEVELS = (
    (LevelSlug.COMPOUND, 0.7, (1.0, 2.0)),
    (LevelSlug.GRID, 0.9, (5.0, 3.0)),
    (LevelSlug.COMMUNITY, 1.4, ()),
)


class _Taken:
    """Boxes of the paper on which something stands already."""

    def __init__(self) -> None:
        self.boxes: list[tuple[float, float, float, float]] = []

    def free(self, left: float, bottom: float, right: float, top: float) -> bool:
        return not any(left < r and right > x and bottom < t and top > y for x, y, r, t in self.boxes)

    def put(self, left: float, bottom: float, right: float, top: float) -> None:
        self.boxes.append((left, bottom, right, top))


def draw(pen: Pen, sheet: Sheet, frame: Frame, language: Language) -> None:
    """Draw the map into its part of the sheet."""
    part = frame.part
    left, bottom, right, top = (each * MILLIMETRE for each in (part.x, part.y, part.right, part.top))
    inside = shapely.box(left, bottom, right, top)
    canvas = pen.canvas
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(left, bottom, right - left, top - bottom)
    canvas.clipPath(clip, stroke=0, fill=0)
    pen.shape(inside, "map-land")
    area = frame.on_paper(sheet.area.geometry)[0]
    _base(pen, sheet, frame)
    pen.shape(shapely.difference(inside, area), "map-halo", opacity=0.55)
    _lines(pen, sheet, frame)
    pen.shape(area, None, "map-halo", 4.5)
    pen.shape(area, None, "bound", 2.2)
    taken = _Taken()
    taken.put(left, bottom, left + 92 * MILLIMETRE, bottom + 22)
    taken.put(right - 26, top - 44, right, top)
    placed = _markers(sheet, frame, (left, bottom, right, top), taken)
    _points(pen, sheet, frame, inside, taken)
    _labels(pen, sheet, frame, inside, language, taken)
    _draw_markers(pen, sheet, placed)
    canvas.restoreState()
    pen.shape(inside, None, "line-strong", 0.8)
    marks.north(pen, right - 14, top - 40)
    marks.scale_bar(pen, frame, left + 10, bottom + 7)
    length = frame.millimetres(marks.bar_length(frame)) * MILLIMETRE
    pen.text(left + 10 + length + 22, bottom + 6, f"1:{frame.scale:,}", 9, strong=True, halo=True)


def _shapes(table: Table | None, frame: Frame) -> Iterator[tuple[dict[str, Any], Any]]:
    if table is None or not len(table):
        return
    for row, shape in zip(table.rows(), frame.on_paper(table.geometry), strict=True):
        if shape is not None:
            yield row, shape


def _base(pen: Pen, sheet: Sheet, frame: Frame) -> None:
    ground = list(_shapes(sheet.ground.get("ground"), frame))
    for kind, fill in _GROUND.items():
        if kind is GroundKind.STRUCTURE:
            continue
        for row, shape in ground:
            if row["kind"] == kind:
                pen.shape(shape, fill)
    roads = list(_shapes(sheet.ground.get("roads"), frame))
    one = 1000 / frame.scale * MILLIMETRE
    for casing in (True, False):
        for row, shape in roads:
            foot = row["kind"] == "footpath"
            wide = max((row["width_m"] or 3) * one, 0.5)
            if foot:
                if not casing:
                    pen.shape(shape, None, "map-rail", 0.5, dash=(1.5, 1.5))
            else:
                pen.shape(shape, None, "map-road-case" if casing else "map-road", wide + (0.9 if casing else 0))
    for row, shape in ground:
        if row["kind"] == GroundKind.STRUCTURE:
            pen.shape(shape, "map-building", "map-building-line", 0.4)
        elif row["kind"] in (GroundKind.RAILWAY, GroundKind.WALL):
            pen.shape(shape, None, "map-rail" if row["kind"] == GroundKind.RAILWAY else "wall", 0.6)
    for _, shape in _shapes(sheet.ground.get("buildings"), frame):
        pen.shape(shape, "map-building", "bound-soft", 0.5)


def _lines(pen: Pen, sheet: Sheet, frame: Frame) -> None:
    areas = list(_shapes(sheet.ground.get("areas"), frame))
    for level, width, dash in _LEVELS:
        for row, shape in areas:
            if row["level"] == level:
                pen.shape(shape, None, "bound-soft", width, dash=dash)


def _points(pen: Pen, sheet: Sheet, frame: Frame, inside: Any, taken: _Taken) -> None:
    for name, draw_one, size in (("gates", marks.gate, 3.0), ("stations", marks.station, 5.0)):
        for _, shape in _shapes(sheet.ground.get(name), frame):
            left, bottom, right, top = inside.bounds
            if shape.geom_type == "Point" and left < shape.x < right and bottom < shape.y < top:
                draw_one(pen, shape.x, shape.y)
                taken.put(shape.x - size, shape.y - size, shape.x + size, shape.y + size)


def _labels(pen: Pen, sheet: Sheet, frame: Frame, inside: Any, language: Language, taken: _Taken) -> None:
    column = "name" if language is Language.ZH else "name_en"
    own = sheet.area["code"][0]

    def put(x: float, y: float, said: str, size: float, ink: str, *, strong: bool, turned: float = 0.0) -> bool:
        wide, high = pen.width(said, size, strong=strong) / 2, size / 2
        if turned:
            cos, sin = abs(math.cos(math.radians(turned))), abs(math.sin(math.radians(turned)))
            wide, high = wide * cos + high * sin, wide * sin + high * cos
        box = x - wide - 1, y - high, x + wide + 1, y + high
        left, bottom, right, top = inside.bounds
        if box[0] < left or box[1] < bottom or box[2] > right or box[3] > top or not taken.free(*box):
            return False
        taken.put(*box)
        pen.text(x, y - (0 if turned else size * 0.36), said, size, ink, strong=strong, align="middle", halo=True,
                 turned=turned)  # fmt: skip
        return True

    def middle(shape: Any) -> Any:
        seen = shapely.intersection(shape, inside)
        return None if seen.is_empty else shapely.point_on_surface(seen)

    areas = [(row, shape) for row, shape in _shapes(sheet.ground.get("areas"), frame) if row["code"] != own]
    level = sheet.area["level"][0]
    for row, shape in areas:  # neighbours of the same rank, and compounds within
        place = middle(shape)
        said = row[column] or row["name"]
        if place is None or not said or row["level"] not in (level, LevelSlug.COMPOUND) or shape.area < 900:
            continue
        mine = str(row["path"]).startswith(f"{sheet.area['path'][0]}/")
        ink = "map-label-1" if mine else "map-label-3"
        for shift in (0, 9, -9, 18, -18, 27, -27):
            if put(place.x, place.y + shift, said, 8 if mine else 7, ink, strong=mine):
                break
    for row, shape in _shapes(sheet.ground.get("buildings"), frame):
        found = _BUILDING.search(row["name"] or "")
        place = middle(shape)
        if found and place is not None and str(row["path"]).startswith(f"{sheet.area['path'][0]}/"):
            size = 6.5
            needed = pen.width(found[1], size, strong=True)
            if math.sqrt(shape.area) > needed:
                for dx, dy in ((0, 0), (9, 0), (-9, 0), (0, 8), (0, -8)):
                    if put(place.x + dx, place.y + dy, found[1], size, "map-label-1", strong=True):
                        break
    named: set[str] = set()
    for row, shape in sorted(_shapes(sheet.ground.get("roads"), frame), key=lambda each: -each[1].length):
        said = row[column]
        seen = shapely.intersection(shape, inside)
        if not said or said in named or seen.length < pen.width(said, 7) * 1.1:
            continue
        line = max(shapely.get_parts(shapely.line_merge(seen)), key=lambda each: each.length)
        for share in (0.5, 0.3, 0.7):
            at, before, after = (
                line.interpolate(each, normalized=True) for each in (share, share - 0.05, share + 0.05)
            )
            turned = math.degrees(math.atan2(after.y - before.y, after.x - before.x))
            turned = turned - 180 if turned > 90 else turned + 180 if turned < -90 else turned
            if put(at.x, at.y, said, 7, "map-label-2", strong=False, turned=turned):
                named.add(said)
                break


Placed = list[tuple[Case, marks.Place, marks.Place]]


def _markers(sheet: Sheet, frame: Frame, room: tuple[float, float, float, float], taken: _Taken) -> Placed:
    """Return the cases that have a place, where that is, and where the marker stands."""
    cases = [case for case in sheet.cases if case.lon is not None and case.lat is not None]
    if not cases:
        return []
    points = np.array([shapely.Point(case.lon, case.lat) for case in cases])
    true = [(float(point.x), float(point.y)) for point in frame.on_paper(points)]
    left, bottom, right, top = room
    edge = marks.RADIUS + 6
    placed = marks.spread(true, (left + edge, bottom + 24 + edge, right - edge, top - edge))
    for x, y in placed:
        taken.put(x - marks.RADIUS - 1, y - marks.RADIUS - 1, x + marks.RADIUS + 7, y + marks.RADIUS + 6)
    return list(zip(cases, true, placed, strict=True))


def _draw_markers(pen: Pen, sheet: Sheet, placed: Placed) -> None:
    for _, true, at in placed:
        if math.dist(true, at) > 0.5:
            pen.shape(shapely.LineString([true, at]), None, "map-halo", 2.4)
            pen.shape(shapely.LineString([true, at]), None, "text-1", 0.8)
            pen.shape(shapely.Point(true).buffer(1.6), "text-1", "map-halo", 0.5)
    for case, _, (x, y) in placed:
        marks.marker(pen, x, y, case, sheet.printed_at)
        marks.number(pen, x + marks.RADIUS * 0.85, y + marks.RADIUS * 0.8, case.number)
