"""How graded responses are told: one of them, their ledger, who is convened, and the ledger as CSV."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import shapely

from api.caller import Caller
from api.located import post_name
from spatial.accounts.account import within
from spatial.exporting.comma_separated import guarded
from spatial.responses.convening import Convened, Seat
from spatial.responses.desk import SWITCH
from spatial.responses.ledger import Ledger, Line, days, span
from spatial.responses.meetings import CONVENES
from spatial.responses.response import Response
from spatial.store.records import DutyHolder
from spatial.text import Text
from spatial.vocabulary import word

SEATS_TOLD = 60
"""So many seats of one meeting are listed; the rest is counted."""

_CSV_COLUMNS = (
    "district", "code", "level", "meeting", "path", "name", "name_en", "first_day", "last_day", "days", "opened_at",
    "opened_by", "closed_at", "closed_by", "reason", "report",
)  # fmt: skip

Names = Mapping[str, tuple[str | None, str | None]]
"""Path → name and English name of an area."""


def may_switch(caller: Caller) -> bool:
    """Return whether a caller's role switches responses."""
    return caller.role in SWITCH


def response_document(response: Response, now: datetime, names: Names, caller: Caller) -> dict[str, Any]:
    """Return a response as a caller is told of it; its shape comes along while it is on."""
    name, name_en = names.get(response.path, (None, None))
    meeting = CONVENES[response.level]
    return {
        "district": response.district,
        "code": response.code,
        "level": int(response.level),
        "level_name": words(word(response.level)),
        "meeting": meeting.value,
        "meeting_name": words(word(meeting)),
        "kind": response.kind.value,
        "path": response.path,
        "area": {"name": name, "name_en": name_en},
        "reason": response.reason,
        "active": response.active,
        "may_end": response.active and may_switch(caller) and caller.bounds(response.path),
        "days": days(response, now),
        "opened_at": response.opened_at,
        "opened_by": response.opened_by,
        "closed_at": response.closed_at,
        "closed_by": response.closed_by,
        "report": response.report,
        "version": response.version,
        "geometry": json.loads(shapely.to_geojson(response.shape)) if response.active else None,
    }


def ledger_document(ledger: Ledger) -> dict[str, Any]:
    """Return a ledger, its levels from I to III, its years in order."""
    return {
        **_line(ledger.total),
        "by_level": [
            {"level": int(level), "name": words(word(level)), **_line(line)} for level, line in ledger.by_level.items()
        ],
        "by_year": [{"year": year, **_line(line)} for year, line in ledger.by_year.items()],
    }


def convened_documents(
    convened: Iterable[Convened], path: str, caller: Caller, changed: Mapping[str, str | None] = {}
) -> list[dict[str, Any]]:
    """Return who is convened, meeting by meeting: counts of all that the caller may see, and the first seats.

    `path`: of the area in which the response lies. To whoever answers for that area the chain above it is told too.
    `changed`: who holds now what somebody else held then, by the codes of the posts.
    """
    answers = caller.bounds(path)

    def may_see(place: str) -> bool:
        return caller.bounds(place) or (answers and within(path, [place]))

    told = []
    for one in convened:
        seats = [seat for seat in one.seats if may_see(seat.path)]
        told.append(
            {
                "meeting": one.meeting.value,
                "name": words(word(one.meeting)),
                "areas": len(seats),
                "posts": sum(len(seat.posts) for seat in seats),
                "vacant": sum(seat.vacant for seat in seats),
                "seats": [_seat(seat, may_see, changed) for seat in seats[:SEATS_TOLD]],
            }
        )
    return told


def ledger_csv(responses: Sequence[Response], now: datetime, names: Names) -> bytes:
    """Return the ledger as a spreadsheet opens it: a line for each response, the latest first, times in UTC."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(_CSV_COLUMNS)
    for each in responses:
        first, last = span(each, now)
        name, name_en = names.get(each.path, (None, None))
        cells = (each.district, each.code, int(each.level), CONVENES[each.level].value, each.path, name, name_en)
        times = (_utc(each.opened_at), each.opened_by, _utc(each.closed_at), each.closed_by)
        row = (*cells, first, last if each.closed_at else None, days(each, now), *times, each.reason, each.report)
        writer.writerow([guarded(str(cell)) if cell is not None else "" for cell in row])
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def words(text: Text) -> dict[str, str]:
    """Return a text in both languages."""
    return {"zh": text.zh, "en": text.en}


def _utc(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _line(line: Line) -> dict[str, int]:
    return {"activations": line.activations, "days": line.days}


def _seat(seat: Seat, may_see: Callable[[str], bool], changed: Mapping[str, str | None]) -> dict[str, Any]:
    instead = [post for post in seat.instead if may_see(post.path)]
    return {
        "code": seat.code,
        "path": seat.path,
        "name": seat.name,
        "name_en": seat.name_en,
        "posts": [_post(post, changed) for post in seat.posts[:SEATS_TOLD]],
        "vacant": seat.vacant,
        "instead": [_post(post, changed) for post in instead[:SEATS_TOLD]],
    }


def _post(post: DutyHolder, changed: Mapping[str, str | None]) -> dict[str, Any]:
    return {
        "post": post.post,
        "post_name": words(post_name(post.post)),
        "holder": post.holder,
        "area": post.area,
        "now": {"holder": changed[post.code]} if post.code in changed else None,
    }
