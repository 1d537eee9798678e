"""Files as strangers send them, for tests of what comes in."""

import json
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

Columns = Mapping[str, Sequence[Any]]


def write_shapefile(
    path: Path, shapes: Sequence[Any], columns: Columns, encoding: str = "UTF-8", crs: str | None = "EPSG:4326"
) -> Path:
    """Write a Shapefile with its attributes in an encoding, without the .cpg that would name it."""
    _write(path, shapes, columns, "ESRI Shapefile", crs, encoding=encoding)
    path.with_suffix(".cpg").unlink(missing_ok=True)
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    table[29] = 0  # the language driver of the DBF, which would name it too
    path.with_suffix(".dbf").write_bytes(table)
    return path


def write_geopackage(
    path: Path, shapes: Sequence[Any], columns: Columns, layer: str = "data", append: bool = False
) -> Path:
    """Write a layer of a GeoPackage."""
    _write(path, shapes, columns, "GPKG", "EPSG:4326", layer=layer, append=append)
    return path


def write_geojson(path: Path, shapes: Sequence[Any], columns: Columns, crs: str | None = None) -> Path:
    """Write GeoJSON by hand, so that nothing is tidied on the way."""
    names = list(columns)
    features = [
        {
            "type": "Feature",
            "properties": {name: columns[name][at] for name in names},
            "geometry": None if shape is None else shapely.geometry.mapping(shape),
        }
        for at, shape in enumerate(shapes)
    ]
    document: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if crs is not None:
        document["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def write_csv(path: Path, lines: Sequence[str], encoding: str = "utf-8") -> Path:
    """Write lines of text in an encoding."""
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def write_geoparquet(path: Path, binary: Sequence[bytes | None], columns: Columns, crs: Any = "missing") -> Path:
    """Write GeoParquet from WKB, with the crs that its metadata name, or none."""
    import pyarrow
    from pyarrow import parquet

    described: dict[str, Any] = {"encoding": "WKB", "geometry_types": []}
    if crs != "missing":
        described["crs"] = crs
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": described}}
    table = pyarrow.table({**{name: list(values) for name, values in columns.items()}, "geometry": list(binary)})
    parquet.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), path)
    return path


def zipped(path: Path, members: Mapping[str, bytes | Path]) -> Path:
    """Write a zip file of members by their names in it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content.read_bytes() if isinstance(content, Path) else content)
    return path


def square(west: float, south: float, side: float = 0.001) -> shapely.Polygon:
    """Return a square by its south-west corner, in degrees."""
    return shapely.box(west, south, west + side, south + side)


def bow_tie(west: float, south: float, side: float = 0.001) -> shapely.Polygon:
    """Return a polygon that crosses itself in its middle."""
    east, north = west + side, south + side
    return shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])


def _write(path: Path, shapes: Sequence[Any], columns: Columns, driver: str, crs: str | None, **more: Any) -> None:
    geometry = np.empty(len(shapes), dtype=object)
    geometry[:] = list(shapes)
    present = [shape for shape in shapes if shape is not None]
    fields = [np.array(values, dtype=object if isinstance(values[0], str) else None) for values in columns.values()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a file without a coordinate system is what is meant
        pyogrio.raw.write(
            path,
            geometry=shapely.to_wkb(geometry),
            field_data=fields,
            fields=list(columns),
            geometry_type=present[0].geom_type,
            crs=crs,
            driver=driver,
            **more,
        )
