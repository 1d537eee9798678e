"""`gridscape operations-map`: the operations map of one area to a file."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.commands.language import say, terminal_language
from api.commands.serve import DEFAULT_STORE, StoreOption
from layers.operations_map.frame import Orientation, Paper
from spatial.errors import BadParameter, Conflict
from spatial.text import Language, Text


def operations_map(
    district: Annotated[str, typer.Argument(help="Slug or code of the district. 区县。")],
    code: Annotated[str, typer.Argument(help="Code of a community, grid or compound. 社区、网格或小区编码。")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="File to write: .pdf or .png. 目标文件。")],
    paper: Annotated[Paper, typer.Option("--paper", help="a3 or a4. 纸张。")] = Paper.A4,
    orientation: Annotated[
        Orientation, typer.Option("--orientation", help="landscape or portrait. 纸张方向。")
    ] = Orientation.LANDSCAPE,
    lang: Annotated[Language | None, typer.Option("--lang", help="Language of the sheet: zh or en. 语言。")] = None,
    dpi: Annotated[int, typer.Option("--dpi", min=72, max=300, help="Dots per inch of a .png. 图片分辨率。")] = 150,
    page: Annotated[int, typer.Option("--page", min=1, max=99, help="Which page a .png shows. 图片页码。")] = 1,
    store: StoreOption = DEFAULT_STORE,
    force: Annotated[bool, typer.Option("--force", "-f", help="Overwrite what is there. 覆盖已有文件。")] = False,
) -> None:
    """Write the operations map of an area, with its open cases, owners and deadlines. 导出作战图。

    Example:

      gridscape operations-map luxian 510521001006002 grid.pdf --paper a3
    """
    from api.printing import Print, printed
    from api.settings import Settings
    from layers.operations_map.frame import layout
    from layers.operations_map.reading import read
    from spatial.store import open_store

    kind = target.suffix.lower()
    if kind not in (".pdf", ".png"):
        raise BadParameter(Text("只能写 .pdf 或 .png", "A sheet is a .pdf or a .png"))
    if target.exists() and not force:
        raise Conflict(
            Text(f"{target} 已存在", f"{target} is there already"), Text("用 --force 覆盖", "Overwrite it with --force")
        )
    source = open_store(store)
    try:
        sheet, seen = read(source, district, code, layout(paper, orientation), datetime.now(UTC), "gridscape")
    finally:
        source.close()
    wanted = Print(paper, orientation, lang or terminal_language(), page if kind == ".png" else None, dpi)
    target.write_bytes(printed(sheet, seen, Settings().typeface, wanted))
    count = len(sheet.cases)
    at = f"1:{seen.scale:,}"
    say(Text(f"已写 {target}：未结事件 {count} 件，{at}", f"Wrote {target}: {count} open cases, {at}"))
