"""Writing incidents: a report, a step, and what is in force for them. Part of the transaction of both stores."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import orjson

from spatial.errors import BadInput, Conflict
from spatial.incidents.calendar import WorkingCalendar
from spatial.incidents.event_list import EventList
from spatial.incidents.records import Answer, StoredCase, StoredStep
from spatial.incidents.steps import OF_THE_CASE, Case, Outcome, Step, after
from spatial.schema import INCIDENTS, Collection, ColumnType
from spatial.store import cases
from spatial.store.conversion import milliseconds, prepare
from spatial.store.noting import Noting
from spatial.store.proof import line_of, roll_of_brought
from spatial.store.reading import Clock
from spatial.table import Geometries, Table
from spatial.text import Text

ANSWERS_KEPT = timedelta(days=2)
"""So long the same request with the same key gets the answer that it got."""


class CaseWriting(Noting):
    """What a transaction can do with incidents."""

    _actor: str
    _clock: Clock

    @abstractmethod
    def _known(self, district: str) -> None: ...

    @abstractmethod
    def _touch(self, collection: str, added: Geometries | None, removed: bool) -> None: ...

    @abstractmethod
    def _assign(
        self, found: Collection, district: str, code: str, changes: Mapping[str, Any]
    ) -> tuple[dict[str, list[Any]], Geometries | None]: ...

    def open_incident(
        self, row: Table, case: Case, step: Step, list_version: str, tag: Mapping[str, Any]
    ) -> StoredCase:
        (district,) = row["district"]
        self._known(district)
        reader = self._session
        code = cases.next_code(reader, district, step.at, cases.calendar_of(reader, district))
        prepared = prepare(INCIDENTS, row, {"code": code})
        self._session.append_features(INCIDENTS, prepared)
        self._touch(INCIDENTS.id, prepared.geometry, False)
        stored = StoredCase(district, code, 1, case, prepared.columns["path"][0], list_version, tag)
        cases.write_case(self._session, stored)
        cases.append_steps(self._session, district, [(code, 1, step)])
        content = {**prepared.columns, **_content(step)}
        self._note("report", INCIDENTS.id, district, [code], content, prepared.geometry)
        return stored

    def case(self, district: str, code: str) -> StoredCase:
        return cases.case_of(self._session, district, code, locked=True)

    def steps(self, district: str, code: str) -> list[StoredStep]:
        return cases.steps_of(self._session, district, code)

    def histories(self, district: str) -> dict[str, list[StoredStep]]:
        return cases.histories_of(self._session, district)

    def escalated(self, district: str | None = None, codes: Sequence[str] | None = None) -> dict[tuple[str, str], str]:
        return cases.escalated_of(self._session, district, codes)

    def reopenings(self, district: str | None = None) -> list[tuple[str, str, datetime]]:
        return cases.reopenings_of(self._session, district)

    def step(
        self,
        stored: StoredCase,
        outcome: Outcome,
        columns: Mapping[str, Any] | None = None,
        tag: Mapping[str, Any] | None = None,
    ) -> StoredCase:
        changes = {**outcome.changes, **(columns or {})}
        own = [name for name in changes if name in OF_THE_CASE]
        written = {name: getattr(value, "value", value) for name, value in changes.items() if name not in OF_THE_CASE}
        content, moved = self._assign(INCIDENTS, stored.district, stored.code, written)
        if not written:
            self._touch(INCIDENTS.id, None, False)  # who watches must hear of requests and notes too
        kept = replace(
            stored,
            version=stored.version + 1,
            case=after(stored.case, outcome),
            path=changes.get("path", stored.path),
            tag=stored.tag if tag is None else tag,
        )
        cases.write_case(self._session, kept)
        number = len(self.steps(stored.district, stored.code)) + 1
        cases.append_steps(self._session, stored.district, [(stored.code, number, outcome.step)])
        fields = (*written, *own) or ("history",)
        content = {**content, **_content(outcome.step)}
        self._note(
            outcome.step.act.value, INCIDENTS.id, stored.district, [stored.code], content, moved, fields=fields, count=1
        )
        return kept

    def put_histories(self, district: str, histories: Sequence[tuple[StoredCase, Sequence[Step]]]) -> int:
        self._known(district)
        known = self.histories(district).keys() & {stored.code for stored, _ in histories}
        if known:
            listed = ", ".join(sorted(known)[:5])
            raise Conflict(
                Text(f"事件已有历史，不能改写：{listed}", f"They have a history, which is never rewritten: {listed}"),
                Text("请只给出没有历史的事件", "Give only incidents that have none"),
            )
        lines = [
            (stored.code, number, step) for stored, steps in histories for number, step in enumerate(steps, start=1)
        ]
        if not lines:
            return 0
        cases.append_cases(self._session, [stored for stored, _ in histories])
        cases.append_steps(self._session, district, lines)
        self._touch(INCIDENTS.id, None, False)
        brought = {stored.code: [line_of(step) for step in steps] for stored, steps in histories if steps}
        codes, roll = [stored.code for stored, _ in histories], roll_of_brought(brought)
        self._note("put", "incident_steps", district, codes, {}, fields=("history",), count=len(lines), roll=roll)
        return len(lines)

    def put_event_list(self, district: str, event_list: EventList) -> None:
        self._known(district)
        rows = self._session.rows(
            "SELECT content FROM event_lists WHERE district = ? AND version = ?", (district, event_list.version)
        )
        content = orjson.dumps(event_list.as_document()).decode()
        if rows:
            if rows[0][0] == content:
                return
            raise BadInput(
                Text(
                    f"事件清单 {event_list.version} 已存在且内容不同",
                    f"There is an event list {event_list.version} already, and it says something else",
                ),
                Text("请给新清单另一个版本号", "Give the new one another version"),
            )
        event_list.refuse_uncounted(self.calendar(district))
        at = self._session.dialect.encode(ColumnType.TIME, milliseconds(self._clock()))
        self._session.append(
            "event_lists", ("district", "version", "at", "content"), [(district, event_list.version, at, content)]
        )
        self._note("put", "event_lists", district, [event_list.version], {"content": [content]})

    def put_calendar(self, district: str, document: Mapping[str, Any]) -> None:
        self._known(district)
        calendar, in_force = WorkingCalendar.from_document(document), self.event_list(district)
        if in_force is not None:
            in_force.refuse_uncounted(calendar)
        content = orjson.dumps(dict(document)).decode()
        at = self._session.dialect.encode(ColumnType.TIME, milliseconds(self._clock()))
        self._session.append("calendars", ("district", "at", "content"), [(district, at, content)])
        self._note("put", "calendars", district, [district], {"content": [content]})

    def event_list(self, district: str, version: str | None = None) -> EventList | None:
        return cases.event_list_of(self._session, district, version)

    def calendar(self, district: str) -> WorkingCalendar:
        return cases.calendar_of(self._session, district)

    def answer(self, request: str) -> Answer | None:
        # the same request may still be under way: its answer was not waited for, and it was sent again
        self._session.lock_request(self._actor, request)
        return cases.answer_of(self._session, self._actor, request)

    def remember(self, request: str, answer: Answer) -> None:
        now = milliseconds(self._clock())
        encode = self._session.dialect.encode
        self._session.execute("DELETE FROM answers WHERE at < ?", (encode(ColumnType.TIME, now - ANSWERS_KEPT),))
        content = orjson.dumps(answer.content, option=orjson.OPT_UTC_Z).decode()
        row = (self._actor, request, answer.digest, encode(ColumnType.TIME, now), answer.status, content)
        self._session.append("answers", ("actor", "request", "digest", "at", "status", "content"), [row])


def _content(step: Step) -> dict[str, list[Any]]:
    """Return what the digest of an event says of a step."""
    said: dict[str, datetime | str | None] = {
        "step_at": step.at,
        "step_role": step.role.value,
        "step_act": step.act.value,
        "step_reason": step.reason,
        "step_details": orjson.dumps(dict(step.details), option=orjson.OPT_SORT_KEYS).decode(),
    }
    return {name: [value] for name, value in said.items()}
