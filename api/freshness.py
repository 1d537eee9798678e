"""What the store held when it was last asked: the key of every cache over it."""

import asyncio
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version

from starlette.concurrency import run_in_threadpool

from spatial.errors import Unavailable
from spatial.schema import AREAS, STORED, Collection
from spatial.store.protocol import Store
from spatial.store.records import Edition
from spatial.vocabulary import Audience

VERSION = version("gridscape")
"""Part of every validator: a newer program may write the same content differently."""

PATIENCE_S = 0.2
"""So long a store is waited for that has said before what it holds; a database that was cut off takes seconds."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The revisions of the collections (by table) and the editions of the trees at one moment.

    `posts_changed`: the id of the last event that touched duty holders, 0 before any was seen.
    """

    revisions: Mapping[str, int]
    editions: tuple[Edition, ...]
    posts_changed: int = 0

    @classmethod
    def of(cls, store: Store, posts_changed: int = 0) -> "Moment":
        """Ask a store for its revisions and editions."""
        revisions = {collection.id: store.revision(collection.id) for collection in STORED}
        return cls(revisions, tuple(store.editions()), posts_changed)

    def stamp(self, collection: Collection, audience: Audience) -> str:
        """Return a short text that changes whenever what this audience reads in a collection may have changed.

        For areas it stands for their editions, whose times are part of it: a store made anew begins again at edition
        1, and must not be answered from a browser's cache of the old one. The audience is part of it too: what staff
        has read must not be shown to the public from the same cache.
        """
        editions = [
            (edition.district, edition.tree, edition.number, edition.published_at.isoformat())
            for edition in self.editions
            if collection.stored_in == AREAS.id
        ]
        return digest(collection.id, self.revisions[collection.stored_in], editions, audience.value)


def digest(*parts: object) -> str:
    """Return a short hash of some values, fit for addresses and ETags."""
    return hashlib.blake2b(repr((VERSION, *parts)).encode(), digest_size=8).hexdigest()


class Freshness:
    """Keeps the newest Moment of a store, asking it again when what is known is older than `refresh_s`.

    Asking happens in a thread, once for all who wait. Where the store is away, or slow, the last moment is returned:
    what lies in memory can be answered without it.
    """

    def __init__(self, store: Store, refresh_s: float) -> None:
        self._store = store
        self._refresh_s = refresh_s
        self._moment: Moment | None = None
        self._asking: asyncio.Task[Moment] | None = None
        self._began_at = 0.0
        self._asked_at = 0.0
        self._last_event: int | None = None
        self._posts_changed = 0

    async def moment(self) -> Moment:
        """Return what the store holds; raises StoreUnavailable where it never answered."""
        if self._moment is not None and time.monotonic() - self._asked_at < self._refresh_s:
            return self._moment
        asking = self._asking or self._ask_now()
        if self._moment is None:
            return await asyncio.shield(asking)
        left_s = max(0.0, self._began_at + PATIENCE_S - time.monotonic())
        answered, _ = await asyncio.wait({asking}, timeout=left_s)
        return asking.result() if answered else self._moment

    async def renewed(self) -> Moment:
        """Ask the store, however lately it was asked, and return what it holds; the last moment where it is away."""
        while self._asking is not None:
            await asyncio.wait({self._asking})
        return await asyncio.shield(self._ask_now())

    def _ask_now(self) -> "asyncio.Task[Moment]":
        self._began_at = time.monotonic()
        self._asking = asyncio.create_task(self._refresh())
        self._asking.add_done_callback(_heard)
        return self._asking

    async def close(self) -> None:
        """Wait until nothing is asked any more."""
        if self._asking is not None:
            await asyncio.wait({self._asking})

    async def _refresh(self) -> Moment:
        try:
            self._moment = await run_in_threadpool(self._ask)
        except Unavailable:
            if self._moment is None:
                raise
        finally:
            self._asking = None
            self._asked_at = time.monotonic()
        return self._moment

    def _ask(self) -> Moment:
        if self._last_event is None:
            self._last_event = last_event(self._store)
        while page := self._store.events(self._last_event, 1000):
            self._last_event = page[-1].id
            touched = [event.id for event in page if event.collection == "duty_holders"]
            self._posts_changed = touched[-1] if touched else self._posts_changed
        return Moment.of(self._store, self._posts_changed)


def _heard(asking: "asyncio.Task[Moment]") -> None:
    """Take note of how asking ended, though nobody may have waited for it."""
    if not asking.cancelled():
        asking.exception()


def last_event(store: Store) -> int:
    """Return the id of the last event by doubling and halving: a long trail is not read from its beginning."""
    below, above = 0, 1
    while store.events(above, 1):
        below, above = above, above * 2
    while above - below > 1:
        middle = (below + above) // 2
        below, above = (middle, above) if store.events(middle, 1) else (below, middle)
    return above if store.events(below, 1) else below
