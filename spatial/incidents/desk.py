"""The desk: reporting an incident and taking a step of its life, each in one transaction of a store."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
import orjson
import shapely

from spatial.errors import BadInput, Conflict, KeyReused, Refused
from spatial.governance import Mediator
from spatial.incidents.board import is_below
from spatial.incidents.calendar import WorkingCalendar
from spatial.incidents.desk_refusals import hold_both, refuse_odd_merge, refuse_old_edition, refuse_unsendable
from spatial.incidents.event_list import EventItem, EventList
from spatial.incidents.life import RULES, Act
from spatial.incidents.place_words import place_in_words, with_place
from spatial.incidents.records import Answer, StoredCase, StoredStep
from spatial.incidents.steps import Case, Given, Person, Step, command_after_move, due_of, take
from spatial.incidents.tag import Position, Tag, tag
from spatial.incidents.taking_back import BEFORE, COLUMNS, can_be, remembered, take_back
from spatial.locate import Locator
from spatial.schema import INCIDENTS
from spatial.store.cases import refuse_stale, unknown_incident
from spatial.store.protocol import Store, Transaction
from spatial.store.records import Query
from spatial.table import Table
from spatial.text import Text
from spatial.vocabulary import IncidentState

LONGEST_NOTE = 1000
LOWEST_FLOOR, HIGHEST_FLOOR = -10, 200

Content = dict[str, Any]
Told = Callable[[StoredCase, Tag | None, EventItem | None], Content]
"""What is answered to the caller, by the case and, of a report, its tag and its item: remembered in the transaction.

It must not ask the store: a transaction that waits for a second connection may wait for itself.
"""


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports.

    `kind`: the code of an item of the event list. `mediator`: for disputes. `stated_owner`: near an edge, the area that
    whoever reports says it is in; it is kept beside the tag, and who owns the place is not theirs to say.
    """

    position: Position
    kind: str
    note: str | None = None
    floor: int | None = None
    staircase: int | None = None
    mediator: Mediator | None = None
    stated_owner: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step that is asked for. `version`: the one that the caller saw; `position`: where it is moved to."""

    act: Act
    reason: str | None = None
    given: Given = field(default_factory=Given)
    version: int | None = None
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """The key of a request, and the digest of what it asks: the same again gets the same answer."""

    value: str
    digest: str

    @classmethod
    def of(cls, value: str, *asked: object) -> "Key":
        """Return the key of a request that asks for some plain values."""
        said = orjson.dumps(asked, default=str, option=orjson.OPT_SORT_KEYS)
        return cls(value, hashlib.sha256(said).hexdigest())


def report(
    store: Store,
    locator: Locator,
    reported: Report,
    who: Person,
    at: datetime,
    told: Told,
    key: Key | None = None,
    scope: Sequence[str] = (),
) -> tuple[int, Content]:
    """Open an incident, and return the status and content of the answer; the same key again returns the same one.

    `scope`: paths of the areas that bound who reports; empty is everything. Raises BadPosition and BadParameter for the
    place, Refused for one beyond the scope, BadCode for the item, BadInput for the rest, KeyReused, EditionMoved where
    the locator is older than the newest edition: with a newer one it is the same report.
    """
    if who.role not in RULES[Act.REPORT].roles:
        raise Refused(
            Text("此角色不能上报事件", "Nobody in this role reports incidents"),
            Text("请用处置人员或调度员账户", "Use the account of a worker or a dispatcher"),
        )
    tagged = tag(locator, reported.position)
    if scope and not is_below(tagged.path, scope):
        raise Refused(
            Text("该位置不在您的辖区内", "The place lies beyond your area"),
            Text("请向该处的责任单位上报", "Report it to who answers for it"),
        )
    stated = _stated(reported, tagged)
    extra = with_place(None, _words(store, tagged))
    with store.write(who.account) as tx:
        known = answered(tx, key)
        if known is not None:
            return known
        refuse_old_edition(tx, tagged)
        event_list, calendar = _in_force(tx, tagged.district), tx.calendar(tagged.district)
        item = event_list.item(reported.kind)
        row = _row(reported, tagged, item, calendar, at, extra)
        due_at: datetime = row["due_at"][0]
        case = Case(
            IncidentState.REPORTED,
            at,
            due_at,
            tagged.path,
            working=item.working,
            dispute=item.dispute,
            mediator=reported.mediator,
            arrive_by=row["arrive_by"][0],
        )
        details = {
            "kind": item.code,
            "responsible": tagged.responsible,
            "edition": tagged.main.edition.number,
            **stated,
        }
        step = Step(at, who.account, who.role, Act.REPORT, case.state, case.state, None, details)
        stored = tx.open_incident(row, case, step, event_list.version, {**tagged.as_document(), **stated})
        return keep(tx, key, 201, told(stored, tagged, item))


def act(
    store: Store,
    locator: Locator,
    district: str,
    code: str,
    wanted: Wanted,
    who: Person,
    at: datetime,
    told: Told,
    key: Key | None = None,
    scope: Sequence[str] = (),
) -> tuple[int, Content]:
    """Take a step of an incident's life, and return the status and content of the answer.

    Raises NotFound, also for one beyond the scope, unless it is to take back what moved it there; Stale where it is not
    in the version that the caller saw; Refused and Conflict where the step is not next; BadInput for what is missing;
    KeyReused; EditionMoved as by `report`.
    """
    tagged = _place(locator, wanted, district)
    row = _row_before(store, district, code)
    back = _place_before(store, locator, district, code) if wanted.act is Act.TAKE_BACK else None
    tagged = tagged or (None if back is None else back[0])
    moved: dict[str, Any] = {} if tagged is None else _moved(store, code, tagged)
    with store.write(who.account) as tx:
        known = answered(tx, key)
        if known is not None:
            return known
        if tagged is not None:
            refuse_old_edition(tx, tagged)
        if wanted.act is Act.MERGE:
            hold_both(tx, district, code, wanted.given.into)
        stored = tx.case(district, code)
        steps = tx.steps(district, code)
        if scope and not is_below(stored.path, scope) and not _comes_back(back, steps, who, at, scope):
            raise unknown_incident(code)
        refuse_stale(stored, wanted.version, steps)
        if wanted.act is Act.TAKE_BACK:
            outcome = take_back(stored.case, steps[-1].step if steps else None, who, at, wanted.reason)
        else:
            given = wanted.given
            if wanted.act is Act.ESCALATE:
                given = replace(given, centre=next((path for path in scope if is_below(stored.path, [path])), None))
            if wanted.act in (Act.REOPEN, Act.REWORK):
                given = replace(given, item=_item_of(tx, stored, row["kind"]))
            if wanted.act is Act.RESUME:
                given = replace(
                    given,
                    item=_item_of(tx, stored, row["kind"]),
                    since=_suspended_at(steps),
                    clock_from=row["clock_from"] or stored.case.reported_at,
                )
            outcome = take(stored.case, wanted.act, who, at, tx.calendar(district), wanted.reason, given)
            if tagged is not None:
                command = command_after_move(stored.case.command, stored.path, tagged.path)
                outcome = replace(outcome, changes={**outcome.changes, "command": command})
            before = remembered(stored.case, row, outcome)
            if tagged is not None:
                before["place"] = {**row["place"], "tag": dict(stored.tag)}
            outcome = replace(outcome, step=replace(outcome.step, details={**outcome.step.details, BEFORE: before}))
        if wanted.act is Act.DISPATCH:
            refuse_unsendable(tx, stored, who, wanted.given.responder)
        if wanted.act is Act.MERGE:
            refuse_odd_merge(tx, district, code, wanted.given.into, scope)
        document = None if tagged is None else tagged.as_document()
        if back is not None:
            moved, document = {**moved, **back[1]}, back[2]
        after = tx.step(stored, outcome, moved, document)
        return keep(tx, key, 200, told(after, tagged, None))


def _row_before(store: Store, district: str, code: str) -> dict[str, Any]:
    """Return the columns of an incident that a step may change, its kind and `place`; nothing of one that is none."""
    asked = Query(district=district, equal={"code": code}, columns=(*COLUMNS, "kind", "accuracy_m", "datum"))
    found = list(store.read(INCIDENTS.id, asked).rows())
    if not found:
        return {}
    row, point = found[0], found[0]["geometry"]
    position = None if point is None or point.is_empty else [point.x, point.y]
    place = {"position": position, "accuracy_m": row["accuracy_m"], "datum": row["datum"]}
    return {**{name: row[name] for name in (*COLUMNS, "kind")}, "place": place}


def _place_before(
    store: Store, locator: Locator, district: str, code: str
) -> tuple[Tag, dict[str, Any], dict[str, Any]] | None:
    """Return where an incident stood before its last step moved it: its owners now, columns and the tag of then."""
    steps = store.steps(district, code)
    place = steps[-1].step.details.get(BEFORE, {}).get("place") if steps else None
    if place is None or place["position"] is None:
        return None
    tagged = tag(locator, Position(*place["position"]))
    return tagged, {name: place[name] for name in ("accuracy_m", "datum")}, place["tag"]


def _comes_back(
    back: tuple[Tag, dict[str, Any], dict[str, Any]] | None,
    steps: Sequence[StoredStep],
    who: Person,
    at: datetime,
    scope: Sequence[str],
) -> bool:
    """Return whether somebody may take back what moved an incident out of their area: they did it, and just now."""
    return back is not None and is_below(back[0].path, scope) and can_be(steps[-1].step, who, at)


def _item_of(tx: Transaction, stored: StoredCase, kind: str | None) -> EventItem | None:
    """Return the item of an incident in the list that it was reported by, else in the one in force, else None."""
    for version in (stored.list_version, None):
        listed = tx.event_list(stored.district, version)
        item = None if listed is None or kind is None else listed.items.get(kind)
        if item is not None:
            return item
    return None


def _suspended_at(steps: Sequence[StoredStep]) -> datetime | None:
    """Return when an incident was suspended the last time, None where its history does not tell."""
    for line in reversed(steps):
        if line.step.act is Act.APPROVE and line.step.after is IncidentState.SUSPENDED != line.step.before:
            return line.step.at
    return None


def _in_force(tx: Transaction, district: str) -> EventList:
    found = tx.event_list(district)
    if found is None:
        raise Conflict(
            Text("该区县还没有事件清单", "This district has no event list yet"),
            Text("请管理员用 gridscape event-list 载入", "Ask the administrator to load one: gridscape event-list"),
        )
    return found


def _row(
    reported: Report, tagged: Tag, item: EventItem, calendar: WorkingCalendar, at: datetime, extra: str | None
) -> Table:
    note = (reported.note or "").strip() or None
    if note is not None and len(note) > LONGEST_NOTE:
        raise BadInput(
            Text(f"说明超过 {LONGEST_NOTE} 字", f"The note is longer than {LONGEST_NOTE} characters"),
            Text("请缩短", "Shorten it"),
        )
    for name, value in (
        (Text("楼层", "The floor"), reported.floor),
        (Text("单元", "The staircase"), reported.staircase),
    ):
        if value is not None and not LOWEST_FLOOR <= value <= HIGHEST_FLOOR:
            raise BadInput(
                Text(
                    f"{name.zh}须在 {LOWEST_FLOOR} 至 {HIGHEST_FLOOR} 之间",
                    f"{name.en} must lie between {LOWEST_FLOOR} and {HIGHEST_FLOOR}",
                )
            )
    if reported.mediator is not None and not item.dispute:
        raise BadInput(Text("只有纠纷才选择调解人", "Only a dispute is mediated"))
    arrive_by, due_at = due_of(item, calendar, at)
    columns: dict[str, Any] = {
        "district": tagged.district,
        "name": item.name.zh,
        "name_en": item.name.en,
        "kind": item.code,
        "category": item.category.value,
        "state": IncidentState.REPORTED.value,
        "priority": int(item.priority),
        "dispute": item.dispute,
        "department": item.department.value,
        "reported_at": at,
        "clock_from": at,
        "arrive_by": arrive_by,
        "due_at": due_at,
        "accuracy_m": reported.position.accuracy_m,
        "datum": reported.position.datum.value,
        "first_responsible": tagged.responsible,
        "first_edition": tagged.main.edition.number,
        "responsible": tagged.responsible,
        "path": tagged.path,
        "note": note,
        "floor": reported.floor,
        "staircase": reported.staircase,
        "mediator": None if reported.mediator is None else reported.mediator.value,
        "extra": extra,
    }
    return Table(_point(tagged), {name: [value] for name, value in columns.items()})


def _point(tagged: Tag) -> Any:
    return np.array([shapely.Point(tagged.located.lon, tagged.located.lat)], dtype=object)


def _place(locator: Locator, wanted: Wanted, district: str) -> Tag | None:
    if wanted.act is not Act.MOVE:
        return None
    if wanted.position is None:
        raise BadInput(Text("缺少新位置", "The new place is missing"), Text("请给出 lon 和 lat", "Give lon and lat"))
    tagged = tag(locator, wanted.position)
    if tagged.district != district:
        raise Conflict(
            Text("新位置在另一区县", "The new place is in another district"),
            Text("请在该区县重新上报", "Report it there"),
        )
    return tagged


def _moved(store: Store, code: str, tagged: Tag) -> dict[str, Any]:
    """Return the columns of an incident that change with its place; asks the store, so it comes before the write."""
    asked = Query(district=tagged.district, equal={"code": code}, columns=("extra",), shapes=False)
    known = store.read(INCIDENTS.id, asked)["extra"]
    return {
        "geometry": _point(tagged)[0],
        "responsible": tagged.responsible,
        "path": tagged.path,
        "accuracy_m": tagged.position.accuracy_m,
        "datum": tagged.position.datum.value,
        "extra": with_place(known[0] if len(known) else None, _words(store, tagged)),
    }


def _words(store: Store, tagged: Tag) -> Text | None:
    return place_in_words(store, tagged.main, tagged.located.lon, tagged.located.lat)


def _stated(reported: Report, tagged: Tag) -> dict[str, Any]:
    """Return what is kept of a stated owner; raises BadInput for one that is no candidate for the place."""
    if reported.stated_owner is None:
        return {}
    ranking = tagged.main.ranking
    candidates = [] if ranking is None else [one.code for one in ranking.candidates if one.code is not None]
    if reported.stated_owner not in candidates:
        listed = ", ".join(candidates) or "–"
        raise BadInput(
            Text(
                f"{reported.stated_owner} 不是该位置的候选区域",
                f"{reported.stated_owner} is no candidate for this place",
            ),
            Text(f"候选区域：{listed}；不确定时请留空", f"The candidates are: {listed}; leave it out where unsure"),
        )
    return {"stated_owner": reported.stated_owner}


def answered(tx: Transaction, key: Key | None) -> tuple[int, Content] | None:
    """Return what was answered to a request with a key, None where there was none; raises KeyReused."""
    known = None if key is None else tx.answer(key.value)
    if known is None or key is None:
        return None
    if known.digest != key.digest:
        raise KeyReused(
            Text("此 Idempotency-Key 已用于另一请求", "This Idempotency-Key was used for another request"),
            Text("请为每个新请求使用新的键", "Use a new key for every new request"),
        )
    return known.status, dict(known.content)


def keep(tx: Transaction, key: Key | None, status: int, content: Content) -> tuple[int, Content]:
    """Remember an answer with what was changed, and return it."""
    if key is not None:
        tx.remember(key.value, Answer(key.digest, status, content))
    return status, content
