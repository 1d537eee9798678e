"""Shapes of a scene: rings and paths with heights, as deck.gl takes them."""

import numpy as np
import shapely

from layers.boundaries import shared_lines
from layers.gathered import Gathered
from layers.page_content import DIGITS, LINED_LEVELS
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
