"""Files as batches of rows, whatever their size: CSV and Parquet through pyarrow, others in a process of their own."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from spatial.errors import BadFile
from spatial.exporting.comma_separated import unguarded
from spatial.importing import encoding
from spatial.importing.formats import Format, sniff
from spatial.importing.streaming import ROWS_AT_ONCE, damaged
from spatial.tagging import gdal_source
from spatial.tagging.batches import Batch, Source, Unreadable
from spatial.text import Text

if TYPE_CHECKING:
    import pyarrow

_BLOCK_BYTES = 4 << 20
READ = (Format.CSV, Format.GEOJSON, Format.GEOPACKAGE, Format.SHAPEFILE, Format.GEOPARQUET)


@contextmanager
def opened(path: Path, layer: str | None = None) -> Iterator[Source]:
    """Open a file by its content; raises BadFile for one that cannot be tagged, BadParameter for an unknown layer."""
    kind = sniff(path)
    if kind not in READ:
        raise BadFile(
            Text(f"不能标注 {kind.value} 文件", f"A file of {kind.value} cannot be tagged"),
            Text(
                "可用：CSV、GeoJSON、GeoPackage、Shapefile、Parquet",
                "Use CSV, GeoJSON, GeoPackage, Shapefile or Parquet",
            ),
        )
    opening = {Format.CSV: _csv, Format.GEOPARQUET: _parquet}.get(kind)
    if opening is None:
        with gdal_source.opened(path, kind, layer) as source:
            yield source
        return
    with opening(path) as source:
        yield source


@contextmanager
def _parquet(path: Path) -> Iterator[Source]:
    import pyarrow
    from pyarrow import parquet

    try:
        # buffered and not read ahead: a column chunk may be as large as the file
        file = parquet.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20)
    except (pyarrow.ArrowException, OSError) as error:
        raise damaged(path, error) from error
    with file:
        schema = file.schema_arrow
        geometry, shape, declared = _geo(path, schema)

        def batches() -> Iterator[Batch]:
            first = 1
            try:
                for values in file.iter_batches(batch_size=ROWS_AT_ONCE, use_threads=False):
                    yield Batch(np.arange(first, first + len(values)), values)
                    first += len(values)
            except (pyarrow.ArrowException, OSError) as error:
                raise damaged(path, error) from error

        size = path.stat().st_size
        yield Source(Format.GEOPARQUET, schema, batches(), size, file.metadata.num_rows, geometry, shape, declared)


def _geo(path: Path, schema: "pyarrow.Schema") -> tuple[str | None, str, Any | None]:
    """Return the column of shapes by the file's `geo` metadata, what it holds, and its coordinate system."""
    try:
        geo = json.loads((schema.metadata or {}).get(b"geo", b"{}"))
        column = geo.get("primary_column")
        described = geo.get("columns", {}).get(column)
    except (ValueError, AttributeError) as error:
        raise damaged(path, error) from error
    if column is None or described is None or column not in schema.names:
        return None, "Unknown", None
    held = described.get("encoding")
    if held != "WKB":
        raise BadFile(
            Text(f"GeoParquet 的图形编码是 {held}", f"The shapes are in {held}"),
            Text("请以 WKB 编码重新导出", "Write the file again with WKB"),
        )
    types = described.get("geometry_types") or []
    # by the standard a missing crs is longitude, latitude; an explicit null is unknown
    return column, types[0] if len(types) == 1 else "Unknown", described.get("crs", "OGC:CRS84")


@contextmanager
def _csv(path: Path) -> Iterator[Source]:
    import pyarrow
    from pyarrow import csv as arrow_csv

    found = encoding.of_file(path)
    try:
        with path.open(encoding=found, newline="") as file:
            line = file.readline()
            delimiter = max(",;\t|", key=line.count)
            file.seek(0)
            header = next(csv.reader(file, delimiter=delimiter), [])
    except (csv.Error, UnicodeError) as error:
        raise damaged(path, error) from error
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise BadFile(
            Text(f"表头中有重复的列：{', '.join(twice)}", f"The header names a column twice: {', '.join(twice)}"),
            Text("请改名后再标注", "Rename one of them"),
        )
    torn: list[Unreadable] = []

    def skip(row: Any) -> str:
        # the header is row 1 there
        reason = Text(
            f"有 {row.actual_columns} 格，应为 {row.expected_columns} 格",
            f"It has {row.actual_columns} cells instead of {row.expected_columns}",
        )
        torn.append(Unreadable(row.number - 1, reason, row.text))
        return "skip"

    text = pyarrow.string()
    try:
        reader = arrow_csv.open_csv(
            path,
            # one thread, so that the rows that are skipped have their numbers
            read_options=arrow_csv.ReadOptions(
                use_threads=False,
                block_size=_BLOCK_BYTES,
                encoding="utf8" if found in ("utf-8", "utf-8-sig") else found,
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, invalid_row_handler=skip
            ),
            # cells stay as they are written: a code may begin with a zero
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(header, text), strings_can_be_null=False
            ),
        )
    except (pyarrow.ArrowException, UnicodeError, OSError) as error:
        raise damaged(path, error) from error
    with reader:
        yield Source(Format.CSV, reader.schema, _csv_batches(path, reader, torn), path.stat().st_size)


def _csv_batches(path: Path, reader: Any, torn: list[Unreadable]) -> Iterator[Batch]:
    import pyarrow

    following = 1
    while True:
        try:
            values = reader.read_next_batch()
        except StopIteration:
            break
        except (pyarrow.ArrowException, UnicodeError, OSError) as error:
            raise damaged(path, error) from error
        # what was skipped while this batch was read stands in front of it, inside it, or behind
        rows, following, used = _numbered(len(values), following, torn)
        taken, torn[:used] = torn[:used], []
        values = _unguarded(values)
        for part in range(0, max(len(values), 1), ROWS_AT_ONCE):
            ahead = taken if part == 0 else []
            yield Batch(rows[part : part + ROWS_AT_ONCE], values.slice(part, ROWS_AT_ONCE), ahead)
    if torn:
        nothing = pyarrow.RecordBatch.from_pylist([], reader.schema)
        yield Batch(np.empty(0, dtype=np.int64), nothing, torn)


def _unguarded(batch: "pyarrow.RecordBatch") -> "pyarrow.RecordBatch":
    """Return a batch of text without the apostrophes that an export put before what looks like a formula."""
    import pyarrow
    from pyarrow import compute

    columns = []
    for column in batch.columns:
        marked = compute.starts_with(column, "'").fill_null(False)
        if compute.any(marked).as_py():
            column = pyarrow.array(
                [None if cell is None else unguarded(cell) for cell in column.to_pylist()], column.type
            )
        columns.append(column)
    return pyarrow.RecordBatch.from_arrays(columns, schema=batch.schema)


def _numbered(count: int, following: int, torn: list[Unreadable]) -> tuple[NDArray[np.int64], int, int]:
    """Return the numbers of so many rows, leaving out those skipped; the next number, and how many were left out."""
    used = 0
    last = following + count
    while used < len(torn) and torn[used].row < last:
        used += 1
        last += 1
    numbers = np.arange(following, last)
    return numbers[~np.isin(numbers, [skipped.row for skipped in torn[:used]])], last, used
