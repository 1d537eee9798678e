"""The board: all incidents that are open or were closed lately, by column in memory, filtered and sorted at once.

It changes in place, row by row, and has one owner: whoever keeps it asks and changes it from one thread.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spatial.incidents.board_rows import ESCALATED_TO, Key, PointRows, Row
from spatial.incidents.clocks import ClockState
from spatial.incidents.place_words import place_of
from spatial.incidents.searched import Searched
from spatial.points import Points
from spatial.vocabulary import IncidentState

CLOSED_KEPT = timedelta(hours=24)
"""So long an incident that was closed stays on the board."""

Slots = NDArray[np.intp]
Booleans = NDArray[np.bool_]

_NEVER = np.iinfo(np.int64).max
_FIRST_ROOM = 1024


@dataclass(frozen=True, slots=True)
class Filter:
    """Which incidents are wanted; what is empty or None does not restrict.

    `scope`: paths of areas; what lies at or below one of them is wanted. `areas`: the same, as a person chooses.
    `centres`: paths of areas; what was escalated to the centre of one of them is wanted.
    `box`: west, south, east, north in degrees. `text`: stands in the code, the names, the note or the place.
    """

    scope: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    states: frozenset[IncidentState] = frozenset()
    categories: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    priorities: frozenset[int] = frozenset()
    clocks: frozenset[ClockState] = frozenset()
    responder: str | None = None
    centres: tuple[str, ...] = ()
    text: str = ""
    box: tuple[float, float, float, float] | None = None


def is_below(path: str | None, paths: Iterable[str]) -> bool:
    """Return whether a path lies at or below one of some, by whole steps; what has none lies below none."""
    return path is not None and any(path == each or path.startswith(f"{each}/") for each in paths)


class _Words:
    """A column of few different texts: which there are, and for each slot the number of its own."""

    def __init__(self) -> None:
        self._number: dict[str | None, int] = {}
        self.of = np.zeros(_FIRST_ROOM, dtype=np.int32)

    def put(self, slot: int, word: str | None) -> None:
        self.of[slot] = self._number.setdefault(word, len(self._number))

    def fill(self, words: Sequence[str | None], room: int) -> None:
        """Give the first slots their words, in their order."""
        self._number = {word: number for number, word in enumerate(dict.fromkeys(words))}
        self.of = np.zeros(room, dtype=np.int32)
        self.of[: len(words)] = list(map(self._number.__getitem__, words))

    def one_of(self, wanted: Iterable[str]) -> Booleans:
        chosen = set(wanted)
        return self._told([word in chosen for word in self._number])

    def below(self, paths: Sequence[str]) -> Booleans:
        return self._told([is_below(word, paths) for word in self._number])

    def cut(self, slots: Slots, steps: int) -> tuple[list[str | None], Slots]:
        """Return paths cut after some steps, and for each slot which of them is its own."""
        number: dict[str | None, int] = {}
        cut = [None if word is None else "/".join(word.split("/")[: steps + 1]) for word in self._number]
        of = np.array([number.setdefault(word, len(number)) for word in cut] or [0], dtype=np.intp)
        return list(number), of[self.of[slots]]

    def counted(self, slots: Slots) -> dict[str, int]:
        counts = np.bincount(self.of[slots], minlength=len(self._number)).tolist()
        return {word: count for word, count in zip(self._number, counts, strict=True) if count and word is not None}

    def words(self) -> list[str | None]:
        """Return the words by their number."""
        return list(self._number)

    def _told(self, of_words: list[bool]) -> Booleans:
        return np.array([*of_words, False], dtype=bool)[self.of]


_WORDS = ("path", "district", "state", "category", "department", "responder", ESCALATED_TO)
_TIMES = ("due_at", "warn_at", "closed_at")
_SAID = ("code", "name", "name_en", "note")


class Board:
    """The incidents of a store that are open or were closed lately."""

    def __init__(self) -> None:
        self._slot: dict[Key, int] = {}
        self._read: PointRows | None = None
        # a number stands for a row of what was read in bulk: most are never asked for
        self._rows: list[Row | int | None] = []
        self._free: list[int] = []
        self._said = Searched()
        self._alive = np.zeros(_FIRST_ROOM, dtype=bool)
        self._words = {name: _Words() for name in _WORDS}
        self._times = {name: np.full(_FIRST_ROOM, _NEVER, dtype=np.int64) for name in _TIMES}
        self._priority = np.zeros(_FIRST_ROOM, dtype=np.int8)
        self._places = np.full((_FIRST_ROOM, 2), np.nan)

    @staticmethod
    def of(incidents: Points, escalated: Mapping[Key, str] | None = None) -> "Board":
        """Return a board of incidents that were read in bulk; it is as if each had been put on it.

        `escalated`: where those are that were escalated.
        """
        board, count = Board(), len(incidents)
        room = max(count, _FIRST_ROOM)
        read = board._read = PointRows(incidents, escalated)
        board._slot = dict(zip(zip(incidents["district"], incidents["code"], strict=True), range(count), strict=True))
        board._rows = list(range(count))
        board._free = sorted(set(range(count)) - set(board._slot.values())) if len(board._slot) < count else []
        board._said = Searched(_said_of([*(incidents[name] for name in _SAID), map(_place, incidents["extra"])]))
        board._alive = np.arange(room) < count
        board._alive[board._free] = False
        for name, words in board._words.items():
            words.fill([None] * count if name == ESCALATED_TO else list(incidents[name]), room)
        for key, path in (escalated or {}).items():
            if key in board._slot:
                board._words[ESCALATED_TO].put(board._slot[key], path)
        for name in _TIMES:
            at = read.warn_at if name == "warn_at" else np.asarray(incidents[name])
            board._times[name] = np.full(room, _NEVER, dtype=np.int64)
            board._times[name][:count] = np.where(np.isnat(at), _NEVER, at.astype("datetime64[ms]").astype(np.int64))
        board._priority = np.zeros(room, dtype=np.int8)
        board._priority[:count] = [priority or 0 for priority in incidents["priority"]]
        board._places = np.full((room, 2), np.nan)
        board._places[:count] = incidents.places
        return board

    def __len__(self) -> int:
        return len(self._slot)

    def get(self, key: Key) -> Row | None:
        """Return the row of an incident, None where it is not on the board."""
        slot = self._slot.get(key)
        return None if slot is None else self._row(slot)

    def _row(self, slot: int) -> Row | None:
        row = self._rows[slot]
        if isinstance(row, int):
            assert self._read is not None
            return self._read[row]
        return row

    def put(self, row: Row) -> None:
        """Put an incident on the board, or in place of the one with its key."""
        key = (row["district"], row["code"])
        slot = self._slot.get(key)
        if slot is None:
            slot = self._slot[key] = self._room()
        self._rows[slot] = row
        self._said.put(slot, _said(row))
        self._alive[slot] = True
        for name, words in self._words.items():
            words.put(slot, row[name])
        for name, times in self._times.items():
            times[slot] = _instant(row[name])
        self._priority[slot] = row["priority"] or 0
        self._places[slot] = (_number(row["lon"]), _number(row["lat"]))

    def remove(self, key: Key) -> None:
        """Take an incident off the board; one that is not there is a no-op."""
        slot = self._slot.pop(key, None)
        if slot is not None:
            self._rows[slot] = None
            self._alive[slot] = False
            self._free.append(slot)

    def forget_closed(self, now: datetime) -> None:
        """Take off what was closed too long ago."""
        old = self._alive & (self._times["closed_at"] < _instant(now - CLOSED_KEPT))
        for slot in np.flatnonzero(old).tolist():
            row = self._row(slot)
            if row is not None:
                self.remove((row["district"], row["code"]))

    def select(self, wanted: Filter, now: datetime) -> Slots:
        """Return where the incidents of a filter stand, in no order that means anything."""
        return np.flatnonzero(self._kept(wanted, now))

    def pressing(self, slots: Slots, first: int | None = None) -> Slots:
        """Return some incidents by what presses most: the clock that runs out first in front, closed ones behind.

        `first`: so many of them are enough, which takes far less than to sort them all.
        """
        closed = self._words["state"].one_of([IncidentState.CLOSED.value])[slots]
        # closed ones by when they were closed, the latest first
        key = np.where(closed, -self._times["closed_at"][slots], self._times["due_at"][slots])
        open_ = np.flatnonzero(~closed)
        if first is not None and 0 < first < len(open_):
            near = open_[key[open_] <= np.partition(key[open_], first - 1)[first - 1]]
            slots, key, closed = slots[near], key[near], closed[near]
        return slots[np.lexsort((slots, key, closed))][:first]

    def rows(self, slots: Slots) -> list[Row]:
        """Return the rows at some places, in their order."""
        return [row for slot in slots.tolist() if (row := self._row(slot)) is not None]

    def codes(self, slots: Slots) -> list[str]:
        """Return the codes of some incidents, in their order."""
        rows = (self._rows[slot] for slot in slots.tolist())
        return [self._code(row) for row in rows if row is not None]

    def _code(self, row: Row | int) -> str:
        if isinstance(row, int):
            assert self._read is not None
            return self._read.code(row)
        code: str = row["code"]
        return code

    def places(self, slots: Slots) -> NDArray[np.float64]:
        """Return longitudes and latitudes in degrees, shape (n, 2); NaN where an incident has no place."""
        found: NDArray[np.float64] = self._places[slots]
        return found

    def areas(self, slots: Slots, steps: int) -> tuple[list[str | None], Slots]:
        """Return the paths of areas some steps deep, and for each of some incidents which of them it lies in."""
        return self._words["path"].cut(slots, steps)

    def priorities(self, slots: Slots) -> Slots:
        """Return the priorities of some incidents, 0 where one has none."""
        return self._priority[slots].astype(np.intp)

    def overdue(self, slots: Slots, now: datetime) -> Booleans:
        """Return which of some incidents are overdue."""
        return self._in_clock(ClockState.OVERDUE, now)[slots]

    def tally(self, slots: Slots, now: datetime) -> dict[str, dict[str, int]]:
        """Return how many of some incidents there are of each state, category, department, priority and clock.

        And how many were escalated to the centre of each area.
        """
        told = {name: self._words[name].counted(slots) for name in ("state", "category", "department", ESCALATED_TO)}
        priorities = np.bincount(self._priority[slots]).tolist()
        told["priority"] = {str(priority): count for priority, count in enumerate(priorities) if count}
        clocks = {state.value: int(self._in_clock(state, now)[slots].sum()) for state in ClockState}
        told["clock"] = {name: count for name, count in clocks.items() if count}
        return told

    def workload(self, wanted: Filter, now: datetime) -> Counter[tuple[str, str]]:
        """Return how many incidents of a filter each responder is on, by district and account."""
        slots = np.flatnonzero(self._kept(wanted, now))
        districts, accounts = self._words["district"], self._words["responder"]
        width = len(accounts.words()) or 1
        pairs, counts = np.unique(districts.of[slots] * width + accounts.of[slots].astype(np.int64), return_counts=True)
        named = ((districts.words()[pair // width], accounts.words()[pair % width]) for pair in pairs.tolist())
        found = zip(named, counts.tolist(), strict=True)
        return Counter({(slug, who): count for (slug, who), count in found if slug is not None and who is not None})

    def _kept(self, wanted: Filter, now: datetime) -> Booleans:
        kept = self._alive.copy()
        for paths in (wanted.scope, wanted.areas):
            if paths:
                kept &= self._words["path"].below(paths)
        for name, chosen in (
            ("district", wanted.districts),
            ("state", [state.value for state in wanted.states]),
            ("category", wanted.categories),
            ("department", wanted.departments),
            ("responder", () if wanted.responder is None else (wanted.responder,)),
            (ESCALATED_TO, wanted.centres),
        ):
            if chosen:
                kept &= self._words[name].one_of(chosen)
        if wanted.priorities:
            kept &= np.isin(self._priority, list(wanted.priorities))
        if wanted.clocks:
            kept &= np.logical_or.reduce([self._in_clock(state, now) for state in wanted.clocks])
        if wanted.box is not None:
            west, south, east, north = wanted.box
            x, y = self._places.T
            across = (x >= west) & (x <= east) if west <= east else (x >= west) | (x <= east)
            kept &= across & (y >= south) & (y <= north)
        text = wanted.text.strip().lower()
        if text:
            kept &= self._said.having(text, len(kept))
        return kept

    def _in_clock(self, state: ClockState, now: datetime) -> Booleans:
        """Return which slots' clock stands like that; the same rule as `clock_of`, over columns."""
        at = _instant(now)
        closed = self._words["state"].one_of([IncidentState.CLOSED.value])
        paused = self._words["state"].one_of([IncidentState.SUSPENDED.value])
        if state is ClockState.STOPPED:
            return closed
        if state is ClockState.PAUSED:
            return paused
        ticking = ~closed & ~paused
        overdue = self._times["due_at"] < at
        if state is ClockState.OVERDUE:
            return ticking & overdue
        warned = ~overdue & (self._times["warn_at"] <= at)
        return ticking & warned if state is ClockState.RUNNING_OUT else ticking & ~overdue & ~warned

    def _room(self) -> int:
        """Return a free slot, making room where there is none."""
        if self._free:
            return self._free.pop()
        slot = len(self._rows)
        self._rows.append(None)
        self._said.append()
        if slot == len(self._alive):
            self._alive = _twice(self._alive)
            self._priority = _twice(self._priority)
            self._places = _twice(self._places)
            self._times = {name: _twice(times) for name, times in self._times.items()}
            for words in self._words.values():
                words.of = _twice(words.of)
        return slot


def _twice(column: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate((column, np.zeros_like(column)))


def _instant(at: datetime | None) -> int:
    """Return a time in milliseconds, for none the end of all times."""
    return _NEVER if at is None else round(at.timestamp() * 1000)


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _said(row: Row) -> str:
    (said,) = _said_of([*([row[name]] for name in _SAID), [_place(row["extra"])]])
    return said


def _place(extra: str | None) -> str | None:
    place = place_of(extra)
    return None if place is None else f"{place.zh}\n{place.en}"


def _said_of(columns: Iterable[Iterable[str | None]]) -> list[str]:
    """Return what stands in each of some incidents, to be searched for a text."""
    return ["\n".join(filter(None, texts)).lower() for texts in zip(*columns, strict=True)]
