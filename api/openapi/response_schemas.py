"""The JSON schemas of graded responses."""

from typing import Any

from api.openapi.shapes import FLAG, INTEGER, TEXT, many, maybe, record, ref, said
from spatial.responses.meetings import Meeting, ResponseLevel
from spatial.responses.response import ShapeKind

_TIME: dict[str, Any] = {"type": "string", "format": "date-time"}
_LEVEL: dict[str, Any] = {"type": "integer", "enum": [int(level) for level in ResponseLevel]}
_MEETING: dict[str, Any] = {"type": "string", "enum": [meeting.value for meeting in Meeting]}

RESPONSE_SCHEMAS: dict[str, dict[str, Any]] = {
    "GradedResponse": record(
        district=TEXT,
        code=TEXT,
        level=_LEVEL,
        level_name=ref("Words"),
        meeting=_MEETING,
        meeting_name=ref("Words"),
        kind={"type": "string", "enum": [kind.value for kind in ShapeKind]},
        path=said("Of the smallest area that holds the whole shape", TEXT),
        area=record(name=maybe(TEXT), name_en=maybe(TEXT)),
        reason=TEXT,
        active=FLAG,
        may_end=said("Whether the caller may switch it off: it is on, and lies within the caller's areas", FLAG),
        days=said("Calendar days of the district, both ends counted: on its first day 1", INTEGER),
        opened_at=_TIME,
        opened_by=TEXT,
        closed_at=maybe(_TIME),
        closed_by=maybe(TEXT),
        report=maybe(TEXT),
        version=said("Send it as If-Match to switch it off", INTEGER),
        geometry=said("While it is on: GeoJSON, WGS 84", {"type": ["object", "null"]}),
    ),
    "ResponseLedger": record(
        activations=INTEGER,
        days=said("Responses that overlap count each on its own", INTEGER),
        by_level=many(record(level=_LEVEL, name=ref("Words"), activations=INTEGER, days=INTEGER)),
        by_year=many(record(year=INTEGER, activations=INTEGER, days=INTEGER)),
    ),
    "GradedResponses": record(
        now=_TIME,
        may_switch=said("Whether the caller's role switches responses", FLAG),
        responses=said("The latest first", many(ref("GradedResponse"))),
        ledger=ref("ResponseLedger"),
    ),
    "PostConvened": record(
        post=TEXT,
        post_name=ref("Words"),
        holder=maybe(TEXT),
        area=TEXT,
        now=said(
            "While it is on: who holds the post now, where somebody else did then", maybe(record(holder=maybe(TEXT)))
        ),
    ),
    "SeatConvened": record(
        code=TEXT,
        path=TEXT,
        name=maybe(TEXT),
        name_en=maybe(TEXT),
        posts=many(ref("PostConvened")),
        vacant=INTEGER,
        instead=said("Who comes from above where all of its posts are vacant", many(ref("PostConvened"))),
    ),
    "MeetingConvened": record(
        meeting=_MEETING,
        name=ref("Words"),
        areas=INTEGER,
        posts=INTEGER,
        vacant=INTEGER,
        seats=said("The first of them", many(ref("SeatConvened"))),
    ),
    "ResponsePreview": record(
        path=TEXT,
        area=record(name=maybe(TEXT), name_en=maybe(TEXT)),
        level_name=ref("Words"),
        meeting_name=ref("Words"),
        areas=said("How many areas of any level it touches", INTEGER),
        households=INTEGER,
        incidents=said("Open ones inside", INTEGER),
        posts=said("Filled posts that are convened", INTEGER),
        convened=many(ref("MeetingConvened")),
        geometry=said("The shape that would be switched on, as GeoJSON", {"type": "object"}),
    ),
    "ResponseWhole": record(
        response=ref("GradedResponse"),
        convened=said("From the meeting that it convenes down to the building", many(ref("MeetingConvened"))),
        convened_at=said(
            "When these held the posts; null where it is not kept: they hold them now, or it is over and none is told",
            maybe(_TIME),
        ),
        incidents=said("The codes of open incidents inside", many(TEXT)),
    ),
}
