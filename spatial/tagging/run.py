"""From file to file: every row that goes in comes out, tagged or rejected."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from spatial.datum_evidence import DatumFinding
from spatial.errors import BadFile, BadParameter
from spatial.exporting import staging
from spatial.importing.formats import Format
from spatial.importing.readers import LAT_NAMES, LON_NAMES
from spatial.levels import MAIN_TREE
from spatial.store import geopackage_path
from spatial.store.protocol import Store
from spatial.tagging import places, sinks
from spatial.tagging.batches import Batch, Source
from spatial.tagging.places import Places, Reference
from spatial.tagging.rejects import Rejects, path_beside
from spatial.tagging.sinks import Shapes
from spatial.tagging.sources import opened
from spatial.tagging.suspicion import Sample
from spatial.tagging.tagger import Tagger, Tags
from spatial.text import Text

if TYPE_CHECKING:
    import pyarrow

    from spatial.table import Geometries

Progress = Callable[[float], None]
_WKT_SHOWN = 200


@dataclass(frozen=True, slots=True)
class TagRequest:
    """What a person asks for.

    `lon`, `lat`: columns of the places; without them a file's shapes, else the columns that are called so. `crs`: what
    the coordinates are, before what the file declares. `levels`: whose owners are told, all where empty. `claims`: a
    column with the code of the area that each row is thought to lie in. `prefix`: goes before the names of the
    columns that are added. `force`: replace what is there.
    """

    source: Path
    target: Path
    lon: str | None = None
    lat: str | None = None
    crs: str | None = None
    layer: str | None = None
    district: str | None = None
    levels: tuple[str, ...] = ()
    tree: str = MAIN_TREE
    claims: str | None = None
    prefix: str = ""
    force: bool = False


@dataclass(slots=True)
class TagResult:
    """What was done: rows that went in, came out tagged, were rejected; of those tagged, how many nobody owns.

    `claimed`: rows that claim a known area; `agreeing`: those of them that it owns. `finding`: which datum the rows
    fit best, None where the file's coordinates are of another system.
    """

    target: Path
    rejects: Path | None = None
    rows: int = 0
    tagged: int = 0
    rejected: int = 0
    unowned: int = 0
    claimed: int = 0
    agreeing: int = 0
    reference: str = ""
    finding: DatumFinding | None = None


def tag_file(store: Store, request: TagRequest, progress: Progress = lambda _: None) -> TagResult:
    """Write the rows of a file to another with the areas that own their places; both files appear whole or not at all.

    Memory does not grow with the rows. `progress` hears the part that is done, from 0 to 1. Raises BadFile,
    BadParameter, NotFound, Conflict where the target exists already, NoSpace.
    """
    form = _form(request.target)
    rejected_path = path_beside(request.target)
    _refuse_the_store(store, request)
    for path in (request.target, rejected_path):
        staging.check_target(path, store.url)
        staging.check_free(path, request.force)
    with opened(request.source, request.layer) as source:
        tagger = Tagger.of(store, request.district, request.levels, request.tree, request.claims is not None)
        work = _Work(request, source, tagger, form, progress)
        with staging.staged(request.target, request.force) as folder:
            with Rejects(folder / rejected_path.name, work.own_names) as rejects:
                sinks.write(folder / request.target.name, form, work.schema, work.batches(rejects), work.shapes)
            done = work.result
            if done.rows != done.tagged + done.rejected:
                raise AssertionError(f"{done.rows} rows went in, {done.tagged} and {done.rejected} came out")
            if work.reference.datum is not None:
                done.finding = work.sample.finding(tagger, store, work.reference.datum)
        if rejects.count:
            done.rejects = rejected_path
        elif request.force:
            rejected_path.unlink(missing_ok=True)  # an earlier run's
    progress(1.0)
    return done


class _Work:
    """One run: what is read, how it is written, and what has been counted so far."""

    def __init__(self, request: TagRequest, source: Source, tagger: Tagger, form: Format, progress: Progress) -> None:
        self._source, self._tagger, self._progress = source, tagger, progress
        self._claims = request.claims
        names = source.schema.names
        self._lon, self._lat = _columns(request, source)
        self._from_shapes = self._lon is None
        self.reference = Reference(request.crs, source.declared if self._from_shapes else None)
        self.result = TagResult(request.target, reference=self.reference.name)
        self.sample = Sample()
        if request.claims is not None and request.claims not in names:
            raise _no_column(request.claims, source)
        self.own_names = [name for name in names if name != source.geometry]
        self.shapes = self._shapes(form, request.target)
        self._as_text = form is Format.CSV and source.geometry is not None and source.shape != "Point"
        self.schema = self._schema(request)
        self._bytes = 0

    def _shapes(self, form: Format, target: Path) -> Shapes | None:
        """Return the column of shapes of the target; a table without any stays one as CSV or Parquet."""
        source = self._source
        if form is Format.CSV or (
            form is Format.GEOPARQUET and source.geometry is None and target.suffix.lower() != ".geoparquet"
        ):
            return None
        if source.geometry is not None:
            return Shapes(source.geometry, source.shape)
        taken = {name.lower() for name in source.schema.names}
        return Shapes(next(name for name in ("geometry", "geom", "place_wgs84") if name not in taken), "Point")

    def _schema(self, request: TagRequest) -> "pyarrow.Schema":
        import pyarrow

        fields = [item for item in self._source.schema if item.name != self._source.geometry]
        added = self._tagger.fields(request.prefix)
        if self._source.geometry is not None and self.shapes is None:
            places_as = [("wkt", pyarrow.string())] if self._as_text else _position_fields()
            added = [*added, *(pyarrow.field(f"{request.prefix}{name}", kind) for name, kind in places_as)]
        taken = {item.name.lower() for item in fields}
        twice = [item.name for item in added if item.name.lower() in taken]
        if twice:
            raise BadParameter(
                Text(f"文件已有列 {', '.join(twice)}", f"The file has columns {', '.join(twice)} already"),
                Text("请用 --prefix 为新列加前缀，如 --prefix tag_", "Choose --prefix for the new ones, such as tag_"),
            )
        if self.shapes is not None:
            added = [*added, pyarrow.field(self.shapes.column, pyarrow.binary())]
        return pyarrow.schema([*fields, *added], metadata=self._source.schema.metadata)

    def batches(self, rejects: Rejects) -> "Iterator[pyarrow.RecordBatch]":
        """Yield the tagged rows, batch by batch; those without a place go to the rejects."""
        for batch in self._source.batches:
            for torn in batch.unreadable:
                rejects.add(torn.row, torn.reason, torn.text)
            self.result.rows += len(batch.unreadable)
            if len(batch.rows):
                yield self._tagged(batch, rejects)
            self.result.rejected = rejects.count
            self._bytes += batch.values.nbytes
            self._progress(min(0.99, self._part()))

    def _part(self) -> float:
        total = self._source.total
        return self._bytes / max(self._source.size, 1) if total is None else self.result.rows / max(total, 1)

    def _tagged(self, batch: Batch, rejects: Rejects) -> "pyarrow.RecordBatch":
        import pyarrow

        values, done = batch.values, self.result
        done.rows += len(values)
        found, shapes = self._places(values)
        self.reference.place(found)
        good = found.good()
        tags = self._tagger.tag(found.lons[good], found.lats[good])
        self._reject_swapped(found, good, tags)
        if not found.good().all():
            self._reject(batch, found, shapes, rejects)
            kept = found.good()
            if (kept != good).any():
                tags = self._tagger.tag(found.lons[kept], found.lats[kept])
            values = values.filter(pyarrow.array(kept))
            shapes = None if shapes is None else shapes[kept]
            found = Places(found.x[kept], found.y[kept], found.lons[kept], found.lats[kept])
        self._count(values, found, tags)
        columns = [values.column(name) for name in self.own_names] + self._tagger.columns(tags)
        if self.shapes is not None:
            columns.append(self._written_shapes(values, found, shapes))
        elif self._source.geometry is not None and self._as_text:
            moved = self.reference.moved_shapes(_all_shapes(found, shapes))
            columns.append(pyarrow.array(shapely.to_wkt(moved, rounding_precision=-1, trim=True), pyarrow.string()))
        elif self._source.geometry is not None:
            columns += [pyarrow.array(found.lons), pyarrow.array(found.lats)]
        done.tagged += len(values)
        columns = [
            column if column.type == item.type else column.cast(item.type)
            for item, column in zip(self.schema, columns, strict=True)
        ]
        return pyarrow.RecordBatch.from_arrays(columns, schema=self.schema)

    def _places(self, values: "pyarrow.RecordBatch") -> "tuple[Places, Geometries | None]":
        if self._from_shapes:
            return places.of_shapes(values.column(self._source.geometry))
        return places.of_columns(values.column(self._lon), values.column(self._lat)), None

    def _reject_swapped(self, found: Places, good: "np.ndarray[tuple[int], np.dtype[np.bool_]]", tags: Tags) -> None:
        """Reject rows that nobody owns where they are and somebody does with the axes turned round."""
        lost = np.flatnonzero(good)[~tags.owned]
        # close to the diagonal turning round changes too little to tell
        lost = lost[(np.abs(found.lons[lost] - found.lats[lost]) > 1) & (np.abs(found.lons[lost]) <= 90)]
        if not len(lost):
            return
        turned = self._tagger.tag(found.lats[lost], found.lons[lost]).owned
        for at in lost[turned].tolist():
            found.reasons[at] = Text(
                "经纬度写反了：调换后落在区域之内", "The axes are swapped: turned round, it is owned"
            )

    def _reject(self, batch: Batch, found: Places, shapes: "Geometries | None", rejects: Rejects) -> None:
        columns = [batch.values.column(name) for name in self.own_names]
        for at in sorted(found.reasons):
            shape = None if shapes is None else shapes[at]
            shown = f"POINT ({found.x[at]:.17g} {found.y[at]:.17g})" if self._from_shapes else ""
            if shape is not None:
                shown = str(shapely.to_wkt(shape, rounding_precision=-1, trim=True))[:_WKT_SHOWN]
            cells = [column[at].as_py() for column in columns]
            rejects.add(int(batch.rows[at]), found.reasons[at], shown, cells)

    def _count(self, values: "pyarrow.RecordBatch", found: Places, tags: Tags) -> None:
        import pyarrow
        from pyarrow import compute

        self.result.unowned += int((~tags.owned).sum())
        claimed = np.full(len(values), -1, dtype=np.int32)
        if self._claims is not None:
            said = compute.utf8_trim_whitespace(_as_codes(values.column(self._claims)))
            known = compute.index_in(said, value_set=pyarrow.array(self._tagger.codes, pyarrow.string()))
            claimed = known.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
            self.result.claimed += int((claimed >= 0).sum())
            self.result.agreeing += int(self._tagger.agreeing(tags, claimed).sum())
        self.sample.add(found.x, found.y, claimed)

    def _written_shapes(
        self, values: "pyarrow.RecordBatch", found: Places, shapes: "Geometries | None"
    ) -> "pyarrow.Array":
        import pyarrow

        if self._source.geometry is None:
            return places.point_column(found.lons, found.lats)
        if self.reference.stays or not self._from_shapes:
            return values.column(self._source.geometry).cast(pyarrow.binary())
        if shapes is None:
            return places.point_column(found.lons, found.lats)
        return pyarrow.array(shapely.to_wkb(self.reference.moved_shapes(shapes)), pyarrow.binary())


def _position_fields() -> "list[tuple[str, pyarrow.DataType]]":
    import pyarrow

    return [("lon", pyarrow.float64()), ("lat", pyarrow.float64())]


def _as_codes(column: "pyarrow.Array") -> "pyarrow.Array":
    """Return claims as text; a table with gaps keeps whole numbers as floats, and a code has no decimal point."""
    import pyarrow
    from pyarrow import compute

    if pyarrow.types.is_floating(column.type):
        whole = compute.less(compute.abs(column), 1e18).fill_null(False)  # NaN and infinity are not
        column = compute.if_else(whole, column, pyarrow.scalar(None, column.type)).cast(pyarrow.int64(), safe=False)
    return column.cast(pyarrow.string())


def _all_shapes(found: Places, shapes: "Geometries | None") -> "Geometries":
    made: Geometries = shapely.points(found.x, found.y) if shapes is None else shapes
    return made


def _columns(request: TagRequest, source: Source) -> tuple[str | None, str | None]:
    """Return the columns of longitude and latitude: those said, none where there are shapes, or found ones."""
    names = source.schema.names
    if (request.lon is None) != (request.lat is None):
        raise BadParameter(
            Text("--lon 和 --lat 要一起给出", "--lon and --lat go together"),
            Text("例：--lon x --lat y", "Such as --lon x --lat y"),
        )
    if request.lon is not None and request.lat is not None:
        for name in (request.lon, request.lat):
            if name not in names:
                raise _no_column(name, source)
        return request.lon, request.lat
    if source.geometry is not None:
        return None, None
    by_name = {name.strip().lower(): name for name in reversed(names)}
    lon = next((by_name[name] for name in LON_NAMES if name in by_name), None)
    lat = next((by_name[name] for name in LAT_NAMES if name in by_name), None)
    if lon is None or lat is None:
        raise BadFile(
            Text(f"找不到经度和纬度列；列：{', '.join(names)}", f"No longitude and latitude among: {', '.join(names)}"),
            Text("请用 --lon 列名 --lat 列名 指定", "Name them with --lon COLUMN --lat COLUMN"),
        )
    return lon, lat


def _no_column(name: str, source: Source) -> BadParameter:
    listed = ", ".join(source.schema.names)
    return BadParameter(
        Text(f"文件中没有列 {name}", f"The file has no column {name}"),
        Text(f"可用的列：{listed}", f"Its columns are: {listed}"),
    )


def _form(target: Path) -> Format:
    form = sinks.WRITTEN.get(target.suffix.lower())
    if form is None:
        known = " ".join(sinks.WRITTEN)
        raise BadParameter(
            Text(f"不能写成“{target.suffix}”", f"Nothing is written as “{target.suffix}”"),
            Text(f"可用：{known}", f"Use one of {known}"),
        )
    return form


def _refuse_the_store(store: Store, request: TagRequest) -> None:
    """Refuse the store's own file without opening it: closing it again would drop the database's locks."""
    own = geopackage_path(store.url)
    if own is not None and own.exists() and request.source.exists() and own.samefile(request.source):
        raise BadFile(
            Text("这是正在使用的数据库文件本身", "This is the file of the store itself"),
            Text("请先用 gridscape export 导出", "Export what is to be tagged first, with gridscape export"),
        )
