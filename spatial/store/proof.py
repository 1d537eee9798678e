"""What the events prove of the histories of incidents: that no line of them came, went or changed hands by itself.

An event names its act, its actor and the incident; what a line says beside that, an event does not hold. Events that
bring incidents with their histories have a roll: a digest of each history, of all that lasts of its lines. Reasons and
details are in none of these digests, because they are erased in their time. Events that remove more incidents than they
name have a roll of their codes.

Older events have no roll, and name the first NAMED_CODES of many: of the others it can be proved only that the lines
fit to one of those events.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import orjson

from spatial.incidents.life import Act
from spatial.incidents.steps import Step
from spatial.schema import INCIDENTS
from spatial.store import events as trail
from spatial.store.records import Event

Key = tuple[str, str]
"""The district and the code of an incident."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DIGEST_BYTES = 16


class Line(NamedTuple):
    """What lasts of a line of a history, whatever is erased; `at`: milliseconds since 1970 in UTC."""

    act: str
    actor: str
    role: str
    before: str | None
    after: str
    at: int


@dataclass(frozen=True, slots=True)
class Roll:
    """What an event touched, as it is kept, and the salt of the event's digest."""

    salt: bytes
    content: str


def line_of(step: Step) -> Line:
    """Return what lasts of a step."""
    return Line(step.act.value, step.actor, step.role.value, step.before.value, step.after.value, moment_of(step.at))


def moment_of(at: datetime) -> int:
    """Return an aware time as a line has it."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def roll_of_brought(histories: Mapping[str, Sequence[Line]]) -> str:
    """Return the roll of histories that come whole, by the codes of their incidents."""
    return orjson.dumps([[code, len(lines), _digest(lines)] for code, lines in histories.items()]).decode()


def roll_of_gone(codes: Sequence[str]) -> str:
    """Return the roll of incidents that are removed."""
    return orjson.dumps(list(codes)).decode()


def _digest(lines: Sequence[Line]) -> str:
    return hashlib.blake2b(orjson.dumps(list(map(list, lines))), digest_size=_DIGEST_BYTES).hexdigest()


_ACTS = frozenset(act.value for act in Act)


@dataclass(slots=True)
class Told:
    """What the events tell of the histories, by the ids of the events.

    `steps`: the lines that were added one by one. `begun`: from where on an incident is another one of its code: it was
    removed; `perhaps`: where that may be so; `cleared`, `removed`: where a district was cleared, and lost incidents.
    `rolled`: the histories that came whole with a roll: the event, the number of lines and their digest. `brought`: how
    many lines came whole without one; `named`: of which incidents that is known.
    """

    steps: dict[Key, list[tuple[int, tuple[str, str]]]] = field(default_factory=dict)
    begun: dict[Key, int] = field(default_factory=dict)
    cleared: dict[str, int] = field(default_factory=dict)
    perhaps: dict[str, list[int]] = field(default_factory=dict)
    brought: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    named: dict[Key, int] = field(default_factory=dict)
    rolled: dict[Key, tuple[int, int, str]] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)

    def hear(self, event: Event, roll: Sequence[Any] | None = None) -> None:
        """Hear of the next event, and what its roll says where it has one."""
        district = event.district or ""
        match event.collection, event.action:
            case INCIDENTS.id, act if act in _ACTS:  # the most by far
                self.steps.setdefault((district, event.codes[0]), []).append((event.id, (act, event.actor)))
            case INCIDENTS.id, "delete":
                self.removed[district] = event.id
                gone = event.codes if roll is None else roll
                self.begun.update(((district, code), event.id) for code in gone)
                if event.count > len(gone):
                    self.perhaps.setdefault(district, []).append(event.id)
            case "districts", "clear":
                self.cleared[district] = event.id
            case "incident_steps", "put" if roll is not None:
                self.rolled.update(((district, code), (event.id, count, digest)) for code, count, digest in roll)
            case "incident_steps", "put":
                self.brought.setdefault(district, []).append((event.id, event.count))
                self.named.update(((district, code), event.id) for code in event.codes)

    def keys(self) -> set[Key]:
        """Return all incidents of which lines are told."""
        return self.steps.keys() | self.named.keys() | self.rolled.keys()

    def brought_of(self, key: Key, lines: Sequence[Line]) -> int | None:
        """Return how many of an incident's lines came with it by an event without a roll.

        None where its lines are not those that are told of.
        """
        district = key[0]
        event, count, digest = self.rolled.get(key, (0, 0, ""))
        since = max(self.begun.get(key, 0), self.cleared.get(district, 0))
        for begin in (since, *(event for event in self.perhaps.get(district, ()) if event > since)):
            added = [line for step, line in self.steps.get(key, ()) if step > begin]
            whole = len(lines) - len(added)
            if whole < 0 or [(line.act, line.actor) for line in lines[whole:]] != added:
                continue
            if event > begin:
                if whole == count and _digest(lines[:whole]) == digest:
                    return 0
                continue
            came = any(other > begin for other, _ in self.brought.get(district, ()))
            if whole > 0 and came and lines[0].act == Act.REPORT.value:
                return whole
            if whole == 0 and self.named.get(key, 0) <= begin:
                return 0
        return None

    def brought_to(self, district: str) -> tuple[int, int]:
        """Return how many lines a district has at least, and at most, that came whole."""
        since = self.cleared.get(district, 0)
        brought = [(event, count) for event, count in self.brought.get(district, ()) if event > since]
        removed = max(self.removed.get(district, 0), since)
        return sum(count for event, count in brought if event > removed), sum(count for _, count in brought)


def first_odd(
    events: Iterable[Event], histories: Mapping[Key, Sequence[Line] | None], rolls: Mapping[int, Roll]
) -> Key | None:
    """Return the first incident whose lines are not those that the events tell of, None where all are.

    `histories`: the lines of each incident that has some, in their order; None where a number among them is missing.
    `rolls`: by the ids of their events. A district of which a roll is missing or another one, or whose lines are
    too few or too many without its being known of which incident, is told with the code "".
    """
    told = Told()
    for event in events:
        roll = None
        if trail.ROLL in event.fields:
            kept = rolls.get(event.id)
            if kept is None or trail.roll_digest(kept.salt, kept.content) != event.digest:
                return event.district or "", ""
            roll = orjson.loads(kept.content)
        told.hear(event, roll)
    brought: dict[str, int] = {}
    for key in sorted(histories.keys() | told.keys()):
        lines = histories.get(key, ())
        whole = None if lines is None else told.brought_of(key, lines)
        if whole is None:
            return key
        brought[key[0]] = brought.get(key[0], 0) + whole
    for district in sorted(brought.keys() | told.brought.keys()):
        least, most = told.brought_to(district)
        if not least <= brought.get(district, 0) <= most:
            return district, ""
    return None
