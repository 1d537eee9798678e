"""How long the overview takes until its map shows something and until it is whole, and how heavy its JavaScript is.

Targets: the first map paint below 4 s as the median of five fresh visits with software GL, and below 500 kB of
JavaScript before deck.gl. It measures the store that `make demo` makes, or the one that GRIDSCAPE_STORE names.
"""

import os
import shutil
import statistics
import subprocess
from pathlib import Path

from playwright.sync_api import Browser

from tests.e2e.single_file_browser import browser
from tests.server import ROOT, Server

STORE = "data/gridscape.gpkg"
VISITS = 5
PATIENCE_MS = 60_000
MARKS = ("map-first-paint", "map-whole")
TARGETS_S = {"map-first-paint": 4.0}
NAMES = {"map-first-paint": "first map paint", "map-whole": "whole picture"}

READ_MARKS = """() => Object.fromEntries(
  performance.getEntriesByType("mark").map((mark) => [mark.name, mark.startTime / 1000])
)"""


def visit(started: Browser, address: str) -> dict[str, float]:
    """Open the overview as somebody who was never there; return the seconds from the start to each mark."""
    context = started.new_context(viewport={"width": 1440, "height": 900})
    try:
        page = context.new_page()
        page.goto(address)
        page.evaluate("(patience) => app.until((state) => state.ready, patience)", PATIENCE_MS)
        marks: dict[str, float] = page.evaluate(READ_MARKS)
        return marks
    finally:
        context.close()


def line(mark: str, times: list[float]) -> None:
    """Print the median of what was measured, and whether it is good enough."""
    median = statistics.median(times)
    target = TARGETS_S.get(mark)
    said = "" if target is None else f"   < {target:.0f} s   {'ok' if median < target else 'over'}"
    print(f"  {NAMES[mark]:<18} {median:5.2f} s   median of {len(times)}, {min(times):.2f} to {max(times):.2f}{said}")


def weigh() -> None:
    """Print what the JavaScript weighs, as the build's own scale says it."""
    node = shutil.which("node")
    if node is None:
        print("  Node is not installed: the JavaScript was not weighed")
        return
    done = subprocess.run([node, "tools/size.mjs"], cwd=ROOT / "web", capture_output=True, text=True, timeout=60)
    print("\n".join(f"  {said.strip()}" for said in (done.stdout + done.stderr).splitlines()))


def main() -> None:
    """Print the measurements, or how to make what is measured."""
    store = Path(os.environ.get("GRIDSCAPE_STORE", STORE))
    if not store.is_file():
        print(f"  no store at {store}: run `make demo` first")
        return
    if not (ROOT / "web" / "dist" / "index.html").is_file():
        print("  the screens are not built: run `make web` first")
        return
    server = Server(store.resolve())
    server.start()
    try:
        with browser() as started:
            visit(started, server.address)
            found = [visit(started, server.address) for _ in range(VISITS)]
    finally:
        server.stop()
    for mark in MARKS:
        line(mark, [marks[mark] for marks in found])
    weigh()
