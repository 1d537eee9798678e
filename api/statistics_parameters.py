"""What statistics of incidents can be asked by, and what is meant where it is not said."""

import re
from datetime import date, datetime, timedelta

from api.incident_parameters import AREAS, CATEGORIES, DEPARTMENTS
from api.parameters import DISTRICT, Asked, Parameter, format_of, parsed_choice, unusable
from spatial.errors import BadParameter
from spatial.incidents.statistics import LOCAL, GroupBy, Period
from spatial.text import Text
from spatial.vocabulary import LevelSlug

WEEKS = 12
"""So many weeks are looked back, this one among them, where no period is asked for."""

LEVELS = (LevelSlug.DISTRICT, LevelSlug.STREET, LevelSlug.COMMUNITY, LevelSlug.GRID, LevelSlug.COMPOUND)
"""The levels of areas that incidents are counted by."""

_DAY = re.compile(r"(19|20|21)\d\d-\d\d-\d\d", re.ASCII)
_ITEM = re.compile(r"[0-9A-Za-z._-]{1,20}", re.ASCII)


def _by(text: str) -> GroupBy:
    return GroupBy(parsed_choice("by", text, list(GroupBy)))


def _level(text: str) -> LevelSlug:
    return LevelSlug(parsed_choice("level", text, LEVELS))


def _item(text: str) -> str:
    if not _ITEM.fullmatch(text):
        raise unusable("item", text, Text("事项编号，如 0502", "The number of an item, such as 0502"))
    return text


def _day(name: str, about: Text) -> Parameter[date]:
    def parse(text: str) -> date:
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise unusable(name, text, Text("格式：2026-11-01", "Write 2026-11-01"))

    return Parameter(name, about, {"type": "string", "format": "date"}, parse)


BY = Parameter(
    "by",
    Text("按什么分组；默认按区域", "What incidents are grouped by; by default areas"),
    {"type": "string", "enum": list(GroupBy), "default": GroupBy.AREA.value},
    _by,
)
LEVEL = Parameter(
    "level",
    Text(
        "按区域分组时的层级；默认为所选区域的下一级", "The level of the areas; by default the one below the chosen area"
    ),
    {"type": "string", "enum": list(LEVELS)},
    _level,
)
ITEMS = Parameter(
    "item",
    Text("事项编号，可重复", "An item of the event list; may be repeated"),
    {"type": "string"},
    _item,
    repeated=True,
)
SINCE = _day("from", Text("第一天（区县当地日期）", "The first day, in the districts' own time"))
UNTIL = _day("to", Text("截止日的次日（区县当地日期）", "The day after the last one, in the districts' own time"))
FORMAT = format_of("json", "csv", "parquet")
PARAMETERS = (BY, LEVEL, DISTRICT, AREAS, CATEGORIES, DEPARTMENTS, ITEMS, SINCE, UNTIL, FORMAT)


def period_of(asked: Asked, now: datetime) -> Period:
    """Return the period that a request means: whole weeks up to today, where it does not say. Raises BadParameter."""
    first, last = asked.get(SINCE), asked.get(UNTIL)
    if last is None:
        last = now.astimezone(LOCAL).date() + timedelta(days=1)
        if first is not None and first >= last:
            raise BadParameter(
                Text(f"{first} 还没有到", f"{first} is still to come"),
                Text("请给出今天或更早的一天", "Give today or an earlier day"),
                parameter="from",
            )
    if first is None:
        day = last - timedelta(days=1)
        first = day - timedelta(days=day.weekday() + 7 * (WEEKS - 1))
    return Period(first, last)
