"""The desk: reporting an incident and taking a step of its life, each in one transaction of a store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from spatial.errors import BadInput, Conflict, Refused
from spatial.incidents.answers import Content, Key, answered, keep
from spatial.incidents.board import is_below
from spatial.incidents.desk_refusals import hold_both, refuse_odd_merge, refuse_old_edition, refuse_unsendable
from spatial.incidents.event_list import EventItem, EventList
from spatial.incidents.life import RULES, Act
from spatial.incidents.place_words import place_in_words, with_place
from spatial.incidents.records import StoredCase, StoredStep
from spatial.incidents.reporting import Report, points_of, row_of, stated_in
from spatial.incidents.steps import Case, Given, Person, Step, command_after_move, take
from spatial.incidents.tag import Position, Tag, tag
from spatial.incidents.taking_back import BEFORE, COLUMNS, can_be, remembered, take_back
from spatial.locate import Locator
from spatial.schema import INCIDENTS
from spatial.store.cases import refuse_stale, unknown_incident
from spatial.store.protocol import Store, Transaction
from spatial.store.records import Query
from spatial.text import Text
from spatial.vocabulary import IncidentState

Told = Callable[[StoredCase, Tag | None, EventItem | None], Content]
"""What is answered to the caller, by the case and, of a report, its tag and its item: remembered in the transaction.

It must not ask the store: a transaction that waits for a second connection may wait for itself.
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step that is asked for. `version`: the one that the caller saw; `position`: where it is moved to."""

    act: Act
    reason: str | None = None
    given: Given = field(default_factory=Given)
    version: int | None = None
    position: Position | None = None


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
    stated = stated_in(reported, tagged)
    extra = with_place(None, _words(store, tagged))
    with store.write(who.account) as tx:
        known = answered(tx, key)
        if known is not None:
            return known
        refuse_old_edition(tx, tagged)
        event_list, calendar = _in_force(tx, tagged.district), tx.calendar(tagged.district)
        item = event_list.item(reported.kind)
        row = row_of(reported, tagged, item, calendar, at, extra)
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
        "geometry": points_of(tagged)[0],
        "responsible": tagged.responsible,
        "path": tagged.path,
        "accuracy_m": tagged.position.accuracy_m,
        "datum": tagged.position.datum.value,
        "extra": with_place(known[0] if len(known) else None, _words(store, tagged)),
    }


def _words(store: Store, tagged: Tag) -> Text | None:
    return place_in_words(store, tagged.main, tagged.located.lon, tagged.located.lat)
