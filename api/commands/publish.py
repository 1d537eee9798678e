"""`gridscape publish`: a change set becomes the next edition, and who owns what changes with it."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.language import say
from api.commands.serve import DEFAULT_STORE, StoreOption, open_existing
from spatial.text import Text

if TYPE_CHECKING:
    from spatial.edits import ChangeSet
    from spatial.store.change_publication import Planned

ACTOR = "gridscape publish"
SHOWN_MOVES = 5


def publish(
    file: Annotated[Path, typer.Argument(help="A change set in JSON, see docs/formats.md. 变更集文件。")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change and write nothing. 只预览，不写入。")
    ] = False,
    note: Annotated[str, typer.Option(help="What the edition says about itself. 版本说明。")] = "",
    reverse: Annotated[
        Path | None,
        typer.Option(help="A new file for the change set that undoes this one. 撤销变更集的去处。", dir_okay=False),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Publish a change set as the next edition of its tree: all of it or nothing. 发布变更集为新版本。

    Before anything is written it says which areas change, and how many incidents, stations and other things get
    another responsible area.

    Examples:

    gridscape publish moved.json --dry-run

    gridscape publish moved.json --note "Creek regulated" --reverse undo.json
    """
    from spatial.edits import read_change_set, written_change_set
    from spatial.store.change_publication import plan_publication

    change = read_change_set(_content(file))
    if reverse is not None and not dry_run:
        _refuse_taken(reverse)
    opened = open_existing(store)
    try:
        _announce(change, plan_publication(opened, change))
        if dry_run:
            say(Text("仅预览，没有写入任何内容", "A dry run: nothing was written"))
            return
        try:
            with opened.write(ACTOR) as transaction:
                done = transaction.publish_changes(change, note)
                if reverse is not None:
                    # within the transaction: where this cannot be written, nothing is published
                    _write(reverse, written_change_set(done.reverse))
        except BaseException:
            if reverse is not None:
                reverse.unlink(missing_ok=True)
            raise
    finally:
        opened.close()
    edition = done.edition
    moved = sum(done.retagged.values())
    say(
        Text(
            f"✓ 已发布 {edition.district}/{edition.tree} 版本 {edition.number}，{moved} 条记录改变归属",
            f"✓ Published edition {edition.number} of {edition.district}/{edition.tree}; {moved} rows changed owner",
        )
    )


def _content(file: Path) -> bytes:
    from spatial.edits.json_form import LARGEST
    from spatial.errors import BadFile, NotFound

    if not file.is_file():
        raise NotFound(
            Text(f"没有文件 {file}", f"There is no file {file}"),
            Text("请给出变更集的 JSON 文件", "Name the JSON file of a change set"),
        )
    if file.stat().st_size > LARGEST:
        raise BadFile(
            Text(f"{file} 过大", f"{file} is too large"),
            Text(f"变更集最多 {LARGEST} 字节", f"A change set has {LARGEST} bytes at most"),
        )
    return file.read_bytes()


def _refuse_taken(reverse: Path) -> None:
    from spatial.errors import Conflict, NotFound

    if reverse.exists():
        raise Conflict(
            Text(f"文件 {reverse} 已存在", f"{reverse} exists"),
            Text("请换一个文件名", "Give another name"),
        )
    if not reverse.absolute().parent.is_dir():
        raise NotFound(
            Text(f"没有文件夹 {reverse.parent}", f"There is no folder {reverse.parent}"),
            Text("请先建立文件夹", "Make the folder first"),
        )


def _write(reverse: Path, content: bytes) -> None:
    from spatial.errors import BadParameter

    try:
        reverse.write_bytes(content)
    except OSError as error:
        raise BadParameter(
            Text(
                f"无法写入 {reverse}（{error.strerror}），没有发布",
                f"Cannot write {reverse} ({error.strerror}); nothing was published",
            ),
            Text("请换一个位置", "Give another place"),
        ) from error


def _announce(change: "ChangeSet", planned: "Planned") -> None:
    """Say which areas change, and how many rows of each collection get another responsible area."""
    by_level = Counter(one.level for one in change.areas)
    levels = ", ".join(f"{level} {count}" for level, count in by_level.items())
    where = f"{change.district}/{change.tree}"
    say(
        Text(
            f"{where}：版本 {change.base} → {change.base + 1}，改变区域：{levels}",
            f"{where}: edition {change.base} → {change.base + 1}; areas that change: {levels}",
        )
    )
    if not planned.retags:
        say(Text("没有记录改变归属", "Nothing changes owner"))
    for collection, retags in planned.retags.items():
        say(Text(f"  {collection}：{len(retags)} 条改变归属", f"  {collection}: {len(retags)} change owner"))
        moves = Counter((retag.before or "–", retag.after or "–") for retag in retags)
        for (before, after), count in moves.most_common(SHOWN_MOVES):
            say(Text(f"    {before} → {after}：{count}", f"    {before} → {after}: {count}"))
        if len(moves) > SHOWN_MOVES:
            more = len(moves) - SHOWN_MOVES
            say(Text(f"    另有 {more} 种", f"    and {more} more"))
