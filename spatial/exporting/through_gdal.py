"""GeoPackage and Shapefile through GDAL. The file written is always a new one, never a store's own."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from spatial.exporting.arrow import arrow_schema, plain, record_batch
from spatial.exporting.request import Provenance
from spatial.schema import Collection, Column, ColumnType, GeometryType
from spatial.table import Table

if TYPE_CHECKING:
    pass

_OGR_TYPE = {
    GeometryType.POINT: "Point",
    GeometryType.LINE_STRING: "LineString",
    GeometryType.MULTI_POLYGON: "MultiPolygon",
    GeometryType.ANY: "Unknown",
}
DBASE_NAME = 10
"""A field's name in a Shapefile has at most so many signs."""
DBASE_TEXT = 254
"""A text in a Shapefile has at most so many bytes."""


def write_geopackage_layer(
    target: Path, layer: Collection, columns: list[Column], tables: Iterable[Table], provenance: Provenance
) -> int:
    """Write rows as one layer of a GeoPackage and return how many; layers that the file has already stay."""
    counted = _Counted(tables)
    facts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in provenance.facts().items()}
    _write(
        target,
        counted,
        columns,
        layer=layer.id,
        driver="GPKG",
        geometry_type=_OGR_TYPE[layer.geometry],
        geometry_name="geom",
        layer_options={"IDENTIFIER": f"{layer.title.zh} {layer.title.en}", "DESCRIPTION": provenance.sentence().en},
        layer_metadata=facts,
    )
    return counted.count


@dataclass(frozen=True, slots=True)
class ShapefileLosses:
    """What the format could not hold: names that were cut (long → short), and how many texts were."""

    names: dict[str, str]
    texts: int


def short_names(names: Sequence[str]) -> dict[str, str]:
    """Return a name of at most ten signs for each name, no two alike; short names stay as they are."""
    short: dict[str, str] = {name: name for name in names if len(name) <= DBASE_NAME}
    taken = set(short)
    for name in names:
        if name in short:
            continue
        candidate, number = name[:DBASE_NAME], 1
        while candidate in taken:
            number += 1
            candidate = f"{name[: DBASE_NAME - 2]}_{number}"
        short[name] = candidate
        taken.add(candidate)
    return short


def write_shapefile(
    target: Path, shape: GeometryType, columns: list[Column], tables: Iterable[Table]
) -> tuple[int, ShapefileLosses]:
    """Write rows as Shapefiles in UTF-8 and return how many, and what was lost.

    Times become ISO texts and truth values 1 and 0, since the format has neither. A Shapefile has one kind of
    geometry: where a collection has several, one file is written for each that occurs, named `…_points`, `…_lines`
    and `…_polygons`.
    """
    short = short_names([column.name for column in columns])
    fields = [replace(column, name=short[column.name], holds=_DBASE_TYPE[column.holds]) for column in columns]
    cutter = _Cutter(columns, short)
    if shape is not GeometryType.ANY:
        parts = [(target, _OGR_TYPE[shape], iter(tables))]
    else:
        parts = _by_dimension(target, list(tables))
    count = 0
    for path, geometry_type, rows in parts:
        counted = _Counted(cutter.cut(table) for table in rows)
        _write(
            path,
            counted,
            fields,
            layer=path.stem,
            driver="ESRI Shapefile",
            geometry_type=geometry_type,
            encoding="UTF-8",
        )
        count += counted.count
    cut_names = {name: taken for name, taken in short.items() if name != taken}
    return count, ShapefileLosses(cut_names, cutter.texts)


_DBASE_TYPE = {
    ColumnType.TEXT: ColumnType.TEXT,
    ColumnType.INTEGER: ColumnType.INTEGER,
    ColumnType.REAL: ColumnType.REAL,
    ColumnType.BOOLEAN: ColumnType.INTEGER,
    ColumnType.TIME: ColumnType.TEXT,
}


class _Counted:
    """Tables as they are handed on, counted."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._tables = tables
        self.count = 0

    def __iter__(self) -> Iterator[Table]:
        for table in self._tables:
            self.count += len(table)
            yield table


class _Cutter:
    """Makes rows fit into a Shapefile, and counts the texts that it had to cut."""

    def __init__(self, columns: Sequence[Column], short: dict[str, str]) -> None:
        self._columns = columns
        self._short = short
        self.texts = 0

    def cut(self, rows: Table) -> Table:
        return Table(
            rows.geometry,
            {
                self._short[column.name]: [self._fit(plain(value)) for value in rows[column.name]]
                for column in self._columns
                if column.name in rows.columns
            },
        )

    def _fit(self, value: Any) -> Any:
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        if isinstance(value, str) and len(encoded := value.encode()) > DBASE_TEXT:
            self.texts += 1
            # half a sign at the cut is left out
            return encoded[:DBASE_TEXT].decode(errors="ignore")
        return value


def _by_dimension(target: Path, tables: Sequence[Table]) -> list[tuple[Path, str, Iterator[Table]]]:
    parts = []
    for dimension, ending, geometry_type in (
        (0, "points", "Point"),
        (1, "lines", "LineString"),
        (2, "polygons", "MultiPolygon"),
    ):
        chosen = [table.take(np.flatnonzero(shapely.get_dimensions(table.geometry) == dimension)) for table in tables]
        if any(len(table) for table in chosen):
            parts.append((target.with_name(f"{target.stem}_{ending}.shp"), geometry_type, iter(chosen)))
    if not parts:
        parts.append((target, "Point", iter([])))
    return parts


def _write(target: Path, tables: Iterable[Table], columns: Sequence[Column], **options: Any) -> None:
    import pyarrow
    from pyogrio.raw import write_arrow

    schema = arrow_schema(columns, wkb_metadata=True)
    batches: Iterator[pyarrow.RecordBatch] = (record_batch(table, columns, schema) for table in tables)
    write_arrow(pyarrow.RecordBatchReader.from_batches(schema, batches), str(target), crs="EPSG:4326", **options)
