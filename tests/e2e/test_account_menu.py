"""Who is signed in, said on every page in a real browser, and signing out leaves nothing of them there."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from fixtures.accounts import PASSWORD
from tests.e2e.axe import serious_faults
from tests.e2e.conftest import Screen
from tests.server import Server

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
PAGES = ("dispatch", "report", "")
STATUS = """async () => (await (await fetch("/session")).json()).account"""


@pytest.fixture(scope="module")
def signed(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a server that asks who is there."""
    copy = tmp_path_factory.mktemp("account") / "account.gpkg"
    shutil.copy(demo_store, copy)
    server = Server(copy, open_demo=False)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def menu(page: Screen) -> Any:
    """Open the account's menu and return it."""
    page.page.locator(".account > button").click()
    return page.page.locator(".account-menu")


def sign_in(page: Screen, login: str) -> None:
    """Sign in where the page asks for it; the board, the form or the map follows."""
    page.page.locator("input[name=login]").first.fill(login)
    page.page.locator("input[name=password]").first.fill(PASSWORD)
    page.page.keyboard.press("Enter")
    page.page.locator('.account-disc[data-nobody="false"]').wait_for()


@pytest.mark.parametrize("page_name", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_says_that_the_demo_is_open(screen: Open, page_name: str, language: str) -> None:
    page = screen(f"{page_name}?district=luxian&lang={language}")
    said = menu(page).inner_text()
    assert ("没有人登录" if language == "zh" else "Nobody is signed in") in said
    expect(page.page.locator("[data-test=sign-out]")).to_have_count(0)
    assert serious_faults(page.page) == []
    page.page.keyboard.press("Escape")
    page.page.locator(".account-menu").wait_for(state="detached")
    assert page.page.evaluate("document.activeElement.getAttribute('aria-haspopup')") == "true"


@pytest.mark.parametrize(("page_name", "width"), [("dispatch", 1240), ("report", 360), ("", 700)])
def test_every_page_says_who_is_signed_in_and_lets_them_out(
    screen: Open, signed: Server, page_name: str, width: int
) -> None:
    page = screen(f"{page_name}?lang=zh&district=luxian", origin=signed.address, width=width)
    if page_name == "":
        expect(menu(page)).to_contain_text("未登录")
    sign_in(page, "street")
    said = menu(page).inner_text()
    assert "调度员" in said
    assert "街道" in said or "镇" in said
    box = page.page.locator(".account-menu").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert serious_faults(page.page) == []
    with page.page.expect_navigation():
        page.page.locator("[data-test=sign-out]").click()
    page.page.locator('.account-disc[data-nobody="true"]').wait_for()
    assert page.page.evaluate(STATUS) is None


def test_signing_out_erases_the_draft_and_what_the_address_said_and_is_heard_by_the_other_tab(
    screen: Open, signed: Server
) -> None:
    page = screen("report?lang=zh", origin=signed.address, width=360)
    sign_in(page, "worker")
    other = Screen(page.page.context.new_page(), signed.address)
    other.open("dispatch?lang=zh&district=luxian")
    other.until("state.board === 'ready' && state.order.length > 0")
    page.page.evaluate('sessionStorage.setItem("gridscape.report", JSON.stringify({ key: "k", note: "秘密" }))')
    page.page.reload()
    page.until("state.ready && state.note === '秘密'")
    expect(menu(page)).to_contain_text("清除")
    with other.page.expect_navigation(), page.page.expect_navigation():
        page.page.locator("[data-test=sign-out]").click()
    page.until("state.ready && state.note === ''")
    assert "秘密" not in page.page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    other.page.locator(".list input[name=login]").wait_for()
    assert other.state("order") == []
    assert "?" not in page.page.url
