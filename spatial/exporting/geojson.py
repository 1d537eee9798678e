"""GeoJSON by RFC 7946, written feature by feature, so that its size does not matter."""

from collections.abc import Iterable
from pathlib import Path

import orjson
import shapely

from spatial.exporting.arrow import plain
from spatial.exporting.request import Provenance
from spatial.schema import Column
from spatial.table import Table


def write_geojson(
    target: Path, name: str, columns: list[Column], tables: Iterable[Table], provenance: Provenance
) -> int:
    """Write rows to a new file and return how many.

    Outer rings run counter-clockwise (RFC 7946, section 3.1.6); coordinates keep all of their digits.
    """
    count = 0
    with target.open("wb") as file:
        head = {"type": "FeatureCollection", "name": name, "gridscape": provenance.facts()}
        # the closing brace makes room for the features
        file.write(orjson.dumps(head)[:-1] + b',"features":[')
        for rows in tables:
            shapes = shapely.to_geojson(shapely.orient_polygons(rows.geometry))
            for index, shape in enumerate(shapes):
                properties = {
                    column.name: plain(rows[column.name][index]) for column in columns if column.name in rows.columns
                }
                feature = {
                    "type": "Feature",
                    "geometry": None if shape is None else orjson.Fragment(shape),
                    "properties": properties,
                }
                file.write(b",\n" if count else b"\n")
                file.write(orjson.dumps(feature, option=orjson.OPT_UTC_Z))
                count += 1
        file.write(b"\n]}\n")
    return count
