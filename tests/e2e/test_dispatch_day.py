"""A day at the desk, with everybody signed in: a worker reports, a street's dispatcher sends, the centre closes."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
import shapely
from playwright.sync_api import expect

from fixtures.accounts import PASSWORD
from spatial.incidents.board import is_below
from spatial.schema import AREAS, BUILDINGS
from spatial.store import open_store
from spatial.store.records import Query
from tests.e2e.conftest import AT_WORK, Screen
from tests.e2e.test_dispatch_map import middle_of
from tests.server import Server

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]


class SignedIn:
    """Somebody who works over HTTP alone."""

    def __init__(self, address: str, login: str) -> None:
        self.client = httpx.Client(base_url=address, timeout=30)
        answer = self.client.post("/session", json={"login": login, "password": PASSWORD}).raise_for_status()
        self.client.headers["X-CSRF-Token"] = answer.json()["csrf"]
        self.scope: list[dict[str, Any]] = answer.json()["scope"]

    def report(self, place: tuple[float, float], key: str) -> str:
        """Report a street light; return the key of the incident."""
        body = {"lon": place[0], "lat": place[1], "kind": "0502", "note": key}
        answer = self.client.post("/incidents", json=body, headers={"Idempotency-Key": key})
        assert answer.status_code == 201, answer.text
        return f"{answer.json()['district']}/{answer.json()['code']}"


@pytest.fixture(scope="module")
def signed(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a server that asks who is there, over a copy of the demo with its accounts."""
    copy = tmp_path_factory.mktemp("day") / "day.gpkg"
    shutil.copy(demo_store, copy)
    with Server(copy, open_demo=False) as server:
        yield server


@pytest.fixture(scope="module")
def worker(signed: Server) -> Iterator[SignedIn]:
    """Yield the demo's worker, who answers in one community."""
    found = SignedIn(signed.address, "worker")
    yield found
    found.client.close()


@pytest.fixture(scope="module")
def place(signed: Server, worker: SignedIn) -> tuple[float, float]:
    """Return a place in the worker's community."""
    with closing(open_store(signed.store)) as store:
        path = worker.scope[0]["path"]
        building = store.read(BUILDINGS.id, Query(district="luxian", paths=(path,), limit=1)).geometry[0]
    point = shapely.point_on_surface(building)
    return float(point.x), float(point.y)


def sign_in(page: Screen, login: str) -> None:
    page.page.locator("input[name=login]").fill(login)
    page.page.locator("input[name=password]").fill(PASSWORD)
    page.page.keyboard.press("Enter")
    page.until(AT_WORK)


def settled(page: Screen, key: str, state: str) -> None:
    page.until(
        f"state.selected === '{key}' && state.detailStatus === 'ready' && state.detail.state === '{state}'"
        " && state.sending === null"
    )


def find(page: Screen, key: str) -> None:
    """Look an incident up by its number and select it."""
    code = key.split("/")[1]
    page.page.locator("#find").fill(code)
    page.until(f"state.filters.text === '{code}' && state.board === 'ready' && state.order.length === 1")
    page.page.locator(f'.incident[data-key="{key}"]').click()
    settled(page, key, "reported")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_signing_in_to_closing_with_two_dispatchers_and_a_lost_network(
    screen: Open, signed: Server, worker: SignedIn, place: tuple[float, float], language: str
) -> None:
    street = screen(f"dispatch?lang={language}", origin=signed.address)
    sign_in(street, "street")
    centre = screen(f"dispatch?lang={language}&theme=light", origin=signed.address)
    sign_in(centre, "centre")

    key = worker.report(place, f"day-{language}")
    for page in (street, centre):
        page.until(f"state.order.includes('{key}') || state.behind.includes('{key}')")

    # the street files and sends; the centre looks on and hears of it
    for page in (street, centre):
        find(page, key)
    street.page.keyboard.press("d")
    settled(street, key, "filed")
    settled(centre, key, "filed")

    # the street's network goes; meanwhile the centre sends somebody
    street.page.context.set_offline(True)
    street.until("state.connection === 'offline' || !state.streaming")
    centre.page.keyboard.press("d")
    settled(centre, key, "dispatched")
    street.page.context.set_offline(False)
    street.until("state.streaming")
    settled(street, key, "dispatched")

    for state in ("on_site", "handled", "verified", "closed"):
        street.page.keyboard.press("d")
        settled(street, key, state)
    settled(centre, key, "closed")
    told = worker.client.get(f"/incidents/{key}").raise_for_status().json()
    assert [(step["act"], step["actor"]) for step in told["history"]] == [
        ("report", "worker"), ("file", "street"), ("dispatch", "centre"), ("arrive", "street"),
        ("handle", "street"), ("verify", "street"), ("close", "street"),
    ]  # fmt: skip


def test_the_scope_lists_ones_own_area_and_its_parts_and_nothing_else(screen: Open, signed: Server) -> None:
    page = screen("dispatch?lang=zh", origin=signed.address)
    sign_in(page, "street")
    page.page.locator(".scope > button").first.click()
    listed = page.page.locator(".scope .menu .number").all_inner_texts()
    street = listed[0]
    assert len(listed) > 1
    assert all(code.startswith(street) for code in listed)
    with closing(open_store(signed.store)) as store:
        areas = store.read(AREAS.id, Query(district="luxian", equal={"level": ["community"]}, shapes=False))
    own = {code for code, path in zip(areas["code"], areas["path"], strict=True) if f"/{street}/" in str(path)}
    assert set(listed[1:]) == own

    before = page.state("matched")
    page.page.locator(".scope .menu button").last.click()
    page.until(f"state.filters.area !== null && state.board === 'ready' && state.matched < {before}")
    expect(page.page.locator(".scope .menu")).to_have_count(0)
    assert listed[-1] in page.query()
    page.page.reload()
    page.until("state.ready && state.board === 'ready' && state.sending === null")
    assert str(page.state("filters")["area"]).endswith(listed[-1])
    page.page.locator(".scope > button").first.press("Enter")
    page.page.keyboard.press("Escape")
    expect(page.page.locator(".scope .menu")).to_have_count(0)


def test_the_operations_map_of_who_answers_opens_from_the_drawer(
    screen: Open, signed: Server, worker: SignedIn, place: tuple[float, float]
) -> None:
    key = worker.report(place, "to-print")
    page = screen(f"dispatch?lang=zh&incident={key}", origin=signed.address)
    sign_in(page, "street")
    settled(page, key, "reported")
    links = page.page.locator(".operations-map a")
    links.first.wait_for()
    addresses = [link.get_attribute("href") for link in links.all()]
    ways = [str(address).split("?")[1].split("&lang")[0] for address in addresses]
    assert len(ways) >= 8
    assert ways[:4] == ways[4:8] == ["f=pdf&paper=a4", "f=pdf&paper=a3", "f=png&paper=a4", "f=png&paper=a3"]
    for address in (*addresses[:4], addresses[4]):
        answer = page.page.context.request.get(f"{signed.address}{address}")
        kind, start = ("application/pdf", b"%PDF-") if "f=pdf" in str(address) else ("image/png", b"\x89PNG")
        assert (answer.status, answer.headers["content-type"]) == (200, kind)
        assert answer.body().startswith(start)
    page.page.keyboard.press("Escape")
    page.page.locator("[data-filter=area]").select_option(index=1)
    of_list = page.page.locator(".operations-map.of-list a").first
    of_list.wait_for()
    answer = page.page.context.request.get(f"{signed.address}{of_list.get_attribute('href')}")
    assert answer.status == 200


def test_a_move_out_of_ones_own_area_is_undone_where_it_was_said(
    screen: Open, signed: Server, worker: SignedIn, place: tuple[float, float]
) -> None:
    mine = worker.scope[0]["path"]
    with closing(open_store(signed.store)) as store:
        buildings = store.read(BUILDINGS.id, Query(district="luxian"))
    others = [
        each for each, path in zip(buildings.geometry, buildings["path"], strict=True) if not is_below(path, [mine])
    ]
    there = min((shapely.point_on_surface(each) for each in others), key=shapely.Point(*place).distance)
    key = worker.report(place, "moved-away")
    page = screen(f"dispatch?lang=zh&incident={key}", origin=signed.address, width=1000)
    sign_in(page, "community")  # in a narrow window, where the drawer would take the list's place
    settled(page, key, "reported")
    page.page.goto(f"{signed.address}/dispatch?lang=zh&incident={key}&at={there.x},{there.y},15.5")
    settled(page, key, "reported")
    page.page.keyboard.press("m")
    page.page.locator("[data-act=move]").click()
    page.page.locator(".acts.ask textarea").fill("不在本社区")
    page.until("!state.moving && state.ready")
    page.page.mouse.click(*middle_of(page, {"lon": there.x, "lat": there.y}))
    page.page.locator("[data-test=new-place] b").wait_for()
    page.page.locator(".acts.ask button[type=submit]").click()
    page.until("state.detailStatus === 'failed' && state.sending === null")
    assert worker.client.get(f"/incidents/{key}").status_code == 404
    page.page.keyboard.press("u")
    settled(page, key, "reported")
    told = worker.client.get(f"/incidents/{key}").raise_for_status().json()
    assert [step["act"] for step in told["history"]] == ["report", "move", "take_back"]
    assert (told["incident"]["lon"], told["incident"]["lat"]) == pytest.approx(place)


def test_an_incident_climbs_to_the_centre_above_which_is_told(
    screen: Open, signed: Server, worker: SignedIn, place: tuple[float, float]
) -> None:
    above, below = screen("dispatch?lang=en", origin=signed.address), screen("dispatch", origin=signed.address)
    sign_in(above, "street")
    sign_in(below, "community")
    key = worker.report(place, "climbs")
    for page in (above, below):
        page.until(f"state.order.includes('{key}') || state.behind.includes('{key}')")
    expect(above.page.locator("[data-test=escalated]")).to_have_count(0)
    find(below, key)
    below.page.keyboard.press("m")
    below.page.locator("[data-act=escalate]").click()
    below.page.locator(".acts.ask textarea").fill("涉及相邻社区")
    below.page.locator(".acts.ask button[type=submit]").click()

    above.page.get_by_text("Escalated to us:").wait_for()
    switch = above.page.locator("[data-test=escalated]")
    switch.click()
    above.until(f"state.board === 'ready' && state.order.length === 1 && state.order[0] === '{key}'")
    assert "centre=" in above.query()
    expect(switch).to_have_text("1 escalated to us")
    row = above.page.locator(f'.incident[data-key="{key}"]')
    expect(row.locator(".row-escalated")).to_contain_text("Escalated to")
    row.click()
    settled(above, key, "reported")
    street = nameless(above.page.locator(".escalated-line").inner_text())
    expect(above.page.locator(".history li").first).to_contain_text(street)
    # the community sees where it went, and has nothing that was escalated to itself
    expect(below.page.locator(".escalated-line")).to_have_count(1)
    expect(below.page.locator("[data-test=escalated]")).to_have_count(0)
    switch.click()
    above.until("state.board === 'ready' && state.order.length > 1")


def nameless(line: str) -> str:
    return line.strip().removeprefix("Escalated to ")
