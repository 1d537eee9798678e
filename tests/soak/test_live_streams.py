"""Twenty incidents a second for a minute, heard by fifty streams: at once, each once, in order."""

import asyncio
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from spatial.store import open_store
from tests import small_town
from tests.server import Server

STREAMS, A_SECOND, SECONDS, SEED = 50, 20, 60, 11
WITHIN_MS = {"geopackage": 150.0, "postgis": 250.0}
LIGHT = "0502"


@dataclass
class Heard:
    """What one stream heard: when each incident came, and the numbers of the events in their order."""

    at: dict[str, float] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


async def listen(port: int, heard: Heard, opened: asyncio.Event) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    try:
        while line := await reader.readline():
            if line.startswith(b"retry"):
                opened.set()
            elif line.startswith(b"id: "):
                heard.numbers.append(int(line[4:]))
            elif line.startswith(b"data: ") and (code := json.loads(line[6:]).get("code")):
                if code in heard.at:
                    heard.twice.append(code)
                heard.at[code] = time.perf_counter()
    finally:
        writer.close()


async def post(
    port: int, free: "asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]]", number: int, kind: str
) -> str:
    random = np.random.default_rng(SEED + number)
    body = json.dumps(
        {
            "lon": small_town.WEST + float(random.uniform(0.001, small_town.SIDE - 0.001)),
            "lat": small_town.SOUTH + float(random.uniform(0.001, small_town.SIDE - 0.001)),
            "kind": kind,
            "note": f"第 {number} 件",
        }
    ).encode()
    head = (
        f"POST /incidents HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"Idempotency-Key: soak-{number}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    reader, writer = await free.get()
    try:
        writer.write(head.encode() + body)
        said = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(said.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        answer = await reader.readexactly(length)
    finally:
        free.put_nowait((reader, writer))
    assert said.startswith(b"http/1.1 201"), answer
    return str(json.loads(answer)["code"])


async def run(port: int, kind_of: Callable[[int], str] = lambda _: LIGHT) -> tuple[list[Heard], dict[str, float]]:
    """Open the streams, report at a steady rate, and return what was heard and when each report was sent.

    `kind_of`: the item of the event list that a report is of, by its number.
    """
    heard = [Heard() for _ in range(STREAMS)]
    opened = [asyncio.Event() for _ in heard]
    streams = [asyncio.create_task(listen(port, one, event)) for one, event in zip(heard, opened, strict=True)]
    await asyncio.gather(*(event.wait() for event in opened))
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(16):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    sent: dict[str, float] = {}

    async def one(number: int) -> None:
        began = time.perf_counter()
        sent[await post(port, free, number, kind_of(number))] = began

    begin = time.perf_counter()
    posts = []
    for number in range(A_SECOND * SECONDS):
        await asyncio.sleep(max(0.0, begin + number / A_SECOND - time.perf_counter()))
        posts.append(asyncio.create_task(one(number)))
    await asyncio.gather(*posts)
    await asyncio.sleep(2.0)
    for stream in streams:
        stream.cancel()
    await asyncio.gather(*streams, return_exceptions=True)
    while not free.empty():
        free.get_nowait()[1].close()
    return heard, sent


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["geopackage", pytest.param("postgis", marks=pytest.mark.postgis)])
def test_fifty_streams_hear_everything_at_once(
    kind: str, new_url: Callable[[str], str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    url = new_url(kind)
    store = open_store(url, create=True)
    small_town.fill(store)
    store.close()
    server = Server(url)
    server.start()
    try:
        heard, sent = asyncio.run(run(server.port))
    finally:
        server.stop()
    assert len(sent) == A_SECOND * SECONDS
    waits = [1000 * (one.at[code] - began) for one in heard for code, began in sent.items() if code in one.at]
    share = statistics.quantiles(waits, n=100, method="inclusive")
    with capsys.disabled():
        print(
            f"\n  {kind}: {len(sent)} reports, {STREAMS} streams: p50 {share[49]:.0f} ms, p95 {share[94]:.0f} ms, "
            f"p99 {share[98]:.0f} ms, worst {max(waits):.0f} ms"
        )
    for one in heard:
        assert set(one.at) == set(sent)
        assert one.twice == []
        assert one.numbers == sorted(set(one.numbers))
    assert share[94] < WITHIN_MS[kind]
