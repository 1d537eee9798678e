"""`gridscape export`: features to files, and a district as one HTML file with a map or a scene."""

import time
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.language import say, terminal_language
from api.commands.serve import DEFAULT_STORE, StoreOption
from spatial.errors import BadParameter, NotFound
from spatial.exporting.formats import Format
from spatial.text import Language, Text
from spatial.vocabulary import Audience

if TYPE_CHECKING:
    from spatial.exporting.request import Request
    from spatial.store.protocol import Store


class Theme(StrEnum):
    """The themes of an HTML file."""

    DARK = "dark"
    LIGHT = "light"


class As(StrEnum):
    """What an export is written as."""

    GEOPACKAGE = Format.GEOPACKAGE.value
    GEOJSON = Format.GEOJSON.value
    SHAPEFILE = Format.SHAPEFILE.value
    CSV = Format.CSV.value
    GEOPARQUET = Format.GEOPARQUET.value
    FOLIUM = "folium"
    PYDECK = "pydeck"


_PAGES = (As.FOLIUM, As.PYDECK)


def export(
    target: Annotated[
        Path | None,
        typer.Argument(
            metavar="OUT",
            help="File, folder or .zip to write: .gpkg .geojson .shp .csv .parquet. 目标文件、文件夹或 .zip。",
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write one HTML file with a map, or a 3D scene. 单文件网页地图或三维场景。"),
    ] = None,
    layer: Annotated[
        list[str] | None, typer.Option("--layer", "-l", help="Collection to export; repeat for several. 图层，可重复。")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every collection. 全部图层。")] = False,
    district: Annotated[
        str | None, typer.Option("--district", "-d", help="Slug or code of one district. 只导出一个区县。")
    ] = None,
    level: Annotated[
        str | None, typer.Option("--level", help="One level of areas, such as grid. 只导出一个层级。")
    ] = None,
    tree: Annotated[
        str | None, typer.Option("--tree", help="One tree of areas, such as main. 只导出一棵层级树。")
    ] = None,
    bbox: Annotated[
        str | None, typer.Option("--bbox", help="WEST,SOUTH,EAST,NORTH in degrees. 经纬度范围：西,南,东,北。")
    ] = None,
    written_as: Annotated[
        As | None, typer.Option("--as", help="Format, where the name does not say it. 指明格式。")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    public: Annotated[
        bool, typer.Option("--public", help="Only what the public may see; people rounded to 5. 仅公开内容。")
    ] = False,
    wkt: Annotated[
        bool, typer.Option("--wkt", help="In CSV, points as WKT instead of lon and lat. 以 WKT 写点。")
    ] = False,
    force: Annotated[bool, typer.Option("--force", "-f", help="Overwrite what is there. 覆盖已有文件。")] = False,
    theme: Annotated[Theme, typer.Option("--theme", help="Colours of an HTML file. 网页配色。")] = Theme.LIGHT,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="Language of an HTML file: zh or en. 网页语言。")
    ] = None,
) -> None:
    """Write features to a file, or a district to one HTML page that needs no network. 导出数据或单文件网页。

    Examples:

      gridscape export buildings.gpkg --layer buildings --district luxian

      gridscape export everything.gpkg --all

      gridscape export public.zip --all --public --as csv

      gridscape export --html map.html --district luxian

      gridscape export --html scene.html --district luxian --theme dark
    """
    from spatial.store import open_store

    if (target is None) == (html is None):
        raise BadParameter(
            Text("请给出一个目标：文件 OUT 或 --html 文件", "Give one target: a file OUT, or --html FILE"),
            Text("例：gridscape export buildings.gpkg --layer buildings", "Such as: gridscape export map.gpkg --all"),
        )
    audience = Audience.PUBLIC if public else Audience.STAFF
    source = open_store(store)
    try:
        if html is not None:
            _page(source, html, written_as, district, audience, theme, lang or terminal_language(), force)
        elif target is not None:
            if written_as in _PAGES:
                raise BadParameter(
                    Text(f"--as {written_as} 需要 --html", f"--as {written_as} writes a page"),
                    Text("请改用 --html 文件", "Say --html FILE instead of OUT"),
                )
            request = _request(layer, everything, district, level, tree, bbox, audience)
            _features(source, request, target, Format(written_as.value) if written_as else None, force, wkt)
    finally:
        source.close()


def _request(
    layers: list[str] | None,
    everything: bool,
    district: str | None,
    level: str | None,
    tree: str | None,
    bbox: str | None,
    audience: Audience,
) -> "Request":
    from spatial.exporting.exporter import every_layer
    from spatial.exporting.request import Request, parse_box
    from spatial.schema import COLLECTIONS

    if everything == bool(layers):
        known = ", ".join(COLLECTIONS)
        raise BadParameter(
            Text("请选择图层：--layer 名称 或 --all", "Choose layers: --layer NAME or --all"),
            Text(f"可用图层：{known}", f"There are: {known}"),
        )
    chosen = every_layer(audience) if everything else tuple(dict.fromkeys(layers or ()))
    return Request(chosen, district, level, tree, parse_box(bbox) if bbox else None, audience)


def _features(store: "Store", request: "Request", target: Path, chosen: Format | None, force: bool, wkt: bool) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from spatial.exporting.exporter import checked, export

    checked_request = checked(store, request)
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        tasks = {
            wanted.id: progress.add_task(wanted.id, total=store.count(wanted.id, checked_request.query(wanted)))
            for wanted in checked_request.collections()
        }
        done = export(
            store,
            checked_request,
            target,
            datetime.now(UTC),
            chosen,
            force,
            wkt,
            lambda layer, rows: progress.advance(tasks[layer], rows),
        )
    for note in done.notes:
        say(Text(f"! {note.zh}", f"! {note.en}"), error=True)
    listed = ", ".join(f"{layer} {count:,}" for layer, count in done.counts.items())
    say(Text(f"✓ 已写入 {done.target}：{listed}", f"✓ Wrote {done.target}: {listed}"))
    _say_audience(request.audience)


def _page(
    store: "Store",
    target: Path,
    written_as: As | None,
    district: str | None,
    audience: Audience,
    theme: Theme,
    language: Language,
    force: bool,
) -> None:
    from layers.gathered import gather
    from spatial.exporting import staging

    if written_as is not None and written_as not in _PAGES:
        raise BadParameter(
            Text(f"--html 不能写成 {written_as}", f"--html cannot be written as {written_as}"),
            Text("可用：--as folium 或 --as pydeck", "Use --as folium or --as pydeck"),
        )
    staging.check_target(target, store.url)
    staging.check_free(target, force)
    known = store.districts()
    if not known:
        raise NotFound(
            Text("存储中没有区县", "The store holds no district"),
            Text("先运行 gridscape demo 或 gridscape import", "Run gridscape demo or gridscape import first"),
        )
    chosen = district or known[0].slug
    if district is None and len(known) > 1:
        say(
            Text(
                f"一个文件一个区县，取 {chosen}；用 --district 另选",
                f"One district in a file: took {chosen}; choose another with --district",
            ),
            error=True,
        )
    started = time.monotonic()
    gathered = gather(store, chosen, audience)
    kind = written_as or (As.PYDECK if _is_scene(target) else As.FOLIUM)
    at = datetime.now(UTC)
    if kind is As.PYDECK:
        from layers.pydeck_scene import pydeck_scene

        page = pydeck_scene(gathered, theme.value, language, at)
    else:
        from layers.folium_map import folium_map

        page = folium_map(gathered, theme.value, language, at)
    with staging.staged(target, force) as folder:
        (folder / target.name).write_text(page, encoding="utf-8")
    drawn = sum(len(one.rows) for one in gathered.layers)
    size = len(page.encode()) / 1e6
    seconds = time.monotonic() - started
    say(
        Text(
            f"✓ 已写入 {target}（{kind}，{drawn:,} 个要素，{size:.1f} MB，{seconds:.1f} 秒）；无需网络即可打开",
            f"✓ Wrote {target} ({kind}, {drawn:,} features, {size:.1f} MB, {seconds:.1f} s); no network needed",
        )
    )
    _say_audience(audience)


def _is_scene(target: Path) -> bool:
    name = target.stem.lower()
    return any(word in name for word in ("scene", "3d", "deck", "三维", "场景"))


def _say_audience(audience: Audience) -> None:
    if audience is Audience.STAFF:
        say(
            Text(
                "! 内含工作人员内容（监控点位、精确人数），请勿公开；公开版本加 --public",
                "! It holds content for staff (camera sites, exact counts of people); add --public for one to publish",
            ),
            error=True,
        )
