"""Tiles in memory: each encoded once, compressed once, kept until the least used ones must go."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

from anyio import CapacityLimiter, to_thread

from api.answers import etag
from api.compression import SMALLEST, Coding, compress
from layers.tiles import TileSource
from spatial.store.protocol import Store
from spatial.vocabulary import Audience

CAPACITY = 192 * 1024 * 1024
"""Bytes of compressed and plain tiles that are kept."""

_AT_ONCE = 2
"""Tiles encoded at the same time: encoding is bound by the processor, and clicks must not wait behind it."""


@dataclass(frozen=True, slots=True)
class TileKey:
    """Which tile: the stamp stands for the content, and for the audience and areas that it was made for."""

    collection: str
    z: int
    x: int
    y: int
    audience: Audience
    stamp: str
    scope: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile as it is sent, in each coding; a body is empty where the tile is."""

    validator: str
    plain: bytes
    brotli: bytes | None
    gzip: bytes | None

    @property
    def size(self) -> int:
        """The bytes that it takes in memory."""
        return len(self.plain) + len(self.brotli or b"") + len(self.gzip or b"")

    def body(self, coding: Coding | None) -> tuple[bytes, Coding | None]:
        """Return the body for a caller who takes a coding, and the coding that it is in."""
        match coding:
            case Coding.BROTLI if self.brotli is not None:
                return self.brotli, coding
            case Coding.GZIP if self.gzip is not None:
                return self.gzip, coding
            case _:
                return self.plain, None


class TileCache:
    """Answers tiles from memory, and encodes those that are not there in a thread, each once for all who wait.

    To be used on the event loop only.
    """

    def __init__(self, store: Store, capacity: int = CAPACITY) -> None:
        # compressed tiles are kept here, so that the source need not keep plain ones
        self._source = TileSource(store, keep_bytes=8_000_000)
        self._capacity = capacity
        self._held: OrderedDict[TileKey, Tile] = OrderedDict()
        self._size = 0
        self._making: dict[TileKey, asyncio.Task[Tile]] = {}
        self._threads = CapacityLimiter(_AT_ONCE)

    def warm(self) -> None:
        """Begin to read what the tiles are made of, in the background."""
        self._source.warm()

    @property
    def loading(self) -> bool:
        """Whether what the tiles are made of is still being read."""
        return self._source.loading

    def close(self) -> None:
        """Stop reading in the background."""
        self._source.close()

    async def tile(self, key: TileKey) -> Tile:
        """Return a tile; raises what encoding it raised."""
        held = self._held.get(key)
        if held is not None:
            self._held.move_to_end(key)
            return held
        making = self._making.get(key)
        if making is None:
            making = asyncio.create_task(self._make(key))
            self._making[key] = making
            making.add_done_callback(lambda _: self._making.pop(key, None))
        # whoever gives up waiting must not take the tile from the others
        return await asyncio.shield(making)

    async def _make(self, key: TileKey) -> Tile:
        tile = await to_thread.run_sync(self._encode, key, limiter=self._threads)
        self._held[key] = tile
        self._size += tile.size
        while self._size > self._capacity and len(self._held) > 1:
            _, gone = self._held.popitem(last=False)
            self._size -= gone.size
        return tile

    def _encode(self, key: TileKey) -> Tile:
        plain = self._source.tile(key.collection, key.z, key.x, key.y, key.audience, key.scope)
        if len(plain) < SMALLEST:
            return Tile(etag(plain), plain, None, None)
        return Tile(etag(plain), plain, compress(plain, Coding.BROTLI), compress(plain, Coding.GZIP))
