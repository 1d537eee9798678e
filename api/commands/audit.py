"""`gridscape audit`: what the trail of events proves."""

from typing import Annotated

import typer

from api.commands.language import say
from api.commands.serve import DEFAULT_STORE, StoreOption, open_existing
from spatial.text import Text

app = typer.Typer(
    help="The trail of events: whether it is whole. 审计。\n\nExample: gridscape audit verify",
    no_args_is_help=True,
)


@app.callback()
def audit() -> None:
    """Keep `verify` a command of its own."""


@app.command("verify")
def verify(
    store: StoreOption = DEFAULT_STORE,
    head: Annotated[
        str | None, typer.Option(help="The end that was noted before: it must still be part of the chain. 先前链尾。")
    ] = None,
) -> None:
    """Follow the chain of events, and the histories by it; exits with 1 where one is broken. 校验事件链与事件经过。

    Whoever may write the whole store could write a whole new chain: note the end that is printed somewhere else, and
    give it with --head the next time.

    Example: gridscape audit verify --store data/gridscape.gpkg
    """
    opened = open_existing(store)
    try:
        broken = opened.verify_events()
        odd = None if broken is not None else opened.verify_histories()
        last, end, seen = 0, "", head is None
        while broken is None and (page := opened.events(last, 5000)):
            seen = seen or any(event.chain == head for event in page)
            last, end = page[-1].id, page[-1].chain
    finally:
        opened.close()
    if broken is not None:
        say(
            Text(f"✗ 事件链在第 {broken} 条断开", f"✗ The chain of events is broken at event {broken}"),
            error=True,
        )
        raise typer.Exit(1)
    if odd is not None:
        district, code = odd
        say(
            Text(
                f"✗ {district} {code or '（未知事件）'} 的经过与事件链不符：有行被删除、添加或改动",
                f"✗ The history of {code or 'some incident'} in {district} is not what the events tell: lines were "
                "removed, added or altered",
            ),
            error=True,
        )
        raise typer.Exit(1)
    if not seen:
        say(
            Text("✗ 先前的链尾不在链中：事件被重写过", "✗ The end noted before is not in the chain: it was rewritten"),
            error=True,
        )
        raise typer.Exit(1)
    say(
        Text(
            f"✓ 事件链完整，经过与之相符：{last} 条，链尾 {end or '–'}",
            f"✓ The chain holds, and the histories are what it tells: {last} events, its end is {end or '–'}",
        )
    )
