"""What the routes share: one store, what is held in memory over it, and the operator's settings."""

import asyncio
import logging

from starlette.concurrency import run_in_threadpool

from api.access import AccessLog
from api.freshness import Freshness
from api.locating import Locating
from api.settings import Settings
from api.tile_cache import TileCache
from spatial.errors import GridscapeError
from spatial.schema import Collection
from spatial.store.protocol import Box, Store

log = logging.getLogger("gridscape.api")


class Service:
    """The parts of one running server; made by create_app, closed with it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings
        self.freshness = Freshness(store, settings.refresh_s)
        self.locating = Locating(store, self.freshness)
        self.access = AccessLog(store)
        self.tiles = TileCache(store)
        self._extents: dict[str, tuple[int, Box | None]] = {}
        self._warming: asyncio.Task[None] | None = None

    def extent(self, collection: Collection) -> Box | None:
        """Return the box of all rows of a collection: reading it takes a look at every geometry, so it is kept."""
        revision = self.store.revision(collection.stored_in)
        held = self._extents.get(collection.id)
        if held is None or held[0] != revision:
            held = (revision, self.store.extent(collection.id))
            self._extents[collection.id] = held
        return held[1]

    def warm_up(self) -> None:
        """Begin to read ownership and tiles, so that the first screen does not wait; to be called on the event loop."""
        self.tiles.warm()
        self._warming = asyncio.create_task(self._warm())

    async def close(self) -> None:
        """Finish what runs and write what is still in memory; the store belongs to the caller."""
        if self._warming is not None:
            await self._warming
        await self.locating.settled()
        await run_in_threadpool(self.tiles.close)
        await run_in_threadpool(self.access.close)

    async def _warm(self) -> None:
        try:
            await self.locating.ownership()
        except GridscapeError as error:
            log.warning("ownership could not be read yet: %s", error)
