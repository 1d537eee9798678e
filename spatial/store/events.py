"""The audit trail's arithmetic: salted digests of what changed, and the chain that holds the events together."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import orjson
import shapely

from spatial.store.records import Event
from spatial.table import Geometries

NAMED_CODES = 100
"""How many codes an event names; `count` says how many there were."""

SALT_BYTES = 16

GENESIS = ""
"""The chain before the first event."""


ROLL = "roll"
"""Among the fields of an event it says that there is a roll of what it touched, and that the digest is of that."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one call changed: an event that has no place in the chain yet; `roll`: of what, where that is kept."""

    actor: str
    action: str
    collection: str
    district: str | None
    codes: Sequence[str]
    fields: Sequence[str]
    digest: str
    salt: bytes
    count: int
    edition: int | None = None
    roll: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: the last event's id and hash."""

    id: int = 0
    chain: str = GENESIS


def digest(salt: bytes, columns: Mapping[str, Sequence[Any]], geometry: Geometries | None = None) -> str:
    """Return the SHA-256 of a salt and a content, in hexadecimal.

    `columns`: name → plain values (text, numbers, booleans, aware datetimes, None). The salt is kept apart from the
    event and is erased with the content, so that a digest does not give away what was erased.
    """
    hashed = hashlib.sha256(salt)
    hashed.update(orjson.dumps([[name, list(values)] for name, values in columns.items()]))
    if geometry is not None:
        shapes = shapely.to_wkb(geometry, byte_order=1, output_dimension=2)
        hashed.update(orjson.dumps([-1 if shape is None else len(shape) for shape in shapes]))
        hashed.update(b"".join(shape for shape in shapes if shape is not None))
    return hashed.hexdigest()


def roll_digest(salt: bytes, roll: str) -> str:
    """Return the digest of an event that has a roll."""
    return digest(salt, {ROLL: [roll]})


def append(head: Head, at: datetime, changes: Iterable[Change]) -> list[Event]:
    """Return the events that put changes at the end of the chain, in their order, ids without a gap."""
    events = []
    for change in changes:
        event = Event(
            id=head.id + 1,
            at=at,
            actor=change.actor,
            action=change.action,
            collection=change.collection,
            district=change.district,
            codes=tuple(change.codes[:NAMED_CODES]),
            count=change.count,
            edition=change.edition,
            fields=tuple(change.fields),
            digest=change.digest,
            chain="",
        )
        event = replace(event, chain=link(head.chain, event))
        events.append(event)
        head = Head(event.id, event.chain)
    return events


def link(before: str, event: Event) -> str:
    """Return the SHA-256 of the chain before an event and everything that the event says, in hexadecimal."""
    said = [
        before,
        event.id,
        event.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        event.actor,
        event.action,
        event.collection,
        event.district,
        list(event.codes),
        event.count,
        event.edition,
        list(event.fields),
        event.digest,
    ]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


def first_break(head: Head, events: Iterable[Event]) -> tuple[Head, int | None]:
    """Follow the chain through events in the order of their ids.

    Returns the end that was reached and the id of the first event that does not hold: altered, missing or moved.
    """
    for event in events:
        if event.id != head.id + 1 or event.chain != link(head.chain, event):
            return head, head.id + 1
        head = Head(event.id, event.chain)
    return head, None
