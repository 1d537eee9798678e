"""What passes between an import and the process that reads the file: the request, the rows and the findings."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import shapely

from spatial.schema import GeometryType
from spatial.table import Geometries
from spatial.text import Text

MEBIBYTE = 1024 * 1024


class ProblemKind(StrEnum):
    """Why a row did not go in."""

    NO_SHAPE = "no_shape"
    UNREADABLE = "unreadable"
    NOT_FINITE = "not_finite"
    OUT_OF_RANGE = "out_of_range"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    INVALID = "invalid"
    OVERLAP = "overlap"
    CODE = "code"
    DUPLICATE_CODE = "duplicate_code"
    CODE_TAKEN = "code_taken"
    VALUE = "value"
    OUTSIDE = "outside"


PROBLEM_WORDS: dict[ProblemKind, Text] = {
    ProblemKind.NO_SHAPE: Text("没有图形", "No shape"),
    ProblemKind.UNREADABLE: Text("图形无法读取", "Unreadable shape"),
    ProblemKind.NOT_FINITE: Text("坐标不是有限的数", "Coordinates not finite"),
    ProblemKind.OUT_OF_RANGE: Text("坐标超出范围", "Coordinates out of range"),
    ProblemKind.TOO_LARGE: Text("图形过大", "Shape too large"),
    ProblemKind.WRONG_TYPE: Text("图形类型不符", "Wrong type of shape"),
    ProblemKind.INVALID: Text("图形无效", "Invalid shape"),
    ProblemKind.OVERLAP: Text("与其他区域重叠", "Overlaps another area"),
    ProblemKind.CODE: Text("编码不合规则", "Code breaks its rule"),
    ProblemKind.DUPLICATE_CODE: Text("编码重复", "Code stands twice"),
    ProblemKind.CODE_TAKEN: Text("编码已被占用", "Code is taken"),
    ProblemKind.VALUE: Text("属性值有误", "Bad value"),
    ProblemKind.OUTSIDE: Text("在区县之外", "Outside the district"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one row of a file.

    `row` counts features from 1, as the file holds them. `place`: longitude, latitude of the spot, where there is one.
    """

    row: int
    kind: ProblemKind
    reason: Text
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a stranger's file may cost, in bytes, seconds and counts; what goes beyond is refused or killed."""

    memory_bytes: int = 4096 * MEBIBYTE
    processor_s: int = 120
    wall_s: int = 180
    file_bytes: int = 2048 * MEBIBYTE
    rows: int = 2_000_000
    vertices: int = 30_000_000
    vertices_each: int = 500_000
    archive_entries: int = 200
    archive_ratio: int = 200


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """What the reading process is asked for.

    `wanted`: the shapes that the collection holds; None takes all. `prefer`: names of layers to choose among several.
    `crs`: the coordinate system to take instead of the file's own. `places`: names of the columns lon, lat or wkt of a
    CSV, where they were said. `repair`: polygons that are invalid or overlap are mended.
    """

    path: Path
    collection: str
    wanted: GeometryType | None = None
    layer: str | None = None
    prefer: tuple[str, ...] = ()
    crs: str | None = None
    swap_axes: bool = False
    places: dict[str, str] = field(default_factory=dict)
    limits: Limits = Limits()
    repair: bool = False

    def to_json(self) -> bytes:
        """Return the request as JSON."""
        return orjson.dumps(asdict(self) | {"path": str(self.path)})

    @classmethod
    def from_json(cls, data: bytes) -> "ReadRequest":
        """Return the request that `to_json` wrote."""
        raw = orjson.loads(data)
        raw["path"] = Path(raw["path"])
        raw["wanted"] = GeometryType(raw["wanted"]) if raw["wanted"] else None
        raw["prefer"] = tuple(raw["prefer"])
        raw["limits"] = Limits(**raw["limits"])
        return cls(**raw)


@dataclass(frozen=True, slots=True)
class Source:
    """The rows of a file, in WGS 84 longitude, latitude.

    `geometry`: shape (n,), None where the shape of a row has a problem. `columns`: as in the file. `rows`: the number
    of each row, counted from 1 over the whole layer; `lines`: its line in the file, for text. `skipped`: features of
    the layer that are something else (an OpenStreetMap layer holds many things). `spatial_reference`: what the
    coordinates were taken for.
    """

    format: str
    layer: str
    geometry: Geometries
    columns: dict[str, list[Any]]
    rows: list[int]
    problems: list[Problem]
    spatial_reference: str
    lines: list[int] | None = None
    encoding: str | None = None
    skipped: int = 0
    notes: list[Text] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows)


def save(source: Source, folder: Path) -> None:
    """Write the rows into a folder as `rows.json` and `shapes.bin` (WKB, one behind the other)."""
    binary = shapely.to_wkb(source.geometry)
    lengths = [-1 if shape is None else len(shape) for shape in binary]
    (folder / "shapes.bin").write_bytes(b"".join(shape for shape in binary if shape is not None))
    head = {
        "format": source.format,
        "layer": source.layer,
        "columns": source.columns,
        "rows": source.rows,
        "lines": source.lines,
        "problems": [_problem_out(problem) for problem in source.problems],
        "spatial_reference": source.spatial_reference,
        "encoding": source.encoding,
        "skipped": source.skipped,
        "notes": [[note.zh, note.en] for note in source.notes],
        "lengths": lengths,
    }
    (folder / "rows.json").write_bytes(orjson.dumps(head, option=orjson.OPT_SERIALIZE_NUMPY, default=str))


def load(folder: Path) -> Source:
    """Return the rows that `save` wrote."""
    head = orjson.loads((folder / "rows.json").read_bytes())
    lengths = head.pop("lengths")
    head["problems"] = [_problem_in(values) for values in head["problems"]]
    head["notes"] = [Text(zh, en) for zh, en in head["notes"]]
    return Source(geometry=_shapes((folder / "shapes.bin").read_bytes(), lengths), **head)


def _shapes(data: bytes, lengths: Sequence[int]) -> Geometries:
    binary = np.empty(len(lengths), dtype=object)
    start = 0
    for index, length in enumerate(lengths):
        if length >= 0:
            binary[index] = data[start : start + length]
            start += length
    shapes: Geometries = shapely.from_wkb(binary)
    return shapes


def _problem_out(problem: Problem) -> list[Any]:
    return [problem.row, problem.kind, problem.reason.zh, problem.reason.en, problem.place]


def _problem_in(values: list[Any]) -> Problem:
    row, kind, zh, en, place = values
    return Problem(row, ProblemKind(kind), Text(zh, en), tuple(place) if place else None)
