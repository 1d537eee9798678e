"""Which grid owns this point, and who answers for it: one point, or columns of many."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.answers import dumps, json_answer
from api.audience import may_see
from api.located import as_columns, as_document
from api.openapi.schemas import POINTS_MAXIMUM
from api.openapi.shapes import as_json, ref
from api.operations import Call, Operation, Operations
from api.place_parameters import ACCURACY, AT, CONFIDENCE, CRS, LAT, LON, wgs84_position
from spatial.datums import Datum, convert
from spatial.errors import BadParameter, LimitExceeded
from spatial.locate import CONFIDENCE as CONFIDENCE_MEANT
from spatial.locate import Locator
from spatial.text import Text
from spatial.vocabulary import Audience, LevelSlug

BODY_MAXIMUM = 6_000_000
"""Bytes of a posted question: a hundred thousand points in all their digits take less than five million."""

_FIELDS = ("lon", "lat", "crs", "at", "levels")


@dataclass(frozen=True, slots=True)
class Columns:
    """A posted question: WGS 84 degrees, shape (n,) each, unless `datum` says otherwise."""

    lons: NDArray[np.float64]
    lats: NDArray[np.float64]
    datum: Datum
    at: datetime | None
    levels: frozenset[str] | None


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    operations.add_async(
        Operation(
            "locate",
            "/locate",
            Text(
                "某一位置在各层级的归属和责任人：给出 accuracy 时附候选区域的概率，ambiguous 为真时请向本人确认；"
                "不在任何区域内时 nearest 列出最近的区域及距离，它们并非归属",
                "The owner of a place at every level, and who answers for it. With `accuracy` the areas that may own"
                " it come with their probabilities, and `ambiguous` says that the person should be asked. Outside"
                " every area `nearest` names the nearest ones and their distance; they do not own the place",
            ),
            as_json("Located"),
            audience=Audience.PUBLIC,
            parameters=(LON, LAT, CRS, ACCURACY, CONFIDENCE, AT),
            tag="ownership",
        ),
        locate,
    )
    operations.add_async(
        Operation(
            "locateColumns",
            "/locate",
            Text(
                f"批量查询归属，每次至多 {POINTS_MAXIMUM} 个点",
                f"The owners of up to {POINTS_MAXIMUM} places, as columns",
            ),
            as_json("LocatedColumns"),
            audience=Audience.PUBLIC,
            tag="ownership",
            body=ref("LocateColumns"),
            guarded=False,
        ),
        locate_columns,
    )


async def locate(call: Call) -> Response:
    """Answer from memory; posts are named to staff, and that they were is logged."""
    asked = call.asked
    lon, lat = wgs84_position(asked.must(LON), asked.must(LAT), asked.get(CRS) or Datum.WGS84)
    accuracy, confidence = asked.get(ACCURACY), asked.get(CONFIDENCE)
    locator = await call.service.locating.locator(asked.get(AT))
    located = None if accuracy is not None else locator.locate(lon, lat, nearest=False)
    if located is None or not located.trees:  # what takes milliseconds must not stop the others
        sure = CONFIDENCE_MEANT if confidence is None else confidence
        located = await run_in_threadpool(locator.locate, lon, lat, accuracy, sure)
    with_duties = may_see(call.audience, Audience.STAFF)
    bounds = call.caller.bounds
    told = with_duties and any(bounds(owner.path) for tree in located.trees for owner in tree.owners if owner.posts)
    if told and located.district is not None:
        call.service.access.note(call.caller.account, "duty_holders", located.district.slug)
    document = as_document(located, with_duties=with_duties, within=bounds)
    return json_answer(document, headers={"Cache-Control": "no-store"})


async def locate_columns(call: Call) -> Response:
    """Answer many points from memory, in a thread; posts are not told here."""
    body = await _body(call.request)
    asked = await run_in_threadpool(columns_of, body)
    locator = await call.service.locating.locator(asked.at)
    answer = await run_in_threadpool(_columns, locator, asked)
    return json_answer(answer, headers={"Cache-Control": "no-store"})


def _columns(locator: Locator, asked: Columns) -> bytes:
    lons, lats = convert(asked.lons, asked.lats, asked.datum, Datum.WGS84)
    return dumps(as_columns(locator.columns(lons, lats, asked.levels), len(lons)))


async def _body(request: Request) -> bytes:
    """Return the posted document; raises BadParameter for another media type, LimitExceeded for a longer one."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise BadParameter(
            Text("请求体不是 JSON", "The body is not declared as JSON"),
            Text("请用 Content-Type: application/json 发送", "Send it with Content-Type: application/json"),
        )
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and len(declared) < 16 and int(declared) > BODY_MAXIMUM:
        raise _too_long()
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > BODY_MAXIMUM:
            raise _too_long()
        parts.append(part)
    return b"".join(parts)


def columns_of(body: bytes) -> Columns:
    """Return a posted question; raises BadParameter for what it does not say right, LimitExceeded for too many points.

    Positions are not checked here.
    """
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        place = f"{error.lineno}:{error.colno}"
        raise BadParameter(
            Text("请求体不是 JSON", "The body is not JSON"),
            Text(f"请检查第 {place} 处；NaN 不是 JSON", f"Look at line:column {place}; NaN is not JSON"),
        ) from None
    if not isinstance(document, dict):
        raise _wrong("lon", Text("请给出一个对象，含 lon 和 lat 两列", "Give an object with the columns lon and lat"))
    unknown = next((name for name in document if name not in _FIELDS), None)
    if unknown is not None:
        listed = ", ".join(_FIELDS)
        raise BadParameter(
            Text(f"这里没有字段 {unknown[:60]}", f"There is no field {unknown[:60]} here"),
            Text(f"可用字段：{listed}", f"There are: {listed}"),
            parameter=unknown[:60],
        )
    lons, lats = _degrees(document, "lon"), _degrees(document, "lat")
    if len(lons) != len(lats):
        raise _wrong(
            "lat",
            Text(
                f"lon 有 {len(lons)} 个值，lat 有 {len(lats)} 个，应当一样多",
                f"There are {len(lons)} values of lon and {len(lats)} of lat: give as many of each",
            ),
        )
    datum, at = _text(document, "crs"), _text(document, "at")
    return Columns(
        lons,
        lats,
        Datum.WGS84 if datum is None else CRS.parse(datum),
        None if at is None else AT.parse(at),
        _levels(document),
    )


def _degrees(document: dict[str, Any], name: str) -> NDArray[np.float64]:
    values = document.get(name)
    if not isinstance(values, list):
        raise _wrong(name, Text("请给出一列数", "Give a list of numbers"))
    if len(values) > POINTS_MAXIMUM:
        raise LimitExceeded(
            Text(f"共 {len(values)} 个点，超出每次的上限", f"{len(values)} points are more than one question may hold"),
            Text(f"请分批，每次至多 {POINTS_MAXIMUM} 个", f"Send at most {POINTS_MAXIMUM} at a time"),
            limit=POINTS_MAXIMUM,
        )
    if not set(map(type, values)) <= {float, int}:
        first = next(which for which, value in enumerate(values) if type(value) not in (float, int))
        raise _wrong(name, Text(f"第 {first + 1} 个值不是数", f"Its value {first + 1} is not a number"))
    return np.array(values, dtype=np.float64)


def _text(document: dict[str, Any], name: str) -> str | None:
    value = document.get(name)
    if value is None:
        return None
    if isinstance(value, str):
        return value
    raise _wrong(name, Text("请给出文字", "Give a text"))


def _levels(document: dict[str, Any]) -> frozenset[str] | None:
    value = document.get("levels")
    if value is None:
        return None
    known = [level.value for level in LevelSlug]
    if not isinstance(value, list) or not all(isinstance(slug, str) and slug in known for slug in value):
        listed = ", ".join(known)
        raise _wrong("levels", Text(f"请给出一列层级：{listed}", f"Give a list of levels out of: {listed}"))
    return frozenset(value)


def _wrong(name: str, remedy: Text) -> BadParameter:
    return BadParameter(Text(f"字段 {name} 不可用", f"The field {name} cannot be used"), remedy, parameter=name)


def _too_long() -> LimitExceeded:
    return LimitExceeded(
        Text("请求体过长", "The body is too long"),
        Text(
            f"至多 {BODY_MAXIMUM} 字节、{POINTS_MAXIMUM} 个点，请分批发送",
            f"It may be {BODY_MAXIMUM} bytes and {POINTS_MAXIMUM} points: send it in parts",
        ),
        limit=BODY_MAXIMUM,
    )
