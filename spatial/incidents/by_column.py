"""All incidents of a store by column, for counting: what is read of them, and which of them a question is about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spatial.incidents.board import is_below
from spatial.points import Points
from spatial.vocabulary import IncidentState

Booleans = NDArray[np.bool_]
Numbers = NDArray[np.intp]
Times = NDArray[np.float64]

WORDS = ("district", "path", "category", "department", "kind")
TIMES = ("reported_at", "arrive_by", "arrived_at", "closed_at", "due_at")
COLUMNS = ("code", *WORDS, *TIMES, "state", "merged_into")
"""What is read of an incident for counting."""

Reopening = tuple[str, str, datetime]
"""The district and the code of an incident that was reopened, and when."""


@dataclass(frozen=True, slots=True)
class Words:
    """A column of few different texts. `known`: which there are; `of`: the number of each row's own, shape (n,)."""

    known: tuple[str | None, ...]
    of: Numbers

    @classmethod
    def read(cls, values: Iterable[str | None], count: int) -> "Words":
        """Number the texts of a column in the order in which they appear."""
        number: dict[str | None, int] = {}
        of = np.fromiter((number.setdefault(value, len(number)) for value in values), np.intp, count)
        return cls(tuple(number), of)

    def told(self, of_words: Iterable[bool]) -> Booleans:
        """Return for each row what is true of its text."""
        return np.array([*of_words, False], dtype=bool)[self.of]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents are counted; what is empty does not restrict.

    `scope`: paths of areas; what lies at or below one of them is counted. `areas`: the same, as a person chooses.
    """

    scope: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IncidentColumns:
    """Incidents by column.

    `words`: by the names of `WORDS`. `times`: by the names of `TIMES`, milliseconds since 1970 in UTC, NaN where a time
    is not known; shape (n,). `closed`, `suspended`, `merged`: how each stands now. `reopened`, `reopened_at`: for each
    noted reopening the position of its incident and its time, shape (m,).
    """

    words: Mapping[str, Words]
    times: Mapping[str, Times]
    closed: Booleans
    suspended: Booleans
    merged: Booleans
    reopened: Numbers = field(default_factory=lambda: np.empty(0, dtype=np.intp))
    reopened_at: Times = field(default_factory=lambda: np.empty(0))

    def __len__(self) -> int:
        return len(self.closed)

    @classmethod
    def of(cls, incidents: Points, reopenings: Sequence[Reopening] = ()) -> "IncidentColumns":
        """Return incidents that were read in bulk with `COLUMNS`; the reopening of an unknown one is left out."""
        count = len(incidents)
        states = Words.read(incidents["state"], count)
        standing = {
            state: states.told(known == state.value for known in states.known)
            for state in (IncidentState.CLOSED, IncidentState.SUSPENDED)
        }
        where: dict[tuple[str, str], int] = {}
        if reopenings:
            keys = zip(incidents["district"], incidents["code"], strict=True)
            where = {key: position for position, key in enumerate(keys)}
        known = [
            (where[district, code], _instant(at)) for district, code, at in reopenings if (district, code) in where
        ]
        return cls(
            {name: Words.read(incidents[name], count) for name in WORDS},
            {name: _instants(incidents[name]) for name in TIMES},
            standing[IncidentState.CLOSED],
            standing[IncidentState.SUSPENDED],
            np.fromiter((other is not None for other in incidents["merged_into"]), np.bool_, count),
            np.array([position for position, _ in known], dtype=np.intp),
            np.array([at for _, at in known], dtype=np.float64),
        )

    def which(self, wanted: Wanted) -> Booleans:
        """Return which incidents a question is about."""
        kept = np.ones(len(self), dtype=bool)
        for paths in (wanted.scope, wanted.areas):
            if paths:
                column = self.words["path"]
                kept &= column.told(is_below(path, paths) for path in column.known)
        for name, chosen in (
            ("district", wanted.districts),
            ("category", wanted.categories),
            ("department", wanted.departments),
            ("kind", wanted.kinds),
        ):
            if chosen:
                kept &= self.words[name].told(word in chosen for word in self.words[name].known)
        return kept

    def first_report(self, which: Booleans) -> datetime | None:
        """Return when the first of some incidents was reported, in UTC; None where no time is known."""
        times = self.times["reported_at"][which]
        known = times[~np.isnan(times)]
        return datetime.fromtimestamp(float(known.min()) / 1000, UTC) if len(known) else None


def _instant(at: datetime) -> float:
    return at.timestamp() * 1000


def _instants(times: Any) -> Times:
    at = np.asarray(times)
    return np.where(np.isnat(at), np.nan, at.astype("datetime64[us]").astype(np.int64) / 1000)
