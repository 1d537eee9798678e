"""The rows of a file as they stand in it, format by format. Runs in the killable process."""

import csv
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TextIO

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from spatial.errors import BadFile, BadParameter, LimitExceeded
from spatial.importing import encoding
from spatial.importing.formats import DRIVERS, Format
from spatial.importing.source import Limits, Problem, ProblemKind, ReadRequest
from spatial.text import Text

LON_NAMES = ("lon", "lng", "long", "longitude", "x", "经度", "东经", "lon_wgs84", "wgs84_lon", "coord_x")
LAT_NAMES = ("lat", "latitude", "y", "纬度", "北纬", "lat_wgs84", "wgs84_lat", "coord_y")
WKT_NAMES = ("wkt", "geometry", "geom", "the_geom", "图形")
_FIELD_CHARACTERS = 8 * 1024 * 1024
# what a shape's WKB may be by its first bytes; a collection of collections can be nested without end
_PLAIN_SHAPES = range(1, 7)


@dataclass(frozen=True, slots=True)
class Raw:
    """Rows as they stand in the file: WKB, None where there is none; columns; the coordinate system as declared."""

    layer: str
    binary: NDArray[np.object_]
    columns: dict[str, list[Any]]
    declared: Any | None
    rows: NDArray[np.int64]
    problems: list[Problem] = field(default_factory=list)
    lines: list[int] | None = None
    encoding: str | None = None
    skipped: int = 0
    notes: list[Text] = field(default_factory=list)


def read(path: Path, kind: Format, request: ReadRequest) -> Raw:
    """Return the rows of a file; raises BadFile, BadParameter or LimitExceeded."""
    match kind:
        case Format.CSV:
            return read_csv(path, request)
        case Format.GEOPARQUET:
            return read_parquet(path, request.limits)
        case Format.SHAPEFILE | Format.GEOPACKAGE | Format.GEOJSON | Format.OSM_PBF:
            return read_gdal(path, kind, request)
        case Format.ZIP:
            raise AssertionError("archives are unpacked before they are read")


def read_gdal(path: Path, kind: Format, request: ReadRequest) -> Raw:
    """Return the rows of one layer through the one driver that the format allows."""
    # pyogrio imports these where it finds them; they are not needed here and cost most of a second
    for name in ("geopandas", "pandas", "pyarrow", "pyproj"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    import pyogrio

    for name in ("geopandas", "pandas", "pyarrow", "pyproj"):
        if sys.modules.get(name) is None:
            sys.modules.pop(name, None)
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    strangers = set(pyogrio.list_drivers()) - {DRIVERS[kind]}
    if strangers:
        raise BadFile(
            Text(
                f"GDAL 带有未列入许可的驱动：{', '.join(sorted(strangers))}",
                f"GDAL brings drivers that are not on the list: {', '.join(sorted(strangers))}",
            ),
            Text(
                "请把它们补入 spatial/importing/formats.py", "Add them to those skipped in spatial/importing/formats.py"
            ),
        )
    detected = None
    notes: list[Text] = []
    if kind is Format.SHAPEFILE:
        if not any(path.with_suffix(suffix).is_file() for suffix in (".shx", ".SHX")):
            raise BadFile(
                Text(f"{path.name} 旁缺少 .shx 文件", f"There is no .shx beside {path.name}"),
                Text("请一并提供 .shp .shx .dbf .prj", "Give .shp, .shx, .dbf and .prj together"),
            )
        detected, guessed = encoding.of_shapefile(path)
        if guessed:
            notes.append(Text(f"属性编码判定为 {detected}", f"The attributes were found to be in {detected}"))
    try:
        layer = _layer(path, pyogrio.list_layers(path), request)
        meta, _, binary, values = pyogrio.raw.read(
            path,
            layer=layer,
            encoding=detected,
            force_2d=True,
            max_features=request.limits.rows + 1,
            datetime_as_string=True,
        )
    except (DataSourceError, DataLayerError, FeatureError, UnicodeDecodeError, ValueError) as error:
        said = str(error).replace(str(path), path.name)[:300]
        raise BadFile(
            Text(f"{path.name} 无法读取：{said}", f"{path.name} cannot be read: {said}"),
            Text("文件可能已损坏，请重新导出", "The file may be damaged; export it again"),
        ) from error
    if binary is None:
        raise BadFile(
            Text(f"图层 {layer} 没有图形列", f"The layer {layer} has no shapes"),
            Text("请用 --layer 选择带图形的图层", "Choose one that has, with --layer"),
        )
    _check_rows(len(binary), request.limits)
    columns = {str(name): _plain(column) for name, column in zip(meta["fields"], values, strict=True)}
    rows = np.arange(1, len(binary) + 1, dtype=np.int64)
    return Raw(layer, binary, columns, meta["crs"], rows, encoding=detected, notes=notes)


def _layer(path: Path, layers: NDArray[Any], request: ReadRequest) -> str:
    named = [str(name) for name, shape in layers if shape is not None]
    if request.layer is not None and path.suffix.lower() in (".gpkg", ".pbf"):
        if request.layer in named:
            return request.layer
        raise BadParameter(
            Text(f"文件中没有图层 {request.layer}", f"The file has no layer {request.layer}"),
            Text(f"可用图层：{', '.join(named)}", f"Its layers are: {', '.join(named)}"),
        )
    for preferred in request.prefer:
        if preferred in named:
            return preferred
    if len(named) == 1:
        return named[0]
    if not named:
        raise BadFile(
            Text("文件中没有带图形的图层", "The file has no layer with shapes"), Text("请检查文件", "Check the file")
        )
    raise BadParameter(
        Text(f"文件中有多个图层：{', '.join(named)}", f"The file has several layers: {', '.join(named)}"),
        Text("请用 --layer 指定其一", "Choose one with --layer"),
    )


def read_parquet(path: Path, limits: Limits) -> Raw:
    """Return the rows of a GeoParquet file, or of a Parquet file with a column of WKB."""
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            meta = file.metadata
            _check_rows(meta.num_rows, limits)
            size = sum(meta.row_group(index).total_byte_size for index in range(meta.num_row_groups))
            if size > limits.file_bytes:
                raise LimitExceeded(
                    Text("文件解压后过大", "The file unpacks to more than is allowed"),
                    Text(f"上限 {limits.file_bytes >> 20} MB", f"At most {limits.file_bytes >> 20} MB are allowed"),
                )
            geo = orjson.loads((meta.metadata or {}).get(b"geo", b"{}"))
            schema = file.schema_arrow
            column, declared = _parquet_geometry(geo, schema)
            plain = [item.name for item in schema if item.name != column and not pyarrow.types.is_nested(item.type)]
            table = file.read(columns=[*plain, column], use_threads=False)
    except MemoryError:  # pyarrow's own is an ArrowException too
        raise
    except (pyarrow.ArrowException, orjson.JSONDecodeError, OSError, KeyError, TypeError, AttributeError) as error:
        raise BadFile(
            Text(f"{path.name} 无法读取：{str(error)[:200]}", f"{path.name} cannot be read: {str(error)[:200]}"),
            Text("文件可能已损坏，请重新导出", "The file may be damaged; export it again"),
        ) from error
    binary = np.array(table[column].to_pylist(), dtype=object)
    columns = {name: [_json_plain(value) for value in table[name].to_pylist()] for name in plain}
    rows = np.arange(1, len(binary) + 1, dtype=np.int64)
    problems = _nested(binary, rows)
    return Raw(path.stem, binary, columns, declared, rows, problems)


def _parquet_geometry(geo: dict[str, Any], schema: Any) -> tuple[str, Any]:
    import pyarrow

    column = str(geo.get("primary_column", ""))
    described = geo.get("columns", {}).get(column)
    if described is not None:
        if described.get("encoding") != "WKB":
            raise BadFile(
                Text(
                    f"GeoParquet 的图形编码是 {described.get('encoding')}",
                    f"The shapes are in {described.get('encoding')}",
                ),
                Text("请以 WKB 编码重新导出", "Write the file again with WKB"),
            )
        # by the standard a missing crs is longitude, latitude; an explicit null is unknown
        return column, described.get("crs", "OGC:CRS84")
    for item in schema:
        if item.name.lower() in ("geometry", "geom", "wkb", "wkb_geometry") and (
            pyarrow.types.is_binary(item.type) or pyarrow.types.is_large_binary(item.type)
        ):
            return item.name, None
    raise BadFile(
        Text("Parquet 文件没有图形列", "The Parquet file has no shapes"),
        Text("请导出为 GeoParquet（WKB）", "Write it as GeoParquet (WKB)"),
    )


def _nested(binary: NDArray[np.object_], rows: NDArray[np.int64]) -> list[Problem]:
    """Take out WKB of collections, which may be nested so deep that a reader crashes; the rest has one level."""
    problems = []
    for index, shape in enumerate(binary):
        if shape is None:
            continue
        order: Literal["little", "big"] = "little" if shape[:1] == b"\x01" else "big"
        number = int.from_bytes(shape[1:5], order)
        if len(shape) < 5 or (number & 0x1FFFFFFF) % 1000 not in _PLAIN_SHAPES:
            binary[index] = None
            reason = Text("不是点、线或面", "It is not a point, line or polygon")
            problems.append(Problem(int(rows[index]), ProblemKind.WRONG_TYPE, reason))
    return problems


def read_csv(path: Path, request: ReadRequest) -> Raw:
    """Return the rows of a text table with columns of longitude and latitude, or of WKT."""
    from spatial.exporting.comma_separated import unguarded

    found = encoding.of_file(path)
    csv.field_size_limit(_FIELD_CHARACTERS)
    try:
        header, lines, records = _records_of(path, found, request.limits)
    except (csv.Error, UnicodeError) as error:
        raise BadFile(
            Text(f"{path.name} 无法读取：{error}", f"{path.name} cannot be read: {error}"),
            Text("请另存为 UTF-8 编码的 CSV", "Save it as CSV in UTF-8"),
        ) from error
    if len(set(header)) != len(header):
        twice = ", ".join(sorted({name for name in header if header.count(name) > 1}))
        raise BadFile(
            Text(f"表头中有重复的列：{twice}", f"The header names a column twice: {twice}"),
            Text("请改名后再导入", "Rename one of them"),
        )
    columns: dict[str, list[Any]] = {
        name: [unguarded(record[at].strip()) or None if at < len(record) else None for record in records]
        for at, name in enumerate(header)
    }
    rows = np.arange(1, len(records) + 1, dtype=np.int64)
    binary, problems, used = _places(columns, rows, request)
    for name in used:
        columns.pop(name)
    return Raw(path.stem, binary, columns, None, rows, problems, lines=lines, encoding=found)


def _records_of(path: Path, found: str, limits: Limits) -> tuple[list[str], list[int], list[list[str]]]:
    """Return the header, and the line and the fields of each row.

    It must stay this short. Where an error ends a `with`, CPython takes an integer for the instruction that it was at,
    and where there is no memory for that it tries for ever; integers up to 256 are there already.
    """
    with path.open(encoding=found, newline="") as file:
        return _records(file, limits)


def _records(file: TextIO, limits: Limits) -> tuple[list[str], list[int], list[list[str]]]:
    lines: list[int] = []
    records: list[list[str]] = []
    sample = file.readline()
    file.seek(0)
    delimiter = max(",;\t|", key=sample.count)
    reader = csv.reader(file, delimiter=delimiter)
    header = [name.strip() for name in next(reader, [])]
    for record in reader:
        if any(record):
            lines.append(reader.line_num)
            records.append(record)
            _check_rows(len(records), limits)
    return header, lines, records


def _places(
    columns: dict[str, list[Any]], rows: NDArray[np.int64], request: ReadRequest
) -> tuple[NDArray[np.object_], list[Problem], tuple[str, ...]]:
    lon = _column(columns, request.places.get("lon"), LON_NAMES)
    lat = _column(columns, request.places.get("lat"), LAT_NAMES)
    wkt = _column(columns, request.places.get("wkt"), WKT_NAMES)
    if lon is not None and lat is not None:
        binary, problems = _points(columns[lon], columns[lat], rows)
        return binary, problems, (lon, lat)
    if wkt is not None:
        binary, problems = _texts(columns[wkt], rows)
        return binary, problems, (wkt,)
    raise BadFile(
        Text(
            f"找不到经度和纬度列；表头：{', '.join(columns)}",
            f"No columns of longitude and latitude among: {', '.join(columns)}",
        ),
        Text(
            "请用 --map lon=列名 --map lat=列名 指定，或提供 WKT 列（--map wkt=列名）",
            "Name them with --map lon=COLUMN --map lat=COLUMN, or a column of WKT with --map wkt=COLUMN",
        ),
    )


def _column(columns: dict[str, list[Any]], said: str | None, names: tuple[str, ...]) -> str | None:
    if said is not None:
        if said not in columns:
            raise BadParameter(
                Text(f"文件中没有列 {said}", f"The file has no column {said}"),
                Text(f"可用的列：{', '.join(columns)}", f"Its columns are: {', '.join(columns)}"),
            )
        return said
    by_name = {name.lower(): name for name in reversed(columns)}
    return next((by_name[name] for name in names if name in by_name), None)


def _points(lons: list[Any], lats: list[Any], rows: NDArray[np.int64]) -> tuple[NDArray[np.object_], list[Problem]]:
    binary = np.empty(len(rows), dtype=object)
    problems = []
    x, y = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    good = np.zeros(len(rows), dtype=bool)
    for at, (lon, lat) in enumerate(zip(lons, lats, strict=True)):
        if lon is None or lat is None:
            continue
        try:
            x[at], y[at] = float(lon), float(lat)
        except ValueError:
            reason = Text(f"经纬度“{lon}, {lat}”不是数字", f"The place “{lon}, {lat}” is not two numbers")
            problems.append(Problem(int(rows[at]), ProblemKind.NOT_FINITE, reason))
            continue
        good[at] = True
    binary[good] = shapely.to_wkb(shapely.points(x[good], y[good]))
    # a point of NaN would be written as an empty one; the reason is said here, where the value is known
    for bad in np.flatnonzero(good & ~(np.isfinite(x) & np.isfinite(y))):
        binary[bad] = None
        reason = Text(
            f"坐标“{lons[bad]}, {lats[bad]}”不是有限的数", f"The place “{lons[bad]}, {lats[bad]}” is not finite"
        )
        problems.append(Problem(int(rows[bad]), ProblemKind.NOT_FINITE, reason))
    return binary, problems


def _texts(values: list[Any], rows: NDArray[np.int64]) -> tuple[NDArray[np.object_], list[Problem]]:
    shapes = shapely.from_wkt(np.array(values, dtype=object), on_invalid="ignore")
    problems = [
        Problem(int(row), ProblemKind.UNREADABLE, Text("WKT 无法解析", "The WKT cannot be read"))
        for row, value, shape in zip(rows, values, shapes, strict=True)
        if value is not None and shape is None
    ]
    return shapely.to_wkb(shapes), problems


def _check_rows(count: int, limits: Limits) -> None:
    if count > limits.rows:
        raise LimitExceeded(
            Text("文件的行数过多", "The file has too many rows"),
            Text(f"上限 {limits.rows:,} 行；请分成几个文件", f"At most {limits.rows:,}; split it into several files"),
        )


def _plain(values: NDArray[Any]) -> list[Any]:
    if values.dtype.kind == "f":
        return [None if np.isnan(value) else value for value in values.tolist()]
    if values.dtype.kind in "Mm":
        return [None if value == "NaT" else value for value in np.datetime_as_string(values).tolist()]
    return [_json_plain(value) for value in values.tolist()]


def _json_plain(value: Any) -> Any:
    if isinstance(value, float) and not np.isfinite(value):
        return None
    if isinstance(value, bytes | bytearray):
        return None
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    if isinstance(value, list | tuple | np.ndarray):
        return ";".join(str(item) for item in value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
