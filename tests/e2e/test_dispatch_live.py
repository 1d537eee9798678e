"""The board of the dispatch screen stays true: whose it is, where reading fails or nothing is told, as time passes."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlparse

import httpx
import pytest
from playwright.sync_api import Route, expect

from fixtures.accounts import PASSWORD
from spatial.accounts.account import new_account
from spatial.schema import AREAS, INCIDENTS
from spatial.store import open_store
from spatial.store.records import Query
from tests.e2e.conftest import AT_WORK, Screen
from tests.e2e.test_dispatch import Desk
from tests.e2e.test_dispatch import desk as _desk
from tests.e2e.test_dispatch import opened as _opened
from tests.e2e.test_dispatch_day import SignedIn, sign_in
from tests.e2e.test_dispatch_day import place as _place
from tests.e2e.test_dispatch_day import signed as _signed
from tests.e2e.test_dispatch_day import worker as _worker
from tests.mute_network import MuteNetwork
from tests.server import Server

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
desk, opened, signed, worker, place = _desk, _opened, _signed, _worker, _place
"""The same desks, with servers of their own for this file."""
NOTICE = "[data-test=not-read]"


def test_an_account_whose_areas_change_sees_the_new_ones_and_nothing_of_the_old(
    screen: Open, signed: Server, worker: SignedIn, place: tuple[float, float]
) -> None:
    with closing(open_store(signed.store)) as store:
        account = store.account("street")
        assert account is not None
        key = worker.report(place, "before")
        page = screen("dispatch?lang=zh", origin=signed.address)
        sign_in(page, "street")
        before = set(page.state("order"))
        query = Query(district="luxian", equal={"level": "community"}, columns=("path",), shapes=False)
        own = worker.scope[0]["path"]
        other = next(path for row in store.read(AREAS.id, query).rows() if (path := str(row["path"])) != own)
        with store.write("test") as tx:
            tx.put_account(new_account("street", account.name, account.role, [other]))
    page.page.wait_for_timeout(6000)  # whether a stream stands is looked at now and then
    worker.report(place, "after")
    with httpx.Client(base_url=signed.address, timeout=30) as client:
        client.post("/session", json={"login": "street", "password": PASSWORD}).raise_for_status()
        rows = client.get("/incidents", params={"limit": 500}).json()["incidents"]
    wanted = sorted(f"{row['district']}/{row['code']}" for row in rows if row["state"] != "closed")
    assert key in before
    assert key not in wanted
    page.until(f"JSON.stringify([...state.order].sort()) === JSON.stringify({wanted}) && state.streaming")


def test_a_board_that_cannot_be_read_says_so_above_the_old_rows_and_is_read_again_by_itself(
    opened: Open, desk: Desk
) -> None:
    key = desk.report("读不到")
    page = opened()
    before = page.state("order")
    assert key in before
    page.page.route("**/incidents?*", lambda route: route.fulfill(status=500, body="{}"))
    page.page.locator(".state-tabs button").last.click()
    page.page.locator(NOTICE).wait_for()
    expect(page.page.locator(NOTICE)).to_contain_text("之前的筛选")
    assert page.state("order") == before
    expect(page.page.locator("#incidents")).to_have_attribute("aria-busy", "true")
    page.page.unroute("**/incidents?*")
    page.until(AT_WORK)
    expect(page.page.locator(NOTICE)).to_have_count(0)
    expect(page.page.locator("#incidents")).to_have_attribute("aria-busy", "false")
    assert not set(before) & set(page.state("order"))


def test_after_retrying_by_hand_the_stream_is_open(opened: Open, desk: Desk) -> None:
    page = opened("q=手动")
    failed: list[str] = []

    def fail(route: Route) -> None:
        failed.append(route.request.url)
        route.fulfill(status=500, body="{}")

    page.page.route("**/incidents?*", fail)
    page.page.reload()
    retry = page.page.locator(".notice.failed button")
    retry.wait_for()
    while len(failed) < 3:  # the next one by itself is some seconds away
        page.page.wait_for_timeout(50)
    page.page.unroute("**/incidents?*")
    retry.click()
    page.until(AT_WORK)
    key = desk.report("手动")
    page.until(f"state.order.includes('{key}')")


def test_a_stream_that_went_mute_is_opened_again(screen: Open, desk: Desk) -> None:
    network = MuteNetwork(desk.server.port)
    try:
        page = screen("dispatch?district=luxian&lang=zh", origin=f"http://127.0.0.1:{network.port}")
        page.until(AT_WORK)
        network.lose()
        key = desk.report("无声")
        page.page.wait_for_timeout(1500)
        assert key not in page.state("order")
        assert page.state("streaming")
        for _ in range(20):
            # the clock of a machine that slept has moved on
            page.page.evaluate(
                """() => {
                  const now = Date.now;
                  Date.now = () => now() + 60000;
                  document.dispatchEvent(new Event('visibilitychange'));
                }"""
            )
            page.page.wait_for_timeout(1000)
            if key in page.state("order"):
                break
        assert key in page.state("order")
    finally:
        network.close()


def test_no_row_falls_between_two_pages(screen: Open, desk: Desk) -> None:
    keys = [desk.report(f"分页 {number}") for number in range(30)]
    for key in keys[:10]:
        desk.step(key, "file")
    dispatched: list[str] = []

    def paged(route: Route) -> None:
        """Let pages be short, and three of the first page leave before the second is read."""
        address = urlparse(route.request.url)
        asked = parse_qs(address.query)
        if asked.get("limit") in (["100"], ["500"]):
            if "offset" in asked and "dispatched" not in asked["state"] and not dispatched:
                dispatched.extend(keys[:3])
                for key in dispatched:
                    desk.step(key, "dispatch", department="urban_management")
            asked["limit"] = ["20"]
        route.continue_(url=address._replace(query=urlencode(asked, doseq=True)).geturl())

    page = screen("dispatch?lang=zh&q=none", origin=desk.server.address)
    page.page.route("**/incidents?*", paged)
    page.page.locator("#find").fill("分页")
    page.page.locator(".state-tabs button").nth(1).click()
    wanted = sorted(keys[3:])
    page.until(
        f"state.filters.text === '分页' && state.tab === 'waiting' && {AT_WORK} && {len(keys)} - 3 === state.matched"
    )
    assert dispatched
    page.until(f"JSON.stringify([...state.order].sort()) === JSON.stringify({wanted})")


def _due(desk: Desk, key: str, seconds: float) -> None:
    """Let a clock run out after so long."""
    due = datetime.now(UTC) + timedelta(seconds=seconds)
    district, code = key.split("/")
    with closing(open_store(desk.server.store)) as store, store.write("test") as tx:
        tx.update(INCIDENTS.id, district, code, {"due_at": due})


def test_a_filter_by_the_clock_follows_the_clock(opened: Open, desk: Desk) -> None:
    key = desk.report("跟着时间")
    page = opened("q=跟着时间&clock=overdue")
    assert page.state("order") == []
    _due(desk, key, 6)
    page.until(f"state.order.includes('{key}')")
    page.page.locator("[data-filter=clock]").select_option("running_out")
    page.until("state.filters.clock === 'running_out' && state.board === 'ready' && state.order.length === 0")
    _due(desk, key, 15)
    page.until(f"state.order.includes('{key}')")
    page.until("state.order.length === 0")


def test_what_runs_out_is_announced_when_it_does_and_not_when_it_is_first_seen(opened: Open, desk: Desk) -> None:
    first, second, long_ago = (desk.report(f"报时 {number}") for number in range(3))
    _due(desk, long_ago, -600)
    page = opened("q=报时")
    spoken = page.page.locator("[aria-live=assertive]")
    page.until("state.order.length === 3")
    page.page.wait_for_timeout(1500)
    expect(spoken).to_have_text("")
    due = datetime.now(UTC) + timedelta(seconds=8)
    with closing(open_store(desk.server.store)) as store, store.write("test") as tx:
        for key in (first, second):
            district, code = key.split("/")
            tx.update(INCIDENTS.id, district, code, {"due_at": due})
    spoken.filter(has_text="2 件已超时").wait_for()
