"""Slowing down those who guess: by login, and by the address that guesses come from."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

KEPT = 20_000
"""Logins and addresses that are remembered; the ones longest unheard of go first."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How guesses are slowed: the first `free` ones not at all, then by 1, 2, 4 … seconds, up to `longest`.

    What was failed is forgotten when nothing was heard for `memory`.
    """

    free: int
    longest: timedelta
    memory: timedelta = timedelta(hours=1)

    def wait(self, failed: int) -> timedelta:
        """Return how long to wait after so many failures."""
        beyond = failed - self.free
        if beyond < 0:
            return timedelta()
        return min(self.longest, timedelta(seconds=2 ** min(beyond, 30)))


BY_LOGIN = Pace(5, timedelta(minutes=1))
"""A minute at most: whoever knows a login must not be able to keep its owner out for long."""

BY_ADDRESS = Pace(20, timedelta(minutes=15))
"""An office shares an address, so more is free; many logins tried from one address are all counted here."""


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    last: datetime


class Throttle:
    """Counts attempts, and says how long the next one must wait. Not safe to use from several threads."""

    def __init__(self, by_login: Pace = BY_LOGIN, by_address: Pace = BY_ADDRESS, kept: int = KEPT) -> None:
        self._paces = (by_login, by_address)
        self._failures: tuple[OrderedDict[str, _Failures], ...] = (OrderedDict(), OrderedDict())
        self._kept = kept

    def wait(self, login: str, address: str, now: datetime) -> timedelta:
        """Return how long it is until this login may be tried from this address; zero where it may be now."""
        longest = timedelta()
        for pace, failures, key in self._each(login, address):
            known = failures.get(key)
            if known is not None and now - known.last < pace.memory:
                longest = max(longest, known.last + pace.wait(known.count) - now)
        return longest

    def attempt(self, login: str, address: str, now: datetime) -> None:
        """Count an attempt as failed before it is looked at: attempts at the same time must not all be free."""
        for pace, failures, key in self._each(login, address):
            known = failures.pop(key, None)
            count = known.count if known is not None and now - known.last < pace.memory else 0
            failures[key] = _Failures(count + 1, now)
            while len(failures) > self._kept:
                failures.popitem(last=False)

    def succeeded(self, login: str, address: str) -> None:
        """Hear that the last attempt was right: the login begins anew, the address is given back that one alone.

        Who has an account of their own cannot wipe out what they tried with those of others.
        """
        of_logins, of_addresses = self._failures
        of_logins.pop(login, None)
        key = network(address)
        known = of_addresses.get(key)
        if known is not None:
            of_addresses[key] = _Failures(max(0, known.count - 1), known.last)

    def _each(self, login: str, address: str) -> "list[tuple[Pace, OrderedDict[str, _Failures], str]]":
        keys = (login[:100], network(address))
        return list(zip(self._paces, self._failures, keys, strict=True))


def network(address: str) -> str:
    """Return what is counted as one address: of IPv6 the 64 bits that a household is given."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:100]
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped is not None:
            return str(known.ipv4_mapped)
        return str(IPv6Address(int(known) >> 64 << 64))
    return str(known)
