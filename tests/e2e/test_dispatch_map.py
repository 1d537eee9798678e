"""The map of the desk: clusters within boundaries, from the page and from the server, spread, and heat."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count

import httpx
import numpy as np
import pytest

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
    server = Server(url)
    server.start()
    return server


@pytest.fixture(scope="module", params=[FEW, MANY], ids=["few", "many"])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, bool]]:
    """Yield a desk with few incidents, and one with more than a page reads."""
    server = _server(tmp_path_factory.mktemp("clusters"), request.param)
    try:
        yield server, request.param == MANY
    finally:
        server.stop()


@pytest.fixture
def opened(screen: Open, desk: tuple[Server, bool]) -> Open:
    """Return a way to open the desk over the small town."""
    server, many = desk

    def open_desk(query: str = LOOK) -> Screen:
        page = screen(f"dispatch?{query}&district=luxian&lang=zh", origin=server.address)
        page.until(f"state.board === 'ready' && state.fromServer === {str(many).lower()} && state.clusters.length > 0")
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


def test_many_that_share_a_point_are_a_list(opened: Open) -> None:
    page = opened(f"at={CROWD[0]},{CROWD[1]},18")
    (crowd,) = (each for each in page.state("clusters") if each["count"] == 14)
    click(page, crowd)
    page.until("state.here !== null && state.here.total === 14")
    second = page.state("here")["keys"][1]
    listed = page.page.locator(".here li button")
    assert listed.count() == 14
    page.page.locator(".here li:first-child button:focus").wait_for()
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
        assert page.page.locator(".most-rows").count() == 0
        return
    page.until("state.order.length === 2000")
    assert "2,000" in page.page.locator(".most-rows").inner_text()
    page.page.locator("#list").evaluate("(list) => list.scrollTo(0, list.scrollHeight)")
    page.page.locator(".incident[aria-posinset='2000']").wait_for()


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


def test_a_place_that_cannot_be_asked_about_is_said_in_the_pages_language(
    opened: Open, desk: tuple[Server, bool]
) -> None:
    if not desk[1]:
        pytest.skip("the page knows them all")
    page = opened(f"at={PAIR[0]},{PAIR[1]},18")
    page.page.route(ASKED, lambda route: route.abort())
    click(page, cluster_at(page, PAIR, 5))
    page.until("state.said !== null")
    assert page.state("said") == "连不上服务器"
