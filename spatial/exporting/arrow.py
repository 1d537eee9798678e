"""Rows as Arrow record batches: what GeoParquet holds, and what GDAL takes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from spatial.schema import Column, ColumnType
from spatial.table import Table

if TYPE_CHECKING:
    import pyarrow

GEOMETRY = "geometry"


def arrow_type(holds: ColumnType) -> "pyarrow.DataType":
    """Return the Arrow type of a column of the schema."""
    import pyarrow

    types = {
        ColumnType.TEXT: pyarrow.string(),
        ColumnType.INTEGER: pyarrow.int64(),
        ColumnType.REAL: pyarrow.float64(),
        ColumnType.BOOLEAN: pyarrow.bool_(),
        ColumnType.TIME: pyarrow.timestamp("us", tz="UTC"),
    }
    return types[holds]


def arrow_schema(columns: Sequence[Column], wkb_metadata: bool = False) -> "pyarrow.Schema":
    """Return the schema of record batches: the columns, then the geometry as WKB.

    `wkb_metadata` marks the geometry as GeoArrow's WKB extension, by which GDAL knows it.
    """
    import pyarrow

    marked = {"ARROW:extension:name": "geoarrow.wkb"} if wkb_metadata else None
    return pyarrow.schema(
        [
            *(pyarrow.field(column.name, arrow_type(column.holds)) for column in columns),
            pyarrow.field(GEOMETRY, pyarrow.binary(), metadata=marked),
        ]
    )


def record_batch(rows: Table, columns: Sequence[Column], schema: "pyarrow.Schema") -> "pyarrow.RecordBatch":
    """Return rows as one record batch of a schema; a column that the rows lack is null."""
    import pyarrow

    arrays = [
        pyarrow.array([plain(value) for value in rows.columns.get(column.name, [None] * len(rows))], field.type)
        for column, field in zip(columns, schema, strict=False)
    ]
    arrays.append(pyarrow.array(shapely.to_wkb(rows.geometry, include_srid=False), pyarrow.binary()))
    return pyarrow.RecordBatch.from_arrays(arrays, schema=schema)


def plain(value: Any) -> Any:
    """Return a value of a table as Python's own type, NaN as None."""
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and value != value else value
