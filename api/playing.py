"""A demo that plays by itself beside the server: what the server needs to know of it, and no more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from spatial.locate import Locator

SPEEDS = (1, 10, 30, 120)
"""So many times as fast as a real day; what the screen offers."""

FASTEST = 240


@dataclass(frozen=True, slots=True)
class PlayState:
    """How a demo plays.

    `speed`: so many times as fast as a real day. `ended`: it has stopped for good. `districts`: where.
    """

    speed: int
    paused: bool
    districts: tuple[str, ...]
    ended: bool = False


class Play(Protocol):
    """A demo that plays by itself. To be asked from any thread; it never blocks but in `settle` and `close`."""

    def start(self, locator: Callable[[], Locator]) -> None:
        """Begin; `locator` returns the newest one, and may be asked from a thread of the play's own."""

    def state(self) -> PlayState:
        """Return how it plays now."""

    def choose(self, speed: int, paused: bool) -> PlayState:
        """Play at another speed, or pause, from now on; returns how it plays then."""

    def settle(self) -> None:
        """Wait until what was under way when a choice was made has ended, so that a paused one writes no more."""

    def close(self) -> None:
        """Stop, and wait until nothing more is written; one that never began is no matter."""
