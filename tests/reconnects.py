"""Many screens that come back at once after a restart of the server: what each hears, and how soon."""

import asyncio
import json
import statistics
import time
from contextlib import closing
from dataclasses import dataclass, field

import numpy as np

from spatial.store import open_store
from tests import small_town
from tests.incidents_at import incidents_at
from tests.server import Server

WITHIN_S = 60.0
LOCATED_EVERY_S = 0.02


@dataclass
class Heard:
    """What one screen hears that resumes behind an event: numbers of events, and incidents in their order."""

    after: int
    numbers: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    whole_at: float | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """What a run came to; `located_ms`: how long each waited who asked meanwhile who owns a place."""

    streams: int
    missed: int
    first_s: float
    last_s: float
    located_ms: list[float]

    def __str__(self) -> str:
        share = statistics.quantiles(self.located_ms, n=100, method="inclusive")
        return (
            f"{self.streams} streams came back at once, {self.missed} messages missed: the first whole after "
            f"{self.first_s:.2f} s, the last after {self.last_s:.2f} s; ownership meanwhile p50 {share[49]:.0f} ms, "
            f"p99 {share[98]:.0f} ms, worst {max(self.located_ms):.0f} ms"
        )


def come_back(url: str, streams: int, reports: int, seed: int) -> Return:
    """Let screens that stopped at different events come back to a server at once, and check what each is told."""
    random = np.random.default_rng(seed)
    places = small_town.WEST + small_town.SIDE * 0.9999 * random.uniform(size=(reports, 2))
    places[:, 1] += small_town.SOUTH - small_town.WEST
    table = incidents_at(places, seed)
    with closing(open_store(url, create=True)) as store:
        small_town.fill(store)
        began = store.events()[-1].id
        for number in range(reports):
            with store.write("field") as tx:
                tx.insert("incidents", table.take([number]))
        codes = {event.id: event.codes[0] for event in store.events(began, reports + 1)}
    last = max(codes)
    # most heard everything up to the restart, or nearly: they share where they resume
    afters = [began if number % 4 else int(random.integers(began, last)) for number in range(streams)]
    server = Server(url)
    server.start()
    try:
        begun, heard, located = asyncio.run(_run(server.port, afters, last))
    finally:
        server.stop()
    for one in heard:
        missed = range(one.after + 1, last + 1)
        assert one.numbers == list(missed), "what was missed is not what was told"
        assert one.codes == [codes[number] for number in missed]
    whole = [one.whole_at - begun for one in heard if one.whole_at is not None]
    return Return(streams, sum(last - one.after for one in heard), min(whole), max(whole), located)


async def _run(port: int, afters: list[int], last: int) -> tuple[float, list[Heard], list[float]]:
    heard = [Heard(after) for after in afters]
    located: list[float] = []
    await _answered(port)
    locating = asyncio.create_task(_locate(port, located))
    begun = time.perf_counter()
    async with asyncio.timeout(WITHIN_S):
        await asyncio.gather(*(_listen(port, one, last) for one in heard))
    locating.cancel()
    await asyncio.gather(locating, return_exceptions=True)
    return begun, heard, located


async def _answered(port: int) -> None:
    """Wait until the board has been read: this is about coming back, not about the start."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /incidents?limit=1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
    assert b" 200 " in await reader.readline()
    await reader.read()
    writer.close()


async def _locate(port: int, located: list[float]) -> None:
    place = f"lon={small_town.WEST + 0.001}&lat={small_town.SOUTH + 0.001}"
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while True:
            begun = time.perf_counter()
            writer.write(f"GET /locate?{place} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            assert b" 200 " in head.partition(b"\r\n")[0]
            await reader.readexactly(int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]))
            located.append(1000 * (time.perf_counter() - begun))
            await asyncio.sleep(LOCATED_EVERY_S)
    finally:
        writer.close()


async def _listen(port: int, heard: Heard, last: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    writer.write(f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nLast-Event-ID: {heard.after}\r\n\r\n".encode())
    try:
        while heard.whole_at is None and (line := await reader.readline()):
            if line.startswith(b"id: "):
                heard.numbers.append(int(line[4:]))
            elif line.startswith(b"data: ") and (code := json.loads(line[6:]).get("code")):
                heard.codes.append(code)
                if heard.numbers and heard.numbers[-1] == last:
                    heard.whole_at = time.perf_counter()
    finally:
        writer.close()
