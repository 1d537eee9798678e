"""Which files may be brought in: the allow-list of formats and drivers, told by a file's first bytes."""

from enum import StrEnum
from pathlib import Path

from spatial.errors import BadFile
from spatial.text import Text

HEAD_BYTES = 4096


class Format(StrEnum):
    """The formats that an import reads."""

    SHAPEFILE = "shapefile"
    GEOPACKAGE = "geopackage"
    GEOJSON = "geojson"
    CSV = "csv"
    GEOPARQUET = "geoparquet"
    OSM_PBF = "osm-pbf"
    ZIP = "zip"


DRIVERS: dict[Format, str] = {
    Format.SHAPEFILE: "ESRI Shapefile",
    Format.GEOPACKAGE: "GPKG",
    Format.GEOJSON: "GeoJSON",
    Format.OSM_PBF: "OSM",
}
"""The one GDAL driver that may open each format; the others are read without GDAL."""

_SUFFIXES: dict[Format, tuple[str, ...]] = {
    Format.SHAPEFILE: (".shp",),
    Format.GEOPACKAGE: (".gpkg",),
    Format.GEOJSON: (".geojson", ".json"),
    Format.CSV: (".csv", ".tsv", ".txt"),
    Format.GEOPARQUET: (".parquet", ".geoparquet"),
    Format.OSM_PBF: (".pbf",),
    Format.ZIP: (".zip",),
}
SUFFIXES: dict[str, Format] = {suffix: kind for kind, suffixes in _SUFFIXES.items() for suffix in suffixes}
_KNOWN = "Shapefile (.shp, .zip), GeoPackage, GeoJSON, CSV, GeoParquet, OSM PBF"

# every driver of GDAL 3.12 that reads vectors; the worker refuses to go on where a newer GDAL brings others
_GDAL_DRIVERS = (
    "ADBC,AIVector,AVCBin,AVCE00,AmigoCloud,CAD,CSV,CSW,Carto,DGN,DXF,EDIGEO,EEDA,ESRI Shapefile,ESRIJSON,"
    "Elasticsearch,FlatGeobuf,GDALG,GML,GPKG,GPSBabel,GPX,GTFS,GeoJSON,GeoJSONSeq,GeoRSS,HTTP,Idrisi,JML,JSONFG,KML,"
    "LIBKML,LVBAG,MBTiles,MEM,MVT,MapInfo File,MapML,MiraMonVector,NGW,OAPIF,ODS,OGCAPI,OGR_GMT,OGR_PDS,OGR_VRT,OSM,"
    "OpenFileGDB,PCIDSK,PDF,PDS4,PGDUMP,PLSCENES,PMTiles,PostgreSQL,S57,SQLite,SXF,Selafin,TopoJSON,VDV,VFK,VICAR,"
    "WAsP,WFS,XLSX,Parquet,Arrow,MySQL,ODBC,MSSQLSpatial,NAS,ILI,netCDF,Memory"
)


def skipped_drivers(allowed: str | None) -> str:
    """Return what OGR_SKIP must hold, so that GDAL registers one driver of ours and no other."""
    return ",".join(driver for driver in _names(_GDAL_DRIVERS) if driver != allowed)


def _names(listed: str) -> list[str]:
    return listed.split(",")


def sniff(path: Path) -> Format:
    """Return the format of a file by its content; its name must agree.

    Raises BadFile for a file that is not there, is empty, is of a format that is not allowed, or is not what its name
    says (a VRT named .geojson could read any other file of this machine).
    """
    if not path.is_file():
        raise BadFile(
            Text(f"找不到文件 {path.name}", f"There is no file {path.name}"),
            Text("请检查路径", "Check the path"),
        )
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    named = SUFFIXES.get(path.suffix.lower())
    if named is None:
        raise BadFile(
            Text(f"不支持文件类型“{path.suffix}”", f"Files of type “{path.suffix}” are not read"),
            Text(f"可导入：{_KNOWN}", f"What can be imported: {_KNOWN}"),
        )
    if not head:
        raise BadFile(
            Text(f"{path.name} 是空文件", f"{path.name} is empty"),
            Text("请重新导出数据", "Export the data again"),
        )
    if not _looks_like(named, head):
        raise BadFile(
            Text(
                f"{path.name} 的内容不是 {named.value}，而像是 {_guess(head)}",
                f"{path.name} does not hold {named.value}; it looks like {_guess(head)}",
            ),
            Text(
                f"请改用正确的扩展名；可导入：{_KNOWN}",
                f"Give it the right extension; what can be imported: {_KNOWN}",
            ),
        )
    return named


def _looks_like(kind: Format, head: bytes) -> bool:
    match kind:
        case Format.SHAPEFILE:
            return head.startswith(b"\x00\x00\x27\x0a")
        case Format.GEOPACKAGE:
            return head.startswith(b"SQLite format 3\x00") and head[68:72] in (b"GPKG", b"GP10", b"GP11")
        case Format.GEOJSON:
            return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
        case Format.CSV:
            text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
            wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
            return wide or not (b"\x00" in head or text.startswith((b"<", b"{", b"PK\x03\x04")))
        case Format.GEOPARQUET:
            return head.startswith(b"PAR1")
        case Format.OSM_PBF:
            return b"OSMHeader" in head[:64]
        case Format.ZIP:
            return head.startswith(b"PK\x03\x04")


def _guess(head: bytes) -> str:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(b"<ogrvrtdataset") or text.startswith(b"<ogrvrtdatasource"):
        return "a GDAL VRT"
    if text.startswith((b"<!doctype html", b"<html")):
        return "HTML"
    if text.startswith(b"<"):
        return "XML"
    if head.startswith(b"SQLite format 3\x00"):
        return "SQLite"
    for kind in (Format.SHAPEFILE, Format.GEOPARQUET, Format.OSM_PBF, Format.ZIP, Format.GEOJSON):
        if _looks_like(kind, head):
            return kind.value
    return "text" if b"\x00" not in head else "binary data"
