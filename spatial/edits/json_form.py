"""The JSON form of a change set; docs/formats.md describes it."""

import math
from typing import Any

import orjson
import shapely

from spatial.edits.change_set import AreaChange, ChangeSet
from spatial.errors import BadFile
from spatial.text import Text

TYPE = "gridscape-change-set"
VERSION = 1
LARGEST = 64_000_000
"""Bytes that a change set may have."""


def written_change_set(change: ChangeSet) -> bytes:
    """Return a change set as JSON; every coordinate is kept to the last bit."""
    return orjson.dumps(
        {
            "type": TYPE,
            "version": VERSION,
            "district": change.district,
            "tree": change.tree,
            "base": change.base,
            "areas": [
                {"level": one.level, "code": one.code, "before": _plain(one.before), "after": _plain(one.after)}
                for one in change.areas
            ],
        },
        option=orjson.OPT_APPEND_NEWLINE,
    )


def read_change_set(content: bytes) -> ChangeSet:
    """Return the change set that JSON stands for; raises BadFile, saying where, for anything else."""
    if len(content) > LARGEST:
        raise _bad("", Text(f"超过 {LARGEST} 字节", f"it has more than {LARGEST} bytes"))
    try:
        whole = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise _bad("", Text(f"不是 JSON：{error}", f"it is no JSON: {error}")) from error
    if not isinstance(whole, dict) or whole.get("type") != TYPE:
        raise _bad("type", Text(f"应为 {TYPE}", f"it should be {TYPE}"))
    if whole.get("version") != VERSION:
        raise _bad("version", Text(f"本程序只读版本 {VERSION}", f"this program reads version {VERSION}"))
    base = whole.get("base")
    if not isinstance(base, int) or isinstance(base, bool) or not 0 < base < 2**31:
        raise _bad("base", Text("应为版本号", "it should be the number of an edition"))
    areas = whole.get("areas")
    if not isinstance(areas, list) or not areas:
        raise _bad("areas", Text("应为非空列表", "it should be a list of areas, at least one"))
    changes = tuple(_area(one, f"areas[{at}]") for at, one in enumerate(areas))
    seen: set[tuple[str, str]] = set()
    for at, one in enumerate(changes):
        if one.place in seen:
            raise _bad(f"areas[{at}]", Text(f"{one.code} 出现两次", f"{one.code} stands there twice"))
        seen.add(one.place)
    return ChangeSet(_text(whole, "district", "district"), _text(whole, "tree", "tree"), base, changes)


def _area(given: Any, where: str) -> AreaChange:
    if not isinstance(given, dict):
        raise _bad(where, Text("应为对象", "it should be an object"))
    level, code = (_text(given, name, f"{where}.{name}") for name in ("level", "code"))
    before, after = (_shape(given.get(name), f"{where}.{name}") for name in ("before", "after"))
    return AreaChange(level, code, before, after)


def _text(given: dict[str, Any], name: str, where: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not value or "\0" in value:
        raise _bad(where, Text("应为文本", "it should be a text"))
    return value


def _shape(given: Any, where: str) -> shapely.Geometry:
    kind = given.get("type") if isinstance(given, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise _bad(where, Text("应为 Polygon 或 MultiPolygon", "it should be a Polygon or MultiPolygon"))
    at = f"{where}.coordinates"
    coordinates = given.get("coordinates")
    if kind == "Polygon":
        return _polygon(coordinates, at)
    if not isinstance(coordinates, list) or not coordinates:
        raise _bad(at, Text("应有至少一个面", "it should have a polygon at least"))
    return shapely.MultiPolygon([_polygon(one, f"{at}[{index}]") for index, one in enumerate(coordinates)])


def _polygon(given: Any, where: str) -> shapely.Polygon:
    if not isinstance(given, list) or not given:
        raise _bad(where, Text("应有至少一个环", "it should have a ring at least"))
    shell, *holes = (_ring(one, f"{where}[{index}]") for index, one in enumerate(given))
    return shapely.Polygon(shell, holes)


def _ring(given: Any, where: str) -> list[tuple[float, float]]:
    if not isinstance(given, list) or len(given) < 4 or given[0] != given[-1]:
        raise _bad(where, Text("应为至少四个位置的闭合环", "it should be a closed ring of four positions or more"))
    return [_position(one, f"{where}[{index}]") for index, one in enumerate(given)]


def _position(given: Any, where: str) -> tuple[float, float]:
    if isinstance(given, list) and len(given) == 2 and all(_number(each) for each in given):
        x, y = float(given[0]), float(given[1])
        if abs(x) <= 180 and abs(y) <= 90:
            return x, y
    raise _bad(where, Text("应为 [经度, 纬度]", "it should be [longitude, latitude]"))


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _plain(shape: shapely.Geometry) -> dict[str, Any]:
    parts = [
        [shapely.get_coordinates(ring).tolist() for ring in shapely.get_rings(part)]
        for part in shapely.get_parts(shape)
    ]
    if shape.geom_type == "Polygon":
        return {"type": "Polygon", "coordinates": parts[0] if parts else []}
    return {"type": "MultiPolygon", "coordinates": parts}


def _bad(where: str, why: Text) -> BadFile:
    zh, en = (f"：{where} {why.zh}", f": {where}: {why.en}") if where else (f"：{why.zh}", f": {why.en}")
    return BadFile(
        Text(f"变更集无法读取{zh}", f"The change set cannot be read{en}"),
        Text("格式见 docs/formats.md 的“Change sets”", 'Its form is in docs/formats.md, "Change sets"'),
        place=where,
    )
