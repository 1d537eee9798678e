"""How soon the dispatch screen shows 100,000 open incidents, follows a filter, and pans, in a real Chromium.

Targets: the first rows and the clusters of the server within 2 s of the start of a visit, a filter within 200 ms. The
server is warm; frames while dragging are held against those of the same map without any incident, in the same run.
"""

import statistics
import tempfile
import time
from pathlib import Path

import httpx
import numpy as np
from playwright.sync_api import Browser, CDPSession, Page

from spatial.store import open_store
from tests import small_town
from tests.e2e.single_file_browser import browser
from tests.incidents_at import incidents_at
from tests.server import ROOT, Server

INCIDENTS, ROUNDS, SEED = 100_000, 5, 3
PATIENCE_MS = 60_000
BESIDE = ("/responders?district=luxian", "/incidents?district=luxian&limit=500", "/incidents?district=luxian&q=第 777")
LOOK = "dispatch?district=luxian&lang=zh&at=105.376,29.151,13"

OPENED = """() => new Promise((done) => {
  const found = {};
  const look = () => {
    if (!found.rows && document.querySelector('.incident')) found.rows = performance.now();
    if (!found.clusters && document.querySelector('.first-marks g svg')) found.clusters = performance.now();
    if (!found.map && window.app?.state?.fromServer && window.app.state.clusters.length) {
      found.map = performance.now();
      found.clusters ??= found.map;
    }
    if (found.rows && found.map) done(found); else setTimeout(look, 10);
  };
  look();
})"""
READY = """() => new Promise((done) => {
  const look = () => (window.app?.state?.ready ? done() : setTimeout(look, 10));
  look();
})"""
CALM_MS = 1500
"""After a drag the map still draws for a while, and keeps the page busy."""
FILTERED = """(name) => new Promise((done) => {
  const box = document.getElementById('find');
  const begun = performance.now();
  box.value = name;
  box.dispatchEvent(new Event('input', { bubbles: true }));
  const look = () => {
    const { filters, order, matched } = window.app.state;
    if (filters.text === name && matched < 2000 && order.length) done(performance.now() - begun);
    else setTimeout(look, 5);
  };
  look();
})"""
FRAMES = """() => {
  window.frames_ = [];
  let before = performance.now();
  const each = (at) => { window.frames_.push(at - before); before = at; window.frame_ = requestAnimationFrame(each); };
  window.frame_ = requestAnimationFrame(each);
}"""
STOP = "() => { cancelAnimationFrame(window.frame_); return window.frames_.slice(1); }"


def visit(started: Browser, address: str) -> Page:
    """Open the desk as somebody who was never there."""
    context = started.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address, wait_until="commit")
    return page


WORK = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration")
"""What the page itself does for a frame; the rest is the drawing, which a graphics card does where there is one."""


def worked(devtools: CDPSession) -> float:
    """Return the seconds for which the page has worked until now."""
    told = {each["name"]: float(each["value"]) for each in devtools.send("Performance.getMetrics")["metrics"]}
    return sum(told[name] for name in WORK)


def dragged(page: Page) -> tuple[float, float]:
    """Drag the map back and forth; return the milliseconds of a frame (p95), and of the page's own work in one."""
    page.evaluate(READY)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    page.mouse.move(900, 450)
    before = worked(devtools)
    page.evaluate(FRAMES)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(900 + 260 * np.sin(step / 6), 450 + 120 * np.cos(step / 6))
        page.wait_for_timeout(16)
    page.mouse.up()
    frames: list[float] = page.evaluate(STOP)
    return float(np.percentile(frames, 95)), 1000 * (worked(devtools) - before) / len(frames)


def line(name: str, times: list[float], unit: str, target: float | None = None) -> None:
    """Print the median of what was measured, and whether it is good enough."""
    median = statistics.median(times)
    said = "" if target is None else f"   < {target:g} {unit}   {'ok' if median < target else 'over'}"
    print(f"  {name:<44} {median:8.2f} {unit}   median of {len(times)}, {min(times):.2f} to {max(times):.2f}{said}")


def main() -> None:
    """Print the measurements, or how to make what is measured."""
    if not (ROOT / "web" / "dist" / "index.html").is_file():
        print("  the screens are not built: run `make web` first")
        return
    random = np.random.default_rng(SEED)
    low = (small_town.WEST, small_town.SOUTH)
    places = np.stack([each + random.uniform(0, 0.9999 * small_town.SIDE, INCIDENTS) for each in low], axis=1)
    with tempfile.TemporaryDirectory(prefix="gridscape-bench-") as folder:
        servers = []
        for name, more in (("many", [("incidents", incidents_at(places, SEED))]), ("none", [])):
            url = str(Path(folder) / f"{name}.gpkg")
            store = open_store(url, create=True)
            small_town.fill(store, more)
            store.close()
            servers.append(Server(url))
        many, none = servers
        try:
            begun = time.perf_counter()
            many.start()
            with httpx.Client(base_url=many.address, timeout=60) as client:
                client.get("/incidents?limit=1").raise_for_status()
                print(f"  the first answer {time.perf_counter() - begun:.2f} s after the start of the server")
                box = "bbox=105.33,29.12,105.42,29.18"
                clusters = "/incidents/clusters?district=luxian&zoom="
                for asked in (f"{clusters}10", f"{clusters}13&{box}", f"{clusters}13&heat=true&{box}", *BESIDE):
                    took = []
                    for _ in range(ROUNDS):
                        at = time.perf_counter()
                        client.get(asked).raise_for_status()
                        took.append(1000 * (time.perf_counter() - at))
                    line(asked.partition("&bbox")[0].replace("district=luxian&", ""), took, "ms", 200)
            none.start()
            with browser() as started:
                measure(started, many.address, none.address)
        finally:
            many.stop()
            none.stop()


def measure(started: Browser, many: str, none: str) -> None:
    """Print what the browser shows, both stores in turn."""
    visit(started, f"{many}/{LOOK}").context.close()
    rows, clusters, maps, filtered, full, empty = [], [], [], [], [], list[tuple[float, float]]()
    for round_ in range(ROUNDS):
        page = visit(started, f"{many}/{LOOK}")
        found = page.evaluate(OPENED)
        rows.append(found["rows"] / 1000)
        clusters.append(found["clusters"] / 1000)
        maps.append(found["map"] / 1000)
        full.append(dragged(page))
        page.wait_for_timeout(CALM_MS)
        filtered.append(page.evaluate(FILTERED, f"第 77{round_}"))
        page.context.close()
        page = visit(started, f"{none}/{LOOK}")
        empty.append(dragged(page))
        page.context.close()
    line("first rows", rows, "s", 2)
    line("clusters of the server", clusters, "s", 2)
    line("the map begins with them", maps, "s")
    line("a text typed until it is listed", filtered, "ms", 200)
    line("frame while dragging, p95", [each for each, _ in full], "ms")
    line("the same without incidents", [each for each, _ in empty], "ms")
    line("of which the page's own work, a frame", [each for _, each in full], "ms")
    line("the same without incidents", [each for _, each in empty], "ms")
