"""How long statistics of 100,000 incidents take over HTTP: read for the first time, after a change, from memory."""

import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx
import numpy as np

from spatial.schema import INCIDENTS
from spatial.store import open_store
from spatial.table import Table
from tests import small_town
from tests.bench.board import INCIDENTS as COUNT
from tests.bench.board import SEED, incidents
from tests.server import Server

ROUNDS = 7
SPAN = "from=2026-09-07&to=2026-11-24"
ASKED = ("by=area&level=street", "by=category", "by=week", "by=item&department=police", "by=department&f=csv")


def mixed() -> Table:
    """Return the incidents of the board, nine in ten of them closed."""
    made = incidents(COUNT)
    closed = np.random.default_rng(SEED).random(COUNT) < 0.9
    times = list(zip(made["reported_at"], made["due_at"], closed, strict=True))
    return made.with_columns(
        state=["closed" if over else state for state, over in zip(made["state"], closed, strict=True)],
        closed_at=[begun + (due - begun) / 2 if over else None for begun, due, over in times],
        arrived_at=[begun + (due - begun) / 8 if over else None for begun, due, over in times],
    )


def main() -> None:
    """Print the measurements."""
    with tempfile.TemporaryDirectory(prefix="gridscape-bench-") as folder:
        url = str(Path(folder) / "town.gpkg")
        store = open_store(url, create=True)
        small_town.fill(store, [("incidents", mixed())])
        server = Server(url)
        server.start()
        try:
            with httpx.Client(base_url=server.address, timeout=120) as client:

                def ask(query: str) -> float:
                    begin = time.perf_counter()
                    client.get(f"/incidents/statistics?{SPAN}&{query}").raise_for_status()
                    return 1000 * (time.perf_counter() - begin)

                print(f"  first question, all incidents read   {ask(ASKED[0]):8.1f} ms")
                with store.write("bench") as tx:
                    tx.update(INCIDENTS.id, "luxian", "B000007", {"closed_at": datetime.now(UTC)})
                print(f"  after a change, all read again       {ask(ASKED[0]):8.1f} ms")
                for query in ASKED:
                    took = [ask(query) for _ in range(ROUNDS)]
                    print(f"  {query:<35}  median {statistics.median(took):6.1f} ms   worst {max(took):6.1f} ms")
        finally:
            server.stop()
            store.close()
