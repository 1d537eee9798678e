"""Who is on duty: the people of a district or an area, where they were last, and how old that is."""

from collections import Counter
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.answers import json_answer
from api.asked_areas import asked_areas
from api.incident_parameters import AREAS
from api.openapi.shapes import as_json
from api.operations import Call, Operation, Operations
from api.parameters import DISTRICT, LIMIT
from api.people_near import busy_on
from api.routes.incidents import now
from api.routes.near import RESPONDERS
from spatial.incidents.responders import Responder, freshness, where_they_are
from spatial.text import Text
from spatial.vocabulary import Audience

MOST = 500
"""So many are told at once; those seen last come first."""


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    operations.add_async(
        Operation(
            "responders",
            "/responders",
            Text("在岗人员及其最近位置", "Who is on duty, and where they were seen last"),
            as_json("Responders"),
            parameters=(DISTRICT, AREAS, LIMIT),
            audience=Audience.STAFF,
            tag="incidents",
        ),
        responders,
    )


async def responders(call: Call) -> Response:
    """Answer in a thread; that people were looked at is noted."""
    at, limit = now(), min(call.asked.get(LIMIT) or MOST, MOST)
    busy = busy_on(await call.service.live.board(), call.asked.get(DISTRICT), at)

    def read_it() -> dict[str, Any]:
        slug, paths = asked_areas(call)
        on_duty = call.service.people.on_duty(slug, paths, call.caller)
        found = where_they_are(on_duty, at)
        told = found[:limit]
        for district, n in Counter(each.district for each in told).items():
            call.service.access.note(call.caller.account, RESPONDERS, district, n)
        return {
            "now": at,
            "on_duty": len(on_duty),
            "placed": len(found),
            "responders": [_told(each, busy[each.district, each.account], at) for each in told],
        }

    return json_answer(await run_in_threadpool(read_it), headers={"Cache-Control": "no-store"})


def _told(one: Responder, busy: int, at: datetime) -> dict[str, Any]:
    return {
        "account": one.account,
        "district": one.district,
        "name": one.name,
        "department": one.department,
        "lon": one.lon,
        "lat": one.lat,
        "accuracy_m": one.accuracy_m,
        "seen_at": one.seen_at,
        "freshness": freshness(one.seen_at, at).value,
        "busy": busy,
    }
