"""What the answer to "which grid owns this point" consists of."""

from dataclasses import dataclass

from spatial.levels import Level
from spatial.store.records import District, DutyHolder, Edition

AMBIGUOUS_BELOW = 0.9
"""Where the likeliest area is less likely than this, a person should be asked."""


@dataclass(frozen=True, slots=True)
class Likely:
    """An area that may own a point known with some accuracy only; `code` and what follows are None for "no area".

    `probability`: from 0 to 1. `distance_m`: metres from the given point to the nearest edge of the area.
    """

    level: Level
    code: str | None
    name: str | None
    name_en: str | None
    path: str | None
    probability: float
    distance_m: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Areas that may own a point, the likeliest first; their probabilities, "no area" included, sum to 1."""

    candidates: tuple[Likely, ...]

    @property
    def edge_m(self) -> float:
        """Metres from the given point to the edge that decides: the nearest one of the likeliest area."""
        return self.candidates[0].distance_m

    @property
    def ambiguous(self) -> bool:
        """Whether the likeliest area is too unlikely to be taken without asking."""
        return self.candidates[0].probability < AMBIGUOUS_BELOW


@dataclass(frozen=True, slots=True)
class Owner:
    """The area that owns a point at one level; `code` and what follows are None where none does.

    `posts`: who answers for the area, vacant posts included. `ranking`: None where no accuracy was given.
    """

    level: Level
    code: str | None
    name: str | None = None
    name_en: str | None = None
    kind: str | None = None
    path: str | None = None
    posts: tuple[DutyHolder, ...] = ()
    ranking: Ranking | None = None


@dataclass(frozen=True, slots=True)
class TreeAnswer:
    """The owners of a point in one tree, from the top down, and the responsible one of them.

    `ranking`: which areas may be responsible, None where no accuracy was given. With an accuracy a tree also answers
    where it owns the place next to the point only: then all its owners are None.
    """

    tree: str
    edition: Edition
    owners: tuple[Owner, ...]
    responsible: Owner | None
    ranking: Ranking | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """The nearest area of one level of one tree to a point that no area owns; it is not the owner."""

    district: str
    tree: str
    level: Level
    code: str
    name: str | None
    name_en: str | None
    path: str | None
    distance_m: float


@dataclass(frozen=True, slots=True)
class Located:
    """Where a point in WGS 84 degrees belongs.

    `district` is None outside every district. `nearest`: where no area owns the point, the nearest one of each level
    of each tree of the nearest district, from the top down; empty where some area owns it, or where none is near.
    """

    lon: float
    lat: float
    district: District | None
    trees: tuple[TreeAnswer, ...]
    nearest: tuple[Near, ...] = ()
