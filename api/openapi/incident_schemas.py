"""The JSON schemas of incidents."""

from typing import Any

from api.openapi.shapes import FLAG, INTEGER, NUMBER, TEXT, many, maybe, record, ref, said
from spatial.governance import Mediator
from spatial.incidents.calendar import LimitUnit
from spatial.incidents.clocks import ClockState
from spatial.incidents.life import Act
from spatial.incidents.responders import Freshness
from spatial.reach.network import Mode
from spatial.vocabulary import IncidentState

Schema = dict[str, Any]

TIME: Schema = {"type": "string", "format": "date-time"}
STATE: Schema = {"type": "string", "enum": [state.value for state in IncidentState]}
ACT: Schema = {"type": "string", "enum": [act.value for act in Act]}
_COUNTS: Schema = {"type": "object", "additionalProperties": INTEGER}
_FREE: Schema = {"type": "object", "additionalProperties": True}

INCIDENT_SCHEMAS: dict[str, Schema] = {
    "IncidentRow": record(
        code=TEXT,
        district=TEXT,
        name=maybe(TEXT),
        name_en=maybe(TEXT),
        kind=maybe(TEXT),
        category=maybe(TEXT),
        state=maybe(TEXT),
        priority=maybe(INTEGER),
        dispute=maybe(FLAG),
        department=maybe(TEXT),
        reported_at=maybe(TIME),
        arrive_by=maybe(TIME),
        arrived_at=maybe(TIME),
        clock_from=said(
            "From then on the limits count: the report, or the reopening, as much later as it was suspended",
            maybe(TIME),
        ),
        due_at=maybe(TIME),
        warn_at=said("From then on the clock is running out", maybe(TIME)),
        closed_at=maybe(TIME),
        responder=maybe(TEXT),
        mediator=maybe({"type": "string", "enum": [each.value for each in Mediator]}),
        merged_into=maybe(TEXT),
        responsible=maybe(TEXT),
        path=maybe(TEXT),
        escalated_to=said("The path of the area to whose centre it was escalated", maybe(TEXT)),
        note=maybe(TEXT),
        floor=maybe(INTEGER),
        staircase=maybe(INTEGER),
        accuracy_m=maybe(NUMBER),
        lon=maybe(NUMBER),
        lat=maybe(NUMBER),
        place=maybe(ref("Words")),
    ),
    "IncidentBoard": record(
        event=said("The last event that this holds: follow /events from here", INTEGER),
        now=TIME,
        matched=said("How many incidents the filter leaves, more than are listed perhaps", INTEGER),
        tally=record(
            state=_COUNTS,
            category=_COUNTS,
            department=_COUNTS,
            priority=_COUNTS,
            clock=said(f"Of {', '.join(ClockState)}", _COUNTS),
            escalated_to=said("By the path of the area to whose centre they were escalated", _COUNTS),
        ),
        incidents=many(ref("IncidentRow")),
    ),
    "IncidentAct": record(("reason", "asks"), act=ACT, name=ref("Words"), reason=FLAG, asks=FLAG),
    "IncidentTag": _FREE,
    "IncidentRoute": record(
        department=TEXT,
        department_name=ref("Words"),
        area=maybe(TEXT),
        holder=maybe(TEXT),
        account=said("The login of the holder, where the post names one", maybe(TEXT)),
        post=maybe(TEXT),
        why=ref("Words"),
    ),
    "IncidentOwner": record(
        ("level_name",), level=TEXT, level_name=ref("Words"), code=TEXT, name=maybe(TEXT), name_en=maybe(TEXT)
    ),
    "IncidentStep": record(
        number=INTEGER,
        at=TIME,
        actor=TEXT,
        role=TEXT,
        role_name=ref("Words"),
        act=ACT,
        act_name=ref("Words"),
        before=STATE,
        after=STATE,
        reason=maybe(TEXT),
        details=_FREE,
    ),
    "IncidentLikeness": record(code=TEXT, score=NUMBER, distance_m=NUMBER, apart_s=NUMBER, why=ref("Words")),
    "TimeLimit": record(amount=NUMBER, unit={"type": "string", "enum": [unit.value for unit in LimitUnit]}),
    "EventItem": record(
        code=TEXT,
        name=ref("Words"),
        category=TEXT,
        category_name=ref("Words"),
        department=TEXT,
        department_name=ref("Words"),
        priority=INTEGER,
        dispute=FLAG,
        arrive=ref("TimeLimit"),
        close=ref("TimeLimit"),
    ),
    "EventList": record(version=TEXT, items=many(ref("EventItem"))),
    "Incident": record(
        incident=ref("IncidentRow"),
        version=said("Send it as If-Match with the next step", INTEGER),
        list_version=maybe(TEXT),
        item=maybe(ref("EventItem")),
        command=said("The path of the area whose centre has the case", maybe(TEXT)),
        asked=said("What waits for the decision of another person", {"type": ["object", "null"]}),
        take_back_until=said("Until when the caller can take the last step back", maybe(TIME)),
        left_s=said("What was left when the clock was stopped", maybe(NUMBER)),
        tag=ref("IncidentTag"),
        reason=maybe(ref("Words")),
        route=maybe(ref("IncidentRoute")),
        acts=said("What the caller may do next", many(ref("IncidentAct"))),
        duplicates=said("What may be of the same thing; offered, never merged alone", many(ref("IncidentLikeness"))),
        merged=said("The codes of those that were merged into it, within the caller's area", many(TEXT)),
        history=many(ref("IncidentStep")),
        photos=many(ref("Photo")),
        names=said(
            "The names of the accounts that are told of, by their logins",
            {"type": "object", "additionalProperties": TEXT},
        ),
        owners=many(ref("IncidentOwner")),
    ),
    "Way": record(seconds=INTEGER, metres=INTEGER, line=said("Longitude, latitude", many(many(NUMBER)))),
    "NearResponder": record(
        account=TEXT,
        name=TEXT,
        department=maybe(TEXT),
        lon=maybe(NUMBER),
        lat=maybe(NUMBER),
        accuracy_m=maybe(NUMBER),
        seen_at=maybe(TIME),
        freshness={"type": "string", "enum": [each.value for each in Freshness]},
        busy=said("Open cases that they are on", INTEGER),
        way=maybe(ref("Way")),
    ),
    "NearStation": record(
        code=TEXT, name=maybe(TEXT), name_en=maybe(TEXT), kind=maybe(TEXT), seconds=INTEGER, metres=INTEGER
    ),
    "NearCamera": record(
        code=TEXT,
        name=maybe(TEXT),
        name_en=maybe(TEXT),
        state=maybe(TEXT),
        metres=INTEGER,
        bearing=maybe(NUMBER),
        field_of_view=maybe(NUMBER),
        range_m=maybe(NUMBER),
        lon=NUMBER,
        lat=NUMBER,
    ),
    "AtWork": record(account=TEXT, name=TEXT, busy=said("Open cases that they are on and the caller sees", INTEGER)),
    "NearIncident": record(
        mode={"type": "string", "enum": [mode.value for mode in Mode]},
        now=TIME,
        responders=said("On duty, the quickest first", many(ref("NearResponder"))),
        at_work=said(
            "Where nobody is: who could be sent of those that are on a case in the district, the least busy first",
            many(ref("AtWork")),
        ),
        stations=many(ref("NearStation")),
        cameras=said("Whose sector holds the place; buildings in the way are not regarded", many(ref("NearCamera"))),
    ),
    "OnDuty": record(
        account=TEXT,
        district=TEXT,
        name=TEXT,
        department=maybe(TEXT),
        lon=NUMBER,
        lat=NUMBER,
        accuracy_m=maybe(NUMBER),
        seen_at=TIME,
        freshness={"type": "string", "enum": [each.value for each in Freshness]},
        busy=said("Open cases that they are on", INTEGER),
    ),
    "Responders": record(
        now=TIME,
        on_duty=INTEGER,
        placed=said("Of them, those whose position is not gone", INTEGER),
        responders=said("Who was seen last first, as many as the limit", many(ref("OnDuty"))),
    ),
    "Duty": record(account=TEXT, district=TEXT, on_duty=FLAG, seen_at=maybe(TIME)),
    "IncidentStepped": record(
        district=TEXT,
        code=TEXT,
        version=INTEGER,
        take_back_until=said("Until when who took it can take it back", maybe(TIME)),
        state=STATE,
        path=maybe(TEXT),
        tag=ref("IncidentTag"),
        acts=many(ref("IncidentAct")),
    ),
    "IncidentReported": record(
        district=TEXT,
        code=TEXT,
        version=INTEGER,
        take_back_until=maybe(TIME),
        state=STATE,
        path=maybe(TEXT),
        tag=ref("IncidentTag"),
        acts=many(ref("IncidentAct")),
        reason=ref("Words"),
        owners=many(ref("IncidentOwner")),
        route=maybe(ref("IncidentRoute")),
        due_at=maybe(TIME),
    ),
}
