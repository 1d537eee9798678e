"""Where the keyboard is on the dispatch screen after something closes, and what one Esc closes: in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.conftest import Screen
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
    assert field.input_value() == "写到一半"
    # the last opened first
    page.page.locator(".account > button").press("Enter")
    page.page.locator(".map-buttons button").last.click()
    page.page.locator(".layer-switches").wait_for()
    page.page.keyboard.press("Escape")
    page.page.locator(".layer-switches").wait_for(state="detached")
    assert field.input_value() == "写到一半"
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
