"""The tag of an incident: where it was reported, who owns the place, and how sure that is."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from spatial.datums import Datum, convert
from spatial.errors import BadParameter
from spatial.levels import MAIN_TREE
from spatial.locate import CONFIDENCE, Located, Locator, Ranking, TreeAnswer
from spatial.positions import check_position
from spatial.text import Text

MOST_CANDIDATES = 4


@dataclass(frozen=True, slots=True)
class Position:
    """A place as a device gave it: degrees of a datum, and the radius in metres within which it is so sure."""

    lon: float
    lat: float
    datum: Datum = Datum.WGS84
    accuracy_m: float | None = None
    confidence: float = CONFIDENCE


@dataclass(frozen=True, slots=True)
class Tag:
    """Who owns a place. `located`: the whole answer; `main`: that of the main tree, which decides."""

    position: Position
    located: Located
    main: TreeAnswer

    @property
    def district(self) -> str:
        """The slug of the district."""
        return self.main.edition.district

    @property
    def responsible(self) -> str | None:
        """The code of the responsible area."""
        return None if self.main.responsible is None else self.main.responsible.code

    @property
    def path(self) -> str | None:
        """The path of the responsible area."""
        return None if self.main.responsible is None else self.main.responsible.path

    def as_document(self) -> dict[str, Any]:
        """Return what is kept with the incident, as plain values."""
        ranking = self.main.ranking
        return {
            "given": [self.position.lon, self.position.lat],
            "datum": self.position.datum.value,
            "accuracy_m": self.position.accuracy_m,
            "confidence": None if self.position.accuracy_m is None else self.position.confidence,
            "edition": self.main.edition.number,
            "owners": {owner.level.slug: owner.code for owner in self.main.owners if owner.code is not None},
            **_ranked(ranking),
        }


def tag(locator: Locator, position: Position) -> Tag:
    """Return the tag of a place; raises BadPosition, and BadParameter where no district owns it."""
    lon, lat = position.lon, position.lat
    if position.datum is not Datum.WGS84:
        lons, lats = convert(np.array([lon]), np.array([lat]), position.datum, Datum.WGS84)
        lon, lat = float(lons[0]), float(lats[0])
    check_position(lon, lat)
    located = locator.locate(lon, lat, position.accuracy_m, position.confidence)
    main = next(
        (tree for tree in located.trees if tree.tree == MAIN_TREE and any(owner.code for owner in tree.owners)), None
    )
    if main is None:
        near = located.nearest[0] if located.nearest else None
        where = Text("", "")
        if near is not None:
            name, away = near.name or near.code, f"{near.distance_m:.0f}"
            where = Text(f"；最近的是{name}，{away} 米", f"; the nearest is {near.name_en or name}, {away} m away")
        raise BadParameter(
            Text(f"该位置不在任何区县内{where.zh}", f"No district owns this place{where.en}"),
            Text("请在地图上改正位置", "Put the place right on the map"),
            parameter="lon",
        )
    return Tag(position, located, main)


def _ranked(ranking: Ranking | None) -> dict[str, Any]:
    if ranking is None:
        return {"ambiguous": False, "edge_m": None, "candidates": []}
    return {
        "ambiguous": ranking.ambiguous,
        "edge_m": round(ranking.edge_m, 2),
        "candidates": [
            {
                "level": one.level.slug,
                "code": one.code,
                "name": one.name,
                "name_en": one.name_en,
                "path": one.path,
                "probability": round(one.probability, 4),
                "distance_m": round(one.distance_m, 2),
            }
            for one in ranking.candidates[:MOST_CANDIDATES]
        ],
    }
