"""A sample of the rows that went by, and the datum that it fits best."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from spatial.datum_evidence import DatumFinding, Misfits, NearShapes, OwnedAtAll, Verdict, suspect_datum
from spatial.datums import Datum
from spatial.store.parts import Features
from spatial.tagging import surroundings
from spatial.tagging.tagger import Degrees, Positions, Tagger

MOST = 20_000
# the distance to what is nearest takes longer than a look at an index
_MOST_COMPARED = 3_000


@dataclass(slots=True)
class Sample:
    """Every so many of the rows that went by, at most MOST of them, however many there are.

    What is kept depends on the rows alone, not on chance or on how they come in batches.
    """

    _step: int = 1
    _seen: int = 0
    _kept: list[NDArray[np.float64]] = field(default_factory=list)

    def add(self, x: Degrees, y: Degrees, claimed: Positions) -> None:
        """Take note of rows: coordinates as the file has them, and positions of the areas they claim (-1: none)."""
        numbers = np.arange(self._seen, self._seen + len(x))
        self._seen += len(x)
        chosen = numbers % self._step == 0
        self._kept.append(np.column_stack([numbers[chosen], x[chosen], y[chosen], claimed[chosen]]))
        while sum(map(len, self._kept)) > MOST:
            self._step *= 2
            self._kept = [part[part[:, 0] % self._step == 0] for part in self._kept]

    def finding(self, tagger: Tagger, store: Features, declared: Datum) -> DatumFinding:
        """Return which datum the sample fits best.

        The areas that rows claim tell first, where they claim any; then the buildings and roads that places lie on;
        last, whether any area owns them at all. Where none of them can tell, the first one's word is returned.
        """
        found: list[DatumFinding] = []
        for finding in self._findings(tagger, store, declared):
            if finding.verdict is not Verdict.CANNOT_TELL:
                return finding
            found.append(finding)
        return found[0]

    def _findings(self, tagger: Tagger, store: Features, declared: Datum) -> Iterator[DatumFinding]:
        rows = np.concatenate([*self._kept, np.empty((0, 4))])
        claiming = rows[rows[:, 3] >= 0]
        if len(claiming):
            areas = _ClaimedAreas(tagger, claiming[:, 3].astype(np.int32))
            yield suspect_datum(claiming[:, 1:3], declared, areas)
        at = rows[:: max(1, -(-len(rows) // _MOST_COMPARED)), 1:3]
        which, shapes = surroundings.around(store, at[:, 0], at[:, 1])
        if len(shapes):
            yield suspect_datum(at[which], declared, NearShapes(shapes))
        yield suspect_datum(rows[:, 1:3], declared, OwnedAtAll(_Coverage(tagger)))


class _ClaimedAreas:
    """Each row claims an area, whatever its level."""

    unit = "share"
    tolerance = 0.0
    too_bad = 0.5
    decisive = 1.0
    aside_m = 0.0

    def __init__(self, tagger: Tagger, claimed: Positions) -> None:
        self._tagger = tagger
        self._claimed = claimed

    def misfits(self, lons: Degrees, lats: Degrees) -> Misfits:
        """Return 1 where another area than the claimed one owns the position, or none."""
        wrong: Misfits = (~self._tagger.agreeing(self._tagger.tag(lons, lats), self._claimed)).astype(float)
        return wrong


class _Coverage:
    """All areas of a tagger as one: what lies in some district, and what in none."""

    codes: Sequence[str] = ("",)

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger

    def owners(self, lons: Degrees, lats: Degrees) -> NDArray[np.int32]:
        """Return 0 where some area owns the position, else -1."""
        return np.where(self._tagger.tag(lons, lats).owned, 0, -1).astype(np.int32)
