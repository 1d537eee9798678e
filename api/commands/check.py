"""`gridscape check`: what is wrong with a file, or with the coverages of a store."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.districts import refuse_unknown
from api.commands.import_ import Importable
from api.commands.language import say, terminal_language
from api.commands.serve import DEFAULT_STORE, StoreOption
from spatial.text import Text

if TYPE_CHECKING:
    from spatial.findings import Checked
    from spatial.importing.source import Source
    from spatial.store.protocol import Store

ACTOR = "repair"
SHOWN_PLACES = 3
FOUND = 1
"""The exit code where something is wrong."""


def check(
    file: Annotated[Path | None, typer.Argument(help="A file to check; without one, the store. 数据文件。")] = None,
    what: Annotated[
        Importable | None, typer.Option("--as", help="What the rows of the file are to be. 作为哪类数据检查。")
    ] = None,
    layer: Annotated[str | None, typer.Option(help="The layer of a file that has several. 图层。")] = None,
    crs: Annotated[str | None, typer.Option(help="What the coordinates are, as for import. 坐标系。")] = None,
    district: Annotated[str | None, typer.Option(help="Only this district of the store. 只检查某区县。")] = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend polygons that are invalid or overlap, and list the changes. 修复面。")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(help="With --repair: a new GeoJSON file of the mended rows. 修复结果另存为。", dir_okay=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON. 以 JSON 输出。")] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Say what is wrong with a file or a store. 检查数据文件或存储中的覆盖。

    Nothing is changed but by --repair: the mended rows of a file go to another one (--output), and a store whose areas
    are no coverage gets an edition in which they are. Every area that changes by more than 1 m² or vanishes is listed.
    The exit code is 1 where something is wrong; slivers of rounding alone are shown, but are not wrong.

    Examples:

    gridscape check grids.shp --as areas

    gridscape check counties.geojson --as areas --repair --output mended.geojson

    gridscape check --store data/gridscape.gpkg --district luxian
    """
    if file is None:
        found = _check_store(store, district, as_json, repair)
    else:
        found = _check_file(file, what, layer, crs, as_json, repair, output)
    if found:
        raise typer.Exit(FOUND)


def _check_store(address: str, district: str | None, as_json: bool, repair: bool) -> bool:
    from spatial.findings import FindingKind, check_store
    from spatial.store import open_store

    opened = open_store(address)
    try:
        refuse_unknown(opened, [] if district is None else [district])
        if repair:
            _mend_store(opened, district)
        checked = list(check_store(opened, district, SHOWN_PLACES))
    finally:
        opened.close()
    if as_json:
        typer.echo(json.dumps([_plain(one) for one in checked], indent=2, ensure_ascii=False))
    else:
        _print_store(checked)
    return any(found.kind is not FindingKind.SLIVER for one in checked for found in one.findings)


def _mend_store(store: "Store", district: str | None) -> None:
    from spatial.mending import mend

    for mended in mend(store, ACTOR, district):
        edition = mended.edition
        said = Text(
            f"{edition.district} {edition.tree} 已修复，发布版本 {edition.number}",
            f"{edition.district} {edition.tree} was mended: edition {edition.number}",
        )
        say(said, error=True)
        for level, repairs in mended.repairs.items():
            for repair in repairs:
                words = repair.in_words()
                say(Text(f"  {level} {words.zh}", f"  {level} {words.en}"), error=True)


def _plain(checked: "Checked") -> dict[str, Any]:
    return {
        "district": checked.district,
        "tree": checked.tree,
        "level": checked.level,
        "areas": checked.areas,
        "findings": [
            {
                "kind": found.kind.value,
                "count": found.count,
                "area_m2": round(found.area_m2, 3),
                "places": [{"lon": place[0], "lat": place[1], "codes": list(codes)} for place, codes in found.places],
            }
            for found in checked.findings
        ],
    }


def _print_store(checked: "list[Checked]") -> None:
    from rich.console import Console
    from rich.table import Table

    from spatial.findings import FINDING_WORDS, FindingKind

    language = terminal_language()
    table = Table(box=None, pad_edge=False)
    headings = (("区县", "District"), ("层级树", "Tree"), ("层级", "Level"), ("区域", "Areas"), ("发现", "Findings"))
    for zh, en in headings:
        table.add_column(Text(zh, en).in_language(language), overflow="fold")
    for one in checked:
        said = []
        for found in one.findings:
            word = FINDING_WORDS[found.kind].in_language(language)
            where = "; ".join(f"{'/'.join(codes)} ({lon:.6f}, {lat:.6f})" for (lon, lat), codes in found.places)
            area = f", {found.area_m2:.1f} m²" if found.area_m2 else ""
            said.append(f"{word}: {found.count}{area} – {where}")
        table.add_row(one.district, one.tree, one.level, str(one.areas), "\n".join(said) or "✓")
    Console(highlight=False).print(table)
    every = [found for one in checked for found in one.findings]
    count = sum(found.count for found in every if found.kind is not FindingKind.SLIVER)
    slivers = sum(found.count for found in every if found.kind is FindingKind.SLIVER)
    if count:
        say(Text(f"✗ 共 {count} 处问题", f"✗ {count} findings"))
    elif slivers:
        say(Text(f"✓ 没有问题，只有 {slivers} 处舍入碎片", f"✓ Nothing is wrong but {slivers} slivers of rounding"))
    else:
        say(Text("✓ 没有发现问题", "✓ Nothing is wrong"))


def _check_file(
    file: Path,
    what: Importable | None,
    layer: str | None,
    crs: str | None,
    as_json: bool,
    repair: bool,
    output: Path | None,
) -> bool:
    from spatial.importing import mended_copy
    from spatial.importing.inspect import inspect

    inspected = inspect(file, what.value if what else None, layer, crs, repair=repair)
    if output is not None and repair:
        mended_copy.write(output, inspected.source)
    language = terminal_language()
    source = inspected.source
    codes = dict(zip(source.rows, source.columns.get("code", [None] * len(source)), strict=True))
    problems = [
        {
            "row": problem.row,
            "code": codes.get(problem.row),
            "kind": problem.kind.value,
            "reason": problem.reason.in_language(language),
            "lon": problem.place[0] if problem.place else None,
            "lat": problem.place[1] if problem.place else None,
        }
        for problem in inspected.problems
    ]
    notes = [note.in_language(language) for note in source.notes]
    if as_json:
        typer.echo(
            json.dumps(
                {**_described(inspected.source), "notes": notes, "problems": problems}, indent=2, ensure_ascii=False
            )
        )
        return bool(problems)
    for name, value in _described(inspected.source).items():
        typer.echo(f"{name:12} {value}")
    for note in inspected.source.notes:
        say(note)
    if inspected.slivers:
        say(Text(f"{inspected.slivers} 处微小重叠", f"{inspected.slivers} overlaps too small to matter"))
    for told in problems:
        code = f" ({told['code']})" if told["code"] is not None else ""
        say(Text(f"第 {told['row']} 行{code}：{told['reason']}", f"row {told['row']}{code}: {told['reason']}"))
    if problems:
        count = len({problem.row for problem in inspected.problems})
        say(Text(f"✗ {count} 行有问题", f"✗ {count} rows have problems"))
    else:
        say(Text("✓ 没有发现问题", "✓ Nothing is wrong"))
    if output is not None and repair:
        say(Text(f"  修复结果已写入 {output}", f"  The mended rows are in {output}"))
    return bool(problems)


def _described(source: "Source") -> dict[str, Any]:
    return {
        "format": source.format,
        "layer": source.layer,
        "crs": source.spatial_reference,
        "encoding": source.encoding,
        "rows": len(source),
        "columns": list(source.columns),
    }
