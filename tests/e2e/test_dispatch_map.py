"""The map of the desk: clusters within boundaries, from the page and from the server, spread, and heat."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Route, expect

from spatial.store import open_store
from tests import small_town
from tests.e2e.conftest import Screen
from tests.incidents_at import incidents_at
from tests.server import Server

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
FEW, MANY = 300, 3000
PAIR, CROWD = (105.3461, 29.1221), (105.3462, 29.1421)
IN_VIEW = (105.3611, 29.1411)
LOOK = "at=105.376,29.151,13"
_keys = count()


def _server(folder: object, number: int) -> Server:
    random = np.random.default_rng(5)
    scattered = small_town.WEST + 0.001, small_town.SOUTH + 0.001, small_town.SIDE - 0.002
    places = np.stack([low + random.uniform(0, scattered[2], number) for low in scattered[:2]], axis=1)
    places = np.concatenate((places, [PAIR] * 5, [CROWD] * 14))
    url = f"{folder}/town.gpkg"
    with closing(open_store(url, create=True)) as store:
        small_town.fill(store, [("incidents", incidents_at(places, seed=5))])
    return Server(url)


@pytest.fixture(scope="module", params=[FEW, MANY], ids=["few", "many"])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, bool]]:
    """Yield a desk with few incidents, and one with more than a page reads."""
    with _server(tmp_path_factory.mktemp("clusters"), request.param) as server:
        yield server, request.param == MANY


only_many = pytest.mark.parametrize("desk", [MANY], ids=["many"], indirect=True)
"""For what there is only where the page does not know all of them."""


@pytest.fixture
def opened(screen: Open, desk: tuple[Server, bool]) -> Open:
    """Return a way to open the desk over the small town."""
    server, many = desk

    def open_desk(query: str = LOOK) -> Screen:
        page = screen(f"dispatch?{query}&district=luxian&lang=zh", origin=server.address)
        page.until(f"state.board === 'ready' && state.fromServer === {str(many).lower()} && state.clusters.length > 0")
        page.until("state.sending === null")
        return page

    return open_desk


def middle_of(page: Screen, cluster: dict[str, float]) -> tuple[float, float]:
    """Return where a cluster stands on the page; the map is not turned, and 512 pixels are the world at zoom 0."""
    camera = page.state("camera")
    box = page.page.locator("#map canvas").first.bounding_box()
    assert box is not None
    world = 512 * 2 ** camera["zoom"]

    def down(lat: float) -> float:
        return 0.5 - np.arctanh(np.sin(np.radians(lat))) / (2 * np.pi)

    x = box["x"] + box["width"] / 2 + (cluster["lon"] - camera["lon"]) / 360 * world
    y = box["y"] + box["height"] / 2 + (down(cluster["lat"]) - down(camera["lat"])) * world
    return float(x), float(y)


def click(page: Screen, cluster: dict[str, float]) -> None:
    page.until("!state.moving && state.ready")
    page.page.mouse.click(*middle_of(page, cluster))


def test_no_cluster_reaches_across_a_boundary_of_the_level_in_work(opened: Open) -> None:
    page = opened()
    found = page.state("clusters")
    half = small_town.WEST + small_town.SIDE / 2
    assert {each["path"].split("/")[2] for each in found} == {"510521001", "510521002"}
    for each in found:
        west, _, east, _ = each["bbox"]
        assert (west < half) == (east < half)
        assert len(each["path"].split("/")) == 4  # a community
        assert sum(each["priorities"]) == each["count"] >= each["overdue"]


def test_a_click_zooms_to_the_extent(opened: Open) -> None:
    page = opened()
    largest = max(page.state("clusters"), key=lambda each: float(each["count"]))
    click(page, largest)
    page.until("state.camera.zoom > 13.5")
    west, south, east, north = largest["bbox"]
    camera = page.state("camera")
    assert west - 0.002 < camera["lon"] < east + 0.002
    assert south - 0.002 < camera["lat"] < north + 0.002


def test_few_that_share_a_point_spread_on_legs(opened: Open) -> None:
    page = opened(f"at={PAIR[0]},{PAIR[1]},18")
    (pair,) = (each for each in page.state("clusters") if each["count"] == 5)
    click(page, pair)
    page.until("state.legs.length === 5")
    page.page.keyboard.press("Escape")
    page.until("state.legs.length === 0")


def listed(server: Server, asked: str) -> list[dict[str, Any]]:
    """Return incidents as the board tells them."""
    found: list[dict[str, Any]] = httpx.get(f"{server.address}/incidents?{asked}", timeout=30).json()["incidents"]
    return found


def shows_mark(page: Screen, place: dict[str, Any], half: int = 8) -> bool:
    """Return whether the colour of an incident's priority is on the map within some pixels of where it stands."""
    x, y = middle_of(page, place)
    shot = page.page.screenshot(clip={"x": x - half, "y": y - half, "width": 2 * half, "height": 2 * half})
    fill = page.page.evaluate(
        "(name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()",
        f"--priority-{place['priority']}",
    )
    pixels = np.asarray(Image.open(io.BytesIO(shot)).convert("RGB")).reshape(-1, 3).astype(int)
    away = np.abs(pixels - [int(fill[at : at + 2], 16) for at in (1, 3, 5)]).max(axis=1)
    return bool((away < 40).sum() >= 10)


def test_who_is_selected_has_its_mark_though_a_cluster_counts_it(opened: Open, desk: tuple[Server, bool]) -> None:
    page = opened()
    page.until("!state.moving && state.ready")
    known = {f"luxian/{each['code']}": each for each in listed(desk[0], "district=luxian&limit=300")}

    def stays(key: str) -> bool:
        """Return whether it stands where the map does not move for it."""
        x, y = middle_of(page, known[key])
        return 500 < x < 790 and 130 < y < 560

    order = page.state("order")
    key = next(key for key in order if key in known and stays(key) and not shows_mark(page, known[key], 16))
    for _ in range(order.index(key) + 1):
        page.page.keyboard.press("j")
    page.until(f"state.selected === '{key}' && state.detailStatus === 'ready' && !state.moving && state.ready")
    page.page.wait_for_timeout(500)  # the marks are drawn a moment later
    assert shows_mark(page, known[key])
    page.page.keyboard.press("Escape")
    page.until("state.selected === null")
    page.page.wait_for_timeout(500)
    assert not shows_mark(page, known[key])


def test_a_cluster_opens_though_one_of_it_is_selected(opened: Open, desk: tuple[Server, bool]) -> None:
    (lon, lat), near = PAIR, 0.0001
    one = listed(desk[0], f"district=luxian&limit=9&bbox={lon - near},{lat - near},{lon + near},{lat + near}")[0]
    page = opened(f"at={lon},{lat},18&incident=luxian/{one['code']}")
    page.until(f"state.selected === 'luxian/{one['code']}' && state.detailStatus === 'ready'")
    page.page.wait_for_timeout(500)  # the marks are drawn a moment later
    click(page, cluster_at(page, PAIR, 5))
    page.until("state.legs.length === 5")


def test_many_that_share_a_point_are_a_list(opened: Open) -> None:
    page = opened(f"at={CROWD[0]},{CROWD[1]},18")
    (crowd,) = (each for each in page.state("clusters") if each["count"] == 14)
    click(page, crowd)
    page.until("state.here !== null && state.here.total === 14")
    second = page.state("here")["keys"][1]
    listed = page.page.locator(".here li button")
    page.page.locator(".here li:first-child button:focus").wait_for()
    expect(listed).to_have_count(14)
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Enter")
    page.until(f"state.selected === '{second}'")


def test_heat_stays_in_the_address(opened: Open) -> None:
    page = opened()
    page.page.keyboard.press("l")
    page.page.locator("[data-layer=heat]").click()
    page.until("state.heat")
    page.page.locator(".heat-key").wait_for()
    assert "layers=heat" in page.query()
    page.page.reload()
    page.until("state.ready && state.heat && state.clusters.length > 0")
    page.page.locator(".heat-key").wait_for()


def test_what_happens_appears_in_the_counts(opened: Open, desk: tuple[Server, bool]) -> None:
    page = opened()
    if desk[1]:
        page.until("state.drawn > 2000")
    before, matched = page.state("drawn"), page.state("matched")
    lon, lat = IN_VIEW
    address = f"{desk[0].address}/incidents"
    told = httpx.post(
        address,
        json={"lon": lon, "lat": lat, "kind": "0502"},
        headers={"Idempotency-Key": f"cluster-{next(_keys)}"},
        timeout=30,
    ).raise_for_status()
    page.until(f"state.drawn === {before + 1} && state.matched === {matched + 1}")
    code, other = told.json()["code"], page.state("order")[-1].split("/")[1]
    httpx.post(
        f"{address}/luxian/{code}/steps",
        json={"act": "merge", "into": other, "reason": "the same"},
        headers={"Idempotency-Key": f"cluster-{next(_keys)}", "If-Match": '"1"'},
        timeout=30,
    ).raise_for_status()
    page.until(f"state.drawn === {before} && state.matched === {matched}")


def test_the_list_says_how_many_it_leaves_out(opened: Open, desk: tuple[Server, bool]) -> None:
    page = opened()
    if not desk[1]:
        expect(page.page.locator(".most-rows")).to_have_count(0)
        return
    page.until("state.order.length === 2000")
    expect(page.page.locator(".most-rows")).to_contain_text("2,000")
    page.page.locator("#list").evaluate("(list) => list.scrollTo(0, list.scrollHeight)")
    page.page.locator(".incident[aria-posinset='2000']").wait_for()


@pytest.mark.parametrize("look", [LOOK, ""], ids=["as the address says", "at all that is listed"])
def test_the_marks_stand_where_the_map_will_draw_them_before_there_is_a_map(
    desk: tuple[Server, bool], screen: Open, look: str
) -> None:
    server, many = desk
    page = screen(f"dispatch?{look}&district=luxian&lang=zh", origin=server.address)
    page.until("state.ready && state.clusters.length > 0")
    # the map has not begun while its style does not come
    held: list[Route] = []
    page.page.route("**/styles/*", lambda route: held.append(route))
    page.page.goto(f"{server.address}/dispatch?{look}&district=luxian&lang=zh")
    first = page.page.locator(".first-marks > g > text:not(:empty)")
    page.until("state.order.length === Math.min(state.matched, 2000)")  # the pressing ones stand there first, and alone
    first.first.wait_for()
    expect(page.page.locator("#map canvas")).to_have_count(0)
    marks = [
        (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, mark.text_content())
        for mark in first.all()
        if (box := mark.bounding_box())
    ]
    assert (page.state("matched") > 2000) is many
    for route in held:
        route.continue_()
    page.until("state.ready && state.clusters.length > 0 && !state.moving")
    expect(page.page.locator(".first-marks")).to_have_count(0)
    told = [(*middle_of(page, each), str(each["count"])) for each in page.state("clusters")]
    box = page.page.locator("#map canvas").first.bounding_box()
    assert box is not None
    # the server tells some beyond the edges too, so that a small pan asks nothing
    drawn = [each for each in told if box["x"] <= each[0] <= box["x"] + box["width"] and box["y"] <= each[1]]
    drawn = [each for each in drawn if each[1] <= box["y"] + box["height"]]
    assert 0 < len(drawn) <= len(marks) <= len(told)
    for x, y, count_drawn in drawn:
        there = [said for left, top, said in marks if abs(left - x) <= 2 and abs(top - y) <= 2]
        assert count_drawn in there


@only_many
def test_a_step_behind_all_that_are_listed_is_not_announced_as_new(opened: Open, desk: tuple[Server, bool]) -> None:
    page = opened()
    page.until("state.order.length === 2000 && state.streaming")
    before, event = page.state("order"), page.state("event")
    address = f"{desk[0].address}/incidents"
    asked: dict[str, str | int] = {"state": "reported", "limit": 1}
    asked["offset"] = httpx.get(address, params=asked, timeout=30).json()["matched"] - 1
    (last,) = httpx.get(address, params=asked, timeout=30).json()["incidents"]
    key = f"luxian/{last['code']}"
    assert key not in before
    httpx.post(
        f"{address}/{key}/steps",
        json={"act": "file"},
        headers={
            "Idempotency-Key": f"cluster-{next(_keys)}",
            "If-Match": f'"{httpx.get(f"{address}/{key}", timeout=30).json()["version"]}"',
        },
        timeout=30,
    ).raise_for_status()
    page.until(f"state.event > {event}")
    assert page.state("order") == before
    assert page.state("behind") == []
    expect(page.page.locator("p[aria-live=polite]")).to_have_text("")


ASKED = re.compile(r"/incidents\?.*bbox=")
THIRD, FOURTH = (105.3465, 29.1301), (105.3471, 29.1301)


def reported(desk: Server, place: tuple[float, float], number: int) -> list[str]:
    """Report so many street lights at a place; return their codes."""
    codes = []
    for _ in range(number):
        told = httpx.post(
            f"{desk.address}/incidents",
            json={"lon": place[0], "lat": place[1], "kind": "0502"},
            headers={"Idempotency-Key": f"cluster-{next(_keys)}"},
            timeout=30,
        ).raise_for_status()
        codes.append(told.json()["code"])
    return codes


def cluster_at(page: Screen, place: tuple[float, float], number: int) -> dict[str, float]:
    """Return the cluster of so many at a place, once the map has it."""
    west = f"Math.abs(each.lon - {place[0]}) < 1e-5 && Math.abs(each.lat - {place[1]}) < 1e-5"
    page.until(f"state.clusters.some((each) => {west} && each.count === {number})")
    found: list[dict[str, float]] = page.state("clusters")
    return next(each for each in found if abs(each["lon"] - place[0]) < 1e-5 and each["count"] == number)


def test_legs_follow_the_board_and_a_late_answer_opens_nothing(opened: Open, desk: tuple[Server, bool]) -> None:
    three, two = reported(desk[0], THIRD, 3), reported(desk[0], FOURTH, 2)
    page = opened(f"at={(THIRD[0] + FOURTH[0]) / 2},{THIRD[1]},18")
    first, second = cluster_at(page, THIRD, 3), cluster_at(page, FOURTH, 2)

    # another place is clicked before the answer about the first has come: nobody wants that any more
    if desk[1]:
        page.page.route(ASKED, lambda route: None, times=1)
        with page.page.expect_request(ASKED):
            click(page, first)
        with page.page.expect_event("requestfailed", lambda request: bool(ASKED.search(request.url))):
            click(page, second)
    else:
        click(page, second)
    page.until("state.legs.length === 2")
    assert {key.split("/")[1] for key in page.state("legs")} == set(two)

    # one of three is closed by somebody else: its leg goes
    click(page, first)
    page.until("state.legs.length === 3")
    httpx.post(
        f"{desk[0].address}/incidents/luxian/{three[1]}/steps",
        json={"act": "merge", "into": two[0], "reason": "the same"},
        headers={"Idempotency-Key": f"cluster-{next(_keys)}", "If-Match": '"1"'},
        timeout=30,
    ).raise_for_status()
    page.until("state.legs.length === 2")
    assert {key.split("/")[1] for key in page.state("legs")} == {three[0], three[2]}

    # another filter shows other incidents: nothing stays open over it
    page.page.locator("#find").fill(two[1])
    page.until("state.legs.length === 0")


@only_many
def test_a_place_that_cannot_be_asked_about_is_said_in_the_pages_language(
    opened: Open, desk: tuple[Server, bool]
) -> None:
    page = opened(f"at={PAIR[0]},{PAIR[1]},18")
    page.page.route(ASKED, lambda route: route.abort())
    click(page, cluster_at(page, PAIR, 5))
    page.until("state.said !== null")
    assert page.state("said") == "连不上服务器"
