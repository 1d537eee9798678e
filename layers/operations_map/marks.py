"""The marks of a printed map: a case's marker with its number, stations, gates, the north arrow and the scale bar."""

import math
from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np
import shapely

from layers.operations_map.content import GOING, Case
from layers.operations_map.frame import MILLIMETRE, Frame
from layers.operations_map.pen import Pen
from spatial.incidents.clocks import ClockState
from spatial.vocabulary import Priority

RADIUS = 8.6
"""Of a marker's ring, in points: about six millimetres across."""
_RING = 12.5
"""Of the same ring in the alphabet of the screens (layers/symbols.py), whose shapes are drawn here."""
_SHAPES: dict[Priority, tuple[tuple[float, float], ...]] = {
    Priority.URGENT: ((0, 8), (8, 0), (0, -8), (-8, 0)),
    Priority.HIGH: ((0, 8), (7.6, -5.7), (-7.6, -5.7)),
    Priority.NORMAL: tuple((6.6 * math.cos(turn), 6.6 * math.sin(turn)) for turn in np.linspace(0, 2 * math.pi, 24)),
    Priority.LOW: ((-5.6, 5.6), (5.6, 5.6), (5.6, -5.6), (-5.6, -5.6)),
}
Place = tuple[float, float]


def spread(places: Sequence[Place], room: tuple[float, float, float, float]) -> list[Place]:
    """Return where markers stand so that none covers another: at their place, or on a leg as short as it can be.

    `places` and `room` (left, bottom, right, top) are points of the paper. Where there is no room left they may meet.
    """
    left, bottom, right, top = room
    apart = 2 * RADIUS + 4
    taken: list[Place] = []
    for x, y in places:
        x, y = min(max(x, left), right), min(max(y, bottom), top)
        for at in _around(x, y):
            inside = left <= at[0] <= right and bottom <= at[1] <= top
            if inside and all(math.dist(at, other) >= apart for other in taken):
                break
        else:
            at = (x, y)
        taken.append(at)
    return taken


def _around(x: float, y: float) -> Iterator[Place]:
    yield x, y
    for ring in range(1, 60):
        far = ring * RADIUS
        for step in range(6 * ring):
            turn = math.pi / 2 - 2 * math.pi * step / (6 * ring)
            yield x + far * math.cos(turn), y + far * math.sin(turn)


def marker(pen: Pen, x: float, y: float, case: Case, now: datetime, radius: float = RADIUS) -> None:
    """Draw a case: shape and fill its priority, ring its clock, solid while nobody goes, and its number."""
    one = radius / _RING
    pen.shape(shapely.Point(x, y).buffer(radius), "map-halo")
    shape = shapely.Polygon([(x + one * dx, y + one * dy) for dx, dy in _SHAPES[case.priority]])
    ink = f"priority-{int(case.priority)}"
    if case.state in GOING:
        pen.shape(shape, "map-halo", "priority-ink", 2.4 * one)
        pen.shape(shape, None, ink, 1.4 * one)
        pen.shape(shapely.Point(x, y).buffer(2.2 * one), "priority-ink")
    else:
        pen.shape(shape, ink, "priority-ink", 1.0 * one)
    ring(pen, x, y, case.clock(now).state, case.share_left(now), radius)


def ring(pen: Pen, x: float, y: float, state: ClockState, share: float, radius: float) -> None:
    """Draw the ring of a clock: thin, a thick arc of what is left, broken with “!”, or dotted while paused."""
    around = shapely.Point(x, y).buffer(radius).exterior
    match state:
        case ClockState.OVERDUE:
            side = 2 * math.pi * radius / 12
            pen.shape(around, None, "clock-overdue", 2.2, dash=(side * 0.66, side * 0.34))
            pen.shape(shapely.Point(x - radius * 0.72, y + radius * 0.72).buffer(3.4), "clock-overdue", "map-halo", 0.6)
            pen.text(x - radius * 0.72, y + radius * 0.72 - 2.1, "!", 6, "map-halo", strong=True, align="middle")
        case ClockState.RUNNING_OUT:
            pen.shape(around, None, "clock-running", 0.6)
            turns = np.linspace(math.pi / 2, math.pi / 2 - 2 * math.pi * max(share, 0.06), 24)
            arc = shapely.LineString([(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns])
            pen.shape(arc, None, "clock-soon", 2.4)
        case ClockState.PAUSED:
            pen.shape(around, None, "clock-running", 0.8, dash=(0.8, 2))
        case ClockState.RUNNING | ClockState.STOPPED:
            pen.shape(around, None, "clock-running", 0.7)


def number(pen: Pen, x: float, y: float, value: int, size: float = 7.0) -> None:
    """Draw a number on a dark plate, its middle at a place."""
    said = str(value)
    half = max(pen.width(said, size, strong=True), size * 0.55) / 2 + 2
    plate = shapely.box(x - half, y - size * 0.58, x + half, y + size * 0.58)
    pen.shape(plate, "select", "map-halo", 0.6)
    pen.text(x, y - size * 0.36, said, size, "map-halo", strong=True, align="middle")


def station(pen: Pen, x: float, y: float, size: float = 4.2) -> None:
    """Draw the house of a station."""
    house = [(-1, -0.9), (-1, 0.1), (0, 1.1), (1, 0.1), (1, -0.9)]
    pen.shape(shapely.Polygon([(x + size * dx, y + size * dy) for dx, dy in house]), "tier-community", "map-halo", 0.7)
    pen.shape(shapely.box(x - size * 0.25, y - size * 0.9, x + size * 0.25, y - size * 0.2), "map-halo")


def gate(pen: Pen, x: float, y: float, size: float = 2.6) -> None:
    """Draw a gate: two posts and the beam over them."""
    pen.shape(shapely.box(x - size, y - size, x + size, y + size), "map-halo", "asset", 0.5)
    line = shapely.LineString([(x - 0.55 * size, y - 0.6 * size), (x - 0.55 * size, y + 0.5 * size),
                               (x + 0.55 * size, y + 0.5 * size), (x + 0.55 * size, y - 0.6 * size)])  # fmt: skip
    pen.shape(line, None, "asset", 1.0)


def north(pen: Pen, x: float, y: float) -> None:
    """Draw an arrow to the north, its foot at a place."""
    pen.shape(shapely.Polygon([(x, y + 22), (x + 6, y), (x, y + 5)]), "text-1", "text-1", 0.5)
    pen.shape(shapely.Polygon([(x, y + 22), (x - 6, y), (x, y + 5)]), "map-halo", "text-1", 0.5)
    pen.text(x, y + 24.5, "N", 8, strong=True, align="middle", halo=True)


def bar_length(frame: Frame) -> int:
    """Return how many metres the scale bar shows: a round number that is 25 to 70 mm long."""
    fit = [each for each in (5, 10, 20, 50, 100, 200, 500, 1000, 2000) if 25 <= frame.millimetres(each) <= 70]
    return fit[0] if fit else 5000


def scale_bar(pen: Pen, frame: Frame, x: float, y: float) -> None:
    """Draw a scale bar of two halves, its left end at a place, with the scale over it."""
    metres = bar_length(frame)
    half = frame.millimetres(metres) * MILLIMETRE / 2
    pen.shape(shapely.box(x, y, x + half, y + 3), "text-1", "text-1", 0.5)
    pen.shape(shapely.box(x + half, y, x + 2 * half, y + 3), "map-halo", "text-1", 0.5)
    pen.text(x, y + 5.5, "0", 6.5, align="middle", halo=True)
    pen.text(x + half, y + 5.5, f"{metres / 2:g}", 6.5, align="middle", halo=True)
    pen.text(x + 2 * half, y + 5.5, f"{metres} m", 6.5, align="middle", halo=True)
