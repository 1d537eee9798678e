"""Batches of tagged rows to a file, one after the other, whatever their number."""

import base64
import csv
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import shapely

from spatial.errors import BadFile
from spatial.exporting.comma_separated import RISKY
from spatial.importing.formats import Format
from spatial.tagging.geopackage_index import Spool
from spatial.tagging.places import plain_points
from spatial.text import Text

if TYPE_CHECKING:
    import pyarrow

Batches = Iterator["pyarrow.RecordBatch"]
_WKB_MARK = {"ARROW:extension:name": "geoarrow.wkb"}
_ROWS_IN_A_GROUP = 262_144
_RISKY = "^[" + "".join(f"\\x{{{ord(sign):x}}}" for sign in RISKY) + "]"
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_DRIVERS = {Format.GEOPACKAGE: "GPKG", Format.GEOJSON: "GeoJSON"}
WRITTEN: dict[str, Format] = {
    ".csv": Format.CSV,
    ".geojson": Format.GEOJSON,
    ".json": Format.GEOJSON,
    ".gpkg": Format.GEOPACKAGE,
    ".parquet": Format.GEOPARQUET,
    ".geoparquet": Format.GEOPARQUET,
}
"""What a target is by its name."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """The column of shapes of what is written: its name, and what GDAL calls them."""

    column: str
    kind: str


def write(target: Path, form: Format, schema: "pyarrow.Schema", batches: Batches, shapes: Shapes | None) -> None:
    """Write batches of a schema to a new file; `shapes`: None for a table without any. Shapes are in WGS 84 degrees."""
    match form:
        case Format.CSV:
            _csv(target, schema, batches)
        case Format.GEOPARQUET:
            _parquet(target, schema, batches, shapes)
        case Format.GEOPACKAGE | Format.GEOJSON:
            assert shapes is not None
            _gdal(target, form, schema, batches, shapes)
        case _:
            raise AssertionError("checked before anything is read")


def _parquet(target: Path, schema: "pyarrow.Schema", batches: Batches, shapes: Shapes | None) -> None:
    import pyarrow
    import pyproj
    from pyarrow import parquet

    metadata = {key: value for key, value in (schema.metadata or {}).items() if key != b"geo"}
    bounds = np.array([np.inf, np.inf, -np.inf, -np.inf])
    with parquet.ParquetWriter(target, schema.with_metadata(metadata), compression="zstd") as writer:
        held: list[pyarrow.RecordBatch] = []
        count = 0
        for batch in batches:
            held.append(batch)
            count += len(batch)
            if shapes is not None:
                box = _bounds(batch, shapes)
                bounds[:2], bounds[2:] = np.minimum(bounds[:2], box[:2]), np.maximum(bounds[2:], box[2:])
            if count >= _ROWS_IN_A_GROUP:
                writer.write_table(pyarrow.Table.from_batches(held), row_group_size=count)
                held, count = [], 0
        if held:
            writer.write_table(pyarrow.Table.from_batches(held), row_group_size=max(count, 1))
        if shapes is not None:
            column: dict[str, Any] = {
                "encoding": "WKB",
                "geometry_types": [] if shapes.kind == "Unknown" else [shapes.kind],
                "crs": pyproj.CRS.from_user_input("OGC:CRS84").to_json_dict(),
                "edges": "planar",
            }
            if np.isfinite(bounds).all():
                column["bbox"] = bounds.tolist()
            geo = {"version": "1.1.0", "primary_column": shapes.column, "columns": {shapes.column: column}}
            writer.add_key_value_metadata({"geo": json.dumps(geo, ensure_ascii=False)})


def _bounds(batch: "pyarrow.RecordBatch", shapes: Shapes) -> Any:
    boxes = _boxes(batch, shapes)
    nothing = np.array([[np.inf, np.inf, -np.inf, -np.inf]])
    boxes = np.concatenate([boxes[~np.isnan(boxes).any(axis=1)], nothing])
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def _boxes(batch: "pyarrow.RecordBatch", shapes: Shapes) -> Any:
    """Return west, south, east, north of each row's shape, NaN where it has none, shape (n, 4)."""
    import pyarrow

    column = batch.column(shapes.column).cast(pyarrow.binary())
    points = plain_points(column)
    if points is not None:
        return np.column_stack([points["x"], points["y"], points["x"], points["y"]]).astype(np.float64)
    binary = np.empty(len(batch), dtype=object)
    binary[:] = column.to_pylist()
    return shapely.bounds(shapely.from_wkb(binary, on_invalid="ignore")).reshape(-1, 4)


def _csv(target: Path, schema: "pyarrow.Schema", batches: Batches) -> None:
    from pyarrow import csv as arrow_csv

    plain = plain_schema(schema)
    with target.open("wb") as file:
        file.write(b"\xef\xbb\xbf")  # by which a spreadsheet knows UTF-8
        file.write(_header(plain.names))
        for batch in batches:
            cells = _guarded(as_plain(batch, plain))
            # pyarrow quotes every text or none: all only where some cell needs it
            style = "needed" if _needs_quotes(cells) else "none"
            options = arrow_csv.WriteOptions(include_header=False, quoting_style=style)
            arrow_csv.write_csv(cells, file, write_options=options)


def _needs_quotes(batch: "pyarrow.RecordBatch") -> bool:
    import pyarrow
    from pyarrow import compute

    texts = (column for column in batch.columns if pyarrow.types.is_string(column.type))
    return any(compute.any(compute.match_substring_regex(text, '[",\r\n]')).as_py() for text in texts)


def _header(names: list[str]) -> bytes:
    import io

    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(names)
    return line.getvalue().encode()


def _guarded(batch: "pyarrow.RecordBatch") -> "pyarrow.RecordBatch":
    """Return a batch of which no text runs as a formula in a spreadsheet; texts that are numbers stay."""
    import pyarrow
    from pyarrow import compute

    columns = []
    for column in batch.columns:
        if pyarrow.types.is_string(column.type):
            risky = compute.match_substring_regex(column, _RISKY).fill_null(False)
            number = compute.match_substring_regex(column, _NUMBER).fill_null(False)
            runs = compute.and_(risky, compute.invert(number))
            if compute.any(runs).as_py():
                column = compute.if_else(runs, compute.binary_join_element_wise("'", column, ""), column)
        columns.append(column)
    return pyarrow.RecordBatch.from_arrays(columns, schema=batch.schema)


def _gdal(target: Path, form: Format, schema: "pyarrow.Schema", batches: Batches, shapes: Shapes) -> None:
    plain = plain_schema(schema, shapes.column)
    taken = {name.lower() for name in plain.names}
    options: dict[str, Any] = {
        "driver": _DRIVERS[form],
        "layer": target.stem,
        "geometry_name": shapes.column,
        "geometry_type": shapes.kind,
        "crs": "EPSG:4326",
    }
    parts = (as_plain(batch, plain, shapes.column) for batch in batches)
    if form is Format.GEOJSON:
        _handed_to_gdal(target, plain, parts, options)
        return
    named = {
        "GEOMETRY_NAME": _free(("geom", "geometry", "shape"), taken - {shapes.column.lower()}),
        "FID": _free(("fid", "gid", "gridscape_fid"), taken),
    }
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        spool, twin = Spool(Path(name)), Path(name) / "twin.gpkg"
        options["layer_options"] = {**named, "SPATIAL_INDEX": "NO"}
        _handed_to_gdal(target, plain, _noted(parts, spool, shapes), options)
        _handed_to_gdal(twin, plain, iter(()), {**options, "layer_options": named})
        spool.build(target, target.stem, named["GEOMETRY_NAME"], twin)


def _noted(parts: Batches, spool: Spool, shapes: Shapes) -> Batches:
    for part in parts:
        spool.add(_boxes(part, shapes))
        yield part


def _handed_to_gdal(target: Path, schema: "pyarrow.Schema", parts: Batches, options: dict[str, Any]) -> None:
    import pyarrow
    from pyogrio.errors import DataSourceError, FeatureError, FieldError, GeometryError
    from pyogrio.raw import write_arrow

    stopped: list[BaseException] = []

    def handed_on() -> Batches:
        try:
            yield from parts
        except BaseException as error:
            stopped.append(error)  # GDAL would make a sentence of its own of it
            raise

    try:
        reader = pyarrow.RecordBatchReader.from_batches(schema, handed_on())
        write_arrow(reader, str(target), **options)
    except (DataSourceError, FeatureError, FieldError, GeometryError, pyarrow.ArrowException, RuntimeError) as error:
        if stopped:
            raise stopped[0] from None
        raise BadFile(
            Text(f"无法写成 {target.suffix}：{error}", f"It cannot be written as {target.suffix}: {error}"),
            Text("请改用 .parquet 或 .csv", "Write a .parquet or .csv instead"),
        ) from error
    if stopped:
        raise stopped[0]


def _free(names: tuple[str, ...], taken: set[str]) -> str:
    return next((name for name in names if name not in taken), f"gridscape_{names[0]}_")


def plain_schema(schema: "pyarrow.Schema", shapes: str | None = None) -> "pyarrow.Schema":
    """Return a schema with types that every format has; what is nested becomes JSON."""
    import pyarrow

    fields = []
    for item in schema:
        if item.name == shapes:
            fields.append(pyarrow.field(item.name, pyarrow.binary(), metadata=_WKB_MARK))
        else:
            kind = _plain_type(item.type)
            fields.append(item if kind == item.type else pyarrow.field(item.name, kind))
    return pyarrow.schema(fields)


def _plain_type(kind: "pyarrow.DataType") -> "pyarrow.DataType":
    import pyarrow

    types = pyarrow.types
    if types.is_dictionary(kind):
        return _plain_type(kind.value_type)
    if types.is_decimal(kind) or types.is_float16(kind):
        return pyarrow.float64()
    if types.is_uint64(kind):
        return pyarrow.string()  # the largest are no integers elsewhere
    if types.is_boolean(kind) or types.is_integer(kind) or types.is_floating(kind):
        return kind
    if types.is_timestamp(kind) or types.is_date32(kind):
        return kind
    return pyarrow.string()


def as_plain(
    batch: "pyarrow.RecordBatch", schema: "pyarrow.Schema", shapes: str | None = None
) -> "pyarrow.RecordBatch":
    """Return a batch in the types of `plain_schema`."""
    import pyarrow

    columns = []
    for item, column in zip(schema, batch.columns, strict=True):
        if pyarrow.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        if item.name == shapes or column.type == item.type:
            columns.append(column if column.type == item.type else column.cast(item.type))
            continue
        try:
            if pyarrow.types.is_binary(column.type) or pyarrow.types.is_large_binary(column.type):
                raise pyarrow.ArrowNotImplementedError
            columns.append(column.cast(item.type))
        except (pyarrow.ArrowNotImplementedError, pyarrow.ArrowInvalid):
            columns.append(pyarrow.array([_as_text(value) for value in column.to_pylist()], item.type))
    return pyarrow.RecordBatch.from_arrays(columns, schema=schema)


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return orjson.dumps(
        value, default=lambda inner: _as_text(inner) if isinstance(inner, bytes) else str(inner)
    ).decode()
