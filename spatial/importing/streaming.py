"""Rows of a layer as GDAL reads them, as a stream of Arrow batches of bounded size (runs in the killable process).

What is written: one line of JSON (`total`, `geometry`, `shape`, `declared`), then an Arrow IPC stream.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import orjson

from spatial.errors import BadFile, BadParameter, LimitExceeded
from spatial.importing.formats import Format
from spatial.text import Text

if TYPE_CHECKING:
    import pyarrow

ROWS_AT_ONCE = 65_536
MOST_BYTES = 64 << 20
"""No batch is larger, whatever its shapes; a single row that is larger is refused."""


def write(path: Path, kind: Format, layer: str | None, out: BinaryIO) -> None:
    """Write the rows of a file's layer; raises BadFile, BadParameter for an unknown layer, LimitExceeded."""
    import pyarrow
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        names = [str(name) for name, shape in pyogrio.list_layers(path) if shape is not None]
        chosen = _layer(names, layer)
        # GDAL says how many a GeoPackage holds without reading it; others are told by their bytes
        total = pyogrio.read_info(path, layer=chosen)["features"] if kind is not Format.GEOJSON else -1
        with pyogrio.raw.open_arrow(path, layer=chosen, batch_size=ROWS_AT_ONCE, use_pyarrow=True) as (meta, reader):
            head = {
                "total": int(total) if total >= 0 else None,
                "geometry": meta["geometry_name"] or "wkb_geometry",
                "shape": meta["geometry_type"] or "Unknown",
                "declared": meta["crs"],
            }
            out.write(orjson.dumps(head) + b"\n")
            first = 1
            with pyarrow.ipc.new_stream(out, reader.schema) as writer:
                for batch in reader:
                    for part in _parts(batch, first):
                        writer.write_batch(part)
                    first += len(batch)
    except (DataSourceError, DataLayerError, pyarrow.ArrowException) as error:
        raise damaged(path, error) from error


def damaged(path: Path, error: Exception) -> BadFile:
    """Return the error that says that a file cannot be read to its end."""
    words = str(error).replace(str(path), path.name)[:300]
    return BadFile(
        Text(f"{path.name} 无法读取：{words}", f"{path.name} cannot be read: {words}"),
        Text("文件可能已损坏，请重新导出", "The file may be damaged; export it again"),
    )


def _parts(batch: "pyarrow.RecordBatch", first: int) -> "Iterator[pyarrow.RecordBatch]":
    if batch.nbytes <= MOST_BYTES:
        yield batch
    elif len(batch) > 1:
        half = len(batch) // 2
        yield from _parts(batch.slice(0, half), first)
        yield from _parts(batch.slice(half), first + half)
    else:
        size = batch.nbytes >> 20
        raise LimitExceeded(
            Text(f"第 {first} 行有 {size} MB，过大", f"Row {first} has {size} MB, too much"),
            Text(f"每行上限 {MOST_BYTES >> 20} MB", f"At most {MOST_BYTES >> 20} MB for each row"),
        )


def _layer(names: list[str], said: str | None) -> str:
    listed = ", ".join(names) or "–"
    if said is not None and said not in names:
        raise BadParameter(
            Text(f"文件中没有图层 {said}", f"The file has no layer {said}"),
            Text(f"可用图层：{listed}", f"Its layers are: {listed}"),
        )
    if said is None and len(names) != 1:
        raise BadParameter(
            Text(f"文件中带图形的图层有：{listed}", f"The file's layers with shapes are: {listed}"),
            Text("请用 --layer 指定其一", "Choose one with --layer"),
        )
    return said or names[0]
