"""Who answers for a place, from memory: the locator of the newest editions, and a few of older ones."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from starlette.concurrency import run_in_threadpool

from api.freshness import Freshness, Moment
from spatial.errors import EditionMoved, GridscapeError
from spatial.locate import Locator, editions_at, newest
from spatial.locate.index_files import IndexFiles
from spatial.locate.keeping import keep
from spatial.store.protocol import Store
from spatial.store.records import Edition

log = logging.getLogger("gridscape.locating")

T = TypeVar("T")

OVERTAKEN = 3
"""So many publications may overtake one write before it is refused."""

PAST_KEPT = 4
"""How many sets of older editions stay in memory; they share the trees that did not change between them."""


class Locating:
    """Holds the Locator of a store in memory and reads it anew when the store's editions or posts move.

    While it is read anew, the old one still answers; the new one takes its place in one assignment, and nothing is
    changed under those who hold the old one. What was built or patched is then saved in a thread, one save at a time.
    """

    def __init__(self, store: Store, freshness: Freshness, files: IndexFiles) -> None:
        self._store = store
        self._freshness = freshness
        self._files = files
        self._lock = asyncio.Lock()
        self._held: tuple[object, Locator] | None = None
        self._reading: asyncio.Task[None] | None = None
        self._past: OrderedDict[tuple[Edition, ...], Locator] = OrderedDict()
        self._one_past = asyncio.Lock()
        self._keeping: asyncio.Task[None] | None = None
        self._unkept = False
        self._closing = False

    async def locator(self, at: datetime | None = None) -> Locator:
        """Return who owns what, now or `at` a time; waits only where it has not been read yet.

        Areas are those of the editions of that time, posts are always those of now: the store keeps no older ones.
        Raises BadParameter where nothing had been published by then.
        """
        moment = await self._freshness.moment()
        now = await self._now(moment)
        if at is None:
            return now
        wanted = editions_at(moment.editions, at)
        return now if wanted == now.editions else (await self._then(wanted)).with_posts_of(now)

    async def tagging(self, write: Callable[[Locator], T]) -> T:
        """Return what a function that tags a place writes, in a thread; where a publication overtook it, it runs again.

        Raises EditionMoved where one publication after the other did.
        """
        locator = await self.locator()
        for _ in range(OVERTAKEN):
            try:
                return await run_in_threadpool(write, locator)
            except EditionMoved:
                locator = await self._read(await self._freshness.renewed())
        return await run_in_threadpool(write, locator)

    async def settled(self) -> None:
        """Wait until what is being read has been read, and what it built lies in its files."""
        if self._reading is not None:
            await self._reading
        if self._keeping is not None:
            await self._keeping

    async def close(self) -> None:
        """Finish what is being read, and the one file that is being written; the next start builds the others."""
        self._closing = True
        await self.settled()

    async def _now(self, moment: Moment) -> Locator:
        key = _key(moment)
        held = self._held
        if held is None:
            return await self._read(moment)
        if held[0] != key and (self._reading is None or self._reading.done()):
            self._reading = asyncio.create_task(self._read_again(moment))
        return held[1]

    async def _read(self, moment: Moment) -> Locator:
        async with self._lock:
            key, held = _key(moment), self._held
            if held is None or held[0] != key:
                known = () if held is None else (held[1],)
                read = await run_in_threadpool(_read, self._store, newest(moment.editions), known, self._files)
                held = self._held = (key, read)
                self._keep_soon()
            return held[1]

    async def _read_again(self, moment: Moment) -> None:
        try:
            await self._read(moment)
        except GridscapeError as error:
            log.warning("ownership was not read anew: %s", error)

    async def _then(self, editions: tuple[Edition, ...]) -> Locator:
        """Return the locator of older editions, read one set at a time: each takes memory and a processor."""
        found = self._past.get(editions)
        if found is None:
            async with self._one_past:
                found = self._past.get(editions)
                if found is None:
                    known = [*self._past.values(), *([] if self._held is None else [self._held[1]])]
                    found = await run_in_threadpool(Locator.reading, self._store, editions, known, self._files)
                    self._past[editions] = found
                    while len(self._past) > PAST_KEPT:
                        self._past.popitem(last=False)
                    self._keep_soon()
        if editions in self._past:
            self._past.move_to_end(editions)
        return found

    def _keep_soon(self) -> None:
        self._unkept = True
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self._keep())

    async def _keep(self) -> None:
        """Save what answers, and again what came meanwhile: several publications in a row are saved as one."""
        while self._unkept and self._held is not None and not self._closing:
            self._unkept = False
            newest_one, past = self._held[1], tuple(self._past.values())
            await run_in_threadpool(keep, self._files, newest_one, past, lambda: self._closing)


def _read(store: Store, editions: tuple[Edition, ...], known: Iterable[Locator], files: IndexFiles) -> Locator:
    """Read a locator and its posts: a second or so for each ten thousand areas that nothing holds built."""
    read = Locator.reading(store, editions, known, files).with_posts(store.duty_holders())
    for edition, repair in read.repairs:
        log.warning(
            "areas of %s/%s edition %d were repaired: %s", edition.district, edition.tree, edition.number, repair
        )
    return read


def _key(moment: Moment) -> object:
    return (moment.revisions["areas"], moment.editions, moment.posts_changed)
