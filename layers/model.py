"""What a layer is: data that every renderer reads, with colours as names of tokens and never as values.

A layer shows the rows of one collection. Its rules say, in order, which rows are drawn how; each rule that has a
title is one line of the legend. A rule's marks are what is put on the map: fills, lines, dots, icons, labels …

    Layer ── rules ── Rule ── where ── Is | Between
                        └──── marks ── Fill | Line | Dot | Icon | Label | Extrusion | Sector | Cluster
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spatial.table import Table
from spatial.text import Text
from spatial.vocabulary import Audience, Element, LevelSlug

Scale = float | tuple[tuple[float, float], ...]
"""A number, or pairs of zoom and number between which it runs in a straight line."""

Zooms = tuple[float, float]
"""From this zoom on, and up to but not including this one; MapLibre's zooms, where the world is 512 pixels at 0."""

ALL_ZOOMS: Zooms = (0, 24)


class Stack(IntEnum):
    """What lies above what, bottom to top; within one step the order of the catalogue decides."""

    GROUND = 0
    BLOCK = 10
    WALL = 15
    ROAD_CASE = 20
    ROAD = 21
    RAIL = 25
    TREE = 28
    BUILDING = 30
    TINT = 40
    HATCH = 41
    REACH = 50
    COMPOUND = 55
    LEVEL_HALO = 60
    LEVEL = 61
    SOLID = 65
    LABEL_GROUND = 68
    LABEL = 70
    SIGHT = 75
    THING = 80
    STATION = 82
    CAMERA = 84
    INCIDENT = 90


class Shape(Enum):
    """The geometry that a layer draws."""

    POINT = "point"
    LINE = "line"
    POLYGON = "polygon"


@dataclass(frozen=True, slots=True)
class Is:
    """Rows whose column holds one of the values; None stands for "nothing there"."""

    column: str
    values: tuple[str | int | bool | None, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Rows whose column holds a number from `low` up to but not including `high`."""

    column: str
    low: float
    high: float = float("inf")


Where = tuple[Is | Between, ...]
"""Conditions that must all hold; none restricts nothing."""


@dataclass(frozen=True, slots=True)
class Fill:
    """The inside of polygons: a colour, or a hatch by the name of a symbol (the colour then is the hatch's own).

    `united`: polygons of the rule that overlap are drawn as one, where the renderer can; tiles hold them united.
    """

    stack: Stack
    colour: str
    opacity: Scale = 1.0
    hatch: str | None = None
    united: bool = False
    zooms: Zooms = ALL_ZOOMS


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the outline of polygons. `width` is in pixels, `dash` in pixels along the line.

    `metres`: the column with the true width in metres, which holds where it is wider than `width`.
    `case`: pixels that the line stands out on each side of another line of the same width, as a casing.
    `shared`: an outline that neighbours share and that is drawn once, in the style of the highest level it bounds;
    tiles carry such lines as their own layer. `united`: as for fills.
    """

    stack: Stack
    colour: str
    width: Scale
    dash: tuple[float, ...] = ()
    opacity: Scale = 1.0
    round: bool = True
    metres: str | None = None
    case: float = 0.0
    shared: bool = False
    united: bool = False
    zooms: Zooms = ALL_ZOOMS


@dataclass(frozen=True, slots=True)
class Dot:
    """A plain round dot; radius and outline in pixels."""

    stack: Stack
    colour: str
    radius: Scale
    outline: str | None = None
    outline_width: float = 0.0
    opacity: Scale = 1.0
    zooms: Zooms = ALL_ZOOMS


@dataclass(frozen=True, slots=True)
class Icon:
    """A symbol of layers.symbols by its name. `size` multiplies the symbol's own size in pixels.

    `turned_by`: the column with degrees clockwise from north that the symbol's upward direction is turned by.
    `always`: drawn even where it covers other icons. `lifted`: pixels that it stands above its point.
    `anchored`: as for labels, at the one point of a polygon.
    """

    stack: Stack
    symbol: str
    size: Scale = 1.0
    turned_by: str | None = None
    always: bool = True
    lifted: float = 0.0
    anchored: bool = False
    opacity: Scale = 1.0
    zooms: Zooms = ALL_ZOOMS


class Words(Enum):
    """What a label says."""

    NAME = "name"
    NAME_AND_CODE = "name and code"
    CODE_TAIL = "last three digits"
    NUMBER = "building number"
    ELDERLY_ALONE = "elderly people living alone"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Label:
    """Words on the map, haloed by the land. `size` in pixels, `spacing` in ems, `weight` 400, 500, 600 or 700.

    `rank`: who gives way where two labels meet; the smaller number stays. `along`: written along the line.
    `below`: ems that the words stand below the point, to leave room for its symbol. `anchored`: the label belongs
    to a point of its own (`area_labels` in tiles) and not to every piece of a polygon. `kept`: from this zoom on, where
    markers leave no place around the point, the words stay beneath them rather than go.
    """

    stack: Stack
    words: Words
    colour: str
    size: Scale
    weight: int = 400
    spacing: float = 0.0
    rank: int = 100
    along: bool = False
    below: float = 0.0
    anchored: bool = False
    kept: float | None = None
    halo: str = "map-halo"
    halo_width: float = 1.6
    opacity: Scale = 1.0
    zooms: Zooms = ALL_ZOOMS


@dataclass(frozen=True, slots=True)
class Extrusion:
    """Polygons raised to the metres in a column: facades and, as a thin slab on top, roofs. Shown when tilted."""

    stack: Stack
    facade: str
    roof: str
    height: str = "height_m"
    opacity: float = 1.0
    zooms: Zooms = ALL_ZOOMS


@dataclass(frozen=True, slots=True)
class Sector:
    """What a camera looks at: a sector of `bearing`, `field_of_view` (degrees) and `range_m` around the point."""

    stack: Stack
    colour: str
    opacity: float
    dash: tuple[float, ...] = ()
    zooms: Zooms = ALL_ZOOMS


@dataclass(frozen=True, slots=True)
class Cluster:
    """Points that are gathered on a grid below zoom 13: a disc that grows with `count`, the count inside.

    `alone`: a gathering of one is drawn as a disc too, because the layer draws no single points at such scales.
    """

    stack: Stack
    colour: str
    ink: str
    alone: bool = True
    zooms: Zooms = (0, 13)


Mark = Fill | Line | Dot | Icon | Label | Extrusion | Sector | Cluster


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows that are drawn alike. `title`: its line in the legend, None where the legend leaves it out."""

    id: str
    marks: tuple[Mark, ...]
    where: Where = ()
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """One switch of the map.

    `collection`: a collection of the schema, or `circles` (made from stations). `level`: for areas, the one level.
    `where`: rows that the layer has at all; a row is drawn by every rule whose conditions hold too.
    `base`: part of the base map, which a list of layers may keep apart. `note`: a sentence that belongs beside the
    title, such as how a circle was drawn. `columns`: what a popup shows, in order, besides name and code.
    """

    id: str
    element: Element
    title: Text
    collection: str
    shape: Shape
    rules: tuple[Rule, ...]
    level: LevelSlug | None = None
    where: Where = ()
    zooms: Zooms = ALL_ZOOMS
    audience: Audience = Audience.PUBLIC
    visible: bool = False
    base: bool = False
    note: Text | None = None
    columns: tuple[str, ...] = ()

    def shown_to(self, audience: Audience) -> bool:
        """Return whether someone of that audience may see the layer."""
        return self.audience is Audience.PUBLIC or audience is Audience.STAFF

    def selects(self, table: Table) -> NDArray[np.bool_]:
        """Return which rows of a table of the layer's collection the layer has; for areas of its level only."""
        where: Where = self.where
        if self.level is not None and "level" in table.columns:
            where = (Is("level", (self.level.value,)), *where)
        return matches(table, where)


def matches(table: Table, where: Where) -> NDArray[np.bool_]:
    """Return which rows of a table meet all conditions, shape (n,); a missing column holds None everywhere."""
    mask = np.ones(len(table), dtype=bool)
    for condition in where:
        values: Sequence[Any] | NDArray[Any] = table.columns.get(condition.column, [None] * len(table))
        if isinstance(condition, Is):
            wanted = set(condition.values)
            # a missing number may come as None or as NaN
            mask &= np.fromiter(
                ((None if value is None or value != value else value) in wanted for value in values),
                dtype=bool,
                count=len(table),
            )
        else:
            numbers = np.array([np.nan if value is None else value for value in values], dtype=float)
            mask &= (numbers >= condition.low) & (numbers < condition.high)
    return mask


def at_zoom(scale: Scale, zoom: float) -> float:
    """Return the value of a scale at a zoom, the end values beyond its ends."""
    if isinstance(scale, tuple):
        return float(np.interp(zoom, [stop for stop, _ in scale], [value for _, value in scale]))
    return float(scale)
