"""The filters of the dispatch screen in a real browser: what an input method composes, and one state alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import AT_WORK, Screen

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]


def test_what_is_cleared_right_after_it_was_typed_does_not_come_back(screen: Open) -> None:
    page = screen("dispatch?district=luxian&lang=zh")
    page.until(AT_WORK)
    page.page.keyboard.press("/")
    page.page.keyboard.type("qqq")
    page.page.keyboard.press("Escape")
    page.page.keyboard.press("x")
    page.page.wait_for_timeout(400)  # much longer than what is typed waits
    page.until("state.board === 'ready'")
    assert page.state("filters")["text"] == ""
    expect(page.page.locator("#find")).to_have_value("")


def test_what_is_still_composed_filters_nothing_and_its_enter_stays_in_the_field(screen: Open) -> None:
    page = screen("dispatch?lang=zh&district=luxian")
    page.until("state.board === 'ready' && state.sending === null")
    field = page.page.locator("#find")
    field.focus()
    keyboard = page.page.context.new_cdp_session(page.page)
    for typed in ("l", "lu", "lu d", "lu deng"):
        text = {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)}
        keyboard.send("Input.imeSetComposition", text)
    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    page.page.locator("#find:focus").wait_for()
    expect(field).to_have_value("lu deng")
    keyboard.send("Input.insertText", {"text": "路灯"})
    page.until("state.filters.text === '路灯' && state.board === 'ready'")
    assert [url for url in page.asked if "q=lu" in url] == []
    page.page.keyboard.press("Enter")
    page.page.locator("#find:not(:focus)").wait_for()


def test_one_state_alone_is_a_filter_of_the_address_and_a_tab_ends_it(screen: Open) -> None:
    page = screen("dispatch?lang=zh&district=luxian")
    page.until("state.board === 'ready' && state.sending === null && state.tally.on_site > 0")
    page.page.locator("[data-filter=state]").select_option(value="on_site")
    page.until("state.filters.state === 'on_site' && state.board === 'ready' && state.matched === state.tally.on_site")
    assert "state=on_site" in page.query()
    page.page.reload()
    page.until("state.ready && state.board === 'ready' && state.matched === state.tally.on_site")
    expect(page.page.locator(".choice[data-set=true]")).to_have_count(1)
    assert set(page.page.locator(".incident .state").all_inner_texts()) == {"已到场"}
    # closed ones are in no tab of the open ones, and are found all the same
    page.page.locator("[data-filter=state]").select_option(value="closed")
    page.until("state.matched === state.tally.closed && state.order.length === state.matched")
    page.page.locator("[data-tab=open]").click()
    page.until("state.filters.state === null && state.matched > state.tally.on_site")
