"""Where the keyboard is on the dispatch screen after something closes, and what one Esc closes: in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Screen
from tests.e2e.test_dispatch_hand import pixel
from tests.e2e.test_dispatch_people import Desk, desk, opened

__all__ = ["desk", "opened"]
pytestmark = pytest.mark.browser

Open = Callable[..., Screen]


def held(page: Screen, selector: str) -> None:
    """Wait until the keyboard is in what a selector names."""
    page.page.locator(f"{selector}:focus, {selector} :focus").first.wait_for(state="attached")


def begin_note(page: Screen, text: str = "") -> Any:
    """Begin a note from the menu of further steps; return its field."""
    page.page.keyboard.press("m")
    page.page.locator("[data-act=note]").press("Enter")
    field = page.page.locator(".acts.ask textarea")
    field.wait_for()
    held(page, ".acts.ask textarea")
    page.page.keyboard.type(text)
    return field


def test_a_form_that_is_cancelled_or_sent_leaves_the_keyboard_in_the_drawer(opened: Open, desk: Desk) -> None:
    page = opened(desk.filed())
    field = begin_note(page)
    page.page.locator(".acts.ask button[type=button]").press("Enter")
    field.wait_for(state="detached")
    held(page, "#drawer")
    begin_note(page, "已电话联系")
    page.page.keyboard.press("Enter")
    field.wait_for(state="detached")
    held(page, "#drawer")


def test_one_esc_closes_the_menu_alone_and_the_next_the_form(opened: Open, desk: Desk) -> None:
    page = opened(desk.filed())
    field = begin_note(page, "写到一半")
    menu = page.page.locator(".account-menu")
    page.page.locator(".account > button").click()
    menu.wait_for()
    page.page.keyboard.press("Escape")
    menu.wait_for(state="detached")
    held(page, ".account > button")
    expect(field).to_have_value("写到一半")
    # the last opened first
    page.page.locator(".account > button").press("Enter")
    page.page.locator(".map-buttons button").last.click()
    page.page.locator(".layer-switches").wait_for()
    page.page.keyboard.press("Escape")
    page.page.locator(".layer-switches").wait_for(state="detached")
    expect(field).to_have_value("写到一半")
    page.page.keyboard.press("Escape")
    field.wait_for(state="detached")
    assert page.state("selected") is not None


def test_layers_and_the_scope_give_the_keyboard_back(opened: Open, desk: Desk) -> None:
    page = opened(desk.filed())
    page.page.locator("#incidents").focus()
    page.page.keyboard.press("l")
    page.page.locator(".layer-switches input").first.focus()
    page.page.keyboard.press("Escape")
    page.page.locator(".layer-switches").wait_for(state="detached")
    held(page, "#incidents")
    page.page.locator(".scope > button").first.press("Enter")
    page.page.locator(".scope .menu button").first.focus()
    page.page.keyboard.press("Escape")
    page.page.locator(".scope .menu").wait_for(state="detached")
    held(page, ".scope > button")


def test_the_question_before_a_second_sending_gives_the_keyboard_back(opened: Open, desk: Desk) -> None:
    page = opened(desk.filed())
    page.page.keyboard.press("2")
    page.until("state.sent === '周强'")
    page.page.keyboard.press("d")
    page.until("state.detail.state === 'dispatched' && state.sending === null && state.people !== null && state.ready")
    for back in ("Escape", "Enter"):
        page.page.mouse.click(*pixel(page, (desk.place[0] + 0.001, desk.place[1])))
        page.page.locator(".person-card .primary").press("Enter")
        held(page, "[data-test=send-again]")
        if back == "Enter":
            page.page.keyboard.press("Tab")
        page.page.keyboard.press(back)
        page.page.locator(".again").wait_for(state="detached")
        held(page, "#map canvas")


def test_the_dialog_before_a_response_gives_the_keyboard_back(opened: Open, desk: Desk) -> None:
    page = opened(desk.filed())
    page.until("state.ready")
    page.page.keyboard.press("r")
    button = page.page.locator(".responses .actions .primary:enabled")
    button.press("Enter")
    page.until("state.panel === 'form'")
    page.page.locator(".responses textarea").fill("暴雨红色预警")
    page.until("state.preview === 'ready'")
    dialog = page.page.get_by_role("dialog")
    for back in ("Escape", "click", "offline"):
        button.press("Enter")
        dialog.wait_for()
        if back == "offline":
            page.page.context.set_offline(True)
            page.until("state.connection === 'offline'")
        if back == "Escape":
            page.page.keyboard.press("Escape")
        else:
            dialog.locator("button[type=button]").click()
        dialog.wait_for(state="detached")
        held(page, "#responses" if back == "offline" else ".responses .actions .primary")
