"""`gridscape restore`: a backup becomes a store again."""

import time
from pathlib import Path
from typing import Annotated

import typer

from api.commands.language import say
from api.commands.progress import show
from spatial.text import Text


def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="The backup. 备份文件。")],
    store: Annotated[
        str,
        typer.Option(
            "--store", "-s", help="New file, or postgresql:// address of an empty database. 新文件或空数据库。"
        ),
    ],
) -> None:
    """Fill a new store from a backup, checked from end to end first. 从备份恢复到新的存储。

    Example: gridscape restore backups/monday.gpkg --store data/restored.gpkg
    """
    from spatial.store import geopackage_path, open_store
    from spatial.store import restore as fill

    began = time.monotonic()
    show(Text("恢复", "Restoring"), fill(source, store))
    opened = open_store(store)
    try:
        districts = len(opened.districts())
    finally:
        opened.close()
    seconds = time.monotonic() - began
    say(
        Text(
            f"✓ 已恢复 {districts} 个区县，用时 {seconds:.1f} 秒，事件链完整",
            f"✓ Restored {districts} districts in {seconds:.1f} s; the chain of events holds",
        )
    )
    # an address may hold a password, which is not repeated
    shown = store if geopackage_path(store) else "postgresql://…"
    say(Text(f"接下来：gridscape serve --store {shown}", f"Next: gridscape serve --store {shown}"))
