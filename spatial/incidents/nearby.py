"""What is near a place: responders through an R-tree, and the cameras that bear on it."""

import math
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rtree.index import Index

from spatial.incidents.responders import Responder

_METRES_PER_DEGREE = 111_320.0


class Nearby:
    """Where responders are, to be asked for the nearest; rtree is not thread-safe, so all of it stands under a lock."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._index = Index()
        self._number: dict[str, int] = {}
        self._known: dict[int, Responder] = {}

    def replace(self, responders: Iterable[Responder]) -> None:
        """Take these in place of those that were known; those without a position are left out."""
        placed = [each for each in responders if each.lon is not None and each.lat is not None]
        with self._lock:
            gone = {each.account for each in self._known.values()} - {each.account for each in placed}
            for account in gone:
                self._remove(account)
            for each in placed:
                self._put(each)

    def put(self, responder: Responder) -> None:
        """Hear that one responder moved, came on duty or went off it."""
        with self._lock:
            if responder.on_duty and responder.lon is not None and responder.lat is not None:
                self._put(responder)
            else:
                self._remove(responder.account)

    def nearest(
        self, lon: float, lat: float, count: int, wanted: Callable[[Responder], bool] = lambda _: True
    ) -> list[Responder]:
        """Return the wanted responders nearest to a place in degrees as the crow flies, the nearest first."""
        # the tree measures in degrees: of three times as many, the nearest in metres are taken
        asked = enough = 3 * count
        with self._lock:
            while True:
                found = list(self._index.nearest((lon, lat, lon, lat), asked))
                known = [each for number in found if wanted(each := self._known[number])]
                if len(known) >= enough or len(found) >= len(self._known):
                    break
                asked *= 4
        known.sort(key=lambda each: metres((lon, lat), (each.lon or 0.0, each.lat or 0.0)))
        return known[:count]

    def __len__(self) -> int:
        return len(self._known)

    def _put(self, responder: Responder) -> None:
        number = self._number.setdefault(responder.account, len(self._number))
        before = self._known.get(number)
        if before is not None:
            self._index.delete(number, _box(before))
        self._known[number] = responder
        self._index.insert(number, _box(responder))

    def _remove(self, account: str) -> None:
        number = self._number.get(account)
        known = None if number is None else self._known.pop(number, None)
        if number is not None and known is not None:
            self._index.delete(number, _box(known))


def degrees_around(lat: float, away_m: float) -> tuple[float, float]:
    """Return how many degrees of longitude and of latitude hold so many metres at a latitude, a hundredth more."""
    up = 1.01 * away_m / _METRES_PER_DEGREE
    return up / math.cos(math.radians(lat)), up


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return metres between two places in degrees, a few hundred metres apart, to within a thousandth."""
    across = (other[0] - one[0]) * math.cos(math.radians((one[1] + other[1]) / 2))
    return _METRES_PER_DEGREE * math.hypot(across, other[1] - one[1])


def bears_on(camera: Mapping[str, Any], at: tuple[float, float], place: tuple[float, float]) -> bool:
    """Return whether a place lies in the sector of a camera: its bearing, field of view and range.

    `camera`: a row of the collection; one without a sector bears on nothing. Buildings in the way are not regarded.
    """
    bearing, field, reach = camera.get("bearing"), camera.get("field_of_view"), camera.get("range_m")
    if bearing is None or field is None or reach is None:
        return False
    if metres(at, place) > reach:
        return False
    across = (place[0] - at[0]) * math.cos(math.radians((place[1] + at[1]) / 2))
    towards = math.degrees(math.atan2(across, place[1] - at[1])) % 360.0
    off = abs((towards - bearing + 180.0) % 360.0 - 180.0)
    return bool(off <= field / 2)


def _box(responder: Responder) -> tuple[float, float, float, float]:
    lon, lat = responder.lon or 0.0, responder.lat or 0.0
    return lon, lat, lon, lat
