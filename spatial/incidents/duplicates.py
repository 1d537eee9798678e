"""Whether two reports may be of one thing: near, alike and recent. It is offered to a person, nothing merges alone."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from spatial.text import Text

NEAR_M = 150.0
"""Reports further apart are of two things,"""

RECENT = timedelta(days=7)
"""and so are those further apart in time."""

OFFERED_FROM = 0.35
MOST = 5
_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Reported:
    """What is compared: WGS 84 degrees, the item and its category, and what was written."""

    code: str
    lon: float
    lat: float
    at: datetime
    kind: str | None
    category: str | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much another report is like one. `score`: from 0 to 1; 1 is the same item at the same place and time."""

    code: str
    score: float
    distance_m: float
    apart: timedelta
    why: Text


def possible_duplicates(one: Reported, others: Iterable[Reported]) -> list[Likeness]:
    """Return the reports that may be of the same thing as one, the likeliest first."""
    found = [likeness for other in others if other.code != one.code and (likeness := compare(one, other))]
    return sorted(found, key=lambda each: (-each.score, each.distance_m, each.code))[:MOST]


def compare(one: Reported, other: Reported) -> Likeness | None:
    """Return how much two reports are alike, None where they are of two things."""
    distance = _metres(one, other)
    apart = abs(one.at - other.at)
    if distance > NEAR_M or apart > RECENT:
        return None
    alike = _alike(one, other)
    score = alike * (1.0 - distance / NEAR_M) ** 0.5 * (1.0 - apart / RECENT) ** 0.5
    if score < OFFERED_FROM:
        return None
    return Likeness(other.code, score, distance, apart, _why(one, other, distance, apart))


def text_likeness(one: str | None, other: str | None) -> float:
    """Return the share of pairs of neighbouring letters that two texts have in common, from 0 to 1 (Sørensen–Dice)."""
    first, second = _pairs(one), _pairs(other)
    whole = len(first) + len(second)
    return 2.0 * len(first & second) / whole if whole else 0.0


def _pairs(text: str | None) -> frozenset[str]:
    letters = "".join(letter for letter in (text or "").lower() if letter.isalnum())
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))


def _alike(one: Reported, other: Reported) -> float:
    words = text_likeness(one.note, other.note)
    if one.kind is not None and one.kind == other.kind:
        return 0.8 + 0.2 * words
    same_category = one.category is not None and one.category == other.category
    return (0.45 if same_category else 0.1) + 0.5 * words


def _metres(one: Reported, other: Reported) -> float:
    across = (other.lon - one.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return _METRES_PER_DEGREE * math.hypot(across, other.lat - one.lat)


def _why(one: Reported, other: Reported, distance: float, apart: timedelta) -> Text:
    same = one.kind is not None and one.kind == other.kind
    what = Text("同一事项", "the same item") if same else Text("同类或描述相似", "a similar report")
    minutes = round(apart.total_seconds() / 60)
    if minutes < 60:
        when = Text(f"相隔 {minutes} 分钟", f"{minutes} min apart")
    elif minutes < 48 * 60:
        when = Text(f"相隔 {round(minutes / 60)} 小时", f"{round(minutes / 60)} h apart")
    else:
        when = Text(f"相隔 {round(minutes / 1440)} 天", f"{round(minutes / 1440)} days apart")
    return Text(f"{what.zh}，距离 {distance:.0f} 米，{when.zh}", f"{what.en}, {distance:.0f} m away, {when.en}")
