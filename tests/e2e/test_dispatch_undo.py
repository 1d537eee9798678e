"""Undo on the dispatch screen: a step taken there is taken back within a minute, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import AT_WORK, Screen
from tests.e2e.test_dispatch_hand import desk as _desk
from tests.e2e.test_dispatch_people import Desk

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
desk = _desk
"""The same desk, with its own server for this file."""


def opened(screen: Open, desk: Desk, key: str, language: str = "zh") -> Screen:
    page = screen(f"dispatch?district=luxian&incident={key}&lang={language}", origin=desk.server.address)
    page.until(f"{AT_WORK} && state.detailStatus === 'ready' && state.near !== null")
    return page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_step_is_undone_where_it_was_said_and_the_history_keeps_both(screen: Open, desk: Desk, language: str) -> None:
    key = desk.filed()
    page = opened(screen, desk, key, language)
    page.page.keyboard.press("d")
    page.until("state.detail?.state === 'dispatched' && state.sending === null")
    undo = page.page.locator("[data-test=said] button")
    expect(undo).to_contain_text("撤销" if language == "zh" else "Undo")
    undo.click()
    page.until("state.detail?.state === 'filed' && state.sending === null")
    told = desk.read(key)
    assert told["incident"]["responder"] is None
    assert [line["act"] for line in told["history"]] == ["report", "file", "dispatch", "take_back"]
    line = page.page.locator(".history li").first.inner_text()
    assert ("派遣" if language == "zh" else "Dispatch") in line
    assert ("开放演示" if language == "zh" else "Open demo") in line  # whoever opens the page, nobody by name
    expect(page.page.locator("[data-test=said] button")).to_have_count(0)
