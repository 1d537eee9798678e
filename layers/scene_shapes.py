"""Shapes of a scene: rings and paths with heights, as deck.gl takes them."""

from collections.abc import Mapping

import numpy as np
import shapely

from layers.boundaries import shared_lines
from layers.gathered import Gathered
from layers.page_content import DIGITS, LINED_LEVELS
from spatial.crs import to_degrees, to_metres
from spatial.table import Geometries, Table

Ring = list[list[float]]


def level_lines(gathered: Gathered) -> dict[str, Geometries]:
    """Return the lines of each level by its slug: an edge that levels share is there once, with the highest."""
    levels = [
        (level, gathered.sources[f"areas.{level.value}"].geometry)
        for level in LINED_LEVELS
        if f"areas.{level.value}" in gathered.sources
    ]
    lines = shared_lines(levels)
    slugs = np.array(lines["level"], dtype=object)
    return {level.value: lines.geometry[slugs == level.value] for level, _ in levels}


def height_of(table: Table, row: int, column: str) -> float:
    """Return the height of a row in metres: its column, else three metres for each floor."""
    value = table.columns[column][row] if column in table.columns else None
    if value is not None and value == value:
        return round(float(value), 1)
    floors = table.columns["floors"][row] if "floors" in table.columns else None
    return 3.0 * float(floors or 1)


def rings(shape: shapely.Geometry, height: float = 0.0) -> list[list[Ring]]:
    """Return each polygon of a shape as its rings, outer first, with a height in metres where it has one."""
    return [
        [positions(ring, height) for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in shapely.get_parts(shape)
        if polygon.geom_type == "Polygon" and not polygon.is_empty
    ]


def paths(shape: shapely.Geometry, height: float = 0.0) -> list[Ring]:
    """Return the lines of a shape, or the outlines of its polygons."""
    lines = shapely.get_parts(shape)
    if len(lines) and lines[0].geom_type == "Polygon":
        lines = shapely.get_rings(lines)
    return [positions(line, height) for line in lines]


def positions(line: shapely.Geometry, height: float) -> Ring:
    """Return the coordinates of a line, with a height in metres where it is not on the ground."""
    found: Ring = np.round(shapely.get_coordinates(line), DIGITS).tolist()
    return [[*position, height] for position in found] if height else found


WINDOWS = 34_000
"""At most so many windows in a scene; the buildings nearest to the middle have theirs first."""
_WINDOW_M, _PIER_M = 2.6, 1.7


def windows(
    shapes: Mapping[int, shapely.Geometry], heights: Mapping[int, float], floors: Mapping[int, int], zone: int
) -> list[Ring]:
    """Return the windows of buildings, on every floor of every wall: two positions with a height, just outside.

    `shapes` in WGS 84 degrees, `heights` in metres; `zone` is the EPSG code that metres are computed in. Walls of
    less than four metres have none.
    """
    rows = list(shapes)
    parts, owner = shapely.get_parts(np.array([shapes[row] for row in rows], dtype=object), return_index=True)
    outlines = shapely.get_exterior_ring(shapely.orient_polygons(to_metres(parts, zone)))
    positions, ring = shapely.get_coordinates(outlines, return_index=True)
    same = ring[1:] == ring[:-1]
    start, end, building = positions[:-1][same], positions[1:][same], owner[ring[1:][same]]
    length = np.hypot(*(end - start).T)
    long = length >= _WINDOW_M + _PIER_M
    start, end, building, length = start[long], end[long], building[long], length[long]
    along = (end - start) / length[:, None]
    # counter-clockwise rings have their outside on the right
    start = start + np.column_stack((along[:, 1], -along[:, 0])) * 0.12
    in_row = np.floor(length / (_WINDOW_M + _PIER_M)).astype(int)
    count = np.array([floors[row] for row in rows], dtype=int)[building]
    storey = np.array([heights[row] for row in rows])[building] / np.maximum(count, 1)
    near = np.argsort(np.hypot(*(start - np.median(positions, axis=0)).T), kind="stable")
    near = near[: int(np.searchsorted(np.cumsum((count * in_row)[near]), WINDOWS))]
    on_wall = (count * in_row)[near]
    wall = np.repeat(near, on_wall)
    number = np.arange(len(wall)) - np.repeat(np.cumsum(on_wall) - on_wall, on_wall)
    floor, column = np.divmod(number, in_row[wall])
    middle = (column + 0.5) * length[wall] / in_row[wall]
    left = start[wall] + along[wall] * (middle - _WINDOW_M / 2)[:, None]
    ends = shapely.points(np.concatenate((left, left + along[wall] * _WINDOW_M)))
    degrees = np.round(shapely.get_coordinates(to_degrees(ends, zone)), DIGITS + 1)
    up = np.round(storey[wall] * (floor + 0.55), 1)[:, None]
    pairs = (np.hstack((degrees[: len(wall)], up)), np.hstack((degrees[len(wall) :], up)))
    found: list[Ring] = np.stack(pairs, axis=1).tolist()
    return found
