"""Graded responses in a store: switched on and off with an event each, which carries neither shape nor text."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson
import shapely

from spatial.errors import NotFound, Stale
from spatial.responses.convening import Convened
from spatial.responses.ledger import DISTRICT_ZONE
from spatial.responses.meetings import ResponseLevel
from spatial.responses.response import Response, ShapeKind
from spatial.responses.roster import as_document, from_document
from spatial.schema import ColumnType
from spatial.store.cases import Readable
from spatial.store.conversion import milliseconds
from spatial.store.noting import Noting
from spatial.text import Text

RESPONSES = "responses"
"""The collection that the events name."""

COLUMNS = (
    "district", "code", "level", "kind", "shape", "path", "reason", "opened_at", "opened_by", "version",
    "closed_at", "closed_by", "report",
)  # fmt: skip
ROSTER = "roster"
"""Read by itself, because it may be long."""

OPENED = "open"
"""The action of the event by which a response is switched on."""

_TIMES = ("opened_at", "closed_at")


class ResponseWriting(Noting):
    """What a transaction can do with responses."""

    @abstractmethod
    def _known(self, district: str) -> None: ...

    def responses(self, district: str | None = None) -> list[Response]:
        return responses_of(self._session, district)

    def response(self, district: str, code: str) -> Response:
        return response_of(self._session, district, code, locked=True)

    def roster(self, district: str, code: str) -> list[Convened] | None:
        return roster_of(self._session, district, code)

    def open_response(self, response: Response, convened: Sequence[Convened] | None = None) -> Response:
        self._known(response.district)
        code = response.code or _next_code(self._session, response)
        kept = replace(
            response,
            code=code,
            opened_at=milliseconds(response.opened_at),
            closed_at=None if response.closed_at is None else milliseconds(response.closed_at),
        )
        roster = None if convened is None else orjson.dumps(as_document(convened)).decode()
        names, row = (*COLUMNS, ROSTER), [*_row(self._session, kept), roster]
        self._session.append(RESPONSES, names, [row])
        content = dict(zip(names, ([each] for each in row), strict=True))
        self._note(OPENED, RESPONSES, kept.district, [code], content)
        return kept

    def end_response(self, response: Response, at: datetime, by: str, report: str) -> Response:
        kept = replace(response, version=response.version + 1, closed_at=milliseconds(at), closed_by=by, report=report)
        changed = ("version", "closed_at", "closed_by", "report")
        values = dict(zip(COLUMNS, _row(self._session, kept), strict=True))
        touched = self._session.execute(
            f"UPDATE {RESPONSES} SET {', '.join(f'{name} = ?' for name in changed)} "
            "WHERE district = ? AND code = ? AND version = ? AND closed_at IS NULL",
            (*(values[name] for name in changed), kept.district, kept.code, response.version),
        )
        if not touched:
            raise Stale(Text(f"响应 {kept.code} 已被更改", f"The response {kept.code} was changed in between"))
        content: dict[str, Sequence[Any]] = {name: [values[name]] for name in changed}
        self._note("end", RESPONSES, kept.district, [kept.code], content, fields=changed)
        return kept


def responses_of(reader: Readable, district: str | None = None) -> list[Response]:
    """Return responses, the latest first."""
    restricted, parameters = ("", ()) if district is None else (" WHERE district = ?", (district,))
    rows = reader.rows(
        f"SELECT {', '.join(COLUMNS)} FROM {RESPONSES}{restricted} ORDER BY opened_at DESC, id DESC", parameters
    )
    return [_response(reader, row) for row in rows]


def response_of(reader: Readable, district: str, code: str, *, locked: bool = False) -> Response:
    """Return one response; `locked`: nobody else changes it before the transaction ends. Raises NotFound."""
    suffix = reader.dialect.for_update if locked else ""
    rows = reader.rows(
        f"SELECT {', '.join(COLUMNS)} FROM {RESPONSES} WHERE district = ? AND code = ?{suffix}", (district, code)
    )
    if not rows:
        raise unknown_response(code)
    return _response(reader, rows[0])


def roster_of(reader: Readable, district: str, code: str) -> list[Convened] | None:
    """Return who was convened when a response was switched on, None where that is not kept; raises NotFound."""
    rows = reader.rows(f"SELECT {ROSTER} FROM {RESPONSES} WHERE district = ? AND code = ?", (district, code))
    if not rows:
        raise unknown_response(code)
    return None if rows[0][0] is None else from_document(orjson.loads(rows[0][0]))


def unknown_response(code: str) -> NotFound:
    """Return the error for a response that is not there, or not for this caller: the two look the same."""
    return NotFound(Text(f"没有响应 {code}", f"There is no response {code}"), Text("请核对编号", "Check its number"))


def _next_code(reader: Readable, response: Response) -> str:
    """Return the next number of its year in its district: R2026-01."""
    head = f"R{response.opened_at.astimezone(DISTRICT_ZONE).year}-"
    rows = reader.rows(
        f"SELECT code FROM {RESPONSES} WHERE district = ? AND code LIKE ?", (response.district, f"{head}%")
    )
    last = max((int(code.removeprefix(head)) for (code,) in rows), default=0)
    return f"{head}{last + 1:02d}"


def _row(reader: Readable, response: Response) -> list[Any]:
    values = []
    for name in COLUMNS:
        value: Any = getattr(response, name)
        if name == "shape":
            value = shapely.to_geojson(value)
        elif name == "level":
            value = int(value)
        elif name == "kind":
            value = value.value
        elif name in _TIMES and value is not None:
            value = reader.dialect.encode(ColumnType.TIME, value)
        values.append(value)
    return values


def _response(reader: Readable, row: Sequence[Any]) -> Response:
    values = dict(zip(COLUMNS, row, strict=True))
    for name in _TIMES:
        moment: datetime | None = reader.dialect.decode(ColumnType.TIME, [values[name]])[0]
        values[name] = None if moment is None else milliseconds(moment)
    return Response(
        **{
            **values,
            "level": ResponseLevel(int(values["level"])),
            "kind": ShapeKind(values["kind"]),
            "shape": shapely.from_geojson(values["shape"]),
            "version": int(values["version"]),
        }
    )
