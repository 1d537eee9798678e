"""Who and what is near an incident; coming on duty, and saying where one is."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.answers import json_answer
from api.bodies import Body, read, schema_of
from api.openapi.shapes import as_json
from api.operations import Call, Operation, Operations
from api.parameters import Parameter, unusable
from api.people_near import busy_on
from api.routes.incidents import TEXT_STEP, PositionBody, now
from spatial.accounts.account import within
from spatial.errors import BadParameter
from spatial.governance import Department, Role
from spatial.incidents.board_rows import rows_of
from spatial.incidents.desk_refusals import is_sendable
from spatial.incidents.life import may_be_sent
from spatial.incidents.responders import Approach, Responder
from spatial.incidents.tag import Position, tag
from spatial.reach.network import Mode, Way
from spatial.schema import CAMERAS, INCIDENTS
from spatial.store.cases import unknown_incident
from spatial.store.records import District, Query
from spatial.text import Text
from spatial.vocabulary import Audience


def _mode(text: str) -> Mode:
    try:
        return Mode(text)
    except ValueError:
        raise unusable("mode", text, Text("walking 或 driving", "walking or driving")) from None


MODE = Parameter(
    "mode",
    Text("步行或驾车", "How the way is gone"),
    {"type": "string", "enum": [mode.value for mode in Mode], "default": Mode.WALKING.value},
    _mode,
)


RESPONDERS = "responders"
"""What the access log calls people on duty."""


AT_WORK_TOLD = 4
"""So many are told who could be sent where nobody is near."""


class DutyBody(Body):
    """Coming on duty or going off it. `district`: its slug; needed where the account is not bounded by an area."""

    on_duty: bool
    district: str | None = Field(None, max_length=60)
    department: Department | None = None


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    operations.add_async(
        Operation(
            "near",
            "/incidents/{district}/{code}/near",
            Text("事件附近的处置人员、站点和监控点位", "Who and what is near an incident, by the streets"),
            as_json("NearIncident"),
            parameters=(MODE,),
            steps={"district": TEXT_STEP, "code": TEXT_STEP},
            audience=Audience.STAFF,
            tag="incidents",
        ),
        near,
    )
    operations.add_async(
        Operation(
            "setDuty",
            "/duty",
            Text("上岗或离岗", "Come on duty, or go off it"),
            as_json("Duty"),
            audience=Audience.STAFF,
            roles=frozenset(filter(may_be_sent, Role)),
            tag="incidents",
            body=schema_of(DutyBody),
            verb="PUT",
        ),
        set_duty,
    )
    operations.add_async(
        Operation(
            "setPosition",
            "/position",
            Text("上报自己的位置，仅在岗时保留一天", "Say where one is: kept on duty only, and for a day"),
            as_json("Duty"),
            audience=Audience.STAFF,
            roles=frozenset(filter(may_be_sent, Role)),
            tag="incidents",
            body=schema_of(PositionBody),
            verb="PUT",
        ),
        set_position,
    )


async def near(call: Call) -> Response:
    """Answer in a thread; that people and cameras were looked at is noted."""
    district, code, mode = call.step("district"), call.step("code"), call.asked.get(MODE) or Mode.WALKING
    at, people = now(), call.service.people
    board = await call.service.live.board()
    busy = {account: n for (_, account), n in busy_on(board, district, at).items()}
    seen = {account: n for (_, account), n in busy_on(board, district, at, call.caller.scope).items()}

    def read_it() -> dict[str, Any]:
        rows = rows_of(call.service.store.read(INCIDENTS.id, Query(district=district, equal={"code": code})))
        if not rows or not call.caller.bounds(rows[0]["path"]):
            raise unknown_incident(code)
        row = rows[0]
        if row["lon"] is None:
            raise BadParameter(Text("事件没有位置", "The incident has no place"))
        place = row["lon"], row["lat"]
        found = people.responders(district, place, row["path"], mode, busy, call.caller, at)
        at_work = [] if found else _at_work(call, seen, row["path"])
        stations = people.stations(district, place, mode)
        cameras = people.cameras(district, place, call.caller)
        for looked_at, n in ((RESPONDERS, len(found)), (CAMERAS.id, len(cameras))):
            if n:
                call.service.access.note(call.caller.account, looked_at, district, n)
        return {
            "mode": mode.value,
            "now": at,
            "responders": [_approach(one) for one in found],
            "at_work": at_work,
            "stations": [
                {
                    "code": station["code"],
                    "name": station["name"],
                    "name_en": station["name_en"],
                    "kind": station["kind"],
                    "seconds": round(way.seconds),
                    "metres": round(way.metres),
                }
                for station, way in stations
            ],
            "cameras": [
                {
                    "code": camera["code"],
                    "name": camera["name"],
                    "name_en": camera["name_en"],
                    "state": camera["state"],
                    "metres": round(away),
                    "bearing": camera["bearing"],
                    "field_of_view": camera["field_of_view"],
                    "range_m": camera["range_m"],
                    "lon": camera["geometry"].x,
                    "lat": camera["geometry"].y,
                }
                for camera, away in cameras
            ],
        }

    return json_answer(await run_in_threadpool(read_it), headers={"Cache-Control": "no-store"})


async def set_duty(call: Call) -> Response:
    """Keep whether the caller can be sent; off duty the position is erased at once."""
    who = call.caller.person
    posted = await read(call.request, DutyBody)

    def write() -> Responder:
        store = call.service.store
        district, path = _where(call, posted.district, store.responder(who.account))
        department = None if posted.department is None else posted.department.value
        name, since = call.caller.name or who.account, now() if posted.on_duty else None
        return store.put_duty(Responder(who.account, district.slug, name, department, path, since))

    return await _answered(call, await run_in_threadpool(write))


async def set_position(call: Call) -> Response:
    """Keep where the caller is; refused off duty."""
    who = call.caller.person
    position = (await read(call.request, PositionBody)).position()
    located = tag(await call.service.locating.locator(), Position(position.lon, position.lat, position.datum)).located

    def write() -> Responder:
        store = call.service.store
        kept = store.put_position(who.account, located.lon, located.lat, position.accuracy_m, now())
        if kept is None:
            raise BadParameter(
                Text("离岗时不保留位置", "Off duty no position is kept"), Text("请先上岗", "Come on duty first")
            )
        return kept

    return await _answered(call, await run_in_threadpool(write))


async def _answered(call: Call, kept: Responder) -> Response:
    call.service.people.heard()
    told = {"account": kept.account, "district": kept.district, "on_duty": kept.on_duty, "seen_at": kept.seen_at}
    return json_answer(told, headers={"Cache-Control": "no-store"})


def _where(call: Call, asked: str | None, known: Responder | None) -> tuple[District, str | None]:
    """Return the district in which the caller comes on duty, and the path that bounds them there.

    The one asked for, the one where they were, or the first one of their area; never one beyond it.
    """
    scope = call.caller.scope
    mine = {each.slug: each for each in call.service.store.districts() if not scope or _bounding(scope, each)}
    first = next((slug for slug, each in mine.items() if _bounding(scope[:1], each)), None)
    slug = asked or (known.district if known is not None and known.district in mine else first)
    if slug is None or slug not in mine:
        raise BadParameter(
            Text("请说明在您辖区内的哪个区县上岗", "Say in which district of your area you come on duty"),
            parameter="district",
        )
    return mine[slug], next(iter(_bounding(scope, mine[slug])), None)


def _bounding(scope: Sequence[str], district: District) -> list[str]:
    """Return the paths of a scope that lie in a district."""
    return [path for path in scope if within(path, [f"/{district.code}"])]


def _approach(one: Approach) -> dict[str, Any]:
    return {
        "account": one.responder.account,
        "name": one.responder.name,
        "department": one.responder.department,
        "lon": one.responder.lon,
        "lat": one.responder.lat,
        "accuracy_m": one.responder.accuracy_m,
        "seen_at": one.responder.seen_at,
        "freshness": one.freshness.value,
        "busy": one.busy,
        "way": None if one.way is None else _way(one.way),
    }


def _at_work(call: Call, busy: dict[str, int], path: str | None) -> list[dict[str, Any]]:
    """Return who could be sent to a path of those who are on cases, the least busy first."""
    found = [each for each in call.service.store.accounts_named(busy) if is_sendable(each, path)]
    found.sort(key=lambda each: (busy[each.login], each.login))
    return [{"account": each.login, "name": each.name, "busy": busy[each.login]} for each in found[:AT_WORK_TOLD]]


def _way(way: Way) -> dict[str, Any]:
    return {"seconds": round(way.seconds), "metres": round(way.metres), "line": way.line.round(6).tolist()}
