"""How long a server takes to say who owns a place: single questions at a steady rate, and columns of many points.

Targets on loopback with one worker process: `GET /locate` at 300 requests a second below 2 ms (median), 8 ms (95 %)
and 25 ms (99 %); `POST /locate` of 100,000 points below half a second. It measures the store that `make demo` makes,
or the one that GRIDSCAPE_STORE names.
"""

import asyncio
import os
import statistics
import time
from collections.abc import Coroutine, Sequence
from pathlib import Path

import httpx
import numpy as np
import orjson
import uvloop

from spatial.locate import Locator
from spatial.store import open_store
from spatial.store.records import Query
from tests.server import Server

STORE = "data/gridscape.gpkg"
RATE = 300
RATE_RANKED = 30
"""Questions with an accuracy take several milliseconds of a processor each."""

SECONDS = 10
CONNECTIONS = 32
POINTS = 100_000
POSTS = 5
SEED = 7

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


OUTSIDE = 50
"""One place in so many lies outside every area, as where a phone is wrong about its position."""


def places(url: str, count: int) -> tuple[list[float], list[float]]:
    """Return longitudes and latitudes, drawn evenly over the districts of a store and, few of them, around these."""
    store = open_store(url)
    try:
        locator = Locator.of(store)
        boxes = [
            box
            for district in store.districts()
            if (box := store.extent("areas", Query(district=district.slug, equal={"level": "district"})))
        ]
    finally:
        store.close()
    random = np.random.default_rng(SEED)
    west, south, east, north = np.array(boxes)[random.integers(0, len(boxes), 4 * count)].T
    lons, lats = random.uniform(west, east), random.uniform(south, north)
    (main, *_) = locator.columns(lons, lats, []).trees
    inside, outside = np.flatnonzero(main.responsible >= 0), np.flatnonzero(main.responsible < 0)
    few = count // OUTSIDE if len(outside) else 0
    chosen = random.permutation(np.concatenate([inside[: count - few], outside[:few]]))
    return lons[chosen].tolist(), lats[chosen].tolist()


async def steadily(port: int, paths: Sequence[str], rate: int) -> list[float]:
    """Ask one path after the other at a steady rate, and return how long each took in milliseconds.

    The clock of each starts when it was due, so that a server that stops for a while is not spared those that wait.
    """
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    took: list[float] = []

    async def ask(path: str, due: float) -> None:
        connection = await free.get()
        try:
            await _answered(connection, path, port)
        finally:
            free.put_nowait(connection)
        took.append((time.perf_counter() - due) * 1000)

    begin = time.perf_counter()
    waiting = []
    for number, path in enumerate(paths):
        due = begin + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        # the sleep of an event loop wakes up to a millisecond late, for which the server is not to blame
        waiting.append(asyncio.create_task(ask(path, max(due, time.perf_counter() - 0.001))))
    await asyncio.gather(*waiting)
    while not free.empty():
        free.get_nowait()[1].close()
    return took


async def _answered(connection: Connection, path: str, port: int) -> None:
    reader, writer = connection
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: identity\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise RuntimeError(head.decode("latin-1"))
    length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    await reader.readexactly(length)


def line(what: str, figures: Sequence[tuple[str, float, float]]) -> None:
    """Print figures in milliseconds, each with its name, beside what they must stay below."""
    said = [f"{name} {took:7.2f} ms < {target:g} {'ok' if took < target else 'over'}" for name, took, target in figures]
    print(f"  {what:<36} {'   '.join(said)}")


def run(asked: Coroutine[None, None, list[float]]) -> list[float]:
    """Ask on the quickest loop there is: what is measured is the server, not who asks."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(asked)


def single(server: Server, what: str, paths: Sequence[str], rate: int) -> None:
    """Print how long single questions took."""
    took = run(steadily(server.port, paths[: rate * SECONDS], rate))
    share = statistics.quantiles(took, n=100, method="inclusive")
    line(f"{what}, {rate} a second", [("p50", share[49], 2), ("p95", share[94], 8), ("p99", share[98], 25)])


def columns(server: Server, lons: list[float], lats: list[float]) -> None:
    """Print how long columns of many points took: the median of some."""
    body = orjson.dumps({"lon": lons, "lat": lats})
    took = []
    with httpx.Client(base_url=server.address, timeout=60, headers={"Accept-Encoding": "identity"}) as client:
        for _ in range(POSTS):
            begin = time.perf_counter()
            answer = client.post("/locate", content=body, headers={"Content-Type": "application/json"})
            took.append((time.perf_counter() - begin) * 1000)
            answer.raise_for_status()
    size = len(answer.content) / 1e6
    line(f"POST of {len(lons)} points ({size:.1f} MB back)", [("median", statistics.median(took), 500)])


def main() -> None:
    """Print the measurements, or how to make what is measured."""
    url = os.environ.get("GRIDSCAPE_STORE", STORE)
    if "://" not in url and not Path(url).is_file():
        print(f"  no store at {url}: run `make demo` first")
        return
    lons, lats = places(url, POINTS)
    paths = [f"/locate?lon={lon}&lat={lat}" for lon, lat in zip(lons, lats, strict=True)][: RATE * SECONDS]
    server = Server(url)
    server.start()
    try:
        with httpx.Client(base_url=server.address, timeout=60) as client:
            client.get(paths[0]).raise_for_status()
            while client.get("/health").json()["warming_up"]:
                time.sleep(0.2)
        run(steadily(server.port, paths[: 2 * RATE], RATE))  # what is done the first time only
        single(server, "GET", paths, RATE)
        single(server, "GET with accuracy=20", [f"{path}&accuracy=20" for path in paths], RATE_RANKED)
        columns(server, lons, lats)
    finally:
        server.stop()
