"""`gridscape calendar`: which hours and days are worked in a district, shown and loaded."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from api.commands.districts import refuse_unknown
from api.commands.documents import read_document
from api.commands.language import say
from api.commands.serve import DEFAULT_STORE, StoreOption, open_existing
from spatial.text import Text

if TYPE_CHECKING:
    from spatial.incidents.calendar import WorkingCalendar
    from spatial.store.protocol import Store
    from spatial.store.records import District

ACTOR = "gridscape calendar"

app = typer.Typer(
    no_args_is_help=True,
    help="Which hours and days are worked in a district: show them, load others. 工作日历。\n\n"
    "Example: gridscape calendar show luxian",
)

Slug = Annotated[str, typer.Argument(help="The district's slug, such as luxian. 区县。")]


@app.command()
def show(
    district: Slug,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, to be edited and loaded. 输出 JSON。")] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Show the calendar in force. 显示现行工作日历。

    Example: gridscape calendar show luxian --json > calendar.json
    """
    opened = open_existing(store)
    try:
        refuse_unknown(opened, [district])
        found = opened.calendar(district)
    finally:
        opened.close()
    if as_json:
        typer.echo(orjson.dumps(found.as_document(), option=orjson.OPT_INDENT_2).decode())
        return
    for line in _as_lines(found):
        say(line)


@app.command()
def load(
    district: Slug,
    file: Annotated[
        Path | None,
        typer.Argument(
            help="The calendar in JSON, see docs/formats.md; without one, the calendar that comes along. 日历文件；"
            "不写则用自带日历。",
            dir_okay=False,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing. 只看不改。")
    ] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Put a calendar in force; limits that are running keep the end that they have. 载入新日历。

    Example: gridscape calendar load luxian calendar.json --dry-run
    """
    from spatial.incidents.calendar import WorkingCalendar

    if file is None:
        from fixtures.calendar import CALENDAR

        wanted = CALENDAR
    else:
        wanted = WorkingCalendar.from_document(read_document(file, Text("工作日历", "working calendar")))
    opened = open_existing(store)
    try:
        refuse_unknown(opened, [district])
        changes = list(differences(opened.calendar(district), wanted))
        if changes and not dry_run:
            with opened.write(ACTOR) as tx:
                tx.put_calendar(district, wanted.as_document())
    finally:
        opened.close()
    for change in changes:
        say(change)
    if not changes:
        say(Text(f"{district} 的日历已是如此，未作修改", f"The calendar of {district} says this already: no change"))
    elif dry_run:
        say(Text("只看不改；去掉 --dry-run 即载入", "Nothing was changed; leave --dry-run out to load it"))
    else:
        say(Text(f"✓ {district} 已启用新日历", f"✓ The new calendar is in force in {district}"))


def differences(before: "WorkingCalendar", after: "WorkingCalendar") -> Iterator[Text]:
    """Yield what another calendar would change, a line for each field and direction."""
    old, new = before.as_document(), after.as_document()
    for field, name in (("hours", _HOURS), ("weekdays", _WEEKDAYS), ("utc_offset_minutes", _OFFSET)):
        if old[field] != new[field]:
            was, becomes = (orjson.dumps(each[field]).decode() for each in (old, new))
            yield Text(f"  {name.zh}：{was} → {becomes}", f"  {name.en}: {was} → {becomes}")
    days = ((_HOLIDAYS, before.holidays, after.holidays), (_WORKDAYS, before.workdays, after.workdays))
    for name, were, are in days:
        for sign, changed in (("+", are - were), ("-", were - are)):
            if changed:
                listed = _in_runs(changed)
                yield Text(f"  {sign} {name.zh}：{listed}", f"  {sign} {name.en}: {listed}")


def tell_ending(store: "Store") -> None:
    """Say which districts' calendars list no day beyond the next month, and what to do; a line for each end."""
    at = datetime.now(UTC)
    ending: dict[date | None, list[District]] = {}
    for each in store.districts():
        calendar = store.calendar(each.slug)
        if calendar.runs_out(at):
            ending.setdefault(calendar.listed_until, []).append(each)
    for until, districts in ending.items():
        lists = Text("未列任何日期", "no day") if until is None else Text(f"只列到 {until}", f"no day after {until}")
        zh, en = "、".join(each.name.zh for each in districts), ", ".join(each.name.en for each in districts)
        command = f"gridscape calendar load {districts[0].slug}"
        say(
            Text(
                f"注意：工作日历{lists.zh}，此后的节假日都算工作日（{zh}）；请逐一载入新日历：{command} 日历文件",
                f"Mind: the working calendar lists {lists.en}, so that later public holidays count as worked ({en}); "
                f"load a new one for each: {command} FILE",
            ),
            error=True,
        )


_HOURS = Text("工作时段", "Hours")
_WEEKDAYS = Text("每周工作日", "Weekdays")
_OFFSET = Text("与 UTC 相差分钟", "Minutes ahead of UTC")
_HOLIDAYS = Text("休息日", "Holidays")
_WORKDAYS = Text("调休工作日", "Days worked instead")


def _as_lines(calendar: "WorkingCalendar") -> Iterator[Text]:
    document = calendar.as_document()
    for field, name in (("hours", _HOURS), ("weekdays", _WEEKDAYS), ("utc_offset_minutes", _OFFSET)):
        said = orjson.dumps(document[field]).decode()
        yield Text(f"{name.zh}：{said}", f"{name.en}: {said}")
    for name, days in ((_HOLIDAYS, calendar.holidays), (_WORKDAYS, calendar.workdays)):
        listed = _in_runs(days) or "–"
        yield Text(f"{name.zh}：{listed}", f"{name.en}: {listed}")


def _in_runs(days: Collection[date]) -> str:
    """Return days with those that follow one another as one: 2026-10-01..2026-10-07."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(f"{run[0]}" if len(run) == 1 else f"{run[0]}..{run[-1]}" for run in runs)
