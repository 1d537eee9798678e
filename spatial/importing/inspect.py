"""What is wrong with a file, whatever store it may go into."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from spatial.importing import columns as mapping
from spatial.importing import killable, validate
from spatial.importing.openstreetmap import LAYERS
from spatial.importing.source import Limits, Problem, ProblemKind, ReadRequest, Source
from spatial.overlaps import TOLERATED_M2
from spatial.schema import GeometryType, collection
from spatial.text import Text


@dataclass(frozen=True, slots=True)
class Inspected:
    """The rows of a file and all that is wrong with them; `slivers` counts overlaps that do not matter."""

    source: Source
    problems: list[Problem]
    slivers: int


def inspect(
    path: Path,
    as_collection: str | None,
    layer: str | None,
    crs: str | None,
    limits: Limits | None = None,
    *,
    repair: bool = False,
) -> Inspected:
    """Read a file and say what is wrong with its rows: shapes, codes that stand twice, polygons that overlap.

    `as_collection`: what the rows are to be; None looks at shapes alone. `repair`: polygons that are invalid or overlap
    are mended first. Raises as an import does.
    """
    limits = limits or Limits()
    wanted = collection(as_collection) if as_collection else None
    of_osm = as_collection or ("buildings" if path.suffix == ".pbf" else "areas")
    prefer = (*((wanted.id, wanted.stored_in) if wanted else ()), *LAYERS.get(of_osm, ()))
    shape = wanted.geometry if wanted else None
    request = ReadRequest(path, of_osm, shape, layer, prefer, crs, limits=limits, repair=repair)
    source = killable.read(request)
    problems = list(source.problems)
    if wanted is not None:
        matches = mapping.match(wanted, list(source.columns), {})
        filled, wrong = mapping.converted(wanted, matches, source.columns, source.rows)
        problems += [*wrong, *validate.check_ranges(filled, source.rows)]
        problems += validate.check_twice(filled["code"], source.rows)
        if wanted.id == "cameras":
            problems += validate.check_camera_ids(filled["code"], source.rows)
    slivers = 0
    if wanted is None or (wanted.stored_in == "areas" and wanted.geometry is GeometryType.MULTI_POLYGON):
        found, slivers = _overlaps(source, limits)
        problems += found
    return Inspected(source, sorted(problems, key=lambda problem: problem.row), slivers)


def _overlaps(source: Source, limits: Limits) -> tuple[list[Problem], int]:
    polygons = np.flatnonzero(np.isin(shapely.get_type_id(source.geometry), (3, 6)))
    if len(polygons) < 2:
        return [], 0
    problems = []
    slivers = 0
    for pair in killable.overlaps(source.geometry[polygons], limits):
        if pair.area_m2 <= TOLERATED_M2:
            slivers += 1
            continue
        first, second = source.rows[polygons[pair.first]], source.rows[polygons[pair.second]]
        lon, lat = pair.place
        reason = Text(
            f"与第 {first} 行重叠 {pair.area_m2:.1f} 平方米，位置 ({lon:.7f}, {lat:.7f})",
            f"It overlaps row {first}, by {pair.area_m2:.1f} m² at ({lon:.7f}, {lat:.7f})",
        )
        problems.append(Problem(second, ProblemKind.OVERLAP, reason, pair.place))
    return problems, slivers
