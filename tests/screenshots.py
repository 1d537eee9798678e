"""Take the pictures of the README again: `python -m tests.screenshots STORE [name …]`, over the five districts."""

import io
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from PIL import Image
from playwright.sync_api import Browser

from tests.e2e.single_file_browser import browser
from tests.server import ROOT, Server

PICTURES = ROOT / "docs" / "pictures"
SIZE = {"width": 1440, "height": 900}
PLAYED_S = 40
"""So long a day plays before its picture is taken."""

DISTRICTS = ("luxian", "qibin", "gusu", "tongliang", "liujiang")
TILTED = {
    "luxian": "105.3757,29.1492,16.4,60,-20",
    "qibin": "114.298,35.742,16.2,60,-25",
    "gusu": "120.617,31.311,16.2,60,20",
    "tongliang": "106.056,29.845,16.2,60,-30",
    "liujiang": "109.333,24.255,16.2,60,15",
}
QUERIES = {
    **{
        f"{district}-{theme}-{language}": f"district={district}&theme={theme}&lang={language}"
        for district in DISTRICTS
        for theme in ("light", "dark")
        for language in ("zh", "en")
    },
    **{
        f"{district}-tilted-{theme}-{language}": f"district={district}&at={at}&view=3d&theme={theme}&lang={language}"
        for district, at in TILTED.items()
        for theme in ("light", "dark")
        for language in ("zh", "en")
    },
    "chain-light-en": "district=luxian&at=105.376,29.151,16.4&place=105.3745,29.1515&theme=light&lang=en",
    "chain-dark-zh": "district=luxian&at=105.376,29.151,16.4&place=105.3745,29.1515&theme=dark&lang=zh",
}
"""Name of the picture → what the address of the overview holds."""

DESK = {
    f"dispatch-{theme}-{language}": f"district=luxian&theme={theme}&lang={language}"
    for theme in ("light", "dark")
    for language in ("zh", "en")
}
"""The same of the dispatch screen; a day plays on it."""

SHEETS = {
    f"operations-map-{language}": f"operations-map/luxian/510521001006?f=png&dpi=130&lang={language}"
    for language in ("zh", "en")
}
"""Printed sheets: what the server is asked for."""

SHOWN = (
    "luxian-light-en",
    "luxian-light-zh",
    "gusu-light-en",
    "gusu-light-zh",
    "qibin-dark-zh",
    "tongliang-tilted-dark-en",
    "tongliang-tilted-dark-zh",
    "chain-light-en",
    "chain-dark-zh",
    "dispatch-dark-zh",
    "dispatch-light-en",
    "operations-map-zh",
    "operations-map-en",
)
"""The pictures that the documents show."""


def take(started: Browser, address: str, query: str, target: Path) -> None:
    """Open the overview with a query and keep what it shows once everything is drawn."""
    context = started.new_context(viewport=SIZE, reduced_motion="reduce")  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.goto(f"{address}/?{query}")
        page.evaluate("() => app.until((s) => s.ready && !s.moving && s.locating !== 'loading', 120000)")
        page.evaluate("() => document.fonts.ready")
        page.screenshot(path=target, **({"quality": 84} if target.suffix == ".jpg" else {}))
    finally:
        context.close()


def take_desk(started: Browser, address: str, query: str, target: Path) -> None:
    """Open the dispatch screen with a query, select what somebody is on the way to, and keep the picture."""
    context = started.new_context(viewport=SIZE, reduced_motion="reduce")  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.goto(f"{address}/dispatch?{query}")
        page.evaluate("() => app.until((s) => s.ready && s.board === 'ready' && s.streaming, 120000)")
        page.locator(".incident").nth(3).click()
        page.evaluate("() => app.until((s) => s.detailStatus === 'ready' && !s.moving, 120000)")
        page.evaluate("() => document.fonts.ready")
        page.wait_for_timeout(3000)
        page.screenshot(path=target, **({"quality": 84} if target.suffix == ".jpg" else {}))
    finally:
        context.close()


def take_sheet(address: str, path: str, target: Path) -> None:
    """Keep the picture of a printed sheet."""
    answer = httpx.get(f"{address}/{path}", timeout=120).raise_for_status()
    with Image.open(io.BytesIO(answer.content)) as sheet:
        sheet.convert("RGB").save(target, **({"quality": 84} if target.suffix == ".jpg" else {}))


def main(store: Path, names: list[str], folder: Path = PICTURES, suffix: str = ".jpg") -> None:
    """Take the named pictures, those that the documents show where none is named."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = names or list(SHOWN)
    with browser() as started:
        of_overview = [name for name in wanted if name in QUERIES]
        of_sheets = [name for name in wanted if name in SHEETS]
        if of_overview or of_sheets:
            with serving(Server(store)) as address:
                for name in of_sheets:
                    take_sheet(address, SHEETS[name], folder / f"{name}{suffix}")
                    print(f"✓ {name}")
                for name in of_overview:
                    take(started, address, QUERIES[name], folder / f"{name}{suffix}")
                    print(f"✓ {name}")
        of_desk = [name for name in wanted if name in DESK]
        if of_desk:
            with TemporaryDirectory() as aside:
                copy = Path(aside) / "played.gpkg"  # what plays does not stay in the store
                shutil.copy(store, copy)
                with serving(Server(copy, play=30)) as address:
                    time.sleep(PLAYED_S)
                    for name in of_desk:
                        take_desk(started, address, DESK[name], folder / f"{name}{suffix}")
                        print(f"✓ {name}")


@contextmanager
def serving(server: Server) -> Iterator[str]:
    """Yield the address of a server that runs meanwhile."""
    server.start()
    try:
        yield server.address
    finally:
        server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
