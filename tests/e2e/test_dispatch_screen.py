"""How the dispatch screen is laid out and addressed, in a real browser: filters, tabs, language, widths, the map."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import serious_faults
from tests.e2e.conftest import AT_WORK, Screen
from tests.e2e.test_dispatch import Desk, desk, opened, settled
from tests.e2e.test_dispatch_hand import pixel

__all__ = ["desk", "opened"]
pytestmark = pytest.mark.browser

Open = Callable[..., Screen]


def test_filters_live_in_the_address_and_say_what_they_hide(opened: Open, desk: Desk) -> None:
    page = opened()
    page.page.locator("[data-filter=category]").select_option("disputes")
    page.until("state.board === 'ready' && state.filters.category === 'disputes' && state.sending === null")
    page.until("document.querySelectorAll('.incident').length === Math.min(state.order.length, 30)")
    assert "category=disputes" in page.query()
    page.page.keyboard.press("/")
    page.page.keyboard.type("没有这样的事")
    page.page.locator(".rows-scroll .notice").wait_for()
    notice = page.page.locator(".rows-scroll .notice")
    expect(notice).to_contain_text("矛盾纠纷")
    page.page.keyboard.press("Escape")
    page.page.keyboard.press("x")
    page.until("state.filters.category === null && state.filters.text === '' && state.order.length > 10")
    assert "category" not in page.query()


def test_the_tabs_count_what_they_hold(opened: Open, desk: Desk) -> None:
    page = opened()
    for tab in ("waiting", "at_work", "to_check", "closed", "open"):
        page.page.locator(f"[data-tab={tab}]").click()
        page.until(f"state.tab === '{tab}' && state.board === 'ready'")
        page.page.wait_for_function(
            "(tab) => Number(document.querySelector(`[data-tab=${tab}] b`).textContent) === app.state.order.length",
            arg=tab,
        )


def test_the_address_restores_the_screen(opened: Open, desk: Desk, screen: Open) -> None:
    key = desk.report()
    first = opened(f"tab=waiting&department=municipal_works&incident={key}&theme=light&layers=stations")
    settled(first, key, "reported")
    second = screen(f"dispatch{first.query()}", origin=desk.server.address)
    settled(second, key, "reported")
    for name in ("tab", "filters", "selected", "language", "theme", "order"):
        assert second.state(name) == first.state(name)
    there, here = second.state("camera"), first.state("camera")
    assert (there["lon"], there["lat"], there["zoom"]) == pytest.approx(
        (here["lon"], here["lat"], here["zoom"]), abs=0.01
    )


def test_a_link_to_an_incident_shows_all_that_is_listed_beside_its_drawer(desk: Desk, screen: Open) -> None:
    key = desk.report()
    page = screen(f"dispatch?district=luxian&incident={key}", origin=desk.server.address, width=1440, height=900)
    settled(page, key, "reported")
    page.until("!state.moving")
    here = page.state("camera")
    page.page.locator(".map-buttons .stack").first.locator("button").nth(2).click()
    page.page.wait_for_timeout(600)  # longer than the flight, where there is any
    page.until("!state.moving")
    fitted = page.state("camera")
    assert [here[name] for name in ("lon", "lat", "zoom")] == pytest.approx(
        [fitted[name] for name in ("lon", "lat", "zoom")], abs=0.01
    )
    for _ in range(20):  # a map that shows them all stays where it is, whichever is selected
        before = page.state("selected")
        page.page.keyboard.press("k")
        page.until(f"state.selected !== '{before}'")
        page.until("!state.moving")
        assert page.state("camera") == fitted


def test_whoever_is_selected_in_the_end_is_in_view_however_quickly_one_goes_through_the_list(
    desk: Desk, screen: Open
) -> None:
    page = screen("dispatch?district=luxian", origin=desk.server.address, width=1440, height=900)
    page.page.emulate_media(reduced_motion="no-preference")  # a flight takes a while here
    page.until(AT_WORK)
    order = page.state("order")
    for number in (4, 9, 14):
        for _ in range(5):
            page.page.keyboard.press("j")
        page.until(f"state.selected === '{order[number]}'")
        page.page.wait_for_timeout(600)  # longer than the flight, where there is any
        page.until("!state.moving")
        there = desk.read(order[number])["incident"]
        x, y = pixel(page, (there["lon"], there["lat"]))
        edge = page.page.locator(".drawer").bounding_box()
        pane = page.page.locator("#map").bounding_box()
        assert edge is not None
        assert pane is not None
        assert pane["x"] < x < edge["x"]
        assert pane["y"] < y < pane["y"] + pane["height"]


def test_the_language_changes_and_nothing_else(opened: Open, desk: Desk) -> None:
    key = desk.report()
    page = opened(f"tab=waiting&incident={key}")
    settled(page, key, "reported")
    before = {name: page.state(name) for name in ("tab", "selected", "order", "filters")}
    page.page.get_by_role("button", name="EN", exact=True).click()
    page.page.locator("h2", has_text="Street light out").wait_for()
    expect(page.page.locator(".primary")).to_contain_text("File")
    expect(page.page.locator("html")).to_have_attribute("lang", "en")
    assert {name: page.state(name) for name in before} == before


def test_narrower_the_drawer_takes_the_lists_place(opened: Open, desk: Desk) -> None:
    page = opened(width=1000, height=700)
    page.page.locator(".incident").first.click()
    page.page.locator(".drawer").wait_for()
    expect(page.page.locator(".list")).to_have_count(0)
    page.page.keyboard.press("Escape")
    page.page.locator(".list").wait_for()
    assert page.state("selected") is None


def test_on_a_phone_list_and_map_are_two_tabs(opened: Open, desk: Desk) -> None:
    page = opened(width=700, height=800)
    page.page.locator(".sides button", has_text="地图").click()
    page.page.locator(".list").wait_for(state="hidden")
    page.until("state.side === 'map'")
    page.page.locator(".sides button", has_text="列表").click()
    page.page.locator(".list").wait_for()


def test_incidents_on_the_map_are_those_of_the_list(opened: Open, desk: Desk) -> None:
    page = opened("tab=waiting")
    page.until("state.drawn === state.order.length")
    key = desk.report()
    page.until(f"state.order.includes('{key}') && state.drawn === state.order.length")
    box = page.page.locator("#map canvas").first.bounding_box()
    assert box is not None
    page.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    shown = "[state.selected, ...state.legs, ...(state.here ? state.here.keys : [])]"
    page.until(f"{shown}.includes('{key}')")


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_no_serious_fault(opened: Open, desk: Desk, theme: str) -> None:
    key = desk.report()
    desk.step(key, "file")
    page = opened(f"incident={key}&theme={theme}&lang=en")
    settled(page, key, "filed")
    page.page.keyboard.press("m")
    assert serious_faults(page.page) == []
