"""The formats that features leave in, and how a file's name says which is meant."""

from enum import StrEnum
from pathlib import Path

from spatial.errors import BadParameter
from spatial.text import Text


class Format(StrEnum):
    """A format of exported features."""

    GEOPACKAGE = "gpkg"
    GEOJSON = "geojson"
    SHAPEFILE = "shapefile"
    CSV = "csv"
    GEOPARQUET = "parquet"


SUFFIX = {
    Format.GEOPACKAGE: ".gpkg",
    Format.GEOJSON: ".geojson",
    Format.SHAPEFILE: ".shp",
    Format.CSV: ".csv",
    Format.GEOPARQUET: ".parquet",
}
"""The ending that a file of each format gets; every format has one."""

_BY_SUFFIX = {suffix: chosen for chosen, suffix in SUFFIX.items()} | {
    ".json": Format.GEOJSON,
    ".geoparquet": Format.GEOPARQUET,
}


def format_of(target: Path) -> Format | None:
    """Return the format that a file's name asks for, None for a folder or a plain `.zip`."""
    suffixes = [suffix.lower() for suffix in target.suffixes]
    if suffixes[-1:] == [".zip"]:
        return _BY_SUFFIX.get(suffixes[-2]) if len(suffixes) > 1 else None
    if not suffixes:
        return None
    found = _BY_SUFFIX.get(suffixes[-1])
    if found is None:
        known = " ".join([*_BY_SUFFIX, ".zip"])
        raise BadParameter(
            Text(f"不认识的文件后缀 {suffixes[-1]}", f"No format has the ending {suffixes[-1]}"),
            Text(f"可用后缀：{known}；或用 --as 指明格式", f"Use one of {known}, or say the format with --as"),
        )
    return found


def is_archive(target: Path) -> bool:
    """Return whether the files are to be packed into one zip."""
    return target.suffix.lower() == ".zip"
