"""What the dispatch screen keeps of a step whose incident is left meanwhile."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from tests.e2e.conftest import Screen
from tests.e2e.test_dispatch import Desk, row, settled
from tests.e2e.test_dispatch import desk as _desk
from tests.e2e.test_dispatch import opened as _opened

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
desk, opened = _desk, _opened
"""The same desk, with a server of its own for this file."""


def test_a_step_that_somebody_overtook_is_said_and_kept_where_the_selection_moved_on(opened: Open, desk: Desk) -> None:
    key, other = desk.report("先一步"), desk.report("另一件")
    page = opened(f"incident={key}")
    settled(page, key, "reported")
    held: list[Route] = []
    page.page.route(f"**/incidents/{key}/steps", lambda route: held.append(route))
    page.page.keyboard.press("d")
    while not held:
        page.page.wait_for_timeout(20)
    row(page, other).click()
    desk.step(key, "file")
    held[0].continue_()
    page.until("state.sending === null")
    assert "有人先一步" in str(page.state("said"))
    assert page.state("selected") == other
    page.page.unroute(f"**/incidents/{key}/steps")

    page.page.keyboard.press("Escape")
    assert page.state("selected") is None

    row(page, key).click()
    settled(page, key, "filed")
    conflict = page.page.locator("[data-test=conflict]")
    conflict.wait_for()
    page.page.keyboard.press("Escape")
    page.until("state.overtaken === null")
    assert page.state("selected") == key
    assert conflict.count() == 0


def test_what_is_said_meanwhile_leaves_the_last_step_to_be_undone(opened: Open, desk: Desk) -> None:
    key = desk.report("撤回")
    desk.step(key, "file")
    page = opened(f"incident={key}")
    settled(page, key, "filed")
    page.page.keyboard.press("d")
    settled(page, key, "dispatched")
    assert page.page.locator("[data-test=undo-step]").count() == 1
    page.page.evaluate("() => { Notification.requestPermission = async () => 'denied'; }")
    page.page.locator("[aria-label^='新事件提示音']").first.click()  # the bell says something else
    page.until("state.said !== null && !state.said.includes('派遣')")
    page.page.keyboard.press("u")
    settled(page, key, "filed")
    assert [line["act"] for line in desk.read(key)["history"]][-2:] == ["dispatch", "take_back"]
