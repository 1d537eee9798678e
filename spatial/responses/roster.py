"""The roster of a response: who was convened when it was switched on, as plain values to be kept.

It keeps the names of who held the posts, not the logins alone: most posts have no account, and one that is removed
would leave nobody. These are names of public roles, never of residents; `gridscape retention` erases them with the
reasons and details of closed incidents.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from typing import Any

from spatial.responses.convening import Convened, Seat
from spatial.responses.meetings import Meeting
from spatial.store.records import DutyHolder

POST = tuple(field.name for field in fields(DutyHolder))
SEAT = ("path", "code", "name", "name_en", "posts", "vacant", "instead")


def as_document(convened: Iterable[Convened]) -> dict[str, Any]:
    """Return who is convened as plain values for JSON; each post stands there once, and seats name it by its place."""
    numbers: dict[DutyHolder, int] = {}

    def numbered(posts: Sequence[DutyHolder]) -> list[int]:
        return [numbers.setdefault(post, len(numbers)) for post in posts]

    meetings = [
        {
            "meeting": one.meeting.value,
            "seats": [
                [
                    seat.path,
                    seat.code,
                    seat.name,
                    seat.name_en,
                    numbered(seat.posts),
                    seat.vacant,
                    numbered(seat.instead),
                ]
                for seat in one.seats
            ],
        }
        for one in convened
    ]
    return {"post": POST, "posts": [astuple(post) for post in numbers], "seat": SEAT, "meetings": meetings}


def from_document(document: Mapping[str, Any]) -> list[Convened]:
    """Return who was convened, of a document that `as_document` made."""
    posts = [DutyHolder(**dict(zip(document["post"], values, strict=True))) for values in document["posts"]]

    def seat(values: Sequence[Any]) -> Seat:
        said = dict(zip(document["seat"], values, strict=True))
        named = {name: tuple(posts[number] for number in said[name]) for name in ("posts", "instead")}
        return Seat(**{**said, **named})

    return [Convened(Meeting(one["meeting"]), tuple(map(seat, one["seats"]))) for one in document["meetings"]]


def changed(convened: Iterable[Convened], holders: Iterable[DutyHolder]) -> dict[str, str | None]:
    """Return who holds now what somebody else held then, by the codes of the posts; None where nobody does.

    `holders`: the posts as they are now; one that is not among them has nobody.
    """
    now = {holder.code: holder.holder for holder in holders}
    then = {post.code: post.holder for one in convened for seat in one.seats for post in (*seat.posts, *seat.instead)}
    return {code: now.get(code) for code, holder in then.items() if now.get(code) != holder}
