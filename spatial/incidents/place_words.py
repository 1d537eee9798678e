"""Words for a place, as a person would say them: compound and building, or the nearest road and whose ground it is."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import orjson

from spatial.locate import TreeAnswer
from spatial.schema import ROADS
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.text import Text
from spatial.vocabulary import LevelSlug

ON_ROAD_M = 15.0
"""Whoever stands within so many metres of a road's middle is said to be on it,"""

NEAR_ROAD_M = 120.0
"""and within so many near it; beyond, no road is named."""

_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class RoadNear:
    """A road with a name, and the metres to its middle line."""

    name: Text
    distance_m: float


def words_for(answer: TreeAnswer, road: RoadNear | None) -> Text | None:
    """Return the words for a place by its owners and the nearest road; None where neither has a name."""
    names = {owner.level.slug: _name(owner.name, owner.name_en) for owner in answer.owners if owner.code is not None}
    compound, building = names.get(LevelSlug.COMPOUND), names.get(LevelSlug.BUILDING)
    if compound is not None or building is not None:
        return _joined(compound, building)
    around = names.get(LevelSlug.GRID) or names.get(LevelSlug.COMMUNITY) or names.get(LevelSlug.STREET)
    if road is None or road.distance_m > NEAR_ROAD_M:
        return around or names.get(LevelSlug.DISTRICT)
    said = road.name if road.distance_m <= ON_ROAD_M else Text(f"{road.name.zh}附近", f"near {road.name.en}")
    return said if around is None else Text(f"{said.zh}（{around.zh}）", f"{said.en} ({around.en})")


def place_in_words(store: Store, answer: TreeAnswer, lon: float, lat: float) -> Text | None:
    """Return the words for a place in WGS 84 degrees; asks the store for its roads only where no compound owns it.

    Not to be called inside a transaction: it would wait for a second connection.
    """
    inside = any(
        owner.code is not None and owner.level.slug in (LevelSlug.COMPOUND, LevelSlug.BUILDING)
        for owner in answer.owners
    )
    return words_for(answer, None if inside else nearest_road(store, answer.edition.district, lon, lat))


def nearest_road(store: Store, district: str, lon: float, lat: float) -> RoadNear | None:
    """Return the nearest road of a district that has a name, None where none is near."""
    across = math.cos(math.radians(lat))
    high = NEAR_ROAD_M / _METRES_PER_DEGREE
    wide = high / max(across, 0.01)
    box = (lon - wide, lat - high, lon + wide, lat + high)
    roads = store.read(ROADS.id, Query(district=district, box=box, columns=("name", "name_en")))
    found: RoadNear | None = None
    for row in roads.rows():
        name = _name(row["name"], row["name_en"])
        if name is None or row["geometry"] is None:
            continue
        distance = _metres_to_line(row["geometry"].coords, lon, lat, across)
        if found is None or distance < found.distance_m:
            found = RoadNear(name, distance)
    return found if found is not None and found.distance_m <= NEAR_ROAD_M else None


def place_of(extra: str | None) -> Text | None:
    """Return the words for an incident's place out of its further attributes, None where nobody wrote some."""
    if not extra:
        return None
    try:
        place = orjson.loads(extra)["place"]
        return Text(str(place["zh"]), str(place["en"]))
    except (KeyError, TypeError, ValueError):
        return None


def with_place(extra: str | None, place: Text | None) -> str | None:
    """Return an incident's further attributes, a JSON text, with other words for its place; the rest of them stays."""
    try:
        known = json.loads(extra or "{}")
    except ValueError:
        known = {}
    attributes: dict[str, Any] = known if isinstance(known, dict) else {}
    attributes.pop("place", None)
    if place is not None:
        attributes["place"] = {"zh": place.zh, "en": place.en}
    return json.dumps(attributes, ensure_ascii=False) if attributes else None


def _name(zh: str | None, en: str | None) -> Text | None:
    """Return a name in both languages, either standing in for the other; None where it has none."""
    return Text(zh or en or "", en or zh or "") if zh or en else None


def _joined(compound: Text | None, building: Text | None) -> Text | None:
    if compound is None or building is None:
        return compound or building
    # many names already begin with the name around them
    return Text(
        building.zh if building.zh.startswith(compound.zh) else f"{compound.zh}{building.zh}",
        building.en if building.en.startswith(compound.en) else f"{compound.en}, {building.en}",
    )


def _metres_to_line(line: Iterable[tuple[float, ...]], lon: float, lat: float, across: float) -> float:
    """Return the metres from a place to a line of a few hundred metres' distance, on the plane that touches there."""
    points = [((x - lon) * across * _METRES_PER_DEGREE, (y - lat) * _METRES_PER_DEGREE) for x, y, *_ in line]
    nearest = math.inf
    for (x1, y1), (x2, y2) in pairwise(points):
        dx, dy = x2 - x1, y2 - y1
        length = dx * dx + dy * dy
        along = 0.0 if length == 0 else min(1.0, max(0.0, -(x1 * dx + y1 * dy) / length))
        nearest = min(nearest, math.hypot(x1 + along * dx, y1 + along * dy))
    return nearest
