"""What the tests of the screens share: the demo store, a real server over it, and a real browser."""

import fcntl
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.e2e.single_file_browser import browser
from tests.server import COMMAND, ROOT, Server

STORE = ROOT / "build" / "test-demo.gpkg"
MADE_AT = STORE.with_suffix(".now")
"""The time that its incidents were told relative to."""
PATIENCE_MS = 120_000
AT_WORK = "state.board === 'ready' && state.streaming && state.sending === null"
"""The desk lists and hears, and its keys are there: they come after its first rows."""
expect.set_options(timeout=PATIENCE_MS)


@dataclass(slots=True)
class Screen:
    """A page of the server in the browser: what it knows, asked for and said, and what went wrong in it."""

    page: Page
    origin: str
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def open(self, query: str) -> "Screen":
        """Open the overview with a query and wait for its first whole picture."""
        self.page.goto(f"{self.origin}/{query}")
        self.until("state.ready")
        return self

    def until(self, condition: str) -> None:
        """Wait until a condition over `state` holds; fails with the state as it is when it never does."""
        try:
            self.page.evaluate(f"() => app.until((state) => {condition}, {PATIENCE_MS})")
        except Error as error:
            error.add_note(f"The page said: {self.said[-20:]}")
            raise

    def state(self, name: str) -> Any:
        return self.page.evaluate("(name) => app.state[name]", name)

    def click_centre(self) -> None:
        """Click the middle of the map, which is the position that the address names."""
        box = self.page.locator("#map canvas").first.bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def query(self) -> str:
        """Return the query of the address once it says what the page shows."""
        query = str(self.state("link"))
        self.page.wait_for_url(lambda url: url.endswith(query))
        return query


@pytest.fixture(scope="session")
def demo_store() -> Path:
    """Return a store with Luxian, made by the first worker that asks for it."""
    STORE.parent.mkdir(exist_ok=True)
    with (STORE.parent / "test-demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made_by = max(
            file.stat().st_mtime for folder in ("fixtures", "spatial") for file in (ROOT / folder).rglob("*.*")
        )
        if not STORE.exists() or not MADE_AT.exists() or STORE.stat().st_mtime < made_by:
            STORE.unlink(missing_ok=True)
            now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            MADE_AT.write_text(now, "utf-8")
            made = subprocess.run(
                [*COMMAND, "demo", "--store", str(STORE), "--district", "luxian", "--now", now],
                cwd=ROOT,
                capture_output=True,
                text=True,
                timeout=300,
            )
            assert made.returncode == 0, made.stderr
            STORE.touch()
    return STORE


@pytest.fixture(scope="module")
def demo_server(demo_store: Path) -> Iterator[Server]:
    """Yield a server of the demo store, open to everybody on this machine."""
    with Server(demo_store) as server:
        yield server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Yield a browser; each test opens pages of its own in it."""
    with browser() as started:
        yield started


@pytest.fixture
def screen(chromium: Browser, demo_server: Server) -> Iterator[Callable[..., Screen]]:
    """Yield a way to open the overview; what went wrong in a page fails its test at the end."""
    opened: list[Screen] = []

    def open_screen(
        query: str = "",
        origin: str | None = None,
        width: int = 1240,
        height: int = 700,
        touch: bool = False,
        script: str | None = None,
    ) -> Screen:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce", has_touch=touch
        )
        context.set_default_timeout(PATIENCE_MS)
        if script:
            context.add_init_script(script)
        made = Screen(context.new_page(), origin or demo_server.address)
        made.page.on("request", lambda request: made.asked.append(request.url))
        made.page.on("pageerror", lambda error: made.wrong.append(str(error)))
        made.page.on("console", lambda said: made.said.append(said.text))
        opened.append(made)
        return made.open(query)

    yield open_screen
    for each in opened:
        each.page.context.close()
    assert [wrong for each in opened for wrong in each.wrong] == []
