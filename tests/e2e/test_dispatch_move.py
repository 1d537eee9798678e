"""Moving an incident on the dispatch screen: the new owner is told first, and the history tells it."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_dispatch import Desk, Open
from tests.e2e.test_dispatch import desk as _desk
from tests.e2e.test_dispatch import opened as _opened

pytestmark = pytest.mark.browser

desk, opened = _desk, _opened
"""The same desk, with its own server for this file."""


def test_an_incident_is_moved_by_a_click_once_its_new_owner_was_told(opened: Open, desk: Desk) -> None:
    key = desk.report()
    before = desk.read(key)
    page = opened(f"incident={key}&lang=zh", width=1440, height=900)
    page.until("state.ready && state.detailStatus === 'ready' && !state.moving")
    page.page.keyboard.press("m")
    page.page.locator("[data-act=move]").click()
    send = page.page.locator(".acts.ask button[type=submit]")
    expect(send).to_be_disabled()
    page.page.keyboard.press("Escape")
    page.page.locator(".acts.ask").wait_for(state="detached")
    page.page.keyboard.press("m")
    page.page.locator("[data-act=move]").click()
    page.page.locator(".acts.ask textarea").fill("报错了楼")
    expect(send).to_be_disabled()  # a reason without a place
    box = page.page.locator("#map canvas").first.bounding_box()
    assert box is not None
    page.page.mouse.click(box["x"] + 120, box["y"] + box["height"] - 160)
    page.page.locator("[data-test=new-place] b").wait_for()
    page.page.locator(".move-pin").wait_for()
    expect(page.page.locator(".acts.ask textarea")).to_have_value("报错了楼")
    said = page.page.locator("[data-test=new-place]").inner_text()
    send.click()
    page.until(f"state.sending === null && state.detail?.version > {before['version']}")
    after = desk.read(key)
    assert [line["act"] for line in after["history"]] == ["report", "move"]
    assert after["history"][-1]["reason"] == "报错了楼"
    assert (after["incident"]["lon"], after["incident"]["lat"]) != (
        before["incident"]["lon"],
        before["incident"]["lat"],
    )
    assert f"{after['incident']['lon']:.5f}" in said
    expect(page.page.locator(".move-pin")).to_have_count(0)
    owner = next(each for each in after["owners"] if each["code"] == after["incident"]["responsible"])
    assert owner["name"] in said


def test_on_a_phone_the_place_is_chosen_in_the_other_tab_and_the_form_comes_back(opened: Open, desk: Desk) -> None:
    key = desk.report()
    page = opened(f"incident={key}&lang=en", width=390, height=844)
    page.until("state.detailStatus === 'ready'")
    page.page.locator(".acts button", has_text="More").click()
    page.page.locator("[data-act=move]").click()
    page.page.locator(".acts.ask textarea").fill("wrong house")
    page.page.locator("[data-test=move-on-map]").click()
    page.until("state.ready && !state.moving")
    box = page.page.locator("#map canvas").first.bounding_box()
    assert box is not None
    page.page.mouse.click(box["x"] + 120, box["y"] + box["height"] / 2)
    page.page.locator("[data-test=new-place] b").wait_for()
    expect(page.page.locator(".acts.ask textarea")).to_have_value("wrong house")
    page.page.locator(".acts.ask button[type=submit]").click()
    page.until("state.sending === null && state.detail?.version === 2")
    assert desk.read(key)["history"][-1]["reason"] == "wrong house"
