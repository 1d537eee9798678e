"""How incidents are told: a row of the board, one incident whole, and the message of a stream."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from api.located import reason
from api.photo_answers import photo_document
from api.told import Anew, Message, Switched
from spatial.incidents.board import Board, Filter
from spatial.incidents.board_rows import Row
from spatial.incidents.duplicates import Likeness, Reported, possible_duplicates
from spatial.incidents.event_list import EventItem, EventList
from spatial.incidents.life import RULES, acts_for
from spatial.incidents.place_words import place_of
from spatial.incidents.records import Photo, StoredCase, StoredStep
from spatial.incidents.routing import Route
from spatial.incidents.steps import Person
from spatial.incidents.taking_back import BEFORE, can_be, until
from spatial.locate import Located, TreeAnswer
from spatial.text import Text
from spatial.vocabulary import word

NEAR_DEG = 0.002
"""About two hundred metres, which no two reports of one thing are apart."""

_ROW = (
    "code", "district", "name", "name_en", "kind", "category", "state", "priority", "dispute", "department",
    "reported_at", "arrive_by", "arrived_at", "clock_from", "due_at", "warn_at", "closed_at", "responder", "mediator",
    "merged_into", "responsible", "path", "escalated_to", "note", "floor", "staircase", "accuracy_m", "lon", "lat",
)  # fmt: skip


def row_document(row: Row) -> dict[str, Any]:
    """Return a row of the board as plain values."""
    return {**{name: row[name] for name in _ROW}, "place": _place(row)}


def _place(row: Row) -> dict[str, str] | None:
    """Return the words for the place, where somebody wrote some."""
    place = place_of(row["extra"])
    return None if place is None else {"zh": place.zh, "en": place.en}


def board_document(board: Board, wanted: Filter, now: datetime, limit: int, offset: int, last: int) -> dict[str, Any]:
    """Return the incidents of a filter, the clock that runs out first in front, and how many there are of each kind."""
    slots = board.select(wanted, now)
    return {
        "event": last,
        "now": now,
        "matched": len(slots),
        "tally": board.tally(slots, now),
        "incidents": [row_document(row) for row in board.rows(board.pressing(slots, offset + limit)[offset:])],
    }


def whole(
    row: Row,
    stored: StoredCase,
    steps: Sequence[StoredStep],
    who: Person,
    located: Located | None,
    main: TreeAnswer | None,
    route: Route | None,
    item: EventItem | None,
    duplicates: Iterable[Likeness],
    merged: Sequence[str],
    photos: Iterable[Photo],
    names: Mapping[str, str],
    at: datetime,
) -> dict[str, Any]:
    """Return everything about one incident, and what the caller may do next.

    `merged`: codes of those that were merged into it; `names`: of `accounts_in`.
    """
    case, last = stored.case, steps[-1].step if steps else None
    end = until(last, who)
    takes_back = can_be(last, who, at)
    acts = acts_for(case.state, case.asked, who.role, who.account, takes_back=takes_back, mediated=case.mediated)
    return {
        "incident": row_document(row),
        "version": stored.version,
        "list_version": stored.list_version,
        "item": None if item is None else item_document(item),
        "command": case.command,
        "asked": None
        if case.asked is None
        else {"act": case.asked.act.value, "name": _words(word(case.asked.act)), "by": case.asked.by, **case.given},
        "take_back_until": end if takes_back else None,
        "left_s": None if case.left is None else case.left.total_seconds(),
        "tag": dict(stored.tag),
        "reason": None if main is None else _words(reason(main, with_duties=True)),
        "route": None if route is None else route_document(route),
        "acts": [
            {"act": act.value, "name": _words(word(act)), "reason": RULES[act].reason, "asks": RULES[act].asks}
            for act in acts
        ],
        "duplicates": [_likeness(one) for one in duplicates],
        "merged": list(merged),
        "history": [_step(one) for one in steps],
        "photos": [photo_document(one) for one in photos],
        "names": dict(names),
        "owners": []
        if located is None or main is None
        else [
            {
                "level": owner.level.slug,
                "level_name": _words(owner.level.name),
                "code": owner.code,
                "name": owner.name,
                "name_en": owner.name_en,
            }
            for owner in main.owners
            if owner.code is not None
        ],
    }


def accounts_in(row: Row, stored: StoredCase, steps: Iterable[StoredStep], photos: Iterable[Photo]) -> set[str]:
    """Return the logins of all that are told of with an incident: who took its steps, who was sent, who asked."""
    asked = stored.case.asked
    said = [
        row["responder"],
        None if asked is None else asked.by,
        *(photo.actor for photo in photos),
        *(one.step.actor for one in steps),
        *(one.step.details.get("responder") for one in steps),
    ]
    return {login for login in said if isinstance(login, str)}


def like(row: Row, board: Board, scope: tuple[str, ...], now: datetime) -> list[Likeness]:
    """Return the incidents on the board, within a caller's scope, that may be of the same thing as one."""
    lon, lat = row["lon"], row["lat"]
    if lon is None or lat is None or row["reported_at"] is None:
        return []
    box = (lon - 2 * NEAR_DEG, lat - NEAR_DEG, lon + 2 * NEAR_DEG, lat + NEAR_DEG)
    near = board.rows(board.select(Filter(scope, districts=(row["district"],), box=box), now))
    others = [_reported(one) for one in near if one["merged_into"] is None and one["reported_at"] is not None]
    return possible_duplicates(_reported(row), others)


def _reported(row: Row) -> Reported:
    return Reported(row["code"], row["lon"], row["lat"], row["reported_at"], row["kind"], row["category"], row["note"])


def message(told: Message | Anew | Switched) -> tuple[str, dict[str, Any]]:
    """Return the name and the content of what a stream is told."""
    if isinstance(told, Anew):
        return "anew", {"event": told.id}
    district, code = told.key
    head = {"event": told.id, "district": district, "code": code, "act": told.act, "actor": told.actor, "at": told.at}
    if isinstance(told, Switched):
        return "response", head
    if told.row is None:
        return "gone", head
    return "incident", {**head, "incident": row_document(told.row)}


def event_list_document(event_list: EventList) -> dict[str, Any]:
    """Return an event list with the words for its categories and departments."""
    return {"version": event_list.version, "items": [item_document(item) for item in event_list.items.values()]}


def item_document(item: EventItem) -> dict[str, Any]:
    """Return one item of an event list."""
    return {
        "code": item.code,
        "name": _words(item.name),
        "category": item.category.value,
        "category_name": _words(word(item.category)),
        "department": item.department.value,
        "department_name": _words(word(item.department)),
        "priority": int(item.priority),
        "dispute": item.dispute,
        "arrive": {"amount": item.arrive.amount, "unit": item.arrive.unit.value},
        "close": {"amount": item.close.amount, "unit": item.close.unit.value},
    }


def route_document(route: Route) -> dict[str, Any]:
    """Return whom an incident goes to, and why."""
    return {
        "department": route.department.value,
        "department_name": _words(word(route.department)),
        "area": None if route.area is None else route.area.code,
        "holder": None if route.holder is None else route.holder.holder,
        "account": None if route.holder is None else route.holder.account,
        "post": None if route.holder is None else route.holder.post,
        "why": _words(route.why),
    }


def _likeness(one: Likeness) -> dict[str, Any]:
    return {
        "code": one.code,
        "score": round(one.score, 3),
        "distance_m": round(one.distance_m, 1),
        "apart_s": one.apart.total_seconds(),
        "why": _words(one.why),
    }


def _step(one: StoredStep) -> dict[str, Any]:
    step = one.step
    details: Mapping[str, Any] = step.details
    return {
        "number": one.number,
        "at": step.at,
        "actor": step.actor,
        "role": step.role.value,
        "role_name": _words(word(step.role)),
        "act": step.act.value,
        "act_name": _words(word(step.act)),
        "before": step.before.value,
        "after": step.after.value,
        "reason": step.reason,
        "details": {name: value for name, value in details.items() if name != BEFORE},
    }


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
