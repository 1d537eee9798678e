"""GeoParquet 1.1 through pyarrow: WKB, the bounding box and the reference system in the file's `geo` metadata."""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyproj
import shapely

from spatial.exporting.arrow import GEOMETRY, arrow_schema, record_batch
from spatial.exporting.request import Provenance
from spatial.schema import Column
from spatial.table import Table


def write_geoparquet(target: Path, columns: list[Column], tables: Iterable[Table], provenance: Provenance) -> int:
    """Write rows to a new file and return how many.

    The reference system is OGC:CRS84 (longitude, latitude), geometry's encoding WKB; see the GeoParquet 1.1.0
    specification for the keys of the metadata.
    """
    from pyarrow import parquet

    schema = arrow_schema(columns)
    bounds = np.array([np.inf, np.inf, -np.inf, -np.inf])
    types: set[str] = set()
    count = 0
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for rows in tables:
            writer.write_batch(record_batch(rows, columns, schema))
            count += len(rows)
            box = rows.bounds()
            if box is not None:
                bounds[:2] = np.minimum(bounds[:2], box[:2])
                bounds[2:] = np.maximum(bounds[2:], box[2:])
            types |= {shapely.GeometryType(kind).name for kind in np.unique(shapely.get_type_id(rows.geometry))}
        column: dict[str, object] = {
            "encoding": "WKB",
            "geometry_types": sorted(_NAMES[name] for name in types if name in _NAMES),
            "crs": pyproj.CRS.from_user_input("OGC:CRS84").to_json_dict(),
            "edges": "planar",
        }
        if np.isfinite(bounds).all():
            column["bbox"] = [float(value) for value in bounds]
        geo = {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
        writer.add_key_value_metadata(
            {
                "geo": json.dumps(geo, ensure_ascii=False),
                "gridscape": json.dumps(provenance.facts(), ensure_ascii=False),
            }
        )
    return count


_NAMES = {
    "POINT": "Point",
    "LINESTRING": "LineString",
    "POLYGON": "Polygon",
    "MULTIPOINT": "MultiPoint",
    "MULTILINESTRING": "MultiLineString",
    "MULTIPOLYGON": "MultiPolygon",
    "GEOMETRYCOLLECTION": "GeometryCollection",
}
