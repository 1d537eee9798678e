"""Responders: workers and teams on duty, where they were last, and how old that is."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from spatial.reach.network import StreetNetwork, Way

KEPT = timedelta(hours=24)
"""A position is kept no longer, on duty or not."""

TOLD_AT_MOST = 12
"""So many are told who could go to a place."""

CONSIDERED_AT_MOST = 400
"""Of so many of the nearest as the crow flies it is found out how long they need: more than are on duty at once."""


class Freshness(StrEnum):
    """How old a position is: as it is shown."""

    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"
    GONE = "gone"


_UNTIL = (
    (timedelta(minutes=2), Freshness.FRESH),
    (timedelta(minutes=10), Freshness.AGEING),
    (timedelta(minutes=30), Freshness.STALE),
)


@dataclass(frozen=True, slots=True)
class Responder:
    """A worker or team. `on_duty_since`: None off duty. `lon`, `lat`: WGS 84 degrees, with `seen_at`, or None.

    `path`: of the area that bounds the account; `department`: whom they belong to, None for grid workers.
    """

    account: str
    district: str
    name: str
    department: str | None = None
    path: str | None = None
    on_duty_since: datetime | None = None
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    seen_at: datetime | None = None

    @property
    def on_duty(self) -> bool:
        """Whether they can be sent."""
        return self.on_duty_since is not None


@dataclass(frozen=True, slots=True)
class Approach:
    """A responder and the way to a place; `way` is None where no street leads there, `busy` counts their open cases."""

    responder: Responder
    freshness: Freshness
    way: Way | None
    busy: int


def freshness(seen_at: datetime | None, now: datetime) -> Freshness:
    """Return how old a position is; one from the future, by another clock, is fresh."""
    if seen_at is None:
        return Freshness.GONE
    return next((state for until, state in _UNTIL if now - seen_at <= until), Freshness.GONE)


def is_live(responder: Responder, now: datetime) -> bool:
    """Return whether somebody is on duty and their position is not gone."""
    placed = responder.on_duty and responder.lon is not None
    return placed and freshness(responder.seen_at, now) is not Freshness.GONE


def where_they_are(responders: Iterable[Responder], now: datetime) -> list[Responder]:
    """Return those on duty whose position is not gone, who was seen last first."""
    known = [each for each in responders if is_live(each, now)]
    return sorted(known, key=lambda each: (now - (each.seen_at or now), each.account))


def approaches(
    place: tuple[float, float],
    responders: Iterable[Responder],
    network: StreetNetwork,
    busy: dict[str, int],
    now: datetime,
) -> list[Approach]:
    """Return who could go to a place in WGS 84 degrees, the quickest first; those whose position is gone are left out.

    At most TOLD_AT_MOST of `responders`, however far they are as the crow flies; those to whom no street leads come
    last, in their order. Ways are undirected: from them to the place is as long as back.
    """
    known = [each for each in responders if is_live(each, now)]
    at = [(each.lon or 0.0, each.lat or 0.0) for each in known]
    ways: Sequence[Way | None] = network.ways(place, at, TOLD_AT_MOST)
    found = [
        Approach(each, freshness(each.seen_at, now), way, busy.get(each.account, 0))
        for each, way in zip(known, ways, strict=True)
    ]
    return sorted(found, key=lambda one: one.way.seconds if one.way else math.inf)[:TOLD_AT_MOST]
