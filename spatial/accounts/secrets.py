"""Sessions and tokens: secrets that are given out once, of which only a hash is kept."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from spatial.accounts.passwords import Random
from spatial.errors import BadParameter
from spatial.text import Text

SECRET_BYTES = 32
TOKEN_PREFIX = "gridscape_"  # noqa: S105  what every token begins with, so that one in a file is known for what it is
LABEL_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lives: without a request, and at most."""

    idle: timedelta = timedelta(hours=4)
    absolute: timedelta = timedelta(hours=16)


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who has signed in. `digest`: of the secret in the cookie."""

    digest: str
    login: str
    started_at: datetime
    seen_at: datetime

    def lives(self, now: datetime, limits: Limits) -> bool:
        """Return whether the session still stands."""
        return now < self.ends_at(limits)

    def ends_at(self, limits: Limits) -> datetime:
        """Return when it ends if nothing more is heard."""
        return min(self.started_at + limits.absolute, self.seen_at + limits.idle)


@dataclass(frozen=True, slots=True)
class Token:
    """What a program signs in with in an account's name. `number`: by which it is taken back, 0 before it is stored."""

    digest: str
    login: str
    label: str
    created_at: datetime
    expires_at: datetime | None = None
    number: int = 0

    def lives(self, now: datetime) -> bool:
        """Return whether the token still stands."""
        return self.expires_at is None or now < self.expires_at


def new_secret(random: Random) -> str:
    """Return a secret of 32 bytes as text that fits a cookie."""
    return base64.urlsafe_b64encode(random(SECRET_BYTES)).rstrip(b"=").decode()


def new_session(login: str, now: datetime, random: Random) -> tuple[str, Session]:
    """Return a secret that was never used before, and the session that it opens."""
    secret = new_secret(random)
    return secret, Session(digest_of(secret), login, now, now)


def new_token(login: str, label: str, now: datetime, lasting: timedelta | None, random: Random) -> tuple[str, Token]:
    """Return a secret and the token that it is; raises BadParameter for a label that is empty or too long."""
    said = label.strip()
    if not said or len(said) > LABEL_LONGEST or not said.isprintable():
        raise BadParameter(
            Text("令牌的用途说明不可用", "That label of a token cannot be used"),
            Text(
                f"请写明用途，如 QGIS 3 号机，最长 {LABEL_LONGEST} 个字符",
                f"Say what it is for, such as QGIS desk 3, in {LABEL_LONGEST} characters",
            ),
        )
    secret = TOKEN_PREFIX + new_secret(random)
    return secret, Token(digest_of(secret), login, said, now, None if lasting is None else now + lasting)


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a secret, in hexadecimal: secrets of 32 random bytes need no salt."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def request_key(secret: str) -> str:
    """Return what a session's own pages send along with every change (X-CSRF-Token), bound to the session's secret.

    HMAC-SHA-256 (RFC 2104): who knows it does not know the cookie.
    """
    made = hmac.new(secret.encode(), b"gridscape request key", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def same(one: str, other: str) -> bool:
    """Return whether two secrets are the same, in a time that does not say where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
