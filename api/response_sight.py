"""Who sees and hears of a graded response: those in whose area it lies, and those into whose area it reaches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from api.caller import Caller
from spatial.errors import NotFound
from spatial.incidents.board_rows import Key
from spatial.levels import MAIN_TREE
from spatial.responses.response import Response, ShapeKind
from spatial.responses.shapes import shares_ground
from spatial.schema import AREAS
from spatial.store.protocol import Store
from spatial.store.records import Event, Query
from spatial.store.responses import RESPONSES

Ground = Mapping[str, shapely.Geometry]
"""Path → geometry of an area."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A response that an event switched, and which of some callers hear of it, by their places in the order given."""

    event: Event
    response: Response
    by: tuple[int, ...]

    @property
    def key(self) -> Key:
        """District and code of the response."""
        return self.response.district, self.response.code


def seen(store: Store, responses: Sequence[Response], caller: Caller) -> list[Response]:
    """Return those of some responses that a caller sees."""
    ground = _ground(store, responses, [caller])
    return [response for response in responses if may_see(response, caller, ground)]


def heard(store: Store, events: Iterable[Event], callers: Sequence[Caller]) -> list[Heard]:
    """Return the responses that events switched and who hears of each; the store is asked once, however many listen."""
    switched: list[tuple[Event, Response]] = []
    for event in events:
        for code in event.codes if event.collection == RESPONSES else ():
            try:
                switched.append((event, store.response(event.district or "", code)))
            except NotFound:
                continue  # its district went away since
    ground = _ground(store, [response for _, response in switched], callers)
    return [
        Heard(event, response, tuple(i for i, caller in enumerate(callers) if may_see(response, caller, ground)))
        for event, response in switched
    ]


def may_see(response: Response, caller: Caller, ground: Ground) -> bool:
    """Return whether a caller sees a response: it lies in its scope, or shares ground with an area of that.

    `ground`: the areas of scopes that lie below the area of a response.
    """
    if caller.bounds(response.path):
        return True
    return any(
        response.kind is ShapeKind.AREA or (path in ground and _touches(response, ground[path]))
        for path in _below(response, caller)
    )


def _touches(response: Response, area: shapely.Geometry) -> bool:
    return bool(shares_ground(response.shape, np.array([area], dtype=object))[0])


def _below(response: Response, caller: Caller) -> list[str]:
    return [path for path in caller.scope if path.startswith(f"{response.path}/")]


def _ground(store: Store, responses: Iterable[Response], callers: Sequence[Caller]) -> Ground:
    shaped = [response for response in responses if response.kind is not ShapeKind.AREA]
    paths = sorted({path for response in shaped for caller in callers for path in _below(response, caller)})
    if not paths:
        return {}
    rows = store.read(AREAS.id, Query(tree=MAIN_TREE, equal={"path": paths}, columns=("path",)))
    return dict(zip(rows["path"], rows.geometry, strict=True))
