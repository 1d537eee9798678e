"""Sound and notifications on the dispatch screen: off until they are wanted, and for what is new alone."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import AT_WORK, Screen
from tests.e2e.test_dispatch import Desk, Open
from tests.e2e.test_dispatch import desk as _desk
from tests.e2e.test_dispatch import opened as _opened

pytestmark = pytest.mark.browser

desk, opened = _desk, _opened
"""The same desk, with its own server for this file."""

COUNT_NOTIFICATIONS = """() => {
  window.shown_ = [];
  const Real = Notification;
  window.Notification = class extends Real {
    constructor(title, options) { super(title, options); shown_.push([title, options.tag]); }
  };
}"""
HIDE = "(hidden) => Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })"


def heard(page: Screen, key: str) -> None:
    page.until(f"state.order.includes('{key}') || state.behind.includes('{key}')")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_new_sounds_and_notifies_once_it_is_wanted(opened: Open, desk: Desk, language: str) -> None:
    page = opened(f"lang={language}")
    page.page.context.grant_permissions(["notifications"])
    page.page.evaluate(COUNT_NOTIFICATIONS)
    heard(page, desk.report())
    page.until("state.sounded === 0")
    bell = page.page.get_by_role("button", name="新事件提示音与通知" if language == "zh" else "Sound and notification")
    expect(bell).to_have_attribute("aria-pressed", "false")
    bell.click()
    page.until("state.sounded === 1 && state.said !== null")
    expect(bell).to_have_attribute("aria-pressed", "true")
    page.until("state.said === null")  # a while later: sounds are kept apart
    page.page.evaluate(HIDE, True)
    key = desk.report()
    page.until("state.sounded === 2")
    allowed = page.page.evaluate("Notification.permission") == "granted"
    assert [tag for _, tag in page.page.evaluate("shown_")] == ([key] if allowed else [])
    page.page.evaluate(HIDE, False)

    before = page.state("event")
    desk.step(key, "file")
    page.until(f"state.event > {before}")
    assert page.state("sounded") == 2
    page.page.reload()
    page.until(AT_WORK)
    expect(bell).to_have_attribute("aria-pressed", "true")
    page.until("state.sounded === 0")
    bell.click()
    expect(bell).to_have_attribute("aria-pressed", "false")


def test_after_a_reload_the_bell_says_that_it_waits_and_any_key_wakes_it(opened: Open, desk: Desk) -> None:
    page = opened("lang=zh")
    page.page.get_by_role("button", name="新事件提示音与通知：关").click()
    page.until("state.sounded === 1")
    page.page.reload()
    page.until(AT_WORK)
    page.page.get_by_role("button", name="按任意键后才会响").wait_for()
    page.page.keyboard.press("j")
    page.page.get_by_role("button", name="新事件提示音与通知：开", exact=True).wait_for()
    desk.report()
    page.until("state.sounded === 1")
