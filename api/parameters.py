"""Every query parameter, declared and parsed once: what is read here is documented from here."""

import difflib
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any, Generic, TypeVar

from starlette.datastructures import QueryParams

from spatial.crs import check_position
from spatial.errors import BadParameter
from spatial.schema import Collection, Column, ColumnType
from spatial.store.records import Box
from spatial.text import Language, Text
from spatial.vocabulary import word

T = TypeVar("T")
LIMIT_DEFAULT = 1000
LIMIT_MAXIMUM = 10_000
_LONGEST = 400
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Parameter(Generic[T]):
    """One query parameter: its name, what it is for, its JSON schema and how its text is read.

    `parse` raises BadParameter (or BadPosition). `repeated`: may stand several times; any of the values is meant.
    """

    name: str
    about: Text
    schema: Mapping[str, Any]
    parse: Callable[[str], T]
    repeated: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of time, aware UTC; None is open."""

    since: datetime | None
    until: datetime | None


class Asked:
    """The parameters of one request, parsed."""

    def __init__(self, values: Mapping[str, list[Any]]) -> None:
        self._values = values

    def get(self, parameter: Parameter[T]) -> T | None:
        """Return the value of a parameter, None where it was not given."""
        values = self._values.get(parameter.name)
        return values[0] if values else None

    def must(self, parameter: Parameter[T]) -> T:
        """Return the value of a parameter that is required."""
        value: T = self._values[parameter.name][0]
        return value

    def every(self, parameter: Parameter[T]) -> list[T]:
        """Return all values of a parameter that may be repeated."""
        return list(self._values.get(parameter.name, ()))


def ask(query: QueryParams, parameters: Sequence[Parameter[Any]], *, strict: bool = True) -> Asked:
    """Parse a query by its parameters; raises BadParameter for one that is unknown, missing, doubled or malformed.

    Where it is not `strict`, unknown ones are not regarded.
    """
    known = {parameter.name: parameter for parameter in parameters}
    values: dict[str, list[Any]] = {}
    for name, text in query.multi_items():
        parameter = known.get(name)
        if parameter is None and not strict:
            continue
        if parameter is None:
            raise _unknown(name, list(known))
        if name in values and not parameter.repeated:
            raise BadParameter(
                Text(f"参数 {name} 出现了多次", f"The parameter {name} stands more than once"),
                Text("请只保留一个", "Keep one of them"),
                parameter=name,
            )
        if len(text) > _LONGEST:
            raise unusable(name, text, Text(f"最长 {_LONGEST} 个字符", f"It may be {_LONGEST} characters long"))
        values.setdefault(name, []).append(parameter.parse(text))
    for parameter in parameters:
        if parameter.required and parameter.name not in values:
            raise BadParameter(
                Text(f"缺少参数 {parameter.name}", f"The parameter {parameter.name} is missing"),
                Text(f"{parameter.name}：{parameter.about.zh}", f"{parameter.name}: {parameter.about.en}"),
                parameter=parameter.name,
            )
    return Asked(values)


def _unknown(name: str, known: Sequence[str]) -> BadParameter:
    shown = _short(name)
    near = difflib.get_close_matches(name[:60], known, n=1)
    listed = ", ".join(known)
    said = Text(f"这里没有参数 {shown}", f"There is no parameter {shown} here")
    if near:
        return BadParameter(said, Text(f"是否想用 {near[0]}？", f"Did you mean {near[0]}?"), parameter=shown)
    if known:
        return BadParameter(said, Text(f"可用参数：{listed}", f"There are: {listed}"), parameter=shown)
    return BadParameter(said, Text("此地址不接受参数", "This address takes no parameters"), parameter=shown)


def _short(text: str) -> str:
    cleaned = "".join(character if character.isprintable() else "·" for character in text)
    return cleaned if len(cleaned) <= 60 else cleaned[:57] + "…"


def unusable(name: str, text: str, remedy: Text) -> BadParameter:
    """Return the error of a parameter whose value cannot be used."""
    shown = _short(text)
    return BadParameter(
        Text(f"参数 {name} 的值“{shown}”不可用", f"The value “{shown}” of {name} cannot be used"),
        remedy,
        parameter=name,
    )


def parsed_number(name: str, text: str) -> float:
    """Return a text as a number, NaN and infinite ones as NaN; raises BadParameter for anything else."""
    stripped = text.strip()
    if stripped.lower().lstrip("+-") in {"nan", "inf", "infinity"}:
        return math.nan
    if not _NUMBER.fullmatch(stripped):
        raise unusable(name, text, Text("请给出一个十进制数，如 105.376", "Give a decimal number, such as 105.376"))
    return float(stripped)


def _integer(name: str, text: str, least: int, most: int | None = None) -> int:
    if not _INTEGER.fullmatch(text.strip()):
        raise unusable(name, text, Text("请给出一个整数", "Give a whole number"))
    value = int(text)
    if value < least or (most is not None and value > most):
        until = "" if most is None else f" – {most}"
        raise unusable(
            name, text, Text(f"取值范围：{least}{until or ' 以上'}", f"It runs from {least}{until or ' upwards'}")
        )
    return value


def whole_number(name: str, text: str) -> int:
    """Return a step of a path as a number from 0 upwards; raises BadParameter for anything else."""
    return _integer(name, text, 0)


def _limit(text: str) -> int:
    # a limit above the maximum is not an error in OGC API – Features: the maximum is meant
    return min(_integer("limit", text, 1, 2**31 - 1), LIMIT_MAXIMUM)


def _box(text: str) -> Box:
    parts = text.split(",")
    if len(parts) not in (4, 6):
        raise unusable("bbox", text, Text("格式：西,南,东,北（度）", "Write it as west,south,east,north in degrees"))
    numbers = [parsed_number("bbox", part) for part in parts]
    if len(numbers) == 6:  # with heights, which nothing here has
        numbers = [numbers[0], numbers[1], numbers[3], numbers[4]]
    west, south, east, north = numbers
    check_position(west, south)
    check_position(east, north)
    if south > north:
        raise unusable(
            "bbox",
            text,
            Text("南边纬度大于北边；格式：西,南,东,北", "Its south lies above its north: write west,south,east,north"),
        )
    return west, south, east, north


def parsed_moment(text: str, *, ends: bool, name: str = "datetime") -> datetime:
    """Return an instant or a day (where it begins, or `ends`) as aware UTC; raises BadParameter."""
    if _INSTANT.fullmatch(text):
        try:
            return datetime.fromisoformat(text.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    elif _DAY.fullmatch(text):
        try:
            day = datetime.combine(datetime.fromisoformat(text), time(), UTC)
        except ValueError:
            pass
        else:
            return day + timedelta(days=1) - timedelta(microseconds=1) if ends else day
    if name != "datetime":
        raise unusable(name, text, Text("格式：2026-11-01T00:00:00Z", "Write 2026-11-01T00:00:00Z"))
    raise unusable(
        "datetime",
        text,
        Text(
            "格式：2026-11-01T00:00:00Z，或区间 2026-11-01T00:00:00Z/..",
            "Write 2026-11-01T00:00:00Z, or an interval 2026-11-01T00:00:00Z/..",
        ),
    )


def _interval(text: str) -> Interval:
    parts = text.split("/")
    if len(parts) == 1:
        return Interval(parsed_moment(text, ends=False), parsed_moment(text, ends=True))
    if len(parts) != 2 or all(part in ("", "..") for part in parts):
        raise unusable(
            "datetime",
            text,
            Text("区间写作 起/止，至多一端为 ..", "Write start/end; one of them may be open (..)"),
        )
    since = None if parts[0] in ("", "..") else parsed_moment(parts[0], ends=False)
    until = None if parts[1] in ("", "..") else parsed_moment(parts[1], ends=True)
    if since and until and since > until:
        raise unusable("datetime", text, Text("起始晚于终止", "It starts after its end"))
    return Interval(since, until)


def _text(name: str, text: str) -> str:
    if "\x00" in text:
        raise unusable(name, text, Text("不能含有空字符", "It must not hold NUL characters"))
    return text


def _plain(name: str, about: Text, *, required: bool = False) -> Parameter[str]:
    return Parameter(name, about, {"type": "string"}, partial(_text, name), required=required)


def parsed_choice(name: str, text: str, choices: Sequence[str]) -> str:
    """Return a text that is one of some choices; raises BadParameter for any other."""
    if text not in choices:
        listed = ", ".join(choices)
        raise unusable(name, text, Text(f"可用：{listed}", f"It is one of: {listed}"))
    return text


def format_of(*choices: str) -> Parameter[str]:
    """Return the parameter `f` of a resource that comes in these formats."""
    return Parameter(
        "f",
        Text("格式", "The format of the answer"),
        {"type": "string", "enum": list(choices)},
        partial(parsed_choice, "f", choices=choices),
    )


F_JSON = format_of("json")
BBOX = Parameter(
    "bbox",
    Text(
        "西,南,东,北（WGS 84 度）；西大于东时跨 180° 经线",
        "west,south,east,north in WGS 84 degrees; crosses 180° if west > east",
    ),
    {
        "type": "array",
        "items": {"type": "number"},
        "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
    },
    _box,
)
DATETIME = Parameter(
    "datetime",
    Text("时刻或区间（RFC 3339），.. 表示不限", "An instant or an interval (RFC 3339); .. leaves an end open"),
    {"type": "string"},
    _interval,
)
LIMIT = Parameter(
    "limit",
    Text("每页最多几条", "How many there may be on a page"),
    {"type": "integer", "minimum": 1, "maximum": LIMIT_MAXIMUM, "default": LIMIT_DEFAULT},
    _limit,
)
AFTER = Parameter(
    "after",
    Text("上一页最后一条的键，取自 next 链接", "The key of the page before, taken from its next link"),
    {"type": "integer", "minimum": 0},
    partial(_integer, "after", least=0),
)
DISTRICT = _plain("district", Text("区县的简称，如 luxian", "A district's slug, such as luxian"))
TREE = _plain("tree", Text("层级树，如 main", "A tree of areas, such as main"))
VERSION = _plain(
    "v", Text("内容的版本，取自样式或 TileJSON", "The version of the content, taken from a style or TileJSON")
)
TEXT = _plain("q", Text("名称、编码或“经度,纬度”", "A name, a code, or “longitude,latitude”"), required=True)
HITS = Parameter(
    "limit",
    Text("最多几条", "How many there may be"),
    {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
    lambda text: min(_integer("limit", text, 1, 2**31 - 1), 100),
)
LANGUAGE = Parameter(
    "lang",
    Text("语言：zh 或 en", "The language: zh or en"),
    {"type": "string", "enum": [language.value for language in Language]},
    lambda text: Language(parsed_choice("lang", text, [language.value for language in Language])),
)


def _filter_value(column: Column, text: str) -> Any:
    if column.words is not None:
        return parsed_choice(column.name, text, [member.value for member in column.words])
    match column.holds:
        case ColumnType.INTEGER:
            return _integer(column.name, text, -(2**31), 2**31 - 1)
        case ColumnType.BOOLEAN:
            return parsed_choice(column.name, text.lower(), ("true", "false")) == "true"
        case ColumnType.REAL:
            return parsed_number(column.name, text)
        case ColumnType.TEXT | ColumnType.TIME:
            return _text(column.name, text)


def json_type(column: Column) -> dict[str, Any]:
    """Return the JSON schema of the values of a column."""
    kinds: dict[ColumnType, dict[str, Any]] = {
        ColumnType.TEXT: {"type": "string"},
        ColumnType.INTEGER: {"type": "integer"},
        ColumnType.REAL: {"type": "number"},
        ColumnType.BOOLEAN: {"type": "boolean"},
        ColumnType.TIME: {"type": "string", "format": "date-time"},
    }
    schema = kinds[column.holds]
    if column.words is not None:
        schema["enum"] = [member.value for member in column.words]
        schema["x-titles"] = {member.value: {"zh": word(member).zh, "en": word(member).en} for member in column.words}
    return schema


def filters(collection: Collection) -> tuple[Parameter[Any], ...]:
    """Return the parameters by which the rows of a collection can be filtered, one for each filterable column."""
    return tuple(
        Parameter(
            column.name,
            column.title,
            {"type": "array", "items": {key: value for key, value in json_type(column).items() if key != "x-titles"}},
            partial(_filter_value, column),
            repeated=True,
        )
        for column in collection.columns
        if column.filterable
    )
