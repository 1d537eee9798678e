"""Choosing who mediates a dispute on the dispatch screen, by its keys, in a real browser."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import AT_WORK, Screen
from tests.e2e.test_dispatch_hand import desk as _desk
from tests.e2e.test_dispatch_people import Desk

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
desk = _desk
"""The same desk, with its own server for this file."""

LEAK_DISPUTE = "0301"


def handled(desk: Desk, name: str) -> str:
    """Report a dispute without a mediator, take it until it is handled, and return its key."""
    with httpx.Client(base_url=desk.server.address, timeout=60) as client:

        def post(path: str, **body: Any) -> Any:
            version = body.pop("version", None)
            headers = {"Idempotency-Key": f"{name}-{path}-{version}"}
            if version is not None:
                headers["If-Match"] = f'"{version}"'
            return client.post(path, json=body, headers=headers).raise_for_status().json()

        told = post("/incidents", lon=desk.place[0], lat=desk.place[1], kind=LEAK_DISPUTE)
        key = f"{told['district']}/{told['code']}"
        for act, more in (("file", {}), ("dispatch", {"department": "justice"}), ("arrive", {}), ("handle", {})):
            told = post(f"/incidents/{key}/steps", act=act, version=told["version"], **more)
        assert "verify" not in [each["act"] for each in told["acts"]]
        return key


@pytest.mark.parametrize(
    ("language", "none", "chosen", "verify"),
    [
        ("zh", "调解人 尚未选择", "法律顾问", "核查通过"),
        ("en", "Who mediates Not chosen yet", "Legal adviser", "Verify"),
    ],
)
def test_a_dispute_gets_its_mediator_by_the_keys_and_is_then_verified(
    screen: Open, desk: Desk, language: str, none: str, chosen: str, verify: str
) -> None:
    key = handled(desk, f"mediation-{language}")
    page = screen(f"dispatch?district=luxian&incident={key}&lang={language}", origin=desk.server.address)
    page.until(f"{AT_WORK} && state.detailStatus === 'ready'")
    mediator = page.page.locator("[data-test=mediator]")
    expect(mediator).to_have_text(none)
    page.page.keyboard.press("d")
    page.page.locator(".mediators input[value=community_judge]:focus").wait_for()
    expect(page.page.locator(".acts button[type=submit]")).to_be_disabled()
    page.page.keyboard.press("ArrowDown")
    expect(page.page.locator(".mediators input:checked")).to_have_value("legal_adviser")
    page.page.keyboard.press("Enter")
    page.page.locator("[data-test=mediator] b", has_text=chosen).wait_for()
    assert desk.read(key)["incident"]["mediator"] == "legal_adviser"
    expect(page.page.locator(".history li").first).to_contain_text(chosen)
    expect(page.page.locator(".acts .primary")).to_contain_text(verify)
    page.page.keyboard.press("d")
    page.until("state.detail?.state === 'verified'")
