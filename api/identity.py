"""Finding out who asks: a session's cookie, a token, or nobody; signing in and out."""

import asyncio
import base64
import binascii
import math
import os
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.access import AccessLog
from api.caller import DEMO, ENDED, PUBLIC, Caller
from api.settings import Settings
from spatial.accounts.account import Account, folded
from spatial.accounts.passwords import Random, is_password
from spatial.accounts.secrets import Limits, Session, digest_of, new_session, request_key, same
from spatial.accounts.throttle import Throttle
from spatial.errors import GridscapeError, Refused, TooMany, Unauthenticated, Unavailable
from spatial.store.protocol import Store
from spatial.text import Text

REQUEST_KEY = "x-csrf-token"
TOUCHED_EVERY = timedelta(minutes=1)
"""A session is noted as alive no more often than this."""

_HASHED_AT_ONCE = 2
_WAITING_MOST = 40
_KEPT = 4096


def present() -> datetime:
    """Return the present, in UTC."""
    return datetime.now(UTC)


class Identity:
    """Knows who asks, by a store. To be used on the event loop only.

    What was read of a session or token is believed for as long as everything that is held in memory (`refresh_s`), so
    that an account that is disabled elsewhere is out within that time.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        access: AccessLog,
        clock: Callable[[], datetime] = present,
        random: Random = os.urandom,
        limits: Limits = Limits(),
    ) -> None:
        self.limits = limits
        self.https = (settings.public_url or "").startswith("https://")
        # with the prefix, browsers take it only over https and from this host: no neighbour can put one in its place
        self.cookie = "__Host-gridscape" if self.https else "gridscape"
        self._store = store
        self._settings = settings
        self._access = access
        self._clock = clock
        self._random = random
        self._throttle = Throttle()
        self._hashing = CapacityLimiter(_HASHED_AT_ONCE)
        self._sessions: OrderedDict[str, tuple[float, tuple[Session, Account] | None]] = OrderedDict()
        self._tokens: OrderedDict[str, tuple[float, Account | None]] = OrderedDict()
        self._touching: dict[str, asyncio.Task[None]] = {}

    async def caller_of(self, request: Request) -> Caller:
        """Return who asks; raises Unauthenticated for a token that is none."""
        said = request.headers.get("authorization")
        if said is not None:
            return await self._by_token(said)
        secret = request.cookies.get(self.cookie)
        known = None if secret is None else await self._by_session(secret)
        if known is not None:
            return known
        if self._settings.open_demo:
            return DEMO
        return PUBLIC if secret is None else ENDED

    async def stands(self, caller: Caller, request: Request) -> bool:
        """Return whether who asked then is still the same: a stream ends when its session or token does."""
        try:
            now = await self.caller_of(request)
        except Unauthenticated:
            return False
        return (now.account, now.role, now.scope) == (caller.account, caller.role, caller.scope)

    async def sign_in(self, login: str, password: str, request: Request) -> tuple[str, Caller]:
        """Return the secret of a new session and who it is for, and end the session that came with the request.

        Raises Unauthenticated, the same for a wrong login, a wrong password and a disabled account, after the same
        time; TooMany.
        """
        kept, address, now = folded(login), self.address_of(request), self._clock()
        wait = self._throttle.wait(kept, address, now)
        if wait > timedelta() or self._hashing.statistics().tasks_waiting >= _WAITING_MOST:
            raise _too_many(max(1, math.ceil(wait.total_seconds())))
        self._throttle.attempt(kept, address, now)
        account, hashed = await run_in_threadpool(lambda: (self._store.account(kept), self._store.password(kept)))
        right = await to_thread.run_sync(is_password, hashed, password, limiter=self._hashing)
        if not right or account is None or account.disabled:
            self._access.note("public", "sign-in refused", None)
            raise Unauthenticated(
                Text("登录名或密码不正确", "The login or the password is not right"),
                Text("请核对后重试；忘记密码请联系管理员", "Check both; whoever forgot it asks an administrator"),
            )
        self._throttle.succeeded(kept, address)
        secret, session = new_session(account.login, self._clock(), self._random)
        await run_in_threadpool(self._store.start_session, session)
        await self.sign_out(request)
        self._access.note(account.login, "sign-in", None)
        return secret, self._signed_in(session, account, secret)

    async def sign_out(self, request: Request) -> None:
        """End the session that a request came with, if any."""
        secret = request.cookies.get(self.cookie)
        if secret is not None:
            digest = digest_of(secret)
            self._sessions.pop(digest, None)
            await run_in_threadpool(self._store.end_session, digest)

    def address_of(self, request: Request) -> str:
        """Return the address that a request comes from: behind our own proxy, the one that the proxy says."""
        peer = request.client.host if request.client else ""
        if self._settings.behind_proxy:
            # a proxy appends whom it heard; what stands in front of that is the caller's own word
            heard = ",".join(request.headers.getlist("x-forwarded-for"))
            return heard.rpartition(",")[2].strip() or peer
        return peer

    async def _by_session(self, secret: str) -> Caller | None:
        digest, now = digest_of(secret), self._clock()
        held = self._sessions.get(digest)
        if held is None or time.monotonic() - held[0] >= self._settings.refresh_s:
            try:
                held = (time.monotonic(), await run_in_threadpool(self._store.session, digest))
            except Unavailable:
                # what lies in memory is answered while the store is away; that needs to know who asks
                if held is None:
                    raise
            self._sessions[digest] = held
            _forget(self._sessions)
        if held[1] is None or held[1][1].disabled or not held[1][0].lives(now, self.limits):
            return None
        if now - held[1][0].seen_at >= TOUCHED_EVERY and digest not in self._touching:
            self._touch(digest, now)
        return self._signed_in(*held[1], secret)

    def _signed_in(self, session: Session, account: Account, secret: str) -> Caller:
        return Caller(
            account.login,
            account.role,
            account.scope,
            account.name,
            request_key(secret),
            session.ends_at(self.limits),
        )

    def _touch(self, digest: str, now: datetime) -> None:
        """Note in the background that a session is alive: nobody waits for a store that is busy writing."""

        async def touch() -> None:
            try:
                await run_in_threadpool(self._store.touch_session, digest, now)
            except GridscapeError:
                return  # the next request will try again

        task = self._touching[digest] = asyncio.create_task(touch())
        task.add_done_callback(lambda _: self._touching.pop(digest, None))

    async def close(self) -> None:
        """Wait for what is being noted."""
        await asyncio.gather(*self._touching.values())

    async def _by_token(self, said: str) -> Caller:
        scheme, _, given = said.strip().partition(" ")
        login: str | None = None
        match scheme.lower():
            case "bearer":
                secret = given.strip()
            case "basic":
                login, _, secret = _decoded(given).partition(":")
            case _:
                raise _no_token("bearer")
        account = await self._account_of(digest_of(secret))
        if account is None or account.disabled or (login is not None and folded(login) != account.login):
            raise _no_token(scheme.lower())
        return Caller(account.login, account.role, account.scope, account.name)

    async def _account_of(self, digest: str) -> Account | None:
        held = self._tokens.get(digest)
        if held is None or time.monotonic() - held[0] >= self._settings.refresh_s:
            try:
                found = await run_in_threadpool(self._store.token, digest)
                lives = found is not None and found[0].lives(self._clock())
                held = (time.monotonic(), found[1] if found is not None and lives else None)
            except Unavailable:
                if held is None:
                    raise
            self._tokens[digest] = held
            _forget(self._tokens)
        return held[1]


def refuse_forged(request: Request, caller: Caller) -> None:
    """Raise Refused where a change may have been sent by another site in the caller's name."""
    foreign = request.headers.get("sec-fetch-site", "") in ("cross-site", "same-site")
    given = request.headers.get(REQUEST_KEY, "")
    if foreign or (caller.request_key is not None and not same(given, caller.request_key)):
        raise Refused(
            Text("请求不是本系统页面发出的", "The request does not come from a page of this server"),
            Text(
                "请带上 /session 给出的 X-CSRF-Token；程序请用令牌",
                "Send the X-CSRF-Token that /session tells; programs use a token",
            ),
        )


def _decoded(given: str) -> str:
    try:
        return base64.b64decode(given.strip(), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""


def _forget(kept: OrderedDict[str, Any]) -> None:
    while len(kept) > _KEPT:
        kept.popitem(last=False)


def _too_many(seconds: int) -> TooMany:
    return TooMany(
        Text(f"尝试次数过多，请 {seconds} 秒后再试", f"Too many attempts: try again in {seconds} s"),
        Text("忘记密码请联系管理员", "Whoever forgot the password asks an administrator"),
        retry_after_s=seconds,
    )


def _no_token(scheme: str) -> Unauthenticated:
    return Unauthenticated(
        Text("令牌无效或已到期", "The token is not valid, or not any more"),
        Text(
            "请向管理员索取新令牌（gridscape account token）；基本认证的用户名为登录名，密码为令牌",
            "Ask an administrator for a new one (gridscape account token); for Basic, the user is the login and the "
            "password the token",
        ),
        scheme=scheme,
    )
