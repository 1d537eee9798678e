"""From polygons to an index: edges, raster, and the proof that nothing overlaps."""

from collections.abc import Callable, Sequence

import numpy as np
import shapely

from spatial.ownership import checks
from spatial.ownership.compiling import MANY_EDGES, worth_compiling
from spatial.ownership.edges import Contested, Edges, Integers, merged, one_sided
from spatial.ownership.frame import Frame, frame_of
from spatial.ownership.parts import Part, turned_longitude
from spatial.ownership.raster import Raster, rasterised
from spatial.ownership.repair import Repair, repaired
from spatial.ownership.single import Answer, finder
from spatial.ownership.validity import Fault, FaultKind, InvalidCoverage, diagnose, too_thin
from spatial.table import Geometries

CELLS_PER_EDGE = 6.0
"""Cells of the raster for each edge: about one in five of them is then crossed."""

COMPACT_CELLS_PER_EDGE = 0.5
"""For a file that a phone loads: smaller, and a little slower."""

_NOTHING = Frame(0, 0, 0, 0, 0, 0)


def part_of(
    polygons: Geometries, codes: Sequence[str], cells_per_edge: float, *, repair: bool
) -> tuple[Part, list[Repair]]:
    """Return the raster and the edges of a coverage, and what was repaired; raises InvalidCoverage where it is none."""
    if len(polygons) != len(codes):
        raise ValueError(f"{len(polygons)} geometries for {len(codes)} codes")
    if not_even_polygons(polygons) or len(set(codes)) < len(codes):
        raise InvalidCoverage(_faults(polygons, codes, []))
    part, suspects = _tried(polygons, cells_per_edge)
    if part is not None:
        return part, []
    if not repair:
        raise InvalidCoverage(_faults(polygons, codes, suspects))
    mended, repairs = repaired(polygons, codes)
    part, suspects = _tried(mended, cells_per_edge)
    if part is None:
        raise InvalidCoverage(_faults(mended, codes, suspects))
    return part, list(repairs)


def _faults(polygons: Geometries, codes: Sequence[str], suspects: Sequence[int] | Integers) -> list[Fault]:
    """Return what GEOS finds wrong with suspected areas, and that they contradict each other where it finds nothing."""
    found = [fault for fault in diagnose(polygons, codes, suspects) if fault.kind is not FaultKind.EMPTY]
    return found or [too_thin(polygons, codes, suspects)]


def part_of_edges(edges: Edges, cells_per_edge: float, *, turned: bool = False) -> Part:
    """Return the raster of edges that are known to be a coverage's.

    `turned`: longitudes run from 0 to 360 even where none of these edges lies beyond 180°.
    """
    if not len(edges):
        return Part(Raster(_NOTHING, np.empty(0, np.int32), np.empty(0, np.int32)), edges)
    frame = frame_of(edges, cells_per_edge, turned or bool((edges.ends > 180).any()))
    raster, order = rasterised(edges, frame)
    return Part(raster, edges.take(order))


def not_even_polygons(polygons: Geometries) -> bool:
    """Return whether anything is neither a polygon nor empty, or has coordinates that are no degrees."""
    kinds = shapely.get_type_id(polygons)
    boxes = shapely.bounds(polygons)
    nothing = (kinds < 0) | shapely.is_empty(polygons)
    if not ((kinds == shapely.GeometryType.POLYGON) | (kinds == shapely.GeometryType.MULTIPOLYGON) | nothing).all():
        return True
    west, south, east, north = boxes[~nothing].T
    # a coordinate that is no number is in no comparison
    return not ((west >= -180) & (east <= 360) & (south >= -90) & (north <= 90)).all()


def _tried(polygons: Geometries, cells_per_edge: float) -> tuple[Part | None, Integers]:
    """Return the part, or None and the positions of areas that are no coverage."""
    owners = np.arange(1, len(polygons) + 1, dtype=np.int32)
    sides = turned(one_sided(polygons, owners))
    try:
        edges = merged(sides)
    except Contested as found:
        return None, np.unique(np.array(found.owners, dtype=np.int64)) - 1
    part = part_of_edges(edges, cells_per_edge)
    if len(edges) < MANY_EDGES and shapely.is_valid(polygons).all() and shapely.coverage_is_valid(polygons):
        return part, np.empty(0, dtype=np.int64)
    wrong = checks.contested(
        part.raster,
        part.edges,
        np.arange(len(edges)),
        compile_loops=worth_compiling(len(edges)),
    )
    if not len(wrong):
        return part, wrong
    suspects = np.unique(part.edges.sides[wrong])
    return None, suspects[suspects > 0].astype(np.int64) - 1


def turned(edges: Edges) -> Edges:
    """Return edges with longitudes from 0 to 360 where the coverage crosses the meridian of 180°, else as they are."""
    return turn(edges) if crosses_180(edges) else edges


def crosses_180(edges: Edges) -> bool:
    """Return whether edges lie on both sides of the meridian of 180°, and not around Greenwich."""
    if not len(edges):
        return False
    ends = edges.ends
    # the western end comes first
    if ends[:, 0].min() >= 0 and ends[:, 2].max() <= 180.0:
        return False
    x = ends[:, [0, 2]]
    length = ends[:, 2] - ends[:, 0]
    # an edge of half the earth goes the other way round, but one along a whole parallel is meant
    if (length >= 360.0).any():
        return False
    if (length > 180.0).any() or (x > 180.0).any():
        return True
    # both sides of 180° and nothing around Greenwich: a coverage whose polygons were cut at 180°
    west, east = x[x < 0], x[x >= 0]
    return bool(len(west) and len(east) and west.max() <= _EXACTLY_TURNED and east.min() >= -_EXACTLY_TURNED)


def turn(edges: Edges) -> Edges:
    """Return edges with longitudes from 0 to 360."""
    x = edges.ends[:, [0, 2]]
    if not (x < 0).any():
        return edges
    ends = edges.ends.copy()
    ends[:, [0, 2]] = np.where(x < 0, x + 360.0, x)
    swapped = (ends[:, 0] > ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3]))
    ends[swapped] = ends[swapped][:, [2, 3, 0, 1]]
    sides = np.where(swapped[:, None], edges.sides[:, ::-1], edges.sides)
    return Edges(ends, np.ascontiguousarray(sides))


_EXACTLY_TURNED = -128.0
"""Longitudes west of this keep all their bits when 360° are added."""


def finder_over(parts: Sequence[Part], answers: Sequence[Answer]) -> Callable[[float, float], Answer]:
    """Return a function that gives the answer for the owner of a point in degrees; the first answer is for none."""
    found = finder_in_frame(parts, answers)
    frame = parts[0].raster.frame
    west, _, east, _ = parts[0].box
    if not frame.turned and east < 180 and west > -180:
        return found

    def find(lon: float, lat: float) -> Answer:
        return found(turned_longitude(lon, frame), lat)

    return find


def finder_in_frame(parts: Sequence[Part], answers: Sequence[Answer]) -> Callable[[float, float], Answer]:
    """As `finder_over`, for a place in the degrees of the frame."""
    found: Callable[[float, float], Answer] = finder(parts[0].raster, parts[0].edges.ends, answers)
    for part in parts[1:]:
        found = _over(found, finder(part.raster, part.edges.ends, answers), part.box)
    return found


def _over(
    below: Callable[[float, float], Answer],
    above: Callable[[float, float], Answer],
    box: tuple[float, float, float, float],
) -> Callable[[float, float], Answer]:
    west, south, east, north = box

    def find(x: float, y: float) -> Answer:
        return above(x, y) if west <= x < east and south <= y < north else below(x, y)

    return find


def as_longitude(x: float) -> float:
    """Return a longitude between −180 and 180 of one that may be counted further."""
    return x - 360.0 if x > 180.0 else x
