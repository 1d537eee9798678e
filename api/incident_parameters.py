"""The query parameters of the board."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from api.parameters import BBOX, DISTRICT, Asked, Parameter, unusable
from spatial.governance import Department, EventCategory
from spatial.incidents.board import Filter
from spatial.incidents.clocks import ClockState
from spatial.text import Text
from spatial.vocabulary import IncidentState, Priority

Word = TypeVar("Word", bound=StrEnum)


def _one_of(name: str, words: type[Word]) -> Callable[[str], Word]:
    def parse(text: str) -> Word:
        try:
            return words(text)
        except ValueError:
            listed = ", ".join(words)
            raise unusable(name, text, Text(f"可用：{listed}", f"One of {listed}")) from None

    return parse


def _words(name: str, words: type[Word], about: Text) -> Parameter[Word]:
    schema: dict[str, Any] = {"type": "string", "enum": [word.value for word in words]}
    return Parameter(name, about, schema, _one_of(name, words), repeated=True)


def _priority(text: str) -> int:
    if text not in {str(int(priority)) for priority in Priority}:
        raise unusable("priority", text, Text("1 至 4", "1 to 4"))
    return int(text)


def _path(name: str, text: str) -> str:
    if not text.startswith("/") or text.endswith("/") or "//" in text:
        raise unusable(name, text, Text("格式：/510521/510521001", "Write a path: /510521/510521001"))
    return text


def _offset(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 8):
        raise unusable("offset", text, Text("请给出 0 或以上的整数", "Give a whole number from 0 upwards"))
    return int(text)


STATES = _words("state", IncidentState, Text("状态，可重复", "A state; may be repeated"))
CATEGORIES = _words("category", EventCategory, Text("大类，可重复", "A category; may be repeated"))
DEPARTMENTS = _words("department", Department, Text("责任部门，可重复", "A department; may be repeated"))
CLOCKS = _words("clock", ClockState, Text("时限状态，可重复", "How the clock stands; may be repeated"))
PRIORITIES = Parameter(
    "priority",
    Text("优先级，可重复", "A priority; may be repeated"),
    {"type": "integer", "minimum": 1, "maximum": 4},
    _priority,
    repeated=True,
)
AREAS = Parameter(
    "area",
    Text("区域路径，含其下级；可重复", "The path of an area, with all below it; may be repeated"),
    {"type": "string"},
    partial(_path, "area"),
    repeated=True,
)
CENTRES = Parameter(
    "centre",
    Text("上报到哪一区域的指挥中心，可重复", "The path of the area to whose centre it was escalated; may be repeated"),
    {"type": "string"},
    partial(_path, "centre"),
    repeated=True,
)
RESPONDER = Parameter("responder", Text("处置人员", "The responder"), {"type": "string"}, str)
SEARCHED = Parameter(
    "q", Text("编号、名称或说明中的文字", "Text of the number, the name or the note"), {"type": "string"}, str
)
OFFSET = Parameter(
    "offset", Text("跳过前若干条", "So many are left out in front"), {"type": "integer", "minimum": 0}, _offset
)
FILTERS = (DISTRICT, AREAS, STATES, CATEGORIES, DEPARTMENTS, PRIORITIES, CLOCKS, RESPONDER, CENTRES, SEARCHED, BBOX)
"""The parameters that say which incidents are wanted."""


def wanted_of(asked: Asked, scope: tuple[str, ...]) -> Filter:
    """Return the filter that a request asks for, within a scope."""
    district = asked.get(DISTRICT)
    return Filter(
        scope=scope,
        districts=() if district is None else (district,),
        areas=tuple(asked.every(AREAS)),
        states=frozenset(asked.every(STATES)),
        categories=frozenset(each.value for each in asked.every(CATEGORIES)),
        departments=frozenset(each.value for each in asked.every(DEPARTMENTS)),
        priorities=frozenset(asked.every(PRIORITIES)),
        clocks=frozenset(asked.every(CLOCKS)),
        responder=asked.get(RESPONDER),
        centres=tuple(asked.every(CENTRES)),
        text=asked.get(SEARCHED) or "",
        box=asked.get(BBOX),
    )


def _zoom(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 2 and int(text) <= 22):
        raise unusable("zoom", text, Text("0 至 22 的整数", "A whole number from 0 to 22"))
    return int(text)


def _yes(text: str) -> bool:
    if text not in {"true", "false"}:
        raise unusable("heat", text, Text("true 或 false", "true or false"))
    return text == "true"


ZOOM = Parameter(
    "zoom",
    Text("地图缩放级别，世界在 0 级宽 512 像素", "The zoom of the map, whose world is 512 pixels wide at 0"),
    {"type": "integer", "minimum": 0, "maximum": 22},
    _zoom,
    required=True,
)
HEAT = Parameter("heat", Text("同时给出热力图的计数", "With counts for a heat map"), {"type": "boolean"}, _yes)
