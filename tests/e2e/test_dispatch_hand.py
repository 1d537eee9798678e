"""Who is on duty, on the map of the dispatch screen, and sending them by hand: in a real browser."""

import math
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import shapely
from playwright.sync_api import expect

from spatial.incidents.responders import Responder
from spatial.store import open_store
from spatial.store.records import Query
from tests.e2e.axe import serious_faults
from tests.e2e.conftest import AT_WORK, Screen
from tests.e2e.test_dispatch_people import Desk
from tests.sendable import with_workers
from tests.server import Server

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
AWAY = 0.0004
"""Degrees between the place of the incidents and who was seen now."""


@pytest.fixture(scope="module")
def desk(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Yield a desk with one who was seen now, one long ago, and one who is gone."""
    copy = tmp_path_factory.mktemp("hand") / "hand.gpkg"
    shutil.copy(demo_store, copy)
    now = datetime.now(UTC)
    with closing(open_store(copy)) as store:
        with_workers(store, li="李敏", zhou="周强", wu="吴刚")
        building = store.read("buildings", Query(district="luxian", limit=20)).geometry[12]
        point = shapely.point_on_surface(building)
        place = float(point.x), float(point.y)
        for account, name, away, age in (
            ("li", "李敏", AWAY, timedelta()),
            ("zhou", "周强", 2 * AWAY, timedelta(minutes=20)),
            ("wu", "吴刚", -AWAY, timedelta(hours=2)),
        ):
            store.put_responder(
                Responder(account, "luxian", name, None, None, now, place[0] + away, place[1], 9.0, now - age)
            )
    with Server(copy) as server:
        yield Desk(server, place)


@pytest.fixture
def opened(screen: Open, desk: Desk) -> Open:
    def open_desk(more: str = "", **size: Any) -> Screen:
        lon, lat = desk.place
        lang = "" if "lang=" in more else "&lang=zh"
        query = f"dispatch?district=luxian{lang}&at={lon:.5f},{lat:.5f},18{more}"
        page = screen(query, origin=desk.server.address, **size)
        page.until(f"state.ready && {AT_WORK} && state.people !== null")
        return page

    return open_desk


def pixel(page: Screen, place: tuple[float, float]) -> tuple[float, float]:
    """Return where a place stands on the page; the map is not turned, and 512 pixels are the world at zoom 0."""
    page.until("!state.moving")
    camera, box = page.state("camera"), page.page.locator("#map canvas").first.bounding_box()
    assert box is not None

    def world(lon: float, lat: float) -> tuple[float, float]:
        size = 512 * 2 ** camera["zoom"]
        y = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
        return size * (lon + 180) / 360, size * (0.5 - y / (2 * math.pi))

    (x, y), (middle_x, middle_y) = world(*place), world(camera["lon"], camera["lat"])
    return box["x"] + box["width"] / 2 + x - middle_x, box["y"] + box["height"] / 2 + y - middle_y


def take(page: Screen, desk: Desk, away: float = AWAY) -> None:
    """Take a responder by their disc."""
    page.page.mouse.move(*pixel(page, (desk.place[0] + away, desk.place[1])))
    page.page.mouse.down()


def row_of(page: Screen, key: str) -> tuple[float, float]:
    code = key.split("/")[1]
    page.page.locator("#find").fill(code)
    page.until(f"state.filters.text === '{code}' && state.board === 'ready' && state.order.length === 1")
    box = page.page.locator(f'.incident[data-key="{key}"]').bounding_box()
    assert box is not None
    return box["x"] + 120, box["y"] + 20


def test_who_is_on_duty_stands_on_the_map_until_they_are_switched_off(opened: Open) -> None:
    page = opened()
    assert [one[:2] for one in page.state("people")] == [["li", "fresh"], ["zhou", "stale"]]
    expect(page.page.locator("[data-test=people-key]")).to_contain_text("在岗 3")
    page.page.keyboard.press("l")
    page.page.locator('[data-layer="people"]').click()
    page.until("state.people === null")
    assert "layers=-people" in page.query()
    asked = len([url for url in page.asked if "/responders" in url])
    page.page.reload()
    page.until("state.ready && state.board === 'ready' && state.sending === null")
    assert page.state("people") is None
    assert len([url for url in page.asked if "/responders" in url]) == asked


def test_a_hidden_page_asks_nothing_and_asks_at_once_when_it_is_seen(opened: Open) -> None:
    page = opened()
    page.page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    before = len([url for url in page.asked if "/responders" in url])
    page.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert len([url for url in page.asked if "/responders" in url]) == before
    page.page.evaluate("Object.defineProperty(document, 'hidden', { value: false, configurable: true })")
    with page.page.expect_response(lambda answer: "/responders" in answer.url):
        page.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_a_responder_dropped_on_a_row_is_sent_and_a_second_one_is_asked_about(opened: Open, desk: Desk) -> None:
    key = desk.filed()
    page = opened()
    row = row_of(page, key)
    take(page, desk)
    page.page.mouse.move(*row, steps=4)
    page.until(f"state.drag?.to === '{key}'")
    expect(page.page.locator(f'.incident[data-key="{key}"]')).to_have_attribute("data-drop", "true")
    expect(page.page.locator(".held")).to_contain_text("派李敏去")
    page.page.mouse.up()
    page.until(f"state.selected === '{key}' && state.detail?.state === 'dispatched' && state.sending === null")
    assert desk.read(key)["incident"]["responder"] == "li"

    version = page.state("detail")["version"]
    page.page.keyboard.press("Escape")
    page.until("state.selected === null")
    take(page, desk, 2 * AWAY)
    page.page.mouse.move(*row, steps=4)
    page.until(f"state.drag?.to === '{key}'")
    page.page.mouse.up()
    page.until("state.asking === 'zhou'")
    expect(page.page.locator("[data-test=send-again]")).to_contain_text("改派周强")
    assert serious_faults(page.page) == []
    page.page.locator("[data-test=send-again]").click()
    page.until(f"state.detail?.version > {version} && state.sending === null")
    assert desk.read(key)["incident"]["responder"] == "zhou"

    page.page.keyboard.press("Escape")
    page.until("state.selected === null")
    take(page, desk)
    page.page.mouse.move(*row, steps=4)
    page.until(f"state.drag?.to === '{key}'")
    page.page.mouse.up()
    page.until("state.asking === 'li'")
    page.page.keyboard.press("Escape")
    page.until("state.asking === null")
    assert desk.read(key)["incident"]["responder"] == "zhou"


def test_from_the_drawer_onto_the_mark_and_escape_lets_nobody_go(opened: Open, desk: Desk) -> None:
    key = desk.filed()
    page = opened(f"&incident={key}&q={key.split('/')[1]}")
    page.until("state.near !== null && state.detailStatus === 'ready'")
    line = page.page.locator(".candidates button").first
    mark = pixel(page, desk.place)

    def hold() -> None:
        line.hover(position={"x": 60, "y": 10})  # comes into view first: a clock of a weekend has a line more
        page.page.mouse.down()
        page.page.mouse.move(*mark, steps=5)
        page.until(f"state.drag?.to === '{key}'")

    hold()
    page.page.keyboard.press("Escape")
    page.until("state.drag === null")
    page.page.mouse.up()
    assert desk.read(key)["incident"]["state"] == "filed"
    hold()
    page.page.mouse.up()
    page.until("state.detail?.state === 'dispatched' && state.sending === null")
    assert desk.read(key)["incident"]["responder"] == "li"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_drop_that_cannot_be_says_why_and_changes_nothing(opened: Open, desk: Desk, language: str) -> None:
    key = desk.reported()
    page = opened(f"&lang={language}" if language == "en" else "")
    row = row_of(page, key)
    take(page, desk)
    page.page.mouse.move(*row, steps=4)
    page.until("state.drag !== null && state.drag.to === null")
    page.page.mouse.up()
    said = "尚未立案" if language == "zh" else "not filed"
    page.until(f"state.said?.includes('{said}')")
    assert desk.read(key)["incident"]["state"] == "reported"
