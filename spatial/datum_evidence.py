"""Which datum a batch of positions is really in: the one under which it agrees best with what is known of it.

Each record is read in turn as WGS 84, GCJ-02 and BD-09, and each reading is compared with the evidence: the area that
the record claims, the areas that should own it, or the shapes that it should lie on. Two readings are compared record
by record, by McNemar's test with its correction for continuity: only records that tell them apart count, and each
place counts once, so that a thousand reports from one door are one.

Beyond chance is not enough where the evidence may lean to one side by itself: moved half a kilometre, any batch may
come to lie nearer to a town. There the best reading must be much better than the others, and, where agreement is a
matter of metres, much better than it is itself a little way off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from spatial.datums import Datum, convert
from spatial.positions import check_positions
from spatial.table import Geometries
from spatial.text import Text

Degrees = NDArray[np.float64]
Misfits = NDArray[np.float64]

LEAST_PLACES = 20
"""Fewer different places say nothing."""

_CERTAIN = 3.3
"""Standard deviations by which one reading must be better: one chance in a thousand, for both sides together."""

_PLACE_DEG = 1e-4
"""Records nearer together than this (about 10 m) are one place."""

MUCH_LESS = 0.6
"""What share of the rival's misfit may be left where chance alone is no measure."""

_ASIDE = tuple((np.cos(angle), np.sin(angle)) for angle in np.arange(8) * np.pi / 4)

READINGS = (Datum.WGS84, Datum.GCJ02, Datum.BD09)
"""The datums that can be told apart; CGCS2000 is WGS 84 here."""

_METRES_PER_DEGREE = 111_320.0


class Verdict(StrEnum):
    """What the evidence says of the declared datum."""

    DECLARED_FITS = "declared_fits"
    ANOTHER_FITS = "another_fits"
    CANNOT_TELL = "cannot_tell"


class Evidence(Protocol):
    """What positions should agree with.

    `unit` is how a misfit is counted; a difference of `tolerance` or less between two readings of a record is none.
    A mean misfit above `too_bad` is no agreement, whatever the other readings are like, and neither is one that is more
    than `decisive` times that of the rival. A true reading that is moved by `aside_m` metres agrees no longer, so that
    the same factor holds against that; 0 where the evidence knows no such distance.
    """

    unit: str
    tolerance: float
    too_bad: float
    decisive: float
    aside_m: float

    def misfits(self, lons: Degrees, lats: Degrees) -> Misfits:
        """Return how far each WGS 84 position is from agreeing, 0 for agreement, NaN where nothing is known of it."""
        ...


class Owners(Protocol):
    """What answers who owns a point: a GridIndex."""

    @property
    def codes(self) -> Sequence[str]:
        """The codes of the areas."""
        ...

    def owners(self, lons: Degrees, lats: Degrees) -> NDArray[np.int32]:
        """Return positions into `codes`, -1 where no area owns the point."""
        ...


class ClaimedOwners:
    """Each record claims to lie in an area of a coverage; claims that name no area of it are not regarded."""

    unit = "share"
    tolerance = 0.0
    too_bad = 0.5
    decisive = 1.0  # a wrong claim favours no reading
    aside_m = 0.0

    def __init__(self, index: Owners, claims: Sequence[str | None]) -> None:
        position = {code: at for at, code in enumerate(index.codes)}
        self._index = index
        self._claimed = np.array([-1 if claim is None else position.get(claim, -1) for claim in claims], dtype=np.int64)

    def misfits(self, lons: Degrees, lats: Degrees) -> Misfits:
        """Return 1 where another area than the claimed one owns the position, or none."""
        wrong = (np.asarray(self._index.owners(lons, lats)) != self._claimed).astype(float)
        return np.where(self._claimed < 0, np.nan, wrong)


class OwnedAtAll:
    """Each record should lie in some area of a coverage."""

    unit = "share"
    tolerance = 0.0
    too_bad = 0.5
    decisive = MUCH_LESS  # where places are all over, some reading always has a few more of them inside
    aside_m = 0.0

    def __init__(self, index: Owners) -> None:
        self._index = index

    def misfits(self, lons: Degrees, lats: Degrees) -> Misfits:
        """Return 1 where no area owns the position."""
        return (self._index.owners(lons, lats) < 0).astype(float)


class NearShapes:
    """Each record should lie on one of some buildings and roads, in WGS 84 degrees.

    What is farther than 100 m from all of them is as good as nowhere.
    """

    unit = "metres"
    tolerance = 1.0
    too_bad = 50.0
    decisive = MUCH_LESS
    aside_m = 75.0
    _FAR_M = 100.0

    def __init__(self, shapes: Geometries) -> None:
        present = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
        middle = float(np.mean(shapely.bounds(present)[:, [1, 3]])) if len(present) else 0.0
        # metres around the middle: wrong by a thousandth or two across a district, which is nothing here
        self._scale = np.array([_METRES_PER_DEGREE * np.cos(np.radians(middle)), _METRES_PER_DEGREE])
        self._tree = shapely.STRtree(shapely.transform(present, lambda at: at * self._scale))

    def misfits(self, lons: Degrees, lats: Degrees) -> Misfits:
        """Return the distance to the nearest shape in metres."""
        found = np.full(len(lons), self._FAR_M)
        points = shapely.points(np.column_stack([lons, lats]) * self._scale)
        (which, _), distance = self._tree.query_nearest(
            points, max_distance=self._FAR_M, return_distance=True, all_matches=False
        )
        found[which] = distance
        return found


@dataclass(frozen=True, slots=True)
class DatumFinding:
    """What the evidence says.

    `best`: the datum under which the batch agrees best, None where the evidence cannot tell. `margin`: by how much
    its mean misfit is less than the declared one's (than the runner-up's, where the declared fits), in the evidence's
    `unit` (share of the places, or metres). `misfit`: the mean misfit of each reading. `places`: how many different
    places were compared; `deciding`: how many of them tell the two readings apart. `reason` says it in a sentence.
    """

    verdict: Verdict
    declared: Datum
    best: Datum | None
    margin: float
    unit: str
    misfit: dict[Datum, float]
    places: int
    deciding: int
    reason: Text


def suspect_datum(points: ArrayLike, declared: Datum, evidence: Evidence) -> DatumFinding:
    """Return which datum a batch fits best, by what margin, and whether that can be told at all.

    `points`: shape (n, 2), longitude and latitude in degrees as they stand in the records; `evidence` knows something
    of each record in the same order. WGS 84 and CGCS2000 are one here. Raises BadPosition for positions that cannot
    be meant.
    """
    at = np.asarray(points, dtype=float).reshape(-1, 2)
    lons, lats = check_positions(at[:, 0], at[:, 1])
    own = Datum.WGS84 if declared is Datum.CGCS2000 else declared
    readings = {
        datum: evidence.misfits(*convert(lons, lats, datum, Datum.WGS84)) if len(at) else np.empty(0)
        for datum in READINGS
    }
    kept = _different_places(lons, lats, readings[own])
    readings = {datum: misfits[kept] for datum, misfits in readings.items()}
    misfit = {datum: float(misfits.mean()) if len(kept) else float("nan") for datum, misfits in readings.items()}

    def finding(verdict: Verdict, best: Datum | None, margin: float, deciding: int, reason: Text) -> DatumFinding:
        said = declared if best is own else best
        return DatumFinding(verdict, declared, said, margin, evidence.unit, misfit, len(kept), deciding, reason)

    if len(kept) < LEAST_PLACES:
        few = Text(
            f"只有 {len(kept)} 个不同位置，至少需要 {LEAST_PLACES} 个",
            f"Only {len(kept)} different places; {LEAST_PLACES} are needed",
        )
        return finding(Verdict.CANNOT_TELL, None, 0.0, 0, few)
    ranked = sorted(READINGS, key=lambda datum: (misfit[datum], datum is not own))
    best = ranked[0]
    rival = own if best is not own else ranked[1]
    margin = misfit[rival] - misfit[best]
    deciding, certainty = _compared(readings[best], readings[rival], evidence.tolerance)
    if misfit[best] > evidence.too_bad:
        reason = Text("无论按哪种坐标系都对不上", "The batch agrees under none of the datums")
        return finding(Verdict.CANNOT_TELL, None, margin, deciding, reason)
    if deciding == 0:
        reason = Text(
            "按各坐标系结果相同：各点离边界都太远", "All datums agree alike: no place is near enough to an edge"
        )
        return finding(Verdict.CANNOT_TELL, None, margin, deciding, reason)
    if certainty < _CERTAIN:
        reason = Text(
            f"只有 {deciding} 个位置能区分，且不够一致",
            f"Only {deciding} places tell them apart, and not with one voice",
        )
        return finding(Verdict.CANNOT_TELL, None, margin, deciding, reason)
    usual = min(misfit[rival], _misfit_aside(lons, lats, best, evidence, kept))
    if misfit[best] > evidence.decisive * usual:
        reason = Text(
            f"{len(kept)} 个位置按各坐标系相差太小", f"Of {len(kept)} places the datums agree too nearly alike to tell"
        )
        return finding(Verdict.CANNOT_TELL, None, margin, deciding, reason)
    reason = _reason(best, rival, misfit, evidence.unit, len(kept))
    verdict = Verdict.DECLARED_FITS if best is own else Verdict.ANOTHER_FITS
    return finding(verdict, best, margin, deciding, reason)


def _different_places(lons: Degrees, lats: Degrees, misfits: Misfits) -> NDArray[np.int64]:
    """Return the first record of each place of which something is known, in order."""
    known = np.flatnonzero(~np.isnan(misfits))
    rounded = np.round(np.column_stack([lons[known], lats[known]]) / _PLACE_DEG)
    _, first = np.unique(rounded, axis=0, return_index=True)
    return np.sort(known[first])


def _compared(best: Misfits, rival: Misfits, tolerance: float) -> tuple[int, float]:
    """Return how many records tell two readings apart, and by how many standard deviations they favour the first."""
    favour = int((rival - best > tolerance).sum())
    against = int((best - rival > tolerance).sum())
    deciding = favour + against
    return deciding, (favour - against - 1) / deciding**0.5 if deciding else 0.0


def _misfit_aside(lons: Degrees, lats: Degrees, best: Datum, evidence: Evidence, kept: NDArray[np.int64]) -> float:
    """Return the mean misfit of the best reading when it is moved aside, infinite where the evidence knows no distance.

    It is the median over eight directions: places along one road agree in two of them.
    """
    if not evidence.aside_m:
        return float("inf")
    x, y = convert(lons, lats, best, Datum.WGS84)
    step = evidence.aside_m / _METRES_PER_DEGREE
    across = step / np.cos(np.radians(y))
    moved = [evidence.misfits(x + east * across, y + north * step)[kept].mean() for east, north in _ASIDE]
    return float(np.median(moved))


def _reason(best: Datum, rival: Datum, misfit: dict[Datum, float], unit: str, places: int) -> Text:
    margin = misfit[rival] - misfit[best]
    if unit == "metres":
        return Text(
            f"{places} 个位置到最近的建筑或道路，按 {best.upper()} 平均 {misfit[best]:.0f} 米，"
            f"按 {rival.upper()} 为 {misfit[rival]:.0f} 米，相差 {margin:.0f} 米",
            f"{places} places lie {misfit[best]:.0f} m in the mean from the nearest building or road as "
            f"{best.upper()}, {misfit[rival]:.0f} m as {rival.upper()}, a difference of {margin:.0f} m",
        )
    good, less = 1 - misfit[best], 1 - misfit[rival]
    return Text(
        f"{places} 个位置按 {best.upper()} 有 {good:.1%} 相符，按 {rival.upper()} 为 {less:.1%}，"
        f"相差 {100 * margin:.1f} 个百分点",
        f"Of {places} places {good:.1%} agree as {best.upper()}, {less:.1%} as {rival.upper()}, "
        f"a difference of {100 * margin:.1f} points",
    )
