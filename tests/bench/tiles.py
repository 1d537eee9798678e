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

from api.pace import keep_answers_quick
from layers.sheets import LAST_ZOOM
from layers.tiles import TileSource
from layers.tiling import SHEETS
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.store.records import Box, District, Query
from spatial.vocabulary import Audience
from tests.server import Server

STORE = "data/gridscape.gpkg"
ZOOMS = (10, 12, 13, 14, 15, 16)
COLD_ZOOMS = (10, 11, 12, 13, 14, 16)
COLD_RUNS = 3
CACHED_RUNS = 5
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

    what: str
    wall: float
    processor: float
    size: int


def timed(source: TileSource, collection: str, tile: Tile) -> Taken:
    """Return what a tile took."""
    zoom, column, row = tile
    started, worked = time.perf_counter(), time.thread_time()
    made = source.tile(collection, zoom, column, row, Audience.STAFF)
    wall, processor = time.perf_counter() - started, time.thread_time() - worked
    return Taken(f"{collection} {zoom}/{column}/{row}", wall * 1000, processor * 1000, len(made))


def line(what: str, taken: list[Taken], target: float) -> None:
    """Print the median, the 95th hundredth and the worst of some times beside what they must stay below.

    Which one was the slowest is shown too, and what it took of the processor: the rest it waited for others.
    """
    times = [one.wall for one in taken]
    worst = max(taken, key=lambda one: one.wall)
    mark = "ok" if worst.wall < target else "over"
    most = statistics.quantiles(times, n=20, method="inclusive")[-1]
    print(
        f"  {what:<24} median {statistics.median(times):6.1f} ms   95 % {most:6.1f} ms   worst {worst.wall:6.1f} ms"
        f" (processor {worst.processor:6.1f}; {worst.what})   < {target:.0f}   {mark}"
    )


def cold(store: Store, districts: list[District]) -> None:
    """Measure tiles whose layer is not in memory: each by sources of its own, of which the median one counts.

    The first tile of all, in the middle of the ocean, also imports what is imported late: it is not counted.
    """
    nowhere = TileSource(store)
    for collection in SHEETS:
        timed(nowhere, collection, tile_at(0, 0, COLD_ZOOMS[0]))
    nowhere.close()
    for collection in SHEETS:
        taken = [
            _middle([_alone(store, collection, tile) for _ in range(COLD_RUNS)])
            for district in districts
            for tile in around(district, COLD_ZOOMS)
        ]
        line(f"cold, {collection}", taken, 150)


def _alone(store: Store, collection: str, tile: Tile) -> Taken:
    source = TileSource(store)
    taken = timed(source, collection, tile)
    source.close()
    return taken


def _middle(taken: list[Taken]) -> Taken:
    return sorted(taken, key=lambda one: one.wall)[len(taken) // 2]


def in_memory(source: TileSource, districts: list[District]) -> None:
    """Measure tiles whose layer is in memory, none asked for twice."""
    for collection in SHEETS:
        line(
            f"in memory, {collection}",
            [timed(source, collection, tile) for district in districts for tile in around(district)],
            40,
        )


def cached(store: str, districts: list[District]) -> None:
    """Measure tiles that were asked for before, from a server of its own: while it reads ahead, and afterwards."""
    server = Server(store)
    server.start()
    try:
        with httpx.Client(base_url=server.address) as client:
            wanted = [(collection, tile) for collection in SHEETS for one in districts for tile in around(one)]
            early = []
            while client.get("/health").json()["warming_up"]:
                early += [_again(client, *one, runs=1) for one in wanted[len(early) % len(wanted) :][:10]]
            if early:
                line("cached, while warming up", early, 5)
            line("cached, over HTTP", [_again(client, *one) for one in wanted], 5)
    finally:
        server.stop()


def _again(client: httpx.Client, collection: str, tile: Tile, runs: int = CACHED_RUNS) -> Taken:
    """Return what the second and later requests of a tile took: the median of some."""
    zoom, column, row = tile
    path = f"/collections/{collection}/tiles/WebMercatorQuad/{zoom}/{row}/{column}"
    client.get(path)
    taken = []
    for _ in range(runs):
        started, worked = time.perf_counter(), time.thread_time()
        size = len(client.get(path).content)
        wall, processor = time.perf_counter() - started, time.thread_time() - worked
        taken.append(Taken(f"{collection} {zoom}/{column}/{row}", wall * 1000, processor * 1000, size))
    return _middle(taken)


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
    keep_answers_quick()  # as a server does
    try:
        districts = store.districts()
        cold(store, districts)
        source = TileSource(store)
        source.warm()
        source.wait()
        in_memory(source, districts)
        largest(source, store, districts)
        source.close()
    finally:
        store.close()
    cached(url, districts)
