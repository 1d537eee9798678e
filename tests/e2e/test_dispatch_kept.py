"""What the dispatch screen keeps of a step whose incident is left meanwhile, and what it forgets with the session."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from fixtures.accounts import PASSWORD
from tests.e2e.conftest import Screen
from tests.e2e.test_dispatch import Desk, row, settled
from tests.e2e.test_dispatch import desk as _desk
from tests.e2e.test_dispatch import opened as _opened
from tests.e2e.test_dispatch_day import SignedIn, sign_in
from tests.e2e.test_dispatch_day import place as _place
from tests.e2e.test_dispatch_day import signed as _signed
from tests.e2e.test_dispatch_day import worker as _worker
from tests.server import Server

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
desk, opened, signed, worker, place = _desk, _opened, _signed, _worker, _place
"""The same desks, with servers of their own for this file."""


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
    expect(conflict).to_have_count(0)


def test_what_is_said_meanwhile_leaves_the_last_step_to_be_undone(opened: Open, desk: Desk) -> None:
    key = desk.report("撤回")
    desk.step(key, "file")
    page = opened(f"incident={key}")
    settled(page, key, "filed")
    page.page.keyboard.press("d")
    settled(page, key, "dispatched")
    expect(page.page.locator("[data-test=undo-step]")).to_have_count(1)
    page.page.evaluate("() => { Notification.requestPermission = async () => 'denied'; }")
    page.page.locator("[aria-label^='新事件提示音']").first.click()  # the bell says something else
    page.until("state.said !== null && !state.said.includes('派遣')")
    page.page.keyboard.press("u")
    settled(page, key, "filed")
    assert [line["act"] for line in desk.read(key)["history"]][-2:] == ["dispatch", "take_back"]


def test_who_is_signed_out_sees_no_more_of_the_incident(
    screen: Open, signed: Server, worker: SignedIn, place: tuple[float, float]
) -> None:
    key = worker.report(place, "kept")
    page = screen(f"dispatch?lang=zh&district=luxian&incident={key}", origin=signed.address)
    sign_in(page, "centre")
    page.until("state.detailStatus === 'ready' && state.near !== null && state.people !== null")
    expect(page.page.locator("#drawer")).to_have_count(1)
    page.page.context.clear_cookies()
    page.page.locator("#find").fill("x")  # the board is read again
    page.page.locator(".sign-in").wait_for()
    page.until("state.detail === null && state.near === null && state.people === null")
    expect(page.page.locator("#drawer")).to_have_count(0)


def test_who_is_signed_out_meanwhile_is_asked_to_sign_in_at_the_statistics(screen: Open, signed: Server) -> None:
    statistics = screen("statistics?lang=zh", origin=signed.address)
    statistics.page.locator("input[name=login]").fill("centre")
    statistics.page.locator("input[name=password]").fill(PASSWORD)
    statistics.page.keyboard.press("Enter")
    statistics.until("state.status === 'ready'")
    statistics.page.context.clear_cookies()
    statistics.page.locator("body").press("r")
    statistics.page.locator(".sign-in").wait_for()
    statistics.until("state.nobody && state.told === null")
