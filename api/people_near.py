"""Who is near an incident, and what: responders by the street network, stations, and cameras that bear on it.

Asked in threads. Streets are read once for each district and state of the roads; responders every few seconds.
"""

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from api.caller import Caller
from spatial.accounts.account import within
from spatial.incidents.board import Board, Filter
from spatial.incidents.nearby import Nearby, bears_on, degrees_around, metres
from spatial.incidents.responders import CONSIDERED_AT_MOST, Approach, Responder, approaches, is_live
from spatial.incidents.routing import Roster
from spatial.reach.network import Mode, StreetNetwork, Way
from spatial.schema import CAMERAS, ROADS, STATIONS
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.table import Table
from spatial.vocabulary import IncidentState

READ_EVERY_S = 2.0
"""Responders that reported to another server are known after so long."""

NETWORKS_KEPT = 12
STATIONS_TOLD = 3
_STATIONS_ASKED = 8
_STATIONS_WITHIN_M = 1_700.0
_AT_WORK = frozenset({IncidentState.DISPATCHED, IncidentState.ON_SITE})

Place = tuple[float, float]


class PeopleNear:
    """Answers who and what is near a place of a district, over one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._zones: dict[str, int] = {}
        self._ranges: dict[str, tuple[int, float]] = {}
        self._networks: OrderedDict[tuple[str, Mode, int], StreetNetwork] = OrderedDict()
        self._making = threading.Lock()
        self._nearby: dict[str, Nearby] = {}
        self._on_duty: dict[str, list[Responder]] = {}
        self._read_at = -READ_EVERY_S
        self._reading = threading.Lock()

    def heard(self) -> None:
        """Hear that a responder moved, came on duty or went off it: they are read again before the next answer."""
        with self._reading:
            self._read_at = -READ_EVERY_S

    def responders(
        self,
        district: str,
        place: Place,
        path: str | None,
        mode: Mode,
        busy: dict[str, int],
        caller: Caller,
        now: datetime,
    ) -> list[Approach]:
        """Return who could be sent to a place, the quickest first: whose area has its path, in the area of a caller."""

        def mine(each: Responder) -> bool:
            sendable = each.path is None or within(path, [each.path])
            return sendable and caller.bounds(each.path) and is_live(each, now)

        nearest = self._in(district).nearest(*place, CONSIDERED_AT_MOST, mine)
        return approaches(place, nearest, self.network(district, mode), busy, now)

    def on_duty(self, district: str | None, areas: Sequence[str], caller: Caller) -> list[Responder]:
        """Return who is on duty in a district, None for all, below some areas, none for all, as a caller sees it."""
        with self._reading:
            self._read()
            groups = list(self._on_duty.values()) if district is None else [self._on_duty.get(district, [])]
        everyone = [each for group in groups for each in group if caller.bounds(each.path)]
        return [each for each in everyone if within(each.path, areas)] if areas else everyone

    def roster(self) -> Roster:
        """Return who is on duty: what a route asks of who holds a post."""
        with self._reading:
            self._read()
            return {(each.district, each.account) for group in self._on_duty.values() for each in group}

    def stations(self, district: str, place: Place, mode: Mode) -> list[tuple[dict[str, Any], Way]]:
        """Return the stations that are reached first, with the way there."""
        rows = list(self._around(STATIONS.id, district, place, _STATIONS_WITHIN_M).rows())
        rows.sort(key=lambda row: metres(place, (row["geometry"].x, row["geometry"].y)))
        rows = rows[:_STATIONS_ASKED]
        ways = self.network(district, mode).ways(place, [(row["geometry"].x, row["geometry"].y) for row in rows])
        found = [(row, way) for row, way in zip(rows, ways, strict=True) if way is not None]
        return sorted(found, key=lambda pair: pair[1].seconds)[:STATIONS_TOLD]

    def cameras(self, district: str, place: Place, caller: Caller) -> list[tuple[dict[str, Any], float]]:
        """Return the camera sites that bear on a place, with their distance in metres; the nearest first."""
        found = []
        for row in self._around(CAMERAS.id, district, place, self._longest_range(district)).rows():
            at = row["geometry"].x, row["geometry"].y
            if caller.bounds(row["path"]) and bears_on(row, at, place):
                found.append((row, metres(at, place)))
        return sorted(found, key=lambda pair: pair[1])

    def network(self, district: str, mode: Mode) -> StreetNetwork:
        """Return the streets of a district for a way of moving, as the store holds them."""
        key = district, mode, self._store.revision(ROADS.id)
        with self._making:
            found = self._networks.get(key)
            if found is None:
                roads = self._store.read(ROADS.id, Query(district=district))
                found = self._networks[key] = StreetNetwork.of(roads, self._zone(district), mode)
                while len(self._networks) > NETWORKS_KEPT:
                    self._networks.popitem(last=False)
            return found

    def _in(self, district: str) -> Nearby:
        with self._reading:
            self._read()
            return self._nearby.setdefault(district, Nearby())

    def _read(self) -> None:
        """Read who is on duty, unless that was done just now; asked under the lock."""
        if time.monotonic() - self._read_at < READ_EVERY_S:
            return
        by_district: dict[str, list[Responder]] = {}
        for each in self._store.responders():
            by_district.setdefault(each.district, []).append(each)
        for slug in {*by_district, *self._nearby}:
            self._nearby.setdefault(slug, Nearby()).replace(by_district.get(slug, []))
        self._on_duty = by_district
        self._read_at = time.monotonic()

    def _longest_range(self, district: str) -> float:
        """Return how far, in metres, the camera of a district looks that looks furthest."""
        revision = self._store.revision(CAMERAS.id)
        held = self._ranges.get(district)
        if held is None or held[0] != revision:
            asked = Query(district=district, columns=("range_m",), shapes=False)
            ranges = [each for each in self._store.read(CAMERAS.id, asked)["range_m"] if each is not None]
            held = self._ranges[district] = revision, max(ranges, default=0.0)
        return held[1]

    def _around(self, collection: str, district: str, place: Place, away_m: float) -> Table:
        lon, lat = place
        across, up = degrees_around(lat, away_m)
        box = (lon - across, lat - up, lon + across, lat + up)
        return self._store.read(collection, Query(district=district, box=box))

    def _zone(self, district: str) -> int:
        if district not in self._zones:
            self._zones = {each.slug: each.zone for each in self._store.districts()}
        return self._zones[district]


def busy_on(board: Board, district: str | None, now: datetime, scope: Sequence[str] = ()) -> Counter[tuple[str, str]]:
    """Return how many open cases each (district, account) is on, of one district or all; for the owner of the board.

    `scope`: paths that bound the cases; none for all.
    """
    districts = () if district is None else (district,)
    return board.workload(Filter(tuple(scope), districts=districts, states=_AT_WORK), now)
