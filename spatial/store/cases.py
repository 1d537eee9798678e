"""Incidents in a store: the case of each, its history, the lists and calendars in force, and answers already given."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

import orjson

from spatial.errors import Conflict, NotFound, Stale
from spatial.governance import Mediator, Role
from spatial.incidents.calendar import WorkingCalendar
from spatial.incidents.event_list import EventList
from spatial.incidents.life import Act, Request
from spatial.incidents.records import Answer, StoredCase, StoredStep
from spatial.incidents.steps import Case, Step
from spatial.schema import INCIDENTS, ColumnType
from spatial.store.conversion import milliseconds
from spatial.store.proof import Line, moment_of
from spatial.store.selection import Dialect, Fragment, all_of
from spatial.store.session import Session
from spatial.text import Text
from spatial.vocabulary import IncidentState


class Readable(Protocol):
    """What rows can be read from: a store, or an open transaction."""

    dialect: Dialect

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return all its rows."""


_ROW = ("state", "reported_at", "due_at", "path", "dispute", "mediator", "arrive_by", "arrived_at")
_CASE = ("version", "list_version", "command", "asked", "interrupted", "left_ms", "working", "tag")
_STEP = ("number", "at", "actor", "role", "act", "state_before", "state_after", "reason", "details")


def case_of(reader: Readable, district: str, code: str, *, locked: bool = False) -> StoredCase:
    """Return an incident's case; `locked`: nobody else changes it before the transaction ends. Raises NotFound."""
    suffix = reader.dialect.for_update if locked else ""
    table = reader.dialect.table(INCIDENTS.id)
    rows = reader.rows(
        f"SELECT {', '.join(_ROW)} FROM {table} WHERE district = ? AND code = ?{suffix}",
        (district, code),
    )
    if not rows:
        raise unknown_incident(code)
    ((state, reported_at, due_at, path, dispute, mediator, arrive_by, arrived_at),) = rows
    chosen = ", ".join(_CASE)
    kept = reader.rows(f"SELECT {chosen} FROM cases WHERE district = ? AND incident = ?", (district, code))
    reported = _moment(reader, reported_at)
    if reported is None:
        raise Conflict(Text(f"事件 {code} 没有上报时间", f"The incident {code} has no time of its report"))
    case = Case(
        IncidentState(state or "reported"),
        reported,
        _moment(reader, due_at),
        path,
        dispute=bool(dispute),
        mediator=None if mediator is None else Mediator(mediator),
        arrive_by=_moment(reader, arrive_by),
        arrived_at=_moment(reader, arrived_at),
    )
    if not kept:
        return StoredCase(district, code, 0, case, path)
    ((version, list_version, command, asked, interrupted, left_ms, working, tag),) = kept
    waiting = orjson.loads(asked) if asked else None
    case = replace(
        case,
        command=command,
        asked=None if waiting is None else Request(Act(waiting["act"]), waiting["by"]),
        given={} if waiting is None else waiting["given"],
        before=None if interrupted is None else IncidentState(interrupted),
        left=None if left_ms is None else timedelta(milliseconds=int(left_ms)),
        working=bool(working),
    )
    return StoredCase(district, code, int(version), case, path, list_version, orjson.loads(tag) if tag else {})


def unknown_incident(code: str) -> NotFound:
    """Return the error for an incident that is not there, or not for this caller: the two look the same."""
    return NotFound(Text(f"没有事件 {code}", f"There is no incident {code}"), Text("请核对编号", "Check its number"))


def steps_of(reader: Readable, district: str, code: str) -> list[StoredStep]:
    """Return the history of an incident, oldest first."""
    rows = reader.rows(
        f"SELECT {', '.join(_STEP)} FROM incident_steps WHERE district = ? AND incident = ? ORDER BY number",
        (district, code),
    )
    return [_stored_step(row, at) for row, at in zip(rows, _moments(reader, rows), strict=True)]


def histories_of(reader: Readable, district: str) -> dict[str, list[StoredStep]]:
    """Return the history of each incident of a district that has one, by its code; each oldest first."""
    rows = reader.rows(
        f"SELECT {', '.join(_STEP)}, incident FROM incident_steps WHERE district = ? ORDER BY incident, number",
        (district,),
    )
    found: dict[str, list[StoredStep]] = {}
    for (*row, code), at in zip(rows, _moments(reader, rows), strict=True):
        found.setdefault(code, []).append(_stored_step(row, at))
    return found


def lines_of(reader: Readable) -> dict[tuple[str, str], list[Line] | None]:
    """Return what lasts of each line, by incident, in their order; None where a number among them is missing."""
    found: dict[tuple[str, str], list[Line] | None] = {}
    rows = reader.rows(
        "SELECT district, incident, number, act, actor, role, state_before, state_after, at FROM incident_steps "
        "ORDER BY district, incident, number"
    )
    times = reader.dialect.decode(ColumnType.TIME, [row[-1] for row in rows])
    for (district, code, number, act, actor, role, before, after, _), at in zip(rows, times, strict=True):
        lines = found.setdefault((district, code), [])
        if lines is None or number != len(lines) + 1:
            found[district, code] = None
        else:
            lines.append(Line(act, actor, role, before, after, moment_of(at)))
    return found


def _moments(reader: Readable, rows: Sequence[Sequence[Any]]) -> list[datetime]:
    column = _STEP.index("at")
    return [milliseconds(at) for at in reader.dialect.decode(ColumnType.TIME, [row[column] for row in rows])]


def _stored_step(row: Sequence[Any], moment: datetime) -> StoredStep:
    number, _, actor, role, act, before, after, reason, details = row
    state = IncidentState(after)
    return StoredStep(
        int(number),
        Step(
            moment,
            actor,
            Role(role),
            Act(act),
            state if before is None else IncidentState(before),
            state,
            reason,
            orjson.loads(details) if details else {},
        ),
    )


def reopenings_of(reader: Readable, district: str | None = None) -> list[tuple[str, str, datetime]]:
    """Return which incidents were reopened and when, in the order of their histories; not what was taken back."""
    restricted, parameters = ("", ()) if district is None else (" AND district = ?", (district,))
    rows = reader.rows(
        f"SELECT district, incident, number, at, act FROM incident_steps WHERE act IN (?, ?){restricted} ORDER BY id",
        (Act.REOPEN.value, Act.TAKE_BACK.value, *parameters),
    )
    kept: dict[tuple[str, str, int], Any] = {}
    for slug, code, number, at, act in rows:
        if act == Act.REOPEN.value:
            kept[slug, code, number] = at
        else:
            # it took back the line before it; what its details say of that may have been erased
            kept.pop((slug, code, number - 1), None)
    times = reader.dialect.decode(ColumnType.TIME, list(kept.values()))
    return [(slug, code, milliseconds(at)) for (slug, code, _), at in zip(kept, times, strict=True)]


def escalated_of(
    reader: Readable, district: str | None = None, codes: Sequence[str] | None = None
) -> dict[tuple[str, str], str]:
    """Return the path of the area whose centre has each incident that was escalated, by its district and code."""
    tests = [Fragment("substr(i.path, 1, length(c.command) + 1) = c.command || '/'")]
    if district is not None:
        tests.append(Fragment("c.district = ?", (district,)))
    if codes is not None:
        tests.append(reader.dialect.one_of("c.incident", ColumnType.TEXT, list(codes)))
    asked = all_of(tests)
    rows = reader.rows(
        f"SELECT c.district, c.incident, c.command FROM cases c JOIN {reader.dialect.table(INCIDENTS.id)} i "
        f"ON i.district = c.district AND i.code = c.incident{asked.sql}",
        asked.parameters,
    )
    return {(slug, code): command for slug, code, command in rows}


def event_list_of(reader: Readable, district: str, version: str | None = None) -> EventList | None:
    """Return the event list of a district in force, or one version of it; None where there is none."""
    restricted, parameters = ("", (district,)) if version is None else (" AND version = ?", (district, version))
    rows = reader.rows(
        f"SELECT content FROM event_lists WHERE district = ?{restricted} ORDER BY id DESC LIMIT 1", parameters
    )
    return EventList.from_document(orjson.loads(rows[0][0])) if rows else None


def calendar_of(reader: Readable, district: str) -> WorkingCalendar:
    """Return the working calendar of a district in force; the usual one where it has none."""
    rows = reader.rows("SELECT content FROM calendars WHERE district = ? ORDER BY id DESC LIMIT 1", (district,))
    return WorkingCalendar.from_document(orjson.loads(rows[0][0])) if rows else WorkingCalendar()


def answer_of(reader: Readable, actor: str, request: str) -> Answer | None:
    """Return what was answered to a request of an actor with a key, None where there was none."""
    rows = reader.rows("SELECT digest, status, content FROM answers WHERE actor = ? AND request = ?", (actor, request))
    return Answer(rows[0][0], int(rows[0][1]), orjson.loads(rows[0][2])) if rows else None


def write_case(session: Session, stored: StoredCase) -> None:
    """Put the case of an incident in place of the one that was there."""
    values = _case_row(session, stored)
    assigned = ", ".join(f"{name} = ?" for name in _CASE)
    where = (stored.district, stored.code)
    if not session.execute(f"UPDATE cases SET {assigned} WHERE district = ? AND incident = ?", (*values, *where)):
        append_cases(session, [stored])


def append_cases(session: Session, listed: Sequence[StoredCase]) -> None:
    """Add the cases of incidents that have none."""
    rows = [(stored.district, stored.code, *_case_row(session, stored)) for stored in listed]
    session.append("cases", ("district", "incident", *_CASE), rows)


def _case_row(session: Session, stored: StoredCase) -> tuple[Any, ...]:
    case = stored.case
    waiting = None
    if case.asked is not None:
        waiting = {"act": case.asked.act.value, "by": case.asked.by, "given": dict(case.given)}
    return (
        stored.version,
        stored.list_version,
        case.command,
        _json(waiting) if waiting else None,
        None if case.before is None else case.before.value,
        None if case.left is None else round(case.left.total_seconds() * 1000),
        session.dialect.encode(ColumnType.BOOLEAN, case.working),
        _json(stored.tag) if stored.tag else None,
    )


def append_steps(session: Session, district: str, lines: Iterable[tuple[str, int, Step]]) -> None:
    """Add lines to the histories of incidents, each by its code and number; raises Stale where a number is taken."""
    rows = [
        (
            district,
            code,
            number,
            session.dialect.encode(ColumnType.TIME, milliseconds(step.at)),
            step.actor,
            step.role.value,
            step.act.value,
            step.before.value,
            step.after.value,
            step.reason,
            _json(step.details) if step.details else None,
        )
        for code, number, step in lines
    ]
    session.append("incident_steps", ("district", "incident", *_STEP), rows)


def next_code(reader: Readable, district: str, at: datetime, calendar: WorkingCalendar) -> str:
    """Return the code of the next incident that is reported on a day: SJ, the date, and a number."""
    day = f"SJ-{(at + calendar.offset).strftime('%Y%m%d')}-"
    table = reader.dialect.table(INCIDENTS.id)
    taken = reader.rows(
        f"SELECT code FROM {table} WHERE district = ? AND code >= ? AND code < ? "
        "ORDER BY length(code) DESC, code DESC LIMIT 1",
        (district, day, f"{day}~"),
    )
    last = str(taken[0][0])[len(day) :] if taken else "0"
    return f"{day}{int(last) + 1 if last.isdecimal() else 1:04d}"


def refuse_stale(stored: StoredCase, version: int | None, steps: Sequence[StoredStep]) -> None:
    """Raise Stale, saying what happened, where a case is not in the version that a change was meant for."""
    if version is None or version == stored.version:
        return
    last = steps[-1].step if steps else None
    said = {} if last is None else {"act": last.act.value, "by": last.actor, "at": last.at.isoformat()}
    raise Stale(
        Text(f"事件 {stored.code} 已被他人更新", f"The incident {stored.code} was changed by somebody else"),
        Text("请查看最新情况后再决定", "Look at what happened, then decide again"),
        version=stored.version,
        state=stored.case.state.value,
        last=said,
    )


def _moment(reader: Readable, stored: Any) -> datetime | None:
    moment: datetime | None = reader.dialect.decode(ColumnType.TIME, [stored])[0]
    return None if moment is None else milliseconds(moment)


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
