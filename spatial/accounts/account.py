"""An account: a login, a name, a role, and the areas that bound it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spatial.errors import BadParameter
from spatial.governance import Role
from spatial.text import Text

RESERVED = frozenset({"public", "demo", "staff", "system"})
"""Names that the trail and the access log use for others than accounts."""

NAME_LONGEST = 100
SCOPE_MOST = 50
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Account:
    """Who may sign in.

    `scope`: paths of the areas that bound what it sees and does; none for everything. `demo`: made by the demo with a
    password that everybody knows.
    """

    login: str
    name: str
    role: Role
    scope: tuple[str, ...] = ()
    disabled: bool = False
    demo: bool = False


def folded(login: str) -> str:
    """Return a login as it is kept: upper and lower case, and blanks around it, make no difference."""
    return login.strip().lower()


def new_account(
    login: str, name: str, role: Role, scope: Sequence[str] = (), *, everywhere: bool = False, demo: bool = False
) -> Account:
    """Return an account that keeps to the rules; raises BadParameter.

    `everywhere`: an empty scope is meant. Only an administrator is unbounded without saying so.
    """
    kept = folded(login)
    if not _LOGIN.fullmatch(kept) or kept in RESERVED:
        raise BadParameter(
            Text(f"登录名 {kept[:60]!r} 不可用", f"{kept[:60]!r} cannot be a login"),
            Text(
                "2 至 40 个字符：小写字母、数字、点、横线、下划线，以字母或数字开头；public、demo 等已被占用",
                "2 to 40 letters a–z, digits, dots, hyphens or underscores, beginning with a letter or digit; public, "
                "demo and their like are taken",
            ),
        )
    shown = name.strip() or kept
    if len(shown) > NAME_LONGEST or not shown.isprintable():
        raise BadParameter(
            Text("姓名不可用", "That name cannot be used"),
            Text(f"最长 {NAME_LONGEST} 个字符，不含控制字符", f"It may be {NAME_LONGEST} printable characters long"),
        )
    return Account(kept, shown, role, bounded(role, scope, everywhere=everywhere), demo=demo)


def bounded(role: Role, scope: Sequence[str], *, everywhere: bool = False) -> tuple[str, ...]:
    """Return the paths that bound an account, without those that lie below another; raises BadParameter."""
    if scope and everywhere:
        raise BadParameter(
            Text("不能既限定区域又不限定", "It cannot be bounded by areas and unbounded"),
            Text("二者只选其一", "Give one or the other"),
        )
    if not scope and not everywhere and role is not Role.ADMINISTRATOR:
        raise BadParameter(
            Text("未说明账户的区域", "Nothing says which areas bound the account"),
            Text("请给出区域，或明确说明不限区域", "Name its areas, or say that it is not bounded"),
        )
    for path in scope:
        steps = path.split("/")
        if steps[0] != "" or len(steps) < 2 or "" in steps[1:]:
            raise BadParameter(
                Text(f"路径 {path!r} 无效", f"{path!r} is not a path"),
                Text("路径形如 /510521/510521001", "A path looks like /510521/510521001"),
            )
    if len(scope) > SCOPE_MOST:
        raise BadParameter(
            Text(f"至多 {SCOPE_MOST} 个区域", f"An account is bounded by {SCOPE_MOST} areas at most"),
            Text("请用上级区域", "Use an area above them"),
        )
    return tuple(path for path in dict.fromkeys(scope) if not within(path, [one for one in scope if one != path]))


def within(path: str | None, scope: Sequence[str]) -> bool:
    """Return whether a path lies at or below one of some others, on whole steps; what has no path lies below none."""
    return path is not None and any(path == each or path.startswith(f"{each}/") for each in scope)
