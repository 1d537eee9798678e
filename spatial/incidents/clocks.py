"""The clock of an incident: how long is left until what was promised."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

RUNNING_OUT_SHARE = 0.25
"""A clock is running out when less than this share of the whole time is left,"""

RUNNING_OUT_WITHIN = timedelta(minutes=15)
"""or less than so much, whatever the share."""


class ClockState(StrEnum):
    """How a clock stands. One that is about to run out and one that has are different things."""

    RUNNING = "running"
    RUNNING_OUT = "running_out"
    OVERDUE = "overdue"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Clock:
    """`left`: until it runs out, negative once it has; None where it is paused, stopped, or nothing was promised."""

    state: ClockState
    due_at: datetime | None
    left: timedelta | None


def clock_of(
    clock_from: datetime, due_at: datetime | None, now: datetime, *, closed: bool = False, suspended: bool = False
) -> Clock:
    """Return how the clock of an incident stands at a time; all times are aware.

    `clock_from`: from when its limit counts: its report or its reopening, as much later as it was suspended.
    """
    if closed:
        return Clock(ClockState.STOPPED, due_at, None)
    if suspended:
        return Clock(ClockState.PAUSED, due_at, None)
    if due_at is None:
        return Clock(ClockState.RUNNING, None, None)
    left = due_at - now
    if left < timedelta():
        return Clock(ClockState.OVERDUE, due_at, left)
    running_out_at = runs_out_at(clock_from, due_at)
    return Clock(ClockState.RUNNING_OUT if now >= running_out_at else ClockState.RUNNING, due_at, left)


def runs_out_at(clock_from: datetime, due_at: datetime) -> datetime:
    """Return from when on a clock counts as running out."""
    whole = max(due_at - clock_from, timedelta())
    return due_at - min(max(RUNNING_OUT_SHARE * whole, RUNNING_OUT_WITHIN), whole)


def run_out_at(clock_from: NDArray[np.datetime64], due_at: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Return the same of many clocks, times as datetime64[us]; NaT where one of the two is."""
    none = np.timedelta64(0, "us")
    within = np.timedelta64(RUNNING_OUT_WITHIN, "us")
    whole = np.maximum(due_at - clock_from, none)
    share = np.where(np.isnat(whole), 0, np.rint(RUNNING_OUT_SHARE * whole.astype(np.int64)))
    found: NDArray[np.datetime64] = due_at - np.minimum(np.maximum(share.astype("timedelta64[us]"), within), whole)
    return found
