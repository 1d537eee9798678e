"""Reading tiles out of one PMTiles file (version 3), for a base map that the operator brings.

The format: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md. A header of 127 bytes names the root
directory, the metadata, the leaf directories and the tiles; directories list tiles by their place on a Hilbert curve.
"""

import gzip
import os
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import brotli
import orjson

from api.freshness import digest
from spatial.errors import BadFile
from spatial.text import Text

_HEADER = struct.Struct("<7sB11Q6B")
_DEEPEST = 4
"""Directories lie at most so deep below each other."""

_LARGEST_DIRECTORY = 64 * 1024 * 1024


class Packing(IntEnum):
    """How directories, metadata and tiles are compressed."""

    UNKNOWN = 0
    NONE = 1
    GZIP = 2
    BROTLI = 3
    ZSTD = 4


class TileType(IntEnum):
    """What the tiles are."""

    UNKNOWN = 0
    MVT = 1
    PNG = 2
    JPEG = 3
    WEBP = 4
    AVIF = 5


MEDIA_TYPES = {
    TileType.MVT: "application/vnd.mapbox-vector-tile",
    TileType.PNG: "image/png",
    TileType.JPEG: "image/jpeg",
    TileType.WEBP: "image/webp",
    TileType.AVIF: "image/avif",
}


@dataclass(frozen=True, slots=True)
class _Entry:
    tile: int
    offset: int
    length: int
    run: int


class BaseTiles:
    """The tiles of a PMTiles file; safe to read from several threads, since every read says its own place."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        stat = os.fstat(self._file)
        self.stamp = digest(path.name, stat.st_mtime_ns, stat.st_size)
        raw = os.pread(self._file, _HEADER.size, 0)
        if len(raw) < _HEADER.size or raw[:8] != b"PMTiles\x03":
            raise _damaged(path)
        _, _, *numbers = _HEADER.unpack(raw)
        self._root, self._metadata, self._leaves, self._data = zip(numbers[0:8:2], numbers[1:8:2], strict=True)
        try:
            self._packing, self._tile_packing = Packing(numbers[12]), Packing(numbers[13])
            self.tile_type = TileType(numbers[14])
        except ValueError as error:
            raise _damaged(path) from error
        self.zooms: tuple[int, int] = (numbers[15], numbers[16])
        self._directory = lru_cache(maxsize=64)(self._read_directory)
        if self.tile_type not in MEDIA_TYPES or Packing.ZSTD in (self._packing, self._tile_packing):
            raise _damaged(path)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)

    def metadata(self) -> dict[str, Any]:
        """Return what the file says of itself; `vector_layers` names the layers of vector tiles."""
        described = orjson.loads(_unpacked(os.pread(self._file, self._metadata[1], self._metadata[0]), self._packing))
        return described if isinstance(described, dict) else {}

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return one tile, unpacked; None where the file has none there."""
        wanted = tile_number(zoom, column, row)
        start, length = self._root
        for _ in range(_DEEPEST):
            entries = self._directory(start, length)
            at = bisect_right(entries, wanted, key=lambda entry: entry.tile) - 1
            if at < 0:
                return None
            entry = entries[at]
            if entry.run:
                if wanted >= entry.tile + entry.run:
                    return None
                packed = os.pread(self._file, entry.length, self._data[0] + entry.offset)
                return _unpacked(packed, self._tile_packing)
            start, length = self._leaves[0] + entry.offset, entry.length
        return None

    def _read_directory(self, start: int, length: int) -> list[_Entry]:
        numbers = _varints(_unpacked(os.pread(self._file, length, start), self._packing))
        count = next(numbers)
        tiles, number = [], 0
        for _ in range(count):
            number += next(numbers)
            tiles.append(number)
        runs = [next(numbers) for _ in range(count)]
        lengths = [next(numbers) for _ in range(count)]
        entries: list[_Entry] = []
        for tile, run, size in zip(tiles, runs, lengths, strict=True):
            said = next(numbers)
            # 0 stands for "right behind the one before"
            offset = said - 1 if said or not entries else entries[-1].offset + entries[-1].length
            entries.append(_Entry(tile, offset, size, run))
        return entries


def tile_number(zoom: int, column: int, row: int) -> int:
    """Return the place of a tile on the Hilbert curves of all zooms, one behind the other."""
    number = ((1 << 2 * zoom) - 1) // 3
    side = 1 << zoom
    x, y, step = column, row, side >> 1
    while step:
        right, below = int(bool(x & step)), int(bool(y & step))
        number += step * step * ((3 * right) ^ below)
        if not below:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        step >>= 1
    return number


def _unpacked(packed: bytes, packing: Packing) -> bytes:
    match packing:
        case Packing.GZIP:
            opened = zlib.decompressobj(wbits=31)
            unpacked = opened.decompress(packed, _LARGEST_DIRECTORY)
            if opened.unconsumed_tail:
                raise gzip.BadGzipFile("larger than a tile can be")
            return unpacked
        case Packing.BROTLI:
            return bytes(brotli.decompress(packed))
        case _:
            return packed


def _varints(packed: bytes) -> Iterator[int]:
    number, shift = 0, 0
    for byte in packed:
        number |= (byte & 0x7F) << shift
        if byte & 0x80:
            shift += 7
        else:
            yield number
            number, shift = 0, 0


def _damaged(path: Path) -> BadFile:
    return BadFile(
        Text(f"{path.name} 不是可读的 PMTiles 第 3 版文件", f"{path.name} is not a PMTiles file that can be read"),
        Text("可用 pmtiles convert 重新制作", "Make it anew with pmtiles convert"),
    )
