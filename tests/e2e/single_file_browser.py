"""A real browser that opens exported files with the network cable out, and notes whatever they would ask for."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
)
PATIENCE_S = 180.0


def chromium() -> str:
    """Return the browser's path; without one the test is skipped, and fails in CI."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed, and in CI nothing may be skipped: run `make install-test` as root")
        pytest.skip("Chromium is not installed; on Debian: apt-get install chromium")
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a browser of our own."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            yield started
        finally:
            started.close()


@dataclass(slots=True)
class Opened:
    """A file in the browser: what it asked for outside itself, and what went wrong in it."""

    page: Page
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def ask(self, script: str, argument: Any = None) -> Any:
        """Evaluate a function in the page."""
        return self.page.evaluate(script, argument)

    def codes(self, layer: str) -> list[str]:
        """Return the codes of what the page really draws for a layer, sorted as the page sorts them."""
        return sorted(self.ask("(id) => window.app.drawn(id)", layer))


@contextmanager
def opened(started: Browser, file: Path, width: int = 1280, height: int = 800) -> Iterator[Opened]:
    """Open a file from the disk with no network, and wait until it has drawn."""
    context = started.new_context(viewport={"width": width, "height": height}, offline=True)
    page = context.new_page()
    found = Opened(page)
    own = file.resolve().as_uri()
    # the file itself is loaded, and what stands in it as data; anything else is a request
    page.on(
        "request",
        lambda request: (
            None
            if request.url.split("#")[0] == own or request.url.startswith(("data:", "blob:"))
            else found.asked.append(request.url)
        ),
    )
    page.on("pageerror", lambda error: found.wrong.append(str(error)))
    page.on("console", lambda said: found.wrong.append(said.text) if said.type == "error" else None)
    try:
        page.goto(own)
        until = time.monotonic() + PATIENCE_S
        while not page.evaluate("() => Boolean(window.app && window.app.ready)"):
            if time.monotonic() > until or found.wrong:
                pytest.fail(f"{file.name} did not draw: {found.wrong or 'no error was said'}")
            page.wait_for_timeout(100)
        yield found
    finally:
        context.close()
