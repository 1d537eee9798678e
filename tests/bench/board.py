"""How long the board of 100,000 open incidents takes to be read, to answer a filter over HTTP, and to follow a change.

Targets: a filter answers in under 200 ms, and the screen's first question in under 2 s.
"""

import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import httpx
import numpy as np
import shapely

from spatial.store import open_store
from spatial.table import Table
from tests import small_town
from tests.server import Server

INCIDENTS, ROUNDS, SEED = 100_000, 9, 3
FILTERS = (
    "",
    "?clock=overdue",
    "?clock=running_out&priority=1",
    "?state=reported&state=filed&department=police",
    "?area=/510521/510521001",
    "?q=第 777",
    "?bbox=105.34,29.11,105.36,29.13",
)


def incidents(count: int) -> Table:
    """Return open incidents all over the small town, in every state and at every age."""
    random = np.random.default_rng(SEED)
    x = small_town.WEST + random.uniform(0, small_town.SIDE, count)
    y = small_town.SOUTH + random.uniform(0, small_town.SIDE, count)
    states = random.choice(["reported", "filed", "dispatched", "on_site", "handled"], count)
    ages = random.uniform(0, 72, count)
    reported = [small_town.NOW - timedelta(hours=float(age)) for age in ages]
    street = np.where(x < small_town.WEST + small_town.SIDE / 2, "001", "002")
    return Table(
        np.asarray(shapely.points(x, y), dtype=object),
        {
            "code": [f"B{number:06d}" for number in range(count)],
            "district": ["luxian"] * count,
            "name": [f"第 {number} 件" for number in range(count)],
            "kind": ["0502"] * count,
            "category": random.choice(["facilities", "disputes", "environment"], count).tolist(),
            "state": states.tolist(),
            "priority": random.integers(1, 5, count).tolist(),
            "department": random.choice(["police", "fire", "sanitation"], count).tolist(),
            "reported_at": reported,
            "due_at": [at + timedelta(hours=48) for at in reported],
            "path": [f"/510521/510521{each}" for each in street],
        },
    )


def main() -> None:
    """Print the measurements."""
    with tempfile.TemporaryDirectory(prefix="gridscape-bench-") as folder:
        url = str(Path(folder) / "town.gpkg")
        store = open_store(url, create=True)
        small_town.fill(store, [("incidents", incidents(INCIDENTS).with_columns())])
        store.close()
        server = Server(url)
        started = time.perf_counter()
        server.start()
        try:
            with httpx.Client(base_url=server.address, timeout=60) as client:
                client.get("/incidents?limit=1").raise_for_status()
                print(f"  read and answered {time.perf_counter() - started:.2f} s after the start of the server")
                for asked in FILTERS:
                    took = []
                    for _ in range(ROUNDS):
                        begin = time.perf_counter()
                        answer = client.get(f"/incidents{asked}")
                        took.append(1000 * (time.perf_counter() - begin))
                        answer.raise_for_status()
                    matched, worst = answer.json()["matched"], max(took)
                    said = "ok" if worst < 200 else "over"
                    print(
                        f"  {asked or 'all':<50} {matched:>7,} found   median {statistics.median(took):6.1f} ms"
                        f"   worst {worst:6.1f} ms   < 200   {said}"
                    )
        finally:
            server.stop()
