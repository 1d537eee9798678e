"""`gridscape import`: somebody else's file into a store."""

import contextlib
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.language import say, terminal_language
from api.commands.serve import DEFAULT_STORE, StoreOption
from spatial.text import Language, Text

if TYPE_CHECKING:
    from rich.table import Table as RichTable

    from spatial.importing.plan import ImportRequest, Plan
    from spatial.store.protocol import Store

ACTOR = "import"
SHOWN_PROBLEMS = 5
SHOWN_CHARACTERS = 60


class Importable(StrEnum):
    """What the rows of a file can become."""

    AREAS = "areas"
    COMPOUNDS = "compounds"
    BUILDINGS = "buildings"
    CAMERAS = "cameras"
    STATIONS = "stations"
    ROADS = "roads"
    ASSETS = "assets"
    GROUND = "ground"


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            help="Shapefile (.shp or .zip), GeoPackage, GeoJSON, CSV (lon/lat or WKT), GeoParquet, OSM PBF. 文件。"
        ),
    ],
    what: Annotated[Importable, typer.Option("--as", help="What the rows are. 导入为哪类数据。")],
    district: Annotated[
        str | None, typer.Option(help="The district, by slug or code; default: where the data lies. 区县。")
    ] = None,
    level: Annotated[
        str | None, typer.Option(help="The level of areas; default: the file's column `level`. 层级。")
    ] = None,
    tree: Annotated[str, typer.Option(help="The tree of areas. 层级树。")] = "main",
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map", help="COLUMN=SOURCE, such as name=NAME; lon=…, lat=… or wkt=… for CSV. 列的对应，可重复。"
        ),
    ] = None,
    keep: Annotated[
        list[str] | None, typer.Option(help="A column of the file to carry along under `extra`. 保留的其他列，可重复。")
    ] = None,
    crs: Annotated[
        str | None, typer.Option(help="What the coordinates are: EPSG:4490, gcj02, bd09 … 坐标系，优先于文件自带。")
    ] = None,
    layer: Annotated[str | None, typer.Option(help="The layer of a file that has several. 图层。")] = None,
    swap_axes: Annotated[
        bool, typer.Option("--swap-axes", help="The file has latitude first. 文件中纬度在前。")
    ] = False,
    new_district: Annotated[
        str | None,
        typer.Option(help="Make a district around the data: slug[,code[,name[,English name]]]. 以数据新建区县。"),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Rows whose code is taken replace what is there. 同编码者替换。")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="All rows or none. 有一行出错则全部不导入。")] = False,
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Mend polygons that are invalid or overlap, and list the changes. 修复面。"),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would happen and write nothing. 只预览，不写入。")
    ] = False,
    rejects: Annotated[
        Path | None,
        typer.Option(help="Where rows that fail go; default: FILE.rejected.csv. 未导入行的去处。", dir_okay=False),
    ] = None,
    max_memory: Annotated[
        int, typer.Option(min=256, help="Megabytes that reading the file may take. 读取内存上限（MB）。")
    ] = 4096,
    max_seconds: Annotated[
        int, typer.Option(min=5, help="Seconds that reading the file may take. 读取时间上限（秒）。")
    ] = 180,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Bring a file into a store: all rows that can go in, in one transaction. 导入数据文件。

    Examples:

    gridscape import grids.shp --as areas --level grid --district luxian --map name=NAME

    gridscape import cameras.csv --as cameras --map code=国标编码 --crs gcj02 --dry-run

    gridscape import Helsinki.osm.pbf --as buildings --new-district helsinki,990001,赫尔辛基,Helsinki
    """
    from rich.console import Console

    from spatial.importing.plan import ImportRequest
    from spatial.importing.run import carry_out, rejects_path
    from spatial.importing.source import MEBIBYTE, Limits
    from spatial.store import open_store

    language = terminal_language()
    console = Console(highlight=False)
    waiting = Console(stderr=True)
    request = ImportRequest(
        file,
        what.value,
        district,
        level,
        tree,
        tuple(maps or ()),
        tuple(keep or ()),
        crs,
        layer,
        swap_axes,
        new_district,
        replace,
        strict,
        repair,
        Limits(memory_bytes=max_memory * MEBIBYTE, processor_s=max_seconds, wall_s=max_seconds),
    )
    with contextlib.ExitStack() as closing:
        opened, planned = _opened(store, new_district is not None, closing)
        with waiting.status(Text(f"正在读取 {file.name}", f"Reading {file.name}").in_language(language)):
            plan = _prepared(planned, request, None if dry_run else rejects or rejects_path(file))
        console.print(_summary(plan, language))
        _print_problems(console, plan, language)
        if dry_run:
            _print_sample(console, plan, language)
            say(Text("仅预览，没有写入任何内容", "A dry run: nothing was written"))
            return
        with waiting.status(Text("正在写入", "Writing").in_language(language)):
            if opened is None:
                opened = closing.enter_context(contextlib.closing(open_store(store, create=True)))
            done = carry_out(opened, plan, ACTOR, rejects)
    say(
        Text(
            f"✓ 已导入 {done.written} 行到 {plan.district.slug}",
            f"✓ {done.written} rows went into {plan.district.slug}",
        )
    )
    if done.edition is not None:
        say(Text(f"  版本 {done.edition.number} 已发布", f"  Edition {done.edition.number} was published"))
    if done.rejects is not None:
        say(
            Text(
                f"  {done.rejected} 行未导入，原因见 {done.rejects}",
                f"  {done.rejected} rows did not; see {done.rejects}",
            )
        )
    say(Text(f"  下一步：gridscape serve --store {store}", f"  Next: gridscape serve --store {store}"))


def _prepared(store: "Store", request: "ImportRequest", target: Path | None) -> "Plan":
    """Return the plan of an import; where no row can go in, the file of rejects says why before the error does."""
    from spatial.importing import rejects
    from spatial.importing.plan import NoRowGoesIn
    from spatial.importing.prepare import prepare

    try:
        return prepare(store, request)
    except NoRowGoesIn as error:
        if target is not None and rejects.write(target, request.collection, error.source, error.problems):
            say(Text(f"每一行的原因见 {target}", f"{target} says why, row by row"), error=True)
        raise


def _opened(store: str, makes_district: bool, closing: contextlib.ExitStack) -> "tuple[Store | None, Store]":
    """Return the store, and one to plan on: an empty one for now where a new district is to be the first of a store."""
    from spatial.errors import NotFound
    from spatial.store import open_store

    try:
        opened = closing.enter_context(contextlib.closing(open_store(store)))
    except NotFound:
        if not makes_district:
            raise
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="gridscape-import-")))
        return None, closing.enter_context(contextlib.closing(open_store(folder / "empty.gpkg", create=True)))
    return opened, opened


def _summary(plan: "Plan", language: Language) -> "RichTable":
    from rich.markup import escape
    from rich.table import Table as RichTable

    source = plan.source
    table = RichTable(show_header=False, box=None, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")

    def add(zh: str, en: str, value: object) -> None:
        table.add_row(Text(zh, en).in_language(language), escape(str(value)))

    encoding = f", {source.encoding}" if source.encoding else ""
    add("文件", "File", f"{plan.request.path.name} ({source.format}{encoding}), {source.layer}")
    add("坐标系", "Coordinates", f"{source.spatial_reference} → EPSG:4326")
    new = Text("（新建）", " (new)").in_language(language) if plan.new else ""
    add("区县", "District", f"{plan.district.slug} {plan.district.code}{new}")
    add("对应", "Columns", ", ".join(f"{one.column} ← {one.source}" for one in plan.matches) or "–")
    used = {one.source for one in plan.matches} | set(plan.request.keep)
    left = [name for name in source.columns if name not in used and source.format != "osm-pbf"]
    if left:
        add("不导入的列", "Left out", ", ".join(left))
    if source.skipped:
        add("跳过", "Skipped", f"{source.skipped} ({Text('其他要素', 'other features').in_language(language)})")
    add("行数", "Rows", len(source))
    add("可导入", "Go in", len(plan.rows))
    add("不导入", "Do not", plan.rejected)
    if plan.replaced:
        add("替换", "Replace", len(plan.replaced))
    for note in plan.notes:
        add("说明", "Note", note.in_language(language))
    return table


def _print_problems(console: object, plan: "Plan", language: Language) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table as RichTable

    from spatial.importing.source import PROBLEM_WORDS

    assert isinstance(console, Console)
    if not plan.problems:
        return
    table = RichTable(box=None, pad_edge=False)
    for heading in (Text("原因", "Reason"), Text("行数", "Rows"), Text("例如", "Such as")):
        table.add_column(heading.in_language(language), overflow="fold")
    for kind, count in plan.reasons().most_common(SHOWN_PROBLEMS):
        first = next(problem for problem in plan.problems if problem.kind is kind)
        row = Text(f"第 {first.row} 行", f"row {first.row}").in_language(language)
        reason = first.reason.in_language(language)
        table.add_row(PROBLEM_WORDS[kind].in_language(language), str(count), escape(f"{row}: {reason}"))
    console.print(table)


def _print_sample(console: object, plan: "Plan", language: Language) -> None:
    from rich.console import Console
    from rich.markup import escape

    assert isinstance(console, Console)
    console.print(Text("示例", "Sample").in_language(language), style="dim")
    for row in plan.sample():
        shown = {name: str(value)[:SHOWN_CHARACTERS] for name, value in row.items()}
        console.print(escape("  " + ", ".join(f"{name}={value}" for name, value in shown.items())))
