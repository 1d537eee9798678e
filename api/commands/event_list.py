"""`gridscape event-list`: what may be reported in a district, shown and loaded."""

from pathlib import Path
from typing import Annotated

import orjson
import typer

from api.commands.language import say, terminal_language
from api.commands.serve import DEFAULT_STORE, StoreOption, open_existing
from spatial.errors import BadFile, NotFound
from spatial.text import Text

ACTOR = "gridscape event-list"
LARGEST = 5_000_000

app = typer.Typer(
    no_args_is_help=True,
    help="What may be reported in a district: show it, load another. 事件清单。\n\n"
    "Example: gridscape event-list show luxian",
)

District = Annotated[str, typer.Argument(help="The district's slug, such as luxian. 区县。")]


@app.command()
def show(
    district: District,
    version: Annotated[str | None, typer.Option(help="Another version than the one in force. 版本。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, to be edited and loaded. 输出 JSON。")] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Show the list in force. 显示现行清单。

    Example: gridscape event-list show luxian --json > list.json
    """
    from spatial.vocabulary import word

    opened = open_existing(store)
    try:
        found = opened.event_list(district, version)
    finally:
        opened.close()
    if found is None:
        raise NotFound(
            Text(f"{district} 没有这一事件清单", f"{district} has no such event list"),
            Text("用 gridscape event-list load 载入", "Load one: gridscape event-list load"),
        )
    if as_json:
        typer.echo(orjson.dumps(found.as_document(), option=orjson.OPT_INDENT_2).decode())
        return
    language = terminal_language()
    say(Text(f"版本 {found.version}，{len(found.items)} 项", f"Version {found.version}, {len(found.items)} items"))
    for item in found.items.values():
        close = f"{item.close.amount:g} {item.close.unit.value}"
        department = word(item.department).in_language(language)
        typer.echo(f"  {item.code}  {int(item.priority)}  {item.name.in_language(language)} → {department}, {close}")


@app.command()
def load(
    district: District,
    file: Annotated[Path, typer.Argument(help="The list in JSON, see docs/formats.md. 清单文件。", dir_okay=False)],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Put a list in force; incidents that were reported by an older version keep it. 载入新清单。

    Example: gridscape event-list load luxian list.json
    """
    from spatial.incidents.event_list import EventList

    found = EventList.from_document(_document(file))
    opened = open_existing(store)
    try:
        with opened.write(ACTOR) as tx:
            tx.put_event_list(district, found)
    finally:
        opened.close()
    say(
        Text(
            f"✓ {district} 现行清单：版本 {found.version}，{len(found.items)} 项",
            f"✓ In force in {district}: version {found.version}, {len(found.items)} items",
        )
    )


def _document(file: Path) -> dict[str, object]:
    try:
        if file.stat().st_size > LARGEST:
            raise BadFile(Text("文件过大", "The file is too large"))
        document = orjson.loads(file.read_bytes())
    except OSError as error:
        raise BadFile(Text(f"无法读取 {file}", f"{file} cannot be read: {error.strerror}")) from None
    except orjson.JSONDecodeError as error:
        raise BadFile(
            Text(f"{file} 不是 JSON", f"{file} is not JSON"),
            Text(f"请检查第 {error.lineno} 行", f"Look at line {error.lineno}"),
        ) from None
    if not isinstance(document, dict):
        raise BadFile(Text(f"{file} 不是事件清单", f"{file} is no event list"))
    return document
