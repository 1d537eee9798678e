"""`gridscape event-list`: what may be reported in a district, shown and loaded."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from api.commands.districts import refuse_unknown
from api.commands.documents import read_document
from api.commands.language import say, terminal_language
from api.commands.serve import DEFAULT_STORE, StoreOption, open_existing
from spatial.errors import NotFound
from spatial.text import Text

if TYPE_CHECKING:
    from spatial.store.protocol import Store

ACTOR = "gridscape event-list"

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
        refuse_unknown(opened, [district])
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
    file: Annotated[
        Path | None,
        typer.Argument(
            help="The list in JSON, see docs/formats.md; without one, the list that comes along. 清单文件；"
            "不写则用自带清单。",
            dir_okay=False,
        ),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Put a list in force; incidents that were reported by an older version keep it. 载入新清单。

    Example: gridscape event-list load luxian list.json
    """
    from spatial.incidents.event_list import EventList

    if file is None:
        from fixtures.event_list import EVENT_LIST

        found = EVENT_LIST
    else:
        found = EventList.from_document(read_document(file, Text("事件清单", "event list")))
    opened = open_existing(store)
    try:
        refuse_unknown(opened, [district])
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


def tell_missing(store: "Store") -> None:
    """Say for each district that has no event list that nothing can be reported there, and what to do."""
    for each in store.districts():
        if store.event_list(each.slug) is None:
            say(
                Text(
                    f"注意：{each.name.zh}没有事件清单，无法上报；请运行 gridscape event-list load {each.slug}",
                    f"Mind: {each.name.en} has no event list, so nothing can be reported there; "
                    f"run gridscape event-list load {each.slug}",
                ),
                error=True,
            )
