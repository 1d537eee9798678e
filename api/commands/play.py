"""`gridscape play`: a plausible day on a demo, beside a server or without one."""

import signal
import sys
import types
from typing import Annotated

import typer

from api.commands.districts import refuse_unknown
from api.commands.language import say
from api.commands.serve import DEFAULT_STORE, StoreOption, open_existing
from api.playing import FASTEST
from spatial.store.protocol import Store
from spatial.text import Text

DEFAULT_SPEED = 30


def play(
    store: StoreOption = DEFAULT_STORE,
    speed: Annotated[
        int, typer.Option(min=1, max=FASTEST, help="So many times as fast as a real day. 速度倍数。")
    ] = DEFAULT_SPEED,
    district: Annotated[
        list[str] | None, typer.Option(help="Play in this district, by its slug; may be repeated. 演示的区县。")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed plays another day. 随机种子。")] = 1,
) -> None:
    """Play a plausible day on a demo store until it is stopped. 在演示数据上播放一天。

    Example: gridscape play --store data/gridscape.gpkg --speed 30 --district luxian
    """
    from api.commands.playing import ThreadedPlay
    from spatial.locate import Locator

    opened = open_existing(store)
    try:
        ready(opened)
        slugs = played_districts(opened, district or [])
        locator = Locator.of(opened)
        playing = ThreadedPlay(opened, slugs, seed, speed)
        playing.start(lambda: locator)
        named = ", ".join(slugs)
        say(
            Text(
                f"正在演示 {named}，速度 ×{speed}，按 Ctrl-C 停止。",
                f"Playing {named} at ×{speed}; stop it with Ctrl-C.",
            )
        )
        sys.stdout.flush()
        signal.signal(signal.SIGTERM, _end)
        try:
            playing.wait()
        finally:
            playing.close()
    finally:
        opened.close()


def ready(store: Store) -> None:
    """Make a demo ready to be played: refused where it is none, and its incidents told relative to the present."""
    from datetime import UTC, datetime

    from api.commands.playing import ACTOR
    from fixtures.play import refuse_real_work
    from fixtures.present import bring_to_present

    refuse_real_work(store)
    told = bring_to_present(store, datetime.now(UTC), ACTOR)
    if told:
        say(
            Text(
                f"已将 {told} 件合成事件改为相对当前时间",
                f"Told {told} synthetic incidents anew, relative to the present",
            )
        )


def played_districts(store: Store, wanted: list[str]) -> list[str]:
    """Return the districts that are played: those wanted, else the one that the demo's accounts belong to.

    Raises NotFound for one that the store does not have.
    """
    from fixtures.accounts import DISTRICT

    there = [district.slug for district in store.districts()]
    refuse_unknown(store, wanted)
    return list(dict.fromkeys(wanted)) or [DISTRICT if DISTRICT in there else there[0]]


def _end(_number: int, _frame: types.FrameType | None) -> None:
    sys.exit(0)
