"""What the routes share: one store, what is held in memory over it, and the operator's settings."""

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from starlette.concurrency import run_in_threadpool

from api.access import AccessLog
from api.counting import Counting
from api.forgetting import Forgetting
from api.freshness import Freshness
from api.identity import Identity
from api.live import Live
from api.locating import Locating
from api.people_near import PeopleNear
from api.playing import Play
from api.pmtiles import BaseTiles
from api.printing import Printing
from api.settings import Settings
from api.tile_cache import TileCache
from spatial.errors import GridscapeError, StoreUnavailable
from spatial.gathering import largest_gathering
from spatial.levels import MAIN_TREE
from spatial.locate import Locator
from spatial.locate.index_files import IndexFiles, folder_of
from spatial.schema import AREAS, Collection
from spatial.store.protocol import Store
from spatial.store.records import Box, Query

log = logging.getLogger("gridscape.api")


COUNTS_KEPT = 256
_PATIENCE_S = 120.0


def base_of(settings: Settings) -> BaseTiles | None:
    """Open the file of the base map, where the operator configured one; raises BadFile for one that is damaged."""
    configured = settings.base_tiles
    return None if configured is None or "://" in configured else BaseTiles(Path(configured))


class Service:
    """The parts of one running server; made by create_app, closed with it."""

    def __init__(self, store: Store, settings: Settings, play: Play | None = None) -> None:
        self.store = store
        self.settings = settings
        self.play = play
        self.freshness = Freshness(store, settings.refresh_s)
        self.locating = Locating(store, self.freshness, IndexFiles(settings.indexes or folder_of(store.url)))
        self.access = AccessLog(store)
        self.identity = Identity(store, settings, self.access)
        self.tiles = TileCache(store)
        self.people = PeopleNear(store)
        self.forgetting = Forgetting(store, lambda: datetime.now(UTC))
        self.counting = Counting(store)
        self.live = Live(store, lambda: datetime.now(UTC))
        self.base = base_of(settings)
        self.printing = Printing(settings.typeface)
        self._counts: dict[tuple[str, int, str], int] = {}
        self._extents: dict[str, tuple[int, Box | None]] = {}
        self._towns: dict[str, tuple[int, Box | None]] = {}
        self._one_town = Lock()
        self._warming: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def extent(self, collection: Collection, paths: tuple[str, ...] = ()) -> Box | None:
        """Return the box of all rows of a collection: reading it takes a look at every geometry, so it is kept.

        `paths`: rows at or below some paths alone, which are few enough to be looked at each time.
        """
        if paths:
            return self.store.extent(collection.id, Query(paths=paths))
        revision = self.store.revision(collection.stored_in)
        held = self._extents.get(collection.id)
        if held is None or held[0] != revision:
            held = (revision, self.store.extent(collection.id))
            self._extents[collection.id] = held
        return held[1]

    def town(self, district: str) -> Box | None:
        """Return the box of a district's largest group of buildings, None where it has none; kept like the extents."""
        revision = self.store.revision(AREAS.id)
        with self._one_town:
            held = self._towns.get(district)
            if held is None or held[0] != revision:
                buildings = self.store.read("buildings", Query(district=district, tree=MAIN_TREE))
                held = (revision, largest_gathering(buildings.geometry))
                self._towns[district] = held
            return held[1]

    def count(self, collection: Collection, query: Query) -> int:
        """Return how many rows a query wants: the same for all its pages, so it is kept while no row changes."""
        key = (collection.id, self.store.revision(collection.stored_in), repr(query))
        held = self._counts.get(key)
        if held is None:
            held = self.store.count(collection.id, query)
            while len(self._counts) >= COUNTS_KEPT:
                self._counts.pop(next(iter(self._counts), key), None)
            self._counts[key] = held
        return held

    def warm_up(self) -> None:
        """Begin to read what answers come from, so that the first screen does not wait; for the event loop."""
        self.live.start()
        self.forgetting.start()
        if self.play is not None:
            self._loop = asyncio.get_running_loop()
            self.play.start(self._locator)
        self._warming = asyncio.create_task(self._warm())

    @property
    def warming_up(self) -> bool:
        """Whether something is still read in the background; answers are right already, and will be quicker after."""
        return (self._warming is not None and not self._warming.done()) or self.tiles.loading

    async def close(self) -> None:
        """Finish what runs and write what is still in memory; the store belongs to the caller."""
        if self.play is not None:
            await run_in_threadpool(self.play.close)
        await self.live.close()
        if self._warming is not None:
            await self._warming
        await self.identity.close()
        await self.freshness.close()
        await self.locating.close()
        await run_in_threadpool(self.forgetting.close)
        await run_in_threadpool(self.printing.close)
        await run_in_threadpool(self.tiles.close)
        if self.base is not None:
            self.base.close()
        await run_in_threadpool(self.access.close)

    def _locator(self) -> Locator:
        """Return the newest locator to a thread, which waits for it."""
        assert self._loop is not None  # whoever asks was started on it
        return asyncio.run_coroutine_threadsafe(self.locating.locator(), self._loop).result(_PATIENCE_S)

    async def _warm(self) -> None:
        try:
            await self.locating.locator()  # mapped in a moment, where all else looks at every geometry
            with suppress(StoreUnavailable):
                await self.live.board()  # somebody waits for it; what follows is only quicker once it has been read
            await run_in_threadpool(self._find_towns)
            self.tiles.warm()
        except GridscapeError as error:
            log.warning("ownership could not be read yet: %s", error)

    def _find_towns(self) -> None:
        for district in self.store.districts():
            self.town(district.slug)
