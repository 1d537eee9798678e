"""`gridscape backup`: a copy of a store that is being used."""

import time
from pathlib import Path
from typing import Annotated

import typer

from api.commands.language import say
from api.commands.progress import show
from api.commands.serve import DEFAULT_STORE, StoreOption
from spatial.text import Text


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="New file to write, such as copy.gpkg. 备份文件。")],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Copy a store, live as it is, to one GeoPackage file. 备份正在使用的存储。

    The copy of either kind of store is a GeoPackage: QGIS opens it, and it can be restored into either kind.

    Example: gridscape backup backups/monday.gpkg --store data/gridscape.gpkg
    """
    from spatial.store import open_store

    began = time.monotonic()
    opened = open_store(store)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        show(Text("备份", "Backing up"), opened.backup(target))
    finally:
        opened.close()
    megabytes, seconds = target.stat().st_size / 1e6, time.monotonic() - began
    say(
        Text(
            f"✓ 已备份到 {target}（{megabytes:.1f} MB，{seconds:.1f} 秒）",
            f"✓ Backed up to {target} ({megabytes:.1f} MB in {seconds:.1f} s)",
        )
    )
    say(
        Text(
            f"恢复：gridscape restore {target} --store 新文件",
            f"To restore: gridscape restore {target} --store NEW-FILE",
        )
    )
