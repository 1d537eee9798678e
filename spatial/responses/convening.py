"""Who is convened: the posts of the areas that a shape touches, meeting by meeting, vacancies climbing the chain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spatial.responses.meetings import ASSEMBLES, Meeting, ResponseLevel, cascade
from spatial.store.records import DutyHolder


@dataclass(frozen=True, slots=True)
class Seat:
    """Who comes for one area. `posts`: its filled ones. `vacant`: how many of its posts nobody holds.

    `instead`: who comes for an area none of whose posts is filled, from the nearest area above that has one; empty
    where there is none on the whole chain, and then the centre of the area itself answers.
    """

    path: str
    code: str
    name: str | None
    name_en: str | None
    posts: tuple[DutyHolder, ...]
    vacant: int
    instead: tuple[DutyHolder, ...] = ()


@dataclass(frozen=True, slots=True)
class Convened:
    """One meeting and the seats in it, in the order of their paths."""

    meeting: Meeting
    seats: tuple[Seat, ...]


def convene(
    level: ResponseLevel, touched: Sequence[Mapping[str, Any]], holders: Iterable[DutyHolder]
) -> list[Convened]:
    """Return who is convened by a response of a level, from the top meeting down.

    `touched`: the areas that its shape touches, each with `path`, `code`, `level`, `name` and `name_en`, those around
    it among them. `holders`: posts of those areas and of any others.
    """
    posts: dict[str, list[DutyHolder]] = {}
    for holder in holders:
        posts.setdefault(holder.path, []).append(holder)
    return [
        Convened(
            meeting,
            tuple(
                _seat(area, posts)
                for area in sorted(touched, key=lambda area: str(area["path"]))
                if area["level"] in ASSEMBLES[meeting]
            ),
        )
        for meeting in cascade(level)
    ]


def _seat(area: Mapping[str, Any], posts: Mapping[str, list[DutyHolder]]) -> Seat:
    path = str(area["path"])
    own = posts.get(path, [])
    filled = tuple(post for post in own if post.holder is not None)
    instead: tuple[DutyHolder, ...] = ()
    above = path.rpartition("/")[0]
    while not filled and not instead and above:
        instead = tuple(post for post in posts.get(above, []) if post.holder is not None)
        above = above.rpartition("/")[0]
    return Seat(path, str(area["code"]), area["name"], area["name_en"], filled, len(own) - len(filled), instead)
