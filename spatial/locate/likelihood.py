"""How sure an answer is where a position is known with some accuracy only."""

from collections.abc import Iterator, Sequence

from spatial.locate.answers import Likely, Ranking
from spatial.locate.trees import LevelIndex

_LEAST = 1e-6


def ranking(level_index: LevelIndex, lon: float, lat: float, accuracy_m: float, confidence: float) -> Ranking:
    """Return which areas of a level may own a point in degrees that lies within `accuracy_m` with `confidence`."""
    found = level_index.index.candidates(lon, lat, accuracy_m, confidence)
    return Ranking(tuple(_likely(level_index, one.code, one.probability, one.distance_m) for one in found))


def responsible_ranking(rankings: Sequence[Ranking]) -> Ranking | None:
    """Return which areas may be responsible, from the rankings of the levels down to the governing one, top first.

    An area is responsible where it owns the place and none of the areas below it does: of its probability, that of
    the areas whose path continues its own is theirs. None where no level was ranked.
    """
    if not rankings:
        return None
    areas = {one.path: one for ranked in rankings for one in ranked.candidates if one.path is not None}
    left = {path: one.probability for path, one in areas.items()}
    edges = {path: one.distance_m for path, one in areas.items()}
    for path, one in areas.items():
        above = next((parent for parent in _above(path) if parent in areas), None)
        if above is not None:
            left[above] -= one.probability
            edges[above] = min(edges[above], one.distance_m)
    found = [
        Likely(one.level, one.code, one.name, one.name_en, path, left[path], edges[path])
        for path, one in areas.items()
        if left[path] > _LEAST
    ]
    nowhere = next((one for one in rankings[0].candidates if one.code is None), None)
    rest = 1.0 - sum(one.probability for one in found)
    if nowhere is not None and rest > _LEAST:
        found.append(Likely(nowhere.level, None, None, None, None, rest, nowhere.distance_m))
    whole = sum(one.probability for one in found)
    found.sort(key=lambda one: (-one.probability, one.code or ""))
    return Ranking(
        tuple(
            Likely(one.level, one.code, one.name, one.name_en, one.path, one.probability / whole, one.distance_m)
            for one in found
        )
    )


def _above(path: str) -> Iterator[str]:
    while "/" in path[1:]:
        path = path.rpartition("/")[0]
        yield path


def _likely(level_index: LevelIndex, code: str | None, probability: float, distance_m: float) -> Likely:
    area = None if code is None else level_index.areas[code]
    if area is None:
        return Likely(level_index.level, None, None, None, None, probability, distance_m)
    return Likely(level_index.level, area.code, area.name, area.name_en, area.path, probability, distance_m)
