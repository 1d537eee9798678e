"""Who is asking: an account in a role, bounded by areas; or the public."""

from dataclasses import dataclass
from datetime import datetime

from spatial.accounts.account import within
from spatial.errors import Unauthenticated
from spatial.governance import Role
from spatial.incidents.steps import Person
from spatial.text import Text
from spatial.vocabulary import Audience


@dataclass(frozen=True, slots=True)
class Caller:
    """`role`: None for the public. `scope`: paths of the areas that bound what it sees and does; none for all.

    `request_key`: what a change must bring along (X-CSRF-Token), None for those who do not come with a cookie.
    `ends_at`: when its session ends unless more is heard. `ended`: it came with a session that stands no more.
    """

    account: str
    role: Role | None = None
    scope: tuple[str, ...] = ()
    name: str = ""
    request_key: str | None = None
    ends_at: datetime | None = None
    ended: bool = False

    @property
    def audience(self) -> Audience:
        """What it may see within its scope."""
        return Audience.PUBLIC if self.role is None else Audience.STAFF

    @property
    def person(self) -> Person:
        """The caller as one who acts; raises Unauthenticated for the public."""
        if self.role is None:
            raise sign_in_first()
        return Person(self.account, self.role)

    def bounds(self, path: str | None) -> bool:
        """Return whether an area's or a row's path lies within the scope; what has none lies in no bounded scope."""
        return not self.scope or within(path, self.scope)


PUBLIC = Caller("public")
ENDED = Caller("public", ended=True)
DEMO = Caller("demo", Role.ADMINISTRATOR, name="演示 Demo")
"""Everybody who has not signed in, in an open demo."""


def sign_in_first() -> Unauthenticated:
    """Return the error for a caller who has to be somebody."""
    return Unauthenticated(
        Text("请先登录", "Sign in first"), Text("此操作需要账户；会话到期后须重新登录", "This needs an account")
    )
