"""The process that reads strangers' files and computes with their shapes: limited in memory and time, and killable.

    python -P -m spatial.importing.read_worker read FOLDER       request.json → rows.json, shapes.bin
    python -P -m spatial.importing.read_worker overlaps FOLDER   shapes.bin, rows.json → overlaps.json
    python -P -m spatial.importing.read_worker stream FOLDER     request.json → standard output, see streaming.py

What goes wrong is left as error.json. It sees no network: no driver is registered that would use one.
"""

import errno
import os
import resource
import signal
import sys
import warnings
from dataclasses import astuple, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import orjson
import shapely

from spatial import overlaps
from spatial.errors import BadFile, GridscapeError, LimitExceeded
from spatial.importing import source
from spatial.importing.formats import DRIVERS, Format, skipped_drivers, sniff
from spatial.importing.source import Limits, Problem, ProblemKind, ReadRequest, Source
from spatial.schema import GeometryType
from spatial.table import Geometries
from spatial.text import Text

if TYPE_CHECKING:
    from spatial.importing import readers

OUT_OF_MEMORY = 3
NO_SPACE = 4
FAILED = 5


def main(task: str, folder: Path) -> int:
    """Do one task in a folder and return the exit code."""
    try:
        request = ReadRequest.from_json((folder / "request.json").read_bytes())
        restrict(request.limits)
        match task:
            case "read":
                source.save(read(request, folder), folder)
            case "overlaps":
                found = overlaps.find(source.load(folder).geometry)
                (folder / "overlaps.json").write_bytes(orjson.dumps([astuple(each) for each in found]))
            case "stream":
                _stream(request, folder)
            case _:
                return FAILED
    except GridscapeError as error:
        (folder / "error.json").write_bytes(_described(error))
        return FAILED
    except MemoryError:
        return OUT_OF_MEMORY
    except OSError as error:
        if error.errno == errno.ENOSPC:
            return NO_SPACE
        if error.errno == errno.ENOMEM:
            return OUT_OF_MEMORY
        raise
    except shapely.errors.GEOSException as error:
        if "bad_alloc" in str(error):
            return OUT_OF_MEMORY
        raise
    return 0


def _stream(request: ReadRequest, folder: Path) -> None:
    # what a library says on standard output would stand among the rows
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    kind = sniff(request.path)
    _set_gdal(kind, folder)
    os.environ["OGR_GPKG_NUM_THREADS"] = "1"  # reading ahead only takes memory: whoever reads is slower
    from spatial.importing import streaming

    with out:
        streaming.write(request.path, kind, request.layer, out)


def restrict(limits: Limits) -> None:
    """Bind this process to its limits, once and for all."""
    for what, much in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.processor_s),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (much, much))
        except (ValueError, OSError):  # a stricter limit from outside stays as it is
            continue
    signal.alarm(limits.wall_s)  # ends it even where nobody is left to do so


def read(request: ReadRequest, folder: Path) -> Source:
    """Return the rows of the file that a request names, checked, in WGS 84."""
    path = request.path
    kind = sniff(path)
    size = path.stat().st_size
    if size > request.limits.file_bytes:
        raise LimitExceeded(
            Text(f"文件有 {size >> 20} MB，过大", f"The file has {size >> 20} MB, too much"),
            Text(
                f"上限 {request.limits.file_bytes >> 20} MB", f"At most {request.limits.file_bytes >> 20} MB are read"
            ),
        )
    if kind is Format.ZIP:
        from spatial.importing.archive import unpack

        path = unpack(path, folder, request.limits, request.layer)
        kind = sniff(path)
        request = replace(request, layer=None) if kind is not Format.GEOPACKAGE else request
    _set_gdal(kind, folder)
    from spatial.importing import readers

    raw = readers.read(path.absolute(), kind, request)
    if kind is Format.OSM_PBF:
        from spatial.importing.openstreetmap import translate

        raw = translate(raw, request.collection)
    if not len(raw.rows):
        raise BadFile(
            Text("文件中没有可导入的要素", "The file holds no features that could go in"),
            Text("请检查文件和 --as、--layer", "Check the file, --as and --layer"),
        )
    geometry, problems, reference, notes = _shapes(raw, request)
    return Source(
        kind.value,
        raw.layer if path == request.path else request.path.stem,
        geometry,
        raw.columns,
        raw.rows.tolist(),
        sorted(problems, key=lambda problem: problem.row),
        reference,
        raw.lines,
        raw.encoding,
        raw.skipped,
        [*raw.notes, *notes],
    )


def _shapes(raw: "readers.Raw", request: ReadRequest) -> tuple[Geometries, list[Problem], str, list[Text]]:
    from spatial.importing import projection, shapes

    wanted = request.wanted or GeometryType.ANY
    parsed = shapely.from_wkb(raw.binary, on_invalid="ignore")
    shapes.check_size(parsed, request.limits)
    shapes.check_types(parsed, wanted)
    known = {problem.row for problem in raw.problems}
    problems = list(raw.problems)
    problems += [found for found in shapes.unreadable(raw.binary, parsed, raw.rows) if found.row not in known]
    problems += shapes.problems_before_moving(parsed, raw.rows, wanted, request.limits)
    good = _without(parsed, raw.rows, problems)
    moved, reference, notes = projection.to_degrees(good, raw.declared, request.crs, request.swap_axes)
    wrong = shapes.problems_in_degrees(moved, raw.rows)
    if request.repair:
        from spatial.importing import mending

        wrong = [problem for problem in wrong if problem.kind is not ProblemKind.INVALID]
        moved, told, lost = mending.mended(_without(moved, raw.rows, wrong), raw.rows, raw.columns)
        notes = [*notes, *told]
        wrong += lost
    problems += wrong
    moved = _without(moved, raw.rows, problems)
    moved, more = shapes.as_wanted(moved, raw.rows, wanted)
    return moved, problems + more, reference, notes


def _without(
    geometry: Geometries, rows: np.ndarray[tuple[int], np.dtype[np.int64]], problems: list[Problem]
) -> Geometries:
    kept = geometry.copy()
    kept[np.isin(rows, [problem.row for problem in problems])] = None
    return kept


def _set_gdal(kind: Format, folder: Path) -> None:
    # before the first import of pyogrio: GDAL reads these when it registers its drivers
    os.environ.update(
        OGR_SKIP=skipped_drivers(DRIVERS.get(kind)),
        CPL_VSIL_CURL_ALLOWED_EXTENSIONS=".none",
        CPL_TMPDIR=str(folder),
        GDAL_PAM_ENABLED="NO",
        PROJ_NETWORK="OFF",
        SHAPE_RESTORE_SHX="NO",
    )


def _described(error: GridscapeError) -> bytes:
    remedy = error.remedy
    return orjson.dumps(
        {
            "error": type(error).__name__,
            "problem": [error.problem.zh, error.problem.en],
            "remedy": [remedy.zh, remedy.en] if remedy else None,
        }
    )


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # GDAL's words on single rings; each row's own finding says more
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
