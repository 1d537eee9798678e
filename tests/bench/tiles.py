"""How long tiles of the five districts take – cold, from memory and cached over HTTP – and how large they are.

Targets: below 150 ms cold, 40 ms once their layer is in memory, 5 ms when cached; none above 500 kB. It measures the
store that `make demo` makes, or the one that GRIDSCAPE_STORE names.
"""

import math
import os
import statistics
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from api.app import create_app
from api.settings import Settings
from layers.sheets import LAST_ZOOM
from layers.tiles import TileSource
from layers.tiling import SHEETS
from spatial.store import open_store
from spatial.store.protocol import Box, District, Query, Store
from spatial.vocabulary import Audience
from tests.api.serving import serving

STORE = "data/gridscape.gpkg"
ZOOMS = (10, 12, 13, 14, 15, 16)
COLD_ZOOMS = (12, 14, 16)
SWEPT_TO = 13
"""Every tile of every district is encoded down to this zoom when looking for the largest."""

Tile = tuple[int, int, int]


def tile_at(lon: float, lat: float, zoom: int) -> Tile:
    """Return zoom, column, row of the tile that holds a position."""
    side = 1 << zoom
    north = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return zoom, int((lon + 180) / 360 * side), int(north * side)


def around(district: District, zooms: Iterable[int] = ZOOMS) -> list[Tile]:
    """Return the tiles over the middle of a district, one for each zoom."""
    return [tile_at(*district.centre, zoom) for zoom in zooms]


def over(box: Box, zooms: Iterable[int]) -> Iterator[Tile]:
    """Yield every tile over a box."""
    west, south, east, north = box
    for zoom in zooms:
        _, first_column, first_row = tile_at(west, north, zoom)
        _, last_column, last_row = tile_at(east, south, zoom)
        for column in range(first_column, last_column + 1):
            for row in range(first_row, last_row + 1):
                yield zoom, column, row


@dataclass(frozen=True, slots=True)
class Taken:
    """What a tile took: milliseconds on the clock and on the processor of the thread that asked, and its bytes."""

    wall: float
    processor: float
    size: int


def timed(source: TileSource, collection: str, tile: Tile) -> Taken:
    """Return what a tile took."""
    zoom, column, row = tile
    started, worked = time.perf_counter(), time.thread_time()
    made = source.tile(collection, zoom, column, row, Audience.STAFF)
    return Taken((time.perf_counter() - started) * 1000, (time.thread_time() - worked) * 1000, len(made))


def line(what: str, taken: list[Taken], target: float) -> None:
    """Print the median and the worst of some times beside what they must stay below.

    The processor's share of the slowest is shown too: the rest it waited for others.
    """
    times = [one.wall for one in taken]
    worst = max(taken, key=lambda one: one.wall)
    mark = "ok" if worst.wall < target else "over"
    print(
        f"  {what:<24} median {statistics.median(times):6.1f} ms   worst {worst.wall:6.1f} ms"
        f" (processor {worst.processor:6.1f})   < {target:.0f}   {mark}"
    )


def cold(store: Store, districts: list[District]) -> None:
    """Measure tiles whose layer is not in memory: each by a source of its own.

    The first tile of all, in the middle of the ocean, also imports what is imported late: it is not counted.
    """
    nowhere = TileSource(store)
    for collection in SHEETS:
        timed(nowhere, collection, tile_at(0, 0, COLD_ZOOMS[0]))
    nowhere.close()
    by_collection: dict[str, list[Taken]] = {}
    for collection in SHEETS:
        for district in districts:
            for tile in around(district, COLD_ZOOMS):
                source = TileSource(store)
                by_collection.setdefault(collection, []).append(timed(source, collection, tile))
                source.close()
    for collection, times in by_collection.items():
        line(f"cold, {collection}", times, 150)


def in_memory(source: TileSource, districts: list[District]) -> None:
    """Measure tiles whose layer is in memory, none asked for twice."""
    for collection in SHEETS:
        line(
            f"in memory, {collection}",
            [timed(source, collection, tile) for district in districts for tile in around(district)],
            40,
        )


def cached(store: Store, districts: list[District]) -> None:
    """Measure tiles over HTTP that were asked for before."""
    times = []
    settings = Settings(open_demo=True)
    with serving(create_app(store, settings)) as address, httpx.Client(base_url=address) as client:
        for collection in SHEETS:
            for district in districts:
                for zoom, column, row in around(district):
                    path = f"/collections/{collection}/tiles/WebMercatorQuad/{zoom}/{row}/{column}"
                    client.get(path)
                    started, worked = time.perf_counter(), time.process_time()
                    client.get(path)
                    wall, processor = time.perf_counter() - started, time.process_time() - worked
                    times.append(Taken(wall * 1000, processor * 1000, 0))
    line("cached, over HTTP", times, 5)


def largest(source: TileSource, store: Store, districts: list[District]) -> None:
    """Print the largest tile of each collection: all of every district, the deepest zooms over its middle."""
    for collection in SHEETS:
        best = (0, (0, 0, 0))
        for district in districts:
            box = store.extent("areas", Query(district=district.slug, equal={"level": "district"}))
            if box is None:
                continue
            lon, lat = district.centre
            middle = (lon - 0.03, lat - 0.03, lon + 0.03, lat + 0.03)
            for tile in [*over(box, range(6, SWEPT_TO + 1)), *over(middle, range(SWEPT_TO + 1, LAST_ZOOM + 1))]:
                best = max(best, (timed(source, collection, tile).size, tile))
        mark = "ok" if best[0] <= 500_000 else "over"
        print(f"  largest tile, {collection:<20} {best[0] / 1000:7.1f} kB at {best[1]}   < 500 kB   {mark}")


def main() -> None:
    """Print the measurements, or how to make what is measured."""
    url = os.environ.get("GRIDSCAPE_STORE", STORE)
    if "://" not in url and not Path(url).is_file():
        print(f"  no store at {url}: run `make demo` first")
        return
    store = open_store(url)
    try:
        districts = store.districts()
        cold(store, districts)
        source = TileSource(store)
        source.warm()
        source.wait()
        in_memory(source, districts)
        largest(source, store, districts)
        source.close()
        cached(store, districts)
    finally:
        store.close()
