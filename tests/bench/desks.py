"""What sixteen desks that count anew at every change cost, with 100,000 open incidents and 20 reports a second.

Each desk hears the stream and asks for two counts 0.4 s after a change, as the page does: with its filter, and without.
In turn with the same minute without the desks; the reports are heard by fifty streams.
"""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import httpx
import numpy as np

from spatial.store import open_store
from tests import small_town
from tests.incidents_at import incidents_at
from tests.server import Server
from tests.soak.test_live_streams import Heard, listen, run

INCIDENTS, DESKS, SEED, AFTER_S, LOOK_S = 100_000, 16, 3, 0.4, 0.02
OPEN = "&".join(f"state={state}" for state in ("reported", "filed", "dispatched", "on_site", "handled"))
FILTERS = ("", "&clock=overdue", "&area=/510521/510521001", "&area=/510521/510521002", f"&q={quote('第 777')}")


async def counts(port: int, filtered: str, ended: asyncio.Event, took: list[float]) -> None:
    """Be a desk until `ended`; add to `took` the milliseconds until both counts of a change had come."""
    heard, opened = Heard(), asyncio.Event()
    stream = asyncio.create_task(listen(port, heard, opened))
    await opened.wait()
    asked = (f"/incidents?district=luxian&limit=1{filtered}", f"/incidents?district=luxian&limit=1&{OPEN}")
    counted = 0
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        while not ended.is_set():
            await asyncio.sleep(LOOK_S)
            if len(heard.numbers) == counted:
                continue
            await asyncio.sleep(AFTER_S)
            counted, begun = len(heard.numbers), time.perf_counter()
            for answer in await asyncio.gather(*map(client.get, asked)):
                answer.raise_for_status()
            took.append(1000 * (time.perf_counter() - begun))
    stream.cancel()
    await asyncio.gather(stream, return_exceptions=True)


def processor_seconds(server: Server) -> float:
    """Return the processor time that a server took until now, by the system's own account of it."""
    assert server.process is not None
    fields = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


async def minute(server: Server, desks: int) -> tuple[list[float], list[float], float]:
    """Return the milliseconds of each report in each stream, those of each desk's counts, and the server's load."""
    ended, took = asyncio.Event(), list[float]()
    beside = [
        asyncio.create_task(counts(server.port, FILTERS[number % len(FILTERS)], ended, took)) for number in range(desks)
    ]
    before, begun = processor_seconds(server), time.perf_counter()
    heard, sent = await run(server.port)
    load = (processor_seconds(server) - before) / (time.perf_counter() - begun)
    ended.set()
    await asyncio.gather(*beside)
    assert all(set(one.at) >= set(sent) for one in heard)
    return [1000 * (one.at[code] - at) for one in heard for code, at in sent.items()], took, load


def line(name: str, times: list[float], more: str = "") -> None:
    """Print how long something took."""
    p95 = statistics.quantiles(times, n=100, method="inclusive")[94]
    print(f"  {name:<34} p50 {statistics.median(times):6.0f} ms   p95 {p95:6.0f}   worst {max(times):6.0f}{more}")


def main() -> None:
    """Print the measurements."""
    random = np.random.default_rng(SEED)
    low = (small_town.WEST, small_town.SOUTH)
    places = np.stack([each + random.uniform(0, 0.9999 * small_town.SIDE, INCIDENTS) for each in low], axis=1)
    with tempfile.TemporaryDirectory(prefix="gridscape-bench-") as folder:
        for desks in (0, DESKS):
            url = str(Path(folder) / f"town-{desks}.gpkg")
            store = open_store(url, create=True)
            small_town.fill(store, [("incidents", incidents_at(places, SEED))])
            store.close()
            with Server(url) as server:
                httpx.get(f"{server.address}/incidents?limit=1", timeout=60).raise_for_status()
                waits, took, load = asyncio.run(minute(server, desks))
            line(f"{desks} desks: a report in 50 streams", waits, f"   {load:.2f} processors")
            if took:
                line(f"{desks} desks: both counts, {len(took):,} times", took)
