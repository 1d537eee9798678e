"""Photos of incidents: adding one, once, in a transaction of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from spatial.errors import LimitExceeded, Refused
from spatial.incidents.answers import Key, answered, keep
from spatial.incidents.board import is_below
from spatial.incidents.life import RULES, Act
from spatial.incidents.records import Photo, Picture
from spatial.incidents.steps import Person
from spatial.store.cases import unknown_incident
from spatial.store.protocol import Store
from spatial.text import Text

MOST_PHOTOS = 8
"""An incident may have so many."""


@dataclass(frozen=True, slots=True)
class Place:
    """Of which incident a photo is."""

    district: str
    code: str


def refuse_role(who: Person) -> None:
    """Raise Refused for a role that adds nothing to incidents."""
    if who.role not in RULES[Act.NOTE].roles:
        raise Refused(
            Text("此角色不能添加照片", "Nobody in this role adds photos"),
            Text("请用处置人员或调度员账户", "Use the account of a worker or a dispatcher"),
        )


def add_photo(
    store: Store,
    of: Place,
    picture: Picture,
    who: Person,
    at: datetime,
    told: Callable[[Photo], dict[str, Any]],
    key: Key | None = None,
    scope: Sequence[str] = (),
) -> tuple[int, dict[str, Any]]:
    """Keep a photo of an incident, and return the status and content of the answer; the same photo is kept once.

    Raises Refused for the role, NotFound, also for an incident beyond the scope, LimitExceeded where it has enough
    photos, KeyReused.
    """
    refuse_role(who)
    with store.write(who.account) as tx:
        known = answered(tx, key)
        if known is not None:
            return known
        stored = tx.case(of.district, of.code)
        if scope and not is_below(stored.path, scope):
            raise unknown_incident(of.code)
        photos = tx.photos(of.district, of.code)
        same = next((photo for photo in photos if photo.digest == picture.digest), None)
        if same is not None:
            return keep(tx, key, 200, told(same))
        if len(photos) >= MOST_PHOTOS:
            raise LimitExceeded(
                Text(f"该事件已有 {MOST_PHOTOS} 张照片", f"This incident has {MOST_PHOTOS} photos already"),
                Text("请在备注中说明", "Say it in a note"),
                limit=MOST_PHOTOS,
            )
        return keep(tx, key, 201, told(tx.add_photo(of.district, of.code, picture, at)))
