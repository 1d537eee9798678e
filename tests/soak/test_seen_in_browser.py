"""Twenty incidents a second for a minute, heard by fifty streams: the urgent ones stand on a dispatch screen at once.

The screen is a real Chromium with its map, and lists what is most pressing first: an urgent incident appears among the
rows that are drawn, all others only in the counts and on the map.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
import numpy as np
import pytest

from spatial.store import open_store
from tests import small_town
from tests.e2e.single_file_browser import browser
from tests.server import Server
from tests.soak.test_live_streams import A_SECOND, LIGHT, SECONDS, run

URGENT, EVERY = "0102", 80
"""One report in so many is urgent: as many in a minute as the window has rows."""
WITHIN_MS = 1000.0

WATCH = """() => {
  window.seen_ = {};
  const look = () => {
    for (const row of document.querySelectorAll('.incident[data-key]')) {
      window.seen_[row.dataset.key] ??= performance.timeOrigin + performance.now();
    }
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
}"""


@pytest.mark.soak
@pytest.mark.browser
def test_an_urgent_incident_stands_on_the_screen_within_a_second(
    new_url: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    url = new_url("geopackage")
    store = open_store(url, create=True)
    small_town.fill(store)
    store.close()
    server = Server(url)
    server.start()
    urgent = set(range(EVERY // 2, A_SECOND * SECONDS, EVERY))
    try:
        with browser() as started, ThreadPoolExecutor(1) as beside:
            page = started.new_context(viewport={"width": 1440, "height": 1300}).new_page()
            page.goto(f"{server.address}/dispatch?district=luxian&lang=zh")
            page.evaluate("() => app.until((state) => state.ready && state.streaming, 120000)")
            page.evaluate(WATCH)
            # both clocks are this machine's: the page tells the time of day
            offset = time.time() - time.perf_counter()
            going = beside.submit(lambda: asyncio.run(run(server.port, lambda n: URGENT if n in urgent else LIGHT)))
            while not going.done():
                page.wait_for_timeout(500)
            _, sent = going.result()
            seen: dict[str, float] = page.evaluate("() => window.seen_")
            told = httpx.get(f"{server.address}/incidents?district=luxian&priority=1&limit=500", timeout=30).json()
    finally:
        server.stop()
    pressing = [row["code"] for row in told["incidents"] if row["code"] in sent]
    waits = [seen[f"luxian/{code}"] - 1000 * (sent[code] + offset) for code in pressing if f"luxian/{code}" in seen]
    with capsys.disabled():
        print(
            f"\n  {len(sent)} reports, {len(waits)} urgent ones on the screen: "
            f"median {np.median(waits):.0f} ms, worst {max(waits):.0f} ms"
        )
    assert len(pressing) == len(waits) == len(urgent)
    assert max(waits) < WITHIN_MS
