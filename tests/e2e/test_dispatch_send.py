"""Sending without a mouse's drag, in a real browser: everybody who is near, and the card of a disc on the map."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import shapely
from playwright.sync_api import expect

from spatial.incidents.responders import Responder
from spatial.store import open_store
from spatial.store.records import Query
from tests.e2e.conftest import AT_WORK, Screen
from tests.e2e.test_dispatch_hand import pixel
from tests.e2e.test_dispatch_people import Desk
from tests.sendable import with_workers
from tests.server import Server

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
AWAY = 0.0004
NAMES = ("李敏", "周强", "吴刚", "郑洁", "王磊", "冯静")


@pytest.fixture(scope="module")
def desk(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Yield a desk with six on duty, each further to the east."""
    copy = tmp_path_factory.mktemp("send") / "send.gpkg"
    shutil.copy(demo_store, copy)
    now = datetime.now(UTC)
    with closing(open_store(copy)) as store:
        building = store.read("buildings", Query(district="luxian", limit=20)).geometry[12]
        point = shapely.point_on_surface(building)
        place = float(point.x), float(point.y)
        with_workers(store, **{f"near-{step}": name for step, name in enumerate(NAMES, start=1)})
        for step, name in enumerate(NAMES, start=1):
            lon = place[0] + step * AWAY
            store.put_responder(
                Responder(f"near-{step}", "luxian", name, "urban_management", None, now, lon, place[1], 9.0, now)
            )
    with Server(copy) as server:
        yield Desk(server, place)


@pytest.fixture
def opened(screen: Open, desk: Desk) -> Open:
    def open_desk(key: str | None, middle: float = 0, **more: Any) -> Screen:
        lon, lat = desk.place
        selected = "" if key is None else f"&incident={key}"
        query = f"dispatch?district=luxian&lang=zh&at={lon + middle:.5f},{lat:.5f},18{selected}"
        page = screen(query, origin=desk.server.address, **more)
        page.until(f"state.ready && {AT_WORK} && state.people !== null")
        if key is not None:
            page.until("state.detailStatus === 'ready' && state.near !== null")
        return page

    return open_desk


def test_everybody_near_is_offered_when_asked_for_and_a_digit_chooses_them(opened: Open, desk: Desk) -> None:
    key = desk.filed()
    page = opened(key)
    people = page.page.locator(".candidates [data-hand=true]")
    expect(people).to_have_count(3)
    page.page.locator("[data-test=near-more]").press("Enter")
    people.nth(5).wait_for()
    assert page.page.evaluate("document.activeElement.dataset.test") == "near-more"
    accounts = [account for account, _ in page.state("near")["responders"]]
    page.page.keyboard.press("5")
    page.until(f"state.chosen === 4 && state.sent === '{NAMES[int(accounts[4][-1]) - 1]}'")
    page.page.keyboard.press("d")
    page.until("state.detail.state === 'dispatched' && state.sending === null")
    assert desk.read(key)["incident"]["responder"] == accounts[4]


@pytest.mark.parametrize("by", ["mouse", "finger"])
def test_a_disc_on_the_map_opens_a_card_that_sends_who_it_is(opened: Open, desk: Desk, by: str) -> None:
    key = desk.filed()
    page = opened(key, touch=by == "finger")
    page.until("!state.moving && state.ready")
    at = pixel(page, (desk.place[0] + AWAY, desk.place[1]))
    (page.page.touchscreen.tap if by == "finger" else page.page.mouse.click)(*at)
    card = page.page.locator(".person-card")
    card.wait_for()
    said = card.inner_text()
    for words in ("李敏", "城管", "前 ·", "派李敏去"):
        assert words in said
    send = card.get_by_role("button", name="派往所选事件")
    if by == "finger":
        send.tap()
    else:
        send.click()
    page.until("state.detail.state === 'dispatched' && state.sending === null")
    assert desk.read(key)["incident"]["responder"] == "near-1"
    card.wait_for(state="detached")


def test_enter_in_the_middle_of_the_map_opens_the_card_there_and_esc_leads_back(opened: Open, desk: Desk) -> None:
    page = opened(None, middle=3 * AWAY)
    page.until("!state.moving && state.ready")
    page.page.locator("#map canvas").first.focus()
    page.page.keyboard.press("Enter")
    card = page.page.locator(".person-card")
    card.wait_for()
    expect(card).to_have_attribute("data-account", "near-3")
    expect(card.get_by_role("button", name="派往所选事件")).to_be_disabled()
    expect(card).to_contain_text("先选一件事件")
    page.page.keyboard.press("Escape")
    card.wait_for(state="detached")
    page.page.locator("#map canvas:focus").wait_for()
