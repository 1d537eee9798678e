"""What the events prove of the histories of incidents: that no line of them came, went or changed hands by itself.

An event names its act, its actor and the incident; what a line says beside that, an event does not hold. Events that
remove many incidents, or bring many with their histories, name the first NAMED_CODES of them: of the others it can
be proved only that the lines fit to one of those events.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from spatial.incidents.life import Act
from spatial.schema import INCIDENTS
from spatial.store.records import Event

Key = tuple[str, str]
"""The district and the code of an incident."""

Line = tuple[str, str]
"""The act and the actor of a line of a history."""

_ACTS = frozenset(act.value for act in Act)


@dataclass(slots=True)
class Told:
    """What the events tell of the histories, by the ids of the events.

    `steps`: the lines that were added one by one. `begun`: from where on an incident is another one of its code: it was
    removed; `perhaps`: where that may be so; `cleared`, `removed`: where a district was cleared, and lost incidents.
    `brought`: the histories that came whole, with the number of their lines; `named`: of which incidents that is known.
    """

    steps: dict[Key, list[tuple[int, Line]]] = field(default_factory=dict)
    begun: dict[Key, int] = field(default_factory=dict)
    cleared: dict[str, int] = field(default_factory=dict)
    perhaps: dict[str, list[int]] = field(default_factory=dict)
    brought: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    named: dict[Key, int] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)

    def hear(self, event: Event) -> None:
        """Hear of the next event."""
        district = event.district or ""
        match event.collection, event.action:
            case INCIDENTS.id, act if act in _ACTS:  # the most by far
                self.steps.setdefault((district, event.codes[0]), []).append((event.id, (act, event.actor)))
            case INCIDENTS.id, "delete":
                self.removed[district] = event.id
                self.begun.update(((district, code), event.id) for code in event.codes)
                if event.count > len(event.codes):
                    self.perhaps.setdefault(district, []).append(event.id)
            case "districts", "clear":
                self.cleared[district] = event.id
            case "incident_steps", "put":
                self.brought.setdefault(district, []).append((event.id, event.count))
                self.named.update(((district, code), event.id) for code in event.codes)

    def keys(self) -> set[Key]:
        """Return all incidents of which lines are told."""
        return self.steps.keys() | self.named.keys()

    def brought_of(self, key: Key, lines: Sequence[Line]) -> int | None:
        """Return how many of an incident's lines came with it; None where its lines are not those that are told of."""
        district = key[0]
        since = max(self.begun.get(key, 0), self.cleared.get(district, 0))
        for begin in (since, *(event for event in self.perhaps.get(district, ()) if event > since)):
            added = [line for event, line in self.steps.get(key, ()) if event > begin]
            whole = len(lines) - len(added)
            if whole < 0 or list(lines[whole:]) != added:
                continue
            came = any(event > begin for event, _ in self.brought.get(district, ()))
            if whole > 0 and came and lines[0][0] == Act.REPORT.value:
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


def first_odd(events: Iterable[Event], histories: Mapping[Key, Sequence[Line] | None]) -> Key | None:
    """Return the first incident whose lines are not those that the events tell of, None where all are.

    `histories`: the lines of each incident that has some, in their order; None where a number among them is missing. A
    district whose lines are too few or too many, without its being known of which incident, is told with the code "".
    """
    told = Told()
    for event in events:
        told.hear(event)
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
