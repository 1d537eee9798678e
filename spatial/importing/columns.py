"""The file's columns and the schema's: which is which, and what its values mean."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import orjson

from spatial import vocabulary as v
from spatial.errors import BadParameter
from spatial.importing.source import Problem, ProblemKind
from spatial.schema import Collection, Column, ColumnType
from spatial.text import Text
from spatial.vocabulary import word

PLACE_NAMES = ("lon", "lat", "wkt")
"""What `--map` may name besides the schema's columns: where a CSV holds its places."""

ASSIGNED = frozenset(
    (
        *("district", "tree", "level", "parent", "path", "responsible"),
        *("from_edition", "to_edition", "first_responsible", "first_edition"),
    )
)
"""Columns that an import works out by itself, whatever the file says."""

LONGEST_TEXT = 400
_ALIASES: dict[str, tuple[str, ...]] = {
    "code": ("编码", "编号", "代码", "网格编码", "区划代码", "设备编码", "国标编码", "adcode", "gbcode", "deviceid"),
    "name": (
        "名称",
        "小区名称",
        "社区名称",
        "网格名称",
        "街道名称",
        "道路名称",
        "楼栋名称",
        "站点名称",
        "点位名称",
        "mc",
    ),
    "name_en": ("nameen", "name:en", "englishname", "英文名称", "英文名"),
    "kind": ("type", "类别", "类型", "tier", "class"),
    "floors": ("floor", "levels", "building:levels", "层数", "楼层", "楼层数", "numfloors", "storeys", "stories"),
    "height_m": ("height", "高度", "楼高", "heightm", "建筑高度"),
    "households": ("户数", "hushu"),
    "elderly_alone": ("独居老人", "独居老人数"),
    "staircases": ("单元数", "单元", "units"),
    "built": ("建成年份", "建筑年代", "yearbuilt", "built_year"),
    "management": ("管理方式", "物业类型"),
    "model": ("示范", "示范社区"),
    "state": ("status", "状态"),
    "place": ("安装位置",),
    "bearing": ("azimuth", "朝向", "方位角", "direction"),
    "field_of_view": ("fov", "视场角", "水平视场角"),
    "range_m": ("range", "有效距离", "距离"),
    "compound": ("所在小区", "小区"),
    "width_m": ("width", "宽度", "路宽"),
    "opens": ("openinghours", "opening_hours", "开放时间", "营业时间"),
    "functions": ("function", "功能"),
}
_TRUE = frozenset(("1", "true", "t", "yes", "y", "是", "有"))
_FALSE = frozenset(("0", "false", "f", "no", "n", "否", "无"))
_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)\s*(?:m|米|层|f|户|个|°|度|年)?", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_KINDS_BY_LEVEL: dict[str, type[StrEnum]] = {
    v.LevelSlug.COMMUNITY: v.CommunityType,
    v.LevelSlug.COMPOUND: v.CompoundKind,
    v.LevelSlug.BUILDING: v.BuildingUse,
}


@dataclass(frozen=True, slots=True)
class Match:
    """A column of the schema and the file's column that fills it; `said`: a person named it, it was not guessed."""

    column: str
    source: str
    said: bool


class _Unfit(Exception):
    """A value that a column cannot hold; carries the reason."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def parse_maps(pairs: Sequence[str], collection: Collection) -> dict[str, str]:
    """Return column → source column from `name=NAME` pairs; raises BadParameter for what is not such a pair."""
    said: dict[str, str] = {}
    for pair in pairs:
        column, separator, name = pair.partition("=")
        column, name = column.strip(), name.strip()
        if not separator or not name:
            raise BadParameter(
                Text(f"--map {pair} 不是“列=源列”的形式", f"--map {pair} is not of the form COLUMN=SOURCE"),
                Text("例如 --map name=NAME", "Such as --map name=NAME"),
            )
        if column not in PLACE_NAMES and (collection.column(column) is None or column in ASSIGNED):
            free = ", ".join(name for name in (*collection.names, *PLACE_NAMES) if name not in ASSIGNED)
            raise BadParameter(
                Text(f"{collection.id} 没有可映射的列 {column}", f"{collection.id} has no column {column} to map"),
                Text(f"可用：{free}", f"There are: {free}"),
            )
        said[column] = name
    return said


def match(collection: Collection, names: Sequence[str], said: Mapping[str, str]) -> list[Match]:
    """Return which of the file's columns fill which of the schema's: those said first, then guesses by name.

    Raises BadParameter where a column that was said is not in the file.
    """
    known = {_folded(name): name for name in reversed(names)}
    found: list[Match] = []
    for column in collection.columns:
        if column.name in ASSIGNED:
            continue
        if column.name in said:
            if said[column.name] not in names:
                raise BadParameter(
                    Text(f"文件中没有列 {said[column.name]}", f"The file has no column {said[column.name]}"),
                    Text(f"文件的列：{', '.join(names)}", f"Its columns are: {', '.join(names)}"),
                )
            found.append(Match(column.name, said[column.name], said=True))
            continue
        plain_title = column.title.zh.split("（")[0]
        # a Shapefile cuts names to 10 characters
        candidates = (column.name, *_ALIASES.get(column.name, ()), plain_title, column.name[:10])
        source = next((known[key] for key in map(_folded, candidates) if key in known), None)
        if source is not None:
            found.append(Match(column.name, source, said=False))
    return found


def converted(
    collection: Collection,
    matches: Sequence[Match],
    columns: Mapping[str, Sequence[Any]],
    rows: Sequence[int],
    levels: Sequence[str] | None = None,
    keep: Sequence[str] = (),
) -> tuple[dict[str, list[Any]], list[Problem]]:
    """Return the schema's columns with the file's values as the schema's types, and what could not be one.

    `levels`: the level of each row, for areas, by which their kinds differ. `keep`: columns of the file to carry along
    under `extra`; all others are left behind, since nobody knows what a stranger's columns say about people.
    """
    filled: dict[str, list[Any]] = {column.name: [None] * len(rows) for column in collection.columns}
    problems: list[Problem] = []
    for found in matches:
        column = collection.column(found.column)
        assert column is not None
        values = filled[found.column]
        for at, value in enumerate(columns[found.source]):
            if value is None or value == "":
                continue
            try:
                values[at] = _value(column, value, levels[at] if levels is not None else None)
            except _Unfit as unfit:
                where = found.source
                reason = Text(f"列 {where}：{unfit.reason.zh}", f"Column {where}: {unfit.reason.en}")
                problems.append(Problem(rows[at], ProblemKind.VALUE, reason))
    if keep:
        filled["extra"] = [_extra(filled["extra"][at], columns, keep, at) for at in range(len(rows))]
    return filled, problems


def _extra(said: str | None, columns: Mapping[str, Sequence[Any]], keep: Sequence[str], at: int) -> str | None:
    kept = {name: columns[name][at] for name in keep if columns[name][at] is not None}
    base = orjson.loads(said) if said else {}
    return orjson.dumps({**base, **kept}).decode() if base or kept else None


def _folded(name: str) -> str:
    return re.sub(r"[\s_\-]", "", name).lower()


def _value(column: Column, value: Any, level: str | None) -> Any:
    if column.name == "extra":
        return _json(value)
    words = column.words
    if column.name == "kind" and level is not None:
        words = _KINDS_BY_LEVEL.get(level)
    if words is not None:
        return _word(words, value)
    return _CONVERTERS[column.holds](value)


def _text(value: Any) -> str | None:
    if isinstance(value, float) and abs(value) >= 2**53:
        raise _Unfit(
            Text(
                f"{value:g} 存为数字，末位已丢失；请存为文本",
                f"{value:g} was kept as a number and lost digits; keep it as text",
            )
        )
    text = _CONTROL.sub(" ", str(int(value) if isinstance(value, float) and value.is_integer() else value)).strip()
    if len(text) > LONGEST_TEXT:
        raise _Unfit(Text(f"文字超过 {LONGEST_TEXT} 字", f"The text is longer than {LONGEST_TEXT} characters"))
    return text or None


def _real(value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value)
    else:
        matched = _NUMBER.fullmatch(str(value).strip())
        if matched is None or len(str(value)) > 40:
            raise _Unfit(Text(f"“{str(value)[:40]}”不是数字", f"“{str(value)[:40]}” is not a number"))
        number = float(matched.group(1))
    if not math.isfinite(number):
        raise _Unfit(Text("不是有限的数", "It is not finite"))
    return number


def _integer(value: Any) -> int:
    number = _real(value)
    if not number.is_integer() or abs(number) > 2**53:
        raise _Unfit(Text(f"“{str(value)[:40]}”不是整数", f"“{str(value)[:40]}” is not a whole number"))
    return int(number)


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    said = str(int(value) if isinstance(value, float) and value.is_integer() else value).strip().lower()
    if said in _TRUE:
        return True
    if said in _FALSE:
        return False
    raise _Unfit(Text(f"“{said[:40]}”不是“是”或“否”", f"“{said[:40]}” is neither yes nor no"))


def _time(value: Any) -> datetime:
    try:
        time = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip().replace("/", "-"))
    except ValueError:
        said = str(value)[:40]
        raise _Unfit(Text(f"“{said}”不是时间", f"“{said}” is not a time")) from None
    if time.tzinfo is None:
        raise _Unfit(Text("时间没有时区", "The time has no time zone"))
    return time.astimezone(UTC)


_CONVERTERS: dict[ColumnType, Callable[[Any], Any]] = {
    ColumnType.TEXT: _text,
    ColumnType.INTEGER: _integer,
    ColumnType.REAL: _real,
    ColumnType.BOOLEAN: _boolean,
    ColumnType.TIME: _time,
}


def _word(words: type[StrEnum], value: Any) -> str:
    said = str(value).strip().casefold()
    for member in words:
        name = word(member)
        if said in (member.value.casefold(), name.zh.casefold(), name.en.casefold()):
            return member.value
    allowed = "、".join(f"{member.value}（{word(member).zh}）" for member in words)
    english = ", ".join(member.value for member in words)
    shown = str(value)[:40]
    raise _Unfit(Text(f"“{shown}”不在 {allowed} 之中", f"“{shown}” is none of {english}"))


def _json(value: Any) -> str:
    try:
        held = orjson.loads(str(value)[:100_000])
    except orjson.JSONDecodeError:
        held = None
    if not isinstance(held, dict):
        raise _Unfit(Text("不是 JSON 对象", "It is not a JSON object"))
    return orjson.dumps(held).decode()
