"""Where things stand on a sheet of paper, and the scale at which ground is drawn on it."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely

from spatial.crs import to_degrees, to_metres
from spatial.store.records import Box
from spatial.table import Geometries

MILLIMETRE = 72 / 25.4
"""Points to a millimetre of paper."""
MARGIN, HEADER, FOOT, GAP, LEGEND = 10.0, 17.0, 6.0, 4.0, 19.0
SCALES = (250, 500, 750, 1000, 1250, 1500, 2000, 2500, 3000, 4000, 5000, 7500, 10_000, 15_000, 20_000, 25_000, 50_000)
AROUND = 0.9
"""The area takes so much of the frame at most, so that something of its neighbours is seen."""


class Paper(StrEnum):
    """The sheets that offices have."""

    A3 = "a3"
    A4 = "a4"


class Orientation(StrEnum):
    """Which way a sheet hangs."""

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of the paper in millimetres, from the lower left corner of the sheet."""

    x: float
    y: float
    width: float
    height: float

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a sheet, in millimetres: the map, its legend under it, and the panel with people and table."""

    width: float
    height: float
    header: Rectangle
    map: Rectangle
    legend: Rectangle
    panel: Rectangle


def layout(paper: Paper, orientation: Orientation) -> Layout:
    """Return where the parts of a sheet stand."""
    short, long = {Paper.A3: (297.0, 420.0), Paper.A4: (210.0, 297.0)}[paper]
    wide = orientation is Orientation.LANDSCAPE
    width, height = (long, short) if wide else (short, long)
    inner, top = width - 2 * MARGIN, height - MARGIN - HEADER
    bottom = MARGIN + FOOT
    header = Rectangle(MARGIN, top, inner, HEADER)
    if wide:
        panel = 0.42 * inner
        left = inner - panel - GAP
        ground = Rectangle(MARGIN, bottom + LEGEND, left, top - bottom - LEGEND - GAP / 2)
        beside = Rectangle(MARGIN + left + GAP, bottom, panel, top - bottom - GAP / 2)
    else:
        tall = 0.5 * (top - bottom)
        ground = Rectangle(MARGIN, top - GAP / 2 - tall, inner, tall)
        beside = Rectangle(MARGIN, bottom, inner, ground.y - LEGEND - GAP / 2 - bottom)
    return Layout(width, height, header, ground, Rectangle(ground.x, ground.y - LEGEND, ground.width, LEGEND), beside)


@dataclass(frozen=True, slots=True)
class Frame:
    """The ground in the map: `scale` metres of ground to a metre of paper, around a centre in the district's zone."""

    part: Rectangle
    scale: int
    east: float
    north: float
    zone: int

    def on_paper(self, geometry: Geometries) -> Geometries:
        """Return geometries, WGS 84 degrees, in points of the paper."""
        one = 1000 / self.scale * MILLIMETRE
        middle = np.array([self.part.x + self.part.width / 2, self.part.y + self.part.height / 2]) * MILLIMETRE
        origin = np.array([self.east, self.north])
        moved: Geometries = shapely.transform(
            to_metres(geometry, self.zone), lambda places: (places - origin) * one + middle
        )
        return moved

    def millimetres(self, metres: float) -> float:
        """Return how long a length on the ground is on the paper."""
        return metres * 1000 / self.scale

    @property
    def box(self) -> Box:
        """The ground that is seen: west, south, east, north in degrees."""
        wide, high = (side / 2 * self.scale / 1000 for side in (self.part.width, self.part.height))
        seen = shapely.box(self.east - wide, self.north - high, self.east + wide, self.north + high)
        west, south, east, north = shapely.bounds(to_degrees(np.array([seen]), self.zone))[0].tolist()
        return west, south, east, north


def frame(area: Geometries, zone: int, part: Rectangle) -> Frame:
    """Return the ground around an area at the largest scale of SCALES at which it stands whole in a part of the sheet.

    `area`: WGS 84 degrees, shape (1,).
    """
    west, south, east, north = shapely.total_bounds(to_metres(area, zone)).tolist()
    needed = max((east - west) / part.width, (north - south) / part.height) * 1000 / AROUND
    scale = next((each for each in SCALES if each >= needed), int(np.ceil(needed / 50_000)) * 50_000)
    return Frame(part, scale, (west + east) / 2, (south + north) / 2, zone)
