"""Graded responses: the ledger and what is on, one of them, what a shape would mean, switching on and off."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import shapely
from pydantic import Field, model_validator
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response as Answer

from api.answers import dumps, json_answer
from api.bodies import Body, read, schema_of
from api.openapi.shapes import as_json
from api.operations import Call, Operation, Operations
from api.parameters import DISTRICT
from api.preconditions import key_of, version_of
from api.response_answers import (
    Names,
    convened_documents,
    ledger_csv,
    ledger_document,
    may_switch,
    response_document,
    words,
)
from api.response_sight import seen
from api.routes.incidents import now
from spatial.errors import BadParameter
from spatial.incidents.answers import Key
from spatial.incidents.board import Filter
from spatial.levels import MAIN_TREE
from spatial.responses import desk
from spatial.responses.convening import Convened
from spatial.responses.ledger import ledger
from spatial.responses.meetings import CONVENES, ResponseLevel
from spatial.responses.response import Response, ShapeKind
from spatial.responses.roster import changed
from spatial.responses.shapes import MOST_VERTICES, inside
from spatial.schema import AREAS
from spatial.store.records import Query
from spatial.store.responses import unknown_response
from spatial.text import Text
from spatial.vocabulary import OPEN_STATES, Audience, word

CSV = "text/csv; charset=utf-8"
TEXT_STEP = {"type": "string"}
_HEADERS = {"Cache-Control": "no-store"}


class CircleBody(Body):
    """A circle around a place in WGS 84 degrees."""

    lon: float
    lat: float
    radius_m: float


class ShapeBody(Body):
    """The level and the shape: exactly one of an area's path, a circle and a ring of longitude, latitude."""

    district: str = Field(max_length=60)
    level: ResponseLevel
    area: str | None = Field(None, max_length=300)
    circle: CircleBody | None = None
    polygon: list[list[float]] | None = Field(None, max_length=MOST_VERTICES)

    @model_validator(mode="after")
    def _one_shape(self) -> "ShapeBody":
        if sum(each is not None for each in (self.area, self.circle, self.polygon)) != 1:
            raise BadParameter(
                Text("范围不明确", "The shape is not clear"),
                Text("area、circle、polygon 须给出且只给出一个", "Give exactly one of area, circle and polygon"),
            )
        return self

    def wanted(self) -> desk.Wanted:
        """Return it as the domain has it."""
        circle = None if self.circle is None else (self.circle.lon, self.circle.lat, self.circle.radius_m)
        return desk.Wanted(self.district, self.area, circle, self.polygon)


class SwitchOnBody(ShapeBody):
    """A response that is switched on."""

    reason: str = Field(min_length=1, max_length=desk.LONGEST_REASON)


class SwitchOffBody(Body):
    """The report with which a response ends."""

    report: str = Field(min_length=1, max_length=desk.LONGEST_REPORT)


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    steps = {"district": TEXT_STEP, "code": TEXT_STEP}
    staff: dict[str, Any] = {"audience": Audience.STAFF, "tag": "responses"}
    operations.add_async(
        Operation(
            "responses",
            "/responses",
            Text("分级响应：进行中和已结束的，以及台账", "Graded responses, those on and those past, and their ledger"),
            as_json("GradedResponses"),
            parameters=(DISTRICT,),
            **staff,
        ),
        responses,
    )
    operations.add_async(
        Operation(
            "responsesLedger",
            "/responses/ledger.csv",
            Text("分级响应台账（CSV）", "The ledger of graded responses as CSV"),
            {CSV: {"type": "string"}},
            parameters=(DISTRICT,),
            **staff,
        ),
        ledger_file,
    )
    operations.add_async(
        Operation(
            "previewResponse",
            "/responses/preview",
            Text("启动前查看：召集谁，涉及多少", "What a response would mean: who is convened, what is inside"),
            as_json("ResponsePreview"),
            roles=desk.SWITCH,
            body=schema_of(ShapeBody),
            **staff,
        ),
        preview,
    )
    operations.add_async(
        Operation(
            "switchOnResponse",
            "/responses",
            Text("启动分级响应", "Switch a graded response on"),
            as_json("GradedResponse"),
            roles=desk.SWITCH,
            body=schema_of(SwitchOnBody),
            keyed=True,
            **staff,
        ),
        switch_on,
    )
    operations.add_async(
        Operation(
            "response",
            "/responses/{district}/{code}",
            Text("一次分级响应：召集名单和其中的事件", "One graded response: who is convened, the incidents inside"),
            as_json("ResponseWhole"),
            steps=steps,
            **staff,
        ),
        response,
    )
    operations.add_async(
        Operation(
            "switchOffResponse",
            "/responses/{district}/{code}/end",
            Text("结束分级响应，须附报告", "Switch a graded response off, with its report"),
            as_json("GradedResponse"),
            steps=steps,
            roles=desk.SWITCH,
            body=schema_of(SwitchOffBody),
            keyed=True,
            conditional=True,
            **staff,
        ),
        switch_off,
    )


async def responses(call: Call) -> Answer:
    """Tell the responses that the caller may see, and the ledger of them."""
    at = now()
    found, names = await run_in_threadpool(_seen, call)
    told = {
        "now": at,
        "may_switch": may_switch(call.caller),
        "responses": [response_document(each, at, names, call.caller) for each in found],
        "ledger": ledger_document(ledger(found, at)),
    }
    return json_answer(told, headers=_HEADERS)


async def ledger_file(call: Call) -> Answer:
    """Send the same ledger as a file."""
    found, names = await run_in_threadpool(_seen, call)
    headers = {**_HEADERS, "Content-Disposition": 'attachment; filename="responses.csv"'}
    return Answer(ledger_csv(found, now(), names), 200, headers, CSV)


async def response(call: Call) -> Answer:
    """Tell one response whole, within the caller's scope."""
    district, code, at = call.step("district"), call.step("code"), now()

    def read_it() -> tuple[Response, list[Convened] | None, list[dict[str, Any]], Names]:
        store = call.service.store
        found = store.response(district, code)
        if not seen(store, [found], call.caller):
            raise unknown_response(code)
        roster = store.roster(district, code)
        convened, held_now = roster or [], dict[str, str | None]()
        if found.active:
            area = found.path if found.kind is ShapeKind.AREA else None
            areas = desk.areas_met(store, district, found.shape, area)
            today, holders = desk.convened(store, district, found.level, areas)
            convened, held_now = (today, {}) if roster is None else (roster, changed(roster, holders))
        return found, roster, convened_documents(convened, found.path, call.caller, held_now), _names(call, [found])

    found, roster, convened, names = await run_in_threadpool(read_it)
    codes = await _incidents_in(call, district, found.shape) if found.active else []
    call.service.access.note(call.caller.account, "duty_holders", district)
    told = {
        "response": response_document(found, at, names, call.caller),
        "convened": convened,
        "convened_at": None if roster is None else found.opened_at,
        "incidents": codes,
    }
    return json_answer(told, headers={**_HEADERS, "ETag": f'"{found.version}"'})


async def preview(call: Call) -> Answer:
    """Say in figures what switching on would do; nothing is kept."""
    posted = await read(call.request, ShapeBody)

    def plan_it() -> tuple[desk.Plan, list[Convened]]:
        planned = desk.plan(call.service.store, posted.wanted(), call.caller.scope)
        return planned, desk.convened(call.service.store, planned.district, posted.level, planned.areas)[0]

    planned, found = await run_in_threadpool(plan_it)
    convened = convened_documents(found, planned.path, call.caller)
    call.service.access.note(call.caller.account, "duty_holders", planned.district)
    told = {
        "path": planned.path,
        "area": {"name": planned.around["name"], "name_en": planned.around["name_en"]},
        "level_name": words(word(posted.level)),
        "meeting_name": words(word(CONVENES[posted.level])),
        "areas": sum(call.caller.bounds(row["path"]) for row in planned.areas),
        "households": planned.households,
        "incidents": len(await _incidents_in(call, planned.district, planned.shape)),
        "posts": sum(one["posts"] for one in convened),
        "convened": convened,
        "geometry": shapely.geometry.mapping(planned.shape),
    }
    return json_answer(dumps(told), headers=_HEADERS)


async def switch_on(call: Call) -> Answer:
    """Switch a response on, once."""
    who, key = call.caller.person, key_of(call.request)
    posted = await read(call.request, SwitchOnBody)
    at = now()

    def write() -> tuple[int, dict[str, Any]]:
        store = call.service.store
        planned = desk.plan(store, posted.wanted(), call.caller.scope)
        asked = Key.of(key, "response", posted.model_dump())
        told = _told(call, at, {planned.path: (planned.around["name"], planned.around["name_en"])})
        return desk.switch_on(store, planned, posted.level, posted.reason, who, at, told, asked)

    return await _written(call, *await run_in_threadpool(write))


async def switch_off(call: Call) -> Answer:
    """Switch a response off, once, of the version that the caller saw."""
    who, key, version = call.caller.person, key_of(call.request), version_of(call.request)
    desk.refuse_role(who)
    district, code = call.step("district"), call.step("code")
    posted = await read(call.request, SwitchOffBody)
    at = now()

    def write() -> tuple[int, dict[str, Any]]:
        asked = Key.of(key, "end", district, code, version, posted.model_dump())
        store, scope = call.service.store, call.caller.scope
        told = _told(call, at, _names(call, [store.response(district, code)]))
        return desk.switch_off(store, district, code, version, posted.report, who, at, told, asked, scope)

    return await _written(call, *await run_in_threadpool(write))


async def _written(call: Call, status: int, content: dict[str, Any]) -> Answer:
    await call.service.live.caught_up()
    answer = json_answer(content, headers={**_HEADERS, "ETag": f'"{content["version"]}"'})
    answer.status_code = status
    if status == 201:
        answer.headers["Location"] = f"/responses/{content['district']}/{content['code']}"
    return answer


def _told(call: Call, at: datetime, names: Names) -> desk.Told:
    return lambda kept: response_document(kept, at, names, call.caller)


def _seen(call: Call) -> tuple[list[Response], Names]:
    found = seen(call.service.store, call.service.store.responses(call.asked.get(DISTRICT)), call.caller)
    return found, _names(call, found)


def _names(call: Call, found: Iterable[Response]) -> Names:
    paths = sorted({each.path for each in found})
    if not paths:
        return {}
    asked = Query(tree=MAIN_TREE, equal={"path": paths}, columns=("path", "name", "name_en"), shapes=False)
    rows = call.service.store.read(AREAS.id, asked)
    return {row["path"]: (row["name"], row["name_en"]) for row in rows.rows()}


async def _incidents_in(call: Call, district: str, shape: shapely.Geometry) -> list[str]:
    """Return the codes of the open incidents that the caller may see and that lie in a shape."""
    board = await call.service.live.board()
    states = frozenset(OPEN_STATES)
    wanted = Filter(scope=call.caller.scope, districts=(district,), states=states, box=tuple(shape.bounds))
    slots = board.pressing(board.select(wanted, now()))
    # before the wait, in which the board may change
    codes, places = board.codes(slots), board.places(slots)
    found = await run_in_threadpool(inside, shape, *places.T)
    return [code for code, lies in zip(codes, found.tolist(), strict=True) if lies]
