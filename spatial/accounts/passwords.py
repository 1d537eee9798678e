"""Passwords: what one must be, and how it is kept: argon2id, salted, never as it was typed."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spatial.accounts.account import Account
from spatial.errors import BadParameter
from spatial.text import Text

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 10, 200
SALT_BYTES = 16
_WELL_KNOWN = ("password", "12345678", "87654321", "qwertyui", "1q2w3e4r", "88888888", "gridscape", "iloveyou", "admin")

Random = Callable[[int], bytes]
"""Returns so many bytes that nobody can guess, as os.urandom does."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a guess costs: passes over the memory, KiB of it, lanes. As RFC 9106 has it where memory is scarce."""

    passes: int = 3
    memory_kib: int = 65536
    lanes: int = 4


def check_password(password: str, account: Account) -> None:
    """Raise BadParameter where a password is too short, too long, well known or made of the account's own names."""
    said = normal(password)
    if not SHORTEST <= len(said) <= LONGEST:
        raise _refused(f"密码须为 {SHORTEST} 至 {LONGEST} 个字符", f"A password has {SHORTEST} to {LONGEST} characters")
    plain = said.lower()
    if len(set(plain)) < 5:
        raise _refused("密码的字符过于重复", "The password repeats the same few characters")
    for part in (*_WELL_KNOWN, account.login):
        # what is left beside a word that everybody tries first must stand by itself
        if part in plain and len(plain.replace(part, "")) < SHORTEST - 4:
            raise _refused("密码过于常见，或与登录名相近", "The password is well known or close to the login")


def _refused(zh: str, en: str) -> BadParameter:
    return BadParameter(
        Text(zh, en), Text("可用几个不相关的词组成一句话", "A few words that do not belong together make a good one")
    )


def normal(password: str) -> str:
    """Return a password in one form, however a keyboard composes its characters (NFC)."""
    return unicodedata.normalize("NFC", password)


def hashed(password: str, random: Random, cost: Cost = Cost()) -> str:
    """Return what is kept of a password: its argon2id hash with salt and cost. Takes a tenth of a second and 64 MiB."""
    return _hasher(cost).hash(normal(password), salt=random(SALT_BYTES))


def is_password(kept: str | None, password: str, cost: Cost = Cost()) -> bool:
    """Return whether a password is the one that was kept; where none was, after the same time, that it is not."""
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > LONGEST:
        password = password[:LONGEST] + "\0"  # never a password, and no more work than one
    try:
        right = _hasher(cost).verify(kept or _nobody(cost), normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return right and kept is not None


def _nobody(cost: Cost) -> str:
    """Return the hash of a password of nobody's, at some cost: checking against it takes as long as any other."""
    found = _OF_NOBODY.get(cost)
    if found is None:
        found = _OF_NOBODY.setdefault(cost, _hasher(cost).hash("nobody", salt=bytes(SALT_BYTES)))
    return found


_OF_NOBODY: dict[Cost, str] = {}


def _hasher(cost: Cost) -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes)
