"""The rows of a file as GeoJSON, with the shapes that a repair left of them."""

from pathlib import Path

import orjson
import shapely

from spatial.errors import BadFile
from spatial.importing.source import Source
from spatial.text import Text


def write(target: Path, source: Source) -> None:
    """Write all rows to a new file in WGS 84, those without a shape too; raises BadFile where the file exists."""
    shapes = shapely.to_geojson(source.geometry)
    try:
        with target.open("xb") as file:
            file.write(b'{"type":"FeatureCollection","features":[')
            for at, shape in enumerate(shapes):
                feature = {
                    "type": "Feature",
                    "geometry": None if shape is None else orjson.Fragment(shape),
                    "properties": {name: values[at] for name, values in source.columns.items()},
                }
                file.write((b",\n" if at else b"\n") + orjson.dumps(feature))
            file.write(b"\n]}\n")
    except FileExistsError:
        raise BadFile(
            Text(f"文件 {target} 已存在", f"The file {target} exists"),
            Text("请换一个文件名，原文件不会被覆盖", "Take another name; nothing is overwritten"),
        ) from None
