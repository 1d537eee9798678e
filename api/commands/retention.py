"""`gridscape retention`: erases what is due."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from api.commands.language import say
from api.commands.serve import DEFAULT_STORE, StoreOption, open_existing
from spatial.text import Text

ACTOR = "retention"

_WORDS = {
    "positions": Text("人员位置", "positions of responders"),
    "access_log": Text("访问记录", "lines of the access log"),
    "answers": Text("已记住的回复", "remembered answers"),
    "sessions": Text("已结束的会话", "sessions that ended"),
    "tokens": Text("已到期的令牌", "tokens that expired"),
    "photos": Text("照片", "photos"),
    "incident_steps": Text("已结案事件的原因和详情", "reasons and details of closed incidents"),
    "response_rosters": Text("已结束响应的召集名单", "rosters of responses that ended"),
}


class _OnlyAsked(Exception):
    """Nothing is to be kept of what was done."""


def retention(
    store: StoreOption = DEFAULT_STORE,
    positions_hours: Annotated[int, typer.Option(min=0, help="How long positions are kept. 位置保留小时数。")] = 24,
    access_log_days: Annotated[int, typer.Option(min=0, help="The access log. 访问记录保留天数。")] = 180,
    answers_days: Annotated[int, typer.Option(min=0, help="Answers to requests with a key. 回复保留天数。")] = 2,
    photos_days: Annotated[int, typer.Option(min=0, help="Photos of incidents. 照片保留天数。")] = 365,
    steps_days: Annotated[
        int | None,
        typer.Option(min=0, help="Words and rosters of what is over; kept without it. 结案详情和召集名单保留天数。"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is due. 仅预览。")] = False,
) -> None:
    """Erase what is due; the chain of events still verifies afterwards. Run it once a day. 清除到期数据。

    Example: gridscape retention --store data/gridscape.gpkg --access-log-days 180
    """
    from spatial.retention import Periods, due

    periods = Periods(
        positions=timedelta(hours=positions_hours),
        access_log=timedelta(days=access_log_days),
        answers=timedelta(days=answers_days),
        photos=timedelta(days=photos_days),
        steps=None if steps_days is None else timedelta(days=steps_days),
    )
    opened = open_existing(store)
    erased: dict[str, int] = {}
    try:
        with opened.write(ACTOR) as tx:
            erased.update(tx.erase(due(datetime.now(UTC), periods)))
            if dry_run:
                raise _OnlyAsked
    except _OnlyAsked:
        say(Text("仅预览，没有清除任何内容；到期的有：", "A dry run: nothing was erased. Due are:"))
    finally:
        opened.close()
    for name, count in erased.items():
        said = _WORDS[name]
        say(Text(f"{said.zh}：{count}", f"{count} {said.en}"))
