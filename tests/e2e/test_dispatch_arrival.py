"""Until when somebody is to be there, in the drawer of the dispatch screen: in a real browser."""

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


@pytest.mark.parametrize(
    ("language", "waiting", "there"), [("zh", "前到场，剩余", "按时到场"), ("en", "Be there by", ", in time")]
)
def test_the_limit_for_being_there_is_told_and_that_somebody_was_there_in_time(
    screen: Open, desk: Desk, language: str, waiting: str, there: str
) -> None:
    key = desk.filed()
    page = screen(f"dispatch?district=luxian&incident={key}&lang={language}", origin=desk.server.address)
    page.until(f"{AT_WORK} && state.detailStatus === 'ready' && state.near !== null")
    line = page.page.locator(".clock-card .arrival")
    expect(line).to_have_attribute("data-arrival", "waiting")
    expect(line).to_contain_text(waiting)
    page.page.keyboard.press("d")
    page.until("state.detail?.state === 'dispatched' && state.sending === null")
    page.page.keyboard.press("d")
    page.page.locator(".clock-card [data-arrival=in_time]", has_text=there).wait_for()
    assert line.inner_text().startswith("✓")
