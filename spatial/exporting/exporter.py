"""One request in, files out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from spatial.audience import check_visible
from spatial.errors import BadParameter, NotFound, no_district
from spatial.exporting import staging
from spatial.exporting.comma_separated import write_csv
from spatial.exporting.formats import SUFFIX, Format, format_of, is_archive
from spatial.exporting.geojson import write_geojson
from spatial.exporting.geoparquet import write_geoparquet
from spatial.exporting.pages import column_names, pages
from spatial.exporting.request import Provenance, Request
from spatial.exporting.through_gdal import ShapefileLosses, write_geopackage_layer, write_shapefile
from spatial.schema import STORED, Collection
from spatial.store.protocol import Store
from spatial.text import Text
from spatial.vocabulary import Audience

Progress = Callable[[str, int], None]
"""Called with a collection's id and the number of its rows written since the last call."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: rows by collection, and what its reader has to know."""

    target: Path
    counts: dict[str, int]
    notes: tuple[Text, ...]


def every_layer(audience: Audience) -> tuple[str, ...]:
    """Return the collections that `--all` means: each stored one that the audience may see, none twice."""
    return tuple(one.id for one in STORED if audience is Audience.STAFF or one.audience is Audience.PUBLIC)


def checked(store: Store, request: Request) -> Request:
    """Return a request with its district by slug; raises NotFound for a layer, district or level that there is not."""
    for wanted in request.collections():
        check_visible(wanted, request.audience)
    slug = None
    if request.district is not None:
        known = store.districts()
        slug = next((one.slug for one in known if request.district in (one.slug, one.code)), None)
        if slug is None:
            raise no_district(request.district, (one.slug for one in known))
    if request.level is not None:
        levels = list(dict.fromkeys(level.slug for level in store.levels(slug, request.tree)))
        if request.level not in levels:
            listed = ", ".join(levels) or "–"
            raise NotFound(
                Text(f"没有层级 {request.level}", f"There is no level {request.level}"),
                Text(f"可用：{listed}", f"There are: {listed}"),
            )
    return replace(request, district=slug)


def export(
    store: Store,
    request: Request,
    target: Path,
    at: datetime,
    chosen: Format | None = None,
    force: bool = False,
    wkt: bool = False,
    progress: Progress = lambda _layer, _rows: None,
) -> Exported:
    """Write the rows of a request to a file, a folder or a zip, and say what was written.

    `chosen` is the format where the target's name does not say it. Several layers go into one GeoPackage, else into
    a folder or zip with one file for each. `at` is the time of the export. Raises Conflict where the target exists
    and `force` is not set, Refused where the target is the store itself, NotFound for what is not there.
    """
    staging.check_target(target, store.url)
    staging.check_free(target, force)
    request = checked(store, request)
    kind = chosen or format_of(target) or Format.GEOJSON
    archive = is_archive(target)
    in_folder = archive or not target.suffix
    if len(request.layers) > 1 and not in_folder and kind is not Format.GEOPACKAGE:
        raise BadParameter(
            Text(f"{kind.value} 文件只能容纳一个图层", f"A {kind.value} file holds one layer"),
            Text("请导出到文件夹、.zip 或 .gpkg", "Export to a folder, a .zip or a .gpkg"),
        )
    writing = _Writing(store, request, Provenance.of(store, request, at), kind, wkt, progress)
    with staging.staged(target, force) as folder:
        if not in_folder:
            for wanted in request.collections():
                writing.layer(wanted, folder / target.name)
        else:
            inner = folder / ("files" if archive else target.name)
            inner.mkdir()
            for wanted in request.collections():
                name = "gridscape" if kind is Format.GEOPACKAGE else wanted.id
                writing.layer(wanted, inner / (name + SUFFIX[kind]))
            (inner / "README.txt").write_text(
                writing.provenance.sentence().zh + "\n" + writing.provenance.sentence().en + "\n", "utf-8"
            )
            if archive:
                staging.pack(inner, folder / target.name)
    return Exported(target, writing.counts, tuple(writing.notes))


class _Writing:
    """One export under way."""

    def __init__(
        self, store: Store, request: Request, provenance: Provenance, kind: Format, wkt: bool, progress: Progress
    ) -> None:
        self.provenance = provenance
        self.counts: dict[str, int] = {}
        self.notes: list[Text] = []
        self._store = store
        self._request = request
        self._kind = kind
        self._wkt = wkt
        self._progress = progress

    def layer(self, wanted: Collection, target: Path) -> None:
        """Write one collection to a file of the chosen format."""
        audience = self._request.audience
        names = column_names(wanted, audience)
        columns = [column for column in wanted.columns if column.name in names]
        tables = pages(
            self._store,
            wanted,
            self._request.query(wanted),
            audience,
            lambda rows: self._progress(wanted.id, rows),
        )
        match self._kind:
            case Format.GEOPACKAGE:
                count = write_geopackage_layer(target, wanted, columns, tables, self.provenance)
            case Format.GEOJSON:
                count = write_geojson(target, wanted.id, columns, tables, self.provenance)
            case Format.CSV:
                count = write_csv(target, wanted.geometry, columns, tables, self._wkt)
            case Format.GEOPARQUET:
                count = write_geoparquet(target, columns, tables, self.provenance)
            case Format.SHAPEFILE:
                count, losses = write_shapefile(target, wanted.geometry, columns, tables)
                self._say(wanted, losses)
        self.counts[wanted.id] = count

    def _say(self, wanted: Collection, losses: ShapefileLosses) -> None:
        if losses.names:
            listed = ", ".join(f"{name} → {short}" for name, short in losses.names.items())
            self.notes.append(
                Text(f"{wanted.id}：字段名已截短：{listed}", f"{wanted.id}: names of fields were cut: {listed}")
            )
        if losses.texts:
            self.notes.append(
                Text(
                    f"{wanted.id}：{losses.texts} 个文本超过 254 字节，已截短",
                    f"{wanted.id}: {losses.texts} texts were longer than 254 bytes and were cut",
                )
            )
