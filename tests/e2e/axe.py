"""What axe finds in a page that would keep somebody out."""

from typing import Any

from playwright.sync_api import Page

from tests.server import ROOT

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
_NAMED = 4


def serious_faults(page: Page) -> list[tuple[str, list[str]]]:
    """Return the rules that a page breaks seriously or critically, each with the first places where it does."""
    page.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run(document)).violations")
    return [
        (fault["id"], [node["html"][:160] for node in fault["nodes"]][:_NAMED])
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    ]
