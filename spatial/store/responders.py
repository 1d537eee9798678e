"""Responders in a store: beside the trail, because positions are in no event."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from spatial.errors import no_district
from spatial.incidents.responders import Responder
from spatial.schema import ColumnType
from spatial.store.cases import Readable
from spatial.store.conversion import milliseconds
from spatial.store.session import Session

COLUMNS = (
    "account",
    "district",
    "name",
    "department",
    "path",
    "on_duty_since",
    "lon",
    "lat",
    "accuracy_m",
    "seen_at",
)
_KNOWN = f"SELECT {', '.join(COLUMNS)} FROM responders WHERE account = ?"
_POSITION = ("lon", "lat", "accuracy_m", "seen_at")
_TIMES = ("on_duty_since", "seen_at")


def responders_of(reader: Readable, district: str | None = None) -> list[Responder]:
    """Return those who are on duty, in the order in which they became known."""
    restricted, parameters = ("", ()) if district is None else (" AND district = ?", (district,))
    rows = reader.rows(
        f"SELECT {', '.join(COLUMNS)} FROM responders WHERE on_duty_since IS NOT NULL{restricted} ORDER BY id",
        parameters,
    )
    return [_responder(reader, row) for row in rows]


def responder_of(reader: Readable, account: str) -> Responder | None:
    """Return what is known of an account as a responder, None where nothing is."""
    rows = reader.rows(_KNOWN, (account,))
    return _responder(reader, rows[0]) if rows else None


def put_responder(session: Session, responder: Responder) -> None:
    """Keep what is known of a responder, in place of what was."""
    _refuse_unknown(session, responder.district)
    values = []
    for name in COLUMNS:
        value = getattr(responder, name)
        if name in _TIMES and value is not None:
            value = session.dialect.encode(ColumnType.TIME, milliseconds(value))
        values.append(value)
    assigned = ", ".join(f"{name} = ?" for name in COLUMNS)
    if not session.execute(f"UPDATE responders SET {assigned} WHERE account = ?", (*values, responder.account)):
        session.append("responders", COLUMNS, [values])


def put_duty(session: Session, responder: Responder) -> Responder:
    """Keep who somebody is and whether they are on duty, in one statement, and return what is kept."""
    _refuse_unknown(session, responder.district)
    since = responder.on_duty_since
    at = None if since is None else session.dialect.encode(ColumnType.TIME, milliseconds(since))
    who = ("district", "name", "department", "path")
    values = [getattr(responder, name) for name in who]
    assigned = ", ".join(f"{name} = excluded.{name}" for name in who)
    duty = ", ".join(f"{name} = NULL" for name in ("on_duty_since", *_POSITION))
    if at is not None:
        duty = "on_duty_since = COALESCE(responders.on_duty_since, excluded.on_duty_since)"
    session.execute(
        f"INSERT INTO responders (account, {', '.join(who)}, on_duty_since) VALUES (?, ?, ?, ?, ?, ?) "
        f"ON CONFLICT (account) DO UPDATE SET {assigned}, {duty}",
        (responder.account, *values, at),
    )
    (row,) = session.rows(_KNOWN, (responder.account,))
    return _responder(session, row)


def put_position(
    session: Session, account: str, lon: float, lat: float, accuracy_m: float | None, seen_at: datetime
) -> Responder | None:
    """Keep where somebody is who is on duty as this is written, and return what is kept; None off duty."""
    at = session.dialect.encode(ColumnType.TIME, milliseconds(seen_at))
    assigned = ", ".join(f"{name} = ?" for name in _POSITION)
    kept = session.execute(
        f"UPDATE responders SET {assigned} WHERE account = ? AND on_duty_since IS NOT NULL",
        (lon, lat, accuracy_m, at, account),
    )
    return responder_of(session, account) if kept else None


def end_duty(session: Session, account: str) -> None:
    """Take somebody off duty, if they are on it, and erase where they were."""
    ended = ", ".join(f"{name} = NULL" for name in ("on_duty_since", *_POSITION))
    session.execute(f"UPDATE responders SET {ended} WHERE account = ? AND on_duty_since IS NOT NULL", (account,))


def forget_positions(session: Session, before: datetime) -> int:
    """Erase positions that were seen before a time, and return how many there were."""
    at = session.dialect.encode(ColumnType.TIME, milliseconds(before))
    return session.execute(
        "UPDATE responders SET lon = NULL, lat = NULL, accuracy_m = NULL, seen_at = NULL WHERE seen_at < ?", (at,)
    )


def _refuse_unknown(session: Session, district: str) -> None:
    known = [str(slug) for (slug,) in session.rows("SELECT slug FROM districts ORDER BY slug")]
    if district not in known:
        raise no_district(district, known)


def _responder(reader: Readable, row: Sequence[Any]) -> Responder:
    values = dict(zip(COLUMNS, row, strict=True))
    for name in _TIMES:
        moment: datetime | None = reader.dialect.decode(ColumnType.TIME, [values[name]])[0]
        values[name] = None if moment is None else milliseconds(moment)
    return Responder(**values)
