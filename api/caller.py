"""Who is asking: an account in a role, bounded by areas; or the public."""

from dataclasses import dataclass

from api.settings import Settings
from spatial.errors import Refused
from spatial.governance import Role
from spatial.incidents.steps import Person
from spatial.text import Text
from spatial.vocabulary import Audience


@dataclass(frozen=True, slots=True)
class Caller:
    """`role`: None for the public. `scope`: paths of the areas that bound what it sees and does; none for all."""

    account: str
    role: Role | None = None
    scope: tuple[str, ...] = ()

    @property
    def audience(self) -> Audience:
        """What it may see within its scope."""
        return Audience.PUBLIC if self.role is None else Audience.STAFF

    @property
    def person(self) -> Person:
        """The caller as one who acts; raises Refused for the public."""
        if self.role is None:
            raise Refused(Text("请先登录", "Sign in first"), Text("此操作需要账户", "This needs an account"))
        return Person(self.account, self.role)

    def bounds(self, path: str | None) -> bool:
        """Return whether an area's or a row's path lies within the scope; what has none lies in no bounded scope."""
        if not self.scope:
            return True
        return path is not None and any(path == each or path.startswith(f"{each}/") for each in self.scope)


PUBLIC = Caller("public")
DEMO = Caller("demo", Role.ADMINISTRATOR)
"""Everybody, in an open demo."""


def caller_of(settings: Settings) -> Caller:
    """Return who a caller is: an administrator in an open demo, else the public."""
    return DEMO if settings.open_demo else PUBLIC
