"""What is read of a store for the board and for the streams; all of it in threads."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from api.caller import Caller
from api.freshness import last_event
from api.response_sight import heard
from api.told import Switched
from spatial.incidents.board import CLOSED_KEPT, Board
from spatial.incidents.board_rows import COLUMNS, Key, Row, rows_of
from spatial.points import Points
from spatial.schema import INCIDENTS
from spatial.store.events import NAMED_CODES
from spatial.store.protocol import Store
from spatial.store.records import Event, Query
from spatial.store.responses import RESPONSES
from spatial.vocabulary import OPEN_STATES, IncidentState

PAGE = 1_000
"""How many events are read at a time."""


class BoardReading:
    """Reads incidents, responses and events of a store."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def newest(self) -> int:
        """Return the id of the last event."""
        return last_event(self._store)

    def events(self, after: int, upto: int) -> list[Event] | None:
        """Return the events of incidents and responses between two, None where the trail begins later."""
        found: list[Event] = []
        last = after
        while last < upto and (page := self._store.events(last, PAGE)):
            if page[0].id != last + 1:
                return None
            found += [event for event in page if event.id <= upto and event.collection in (INCIDENTS.id, RESPONSES)]
            last = page[-1].id
        return found

    def board(self) -> Board:
        """Return a board of all incidents that are open or were closed lately."""
        still_open = Query(equal={"state": [state.value for state in OPEN_STATES]}, columns=COLUMNS)
        ended = Query(
            equal={"state": [IncidentState.CLOSED.value]},
            from_time={"closed_at": self._now() - CLOSED_KEPT},
            columns=COLUMNS,
        )
        # one that is reopened between the two is in both: what was read later counts, as on any board
        found = [self._store.read_points(INCIDENTS.id, query) for query in (ended, still_open)]
        return Board.of(Points.concatenate(found), self._store.escalated())

    def rows(self, keys: Iterable[Key]) -> dict[Key, Row]:
        """Return some incidents as they are now; those that are gone are left out."""
        codes: dict[str, list[str]] = {}
        for district, code in keys:
            codes.setdefault(district, []).append(code)
        found: dict[Key, Row] = {}
        for district, wanted in codes.items():
            table = self._store.read(INCIDENTS.id, Query(district=district, equal={"code": wanted}))
            rows = rows_of(table, self._store.escalated(district, wanted))
            found |= {(district, row["code"]): row for row in rows}
        return found

    def switched(self, events: list[Event], callers: Sequence[Caller]) -> list[tuple[Switched, tuple[int, ...]]]:
        """Return what some callers may hear of responses in some events, and which of them, by their places."""
        return [
            (Switched(each.event.id, each.key, each.event.action, each.event.actor, each.event.at), each.by)
            for each in heard(self._store, events, callers)
        ]


def too_many(event: Event) -> bool:
    """Return whether an event changed more incidents than it names, or a whole district."""
    if event.collection == "districts":
        return event.action == "clear"
    return event.count > min(len(event.codes), NAMED_CODES)
