"""What a stream of what happens is told."""

from dataclasses import dataclass
from datetime import datetime

from spatial.incidents.board_rows import Key, Row


@dataclass(frozen=True, slots=True)
class Message:
    """What a stream is told: the row of an incident as it is now, and what was done with it.

    `row` is None where it went away. `before`: its path before, None where it was not on the board. `ends`: nothing
    more comes of the same event, so that a stream which breaks off here has heard the whole of it.
    """

    id: int
    key: Key
    row: Row | None
    before: str | None
    act: str
    actor: str
    at: datetime
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Anew:
    """A stream is told to read the board anew: too much happened at once, or too long ago."""

    id: int


@dataclass(frozen=True, slots=True)
class Switched:
    """A graded response was switched on or off."""

    id: int
    key: Key
    act: str
    actor: str
    at: datetime
    ends: bool = True


Told = Message | Anew | Switched
