"""How long what must not be kept for ever is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from spatial.accounts.secrets import Limits
from spatial.incidents.responders import KEPT


@dataclass(frozen=True, slots=True)
class Periods:
    """How long each is kept.

    `steps`: reasons and details in the history of closed incidents, and who was convened by responses that ended; None
    for ever.
    """

    positions: timedelta = KEPT
    access_log: timedelta = timedelta(days=180)
    answers: timedelta = timedelta(days=2)
    photos: timedelta = timedelta(days=365)
    steps: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """What is older than these moments is to be erased; tokens: those that ended before."""

    positions: datetime
    access_log: datetime
    answers: datetime
    sessions_started: datetime
    sessions_seen: datetime
    tokens: datetime
    photos: datetime
    steps: datetime | None = None


def due(now: datetime, periods: Periods = Periods(), limits: Limits = Limits()) -> Due:
    """Return what is due at a moment."""
    return Due(
        positions=now - periods.positions,
        access_log=now - periods.access_log,
        answers=now - periods.answers,
        sessions_started=now - limits.absolute,
        sessions_seen=now - limits.idle,
        tokens=now,
        photos=now - periods.photos,
        steps=None if periods.steps is None else now - periods.steps,
    )
