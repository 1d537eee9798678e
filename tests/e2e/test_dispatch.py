"""The dispatch screen in a real browser, over a real server: an incident arrives, someone goes."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
import shapely
from playwright.sync_api import Route, expect

from spatial.store import open_store
from spatial.store.records import Query
from tests.e2e.conftest import AT_WORK, Screen
from tests.sendable import with_workers
from tests.server import Server

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
LIGHT = "0502"
_keys = count()


class Desk:
    """A server with a store of its own, and the way to report to it."""

    def __init__(self, server: Server, place: tuple[float, float]) -> None:
        self.server = server
        self.place = place

    def report(self, note: str = "") -> str:
        """Report a street light and return the key of the incident: `district/code`."""
        lon, lat = self.place
        body = {"lon": lon, "lat": lat, "kind": LIGHT, "note": note or None}
        headers = {"Idempotency-Key": f"report-{next(_keys)}"}
        answer = httpx.post(f"{self.server.address}/incidents", json=body, headers=headers, timeout=30)
        assert answer.status_code == 201, answer.text
        told = answer.json()
        return f"{told['district']}/{told['code']}"

    def read(self, key: str) -> dict[str, Any]:
        """Return everything about an incident."""
        answer = httpx.get(f"{self.server.address}/incidents/{key}", timeout=30)
        found: dict[str, Any] = answer.raise_for_status().json()
        return found

    def step(self, key: str, act: str, **more: Any) -> None:
        """Take a step of an incident, as another dispatcher would."""
        headers = {"Idempotency-Key": f"step-{next(_keys)}", "If-Match": f'"{self.read(key)["version"]}"'}
        body = {"act": act, **more}
        httpx.post(
            f"{self.server.address}/incidents/{key}/steps", json=body, headers=headers, timeout=30
        ).raise_for_status()


@pytest.fixture(scope="module")
def desk(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Yield a desk over a copy of the demo store."""
    copy = tmp_path_factory.mktemp("desk") / "desk.gpkg"
    shutil.copy(demo_store, copy)
    with closing(open_store(copy)) as store:
        with_workers(store, field="康桥社区网格员")
        building = store.read("buildings", Query(district="luxian", limit=20)).geometry[12]
    point = shapely.point_on_surface(building)
    with Server(copy) as server:
        yield Desk(server, (float(point.x), float(point.y)))


@pytest.fixture
def opened(screen: Open, desk: Desk) -> Open:
    """Return a way to open the desk; its map looks at where the reports are."""

    def open_desk(query: str = "", **more: Any) -> Screen:
        lon, lat = desk.place
        page = screen(
            f"dispatch?{query}&district=luxian&lang=zh&at={lon:.5f},{lat:.5f},17", origin=desk.server.address, **more
        )
        page.until(AT_WORK)
        return page

    return open_desk


def row(page: Screen, key: str) -> Any:
    return page.page.locator(f'.incident[data-key="{key}"]')


def settled(page: Screen, key: str, state: str) -> None:
    page.until(
        f"state.selected === '{key}' && state.detailStatus === 'ready' && state.detail.state === '{state}'"
        f" && state.detail.code === '{key.split('/')[1]}' && state.sending === null"
    )


def test_a_report_is_on_the_screen_within_a_second(opened: Open, desk: Desk) -> None:
    desk.report()  # the first one of a server reads the boundaries
    page = opened()
    page.page.evaluate(
        """() => new MutationObserver(() => {
             for (const each of document.querySelectorAll('.incident')) window.seen[each.dataset.key] ??= Date.now();
           }).observe(document.getElementById('list'), (window.seen = {}, { childList: true, subtree: true }))"""
    )
    page.page.locator("#find").fill("按时")
    page.until("state.filters.text === '按时' && state.board === 'ready' && state.order.length === 0")
    before = time.time() * 1000
    key = desk.report("按时出现")
    page.until(f"state.order.includes('{key}')")
    row(page, key).wait_for()
    assert page.page.evaluate("(key) => window.seen[key]", key) - before < 1000


def test_while_one_is_selected_new_rows_wait_behind_the_bar(opened: Open, desk: Desk) -> None:
    page = opened()
    page.page.keyboard.press("j")
    page.page.keyboard.press("j")
    before = page.state("order")
    assert page.state("selected") == before[1]
    key = desk.report()
    page.until(f"state.behind.includes('{key}')")
    assert page.state("order") == before
    expect(page.page.locator("[data-test=new-bar]")).to_contain_text("1 条新事件")
    page.page.keyboard.press(".")
    page.until(f"state.order.includes('{key}') && state.behind.length === 0")
    assert page.state("selected") == before[1]
    assert set(page.state("order")) == {*before, key}


def test_from_report_to_closure_by_keys(opened: Open, desk: Desk) -> None:
    key = desk.report("第三盏")
    page = opened(f"incident={key}")
    settled(page, key, "reported")
    expect(page.page.locator(".why-them")).to_contain_text("市政")
    for state in ("filed", "dispatched", "on_site", "handled", "verified", "closed"):
        page.page.keyboard.press("d")
        settled(page, key, state)
        page.page.locator("[data-test=said]").wait_for()
    told = desk.read(key)
    assert [step["act"] for step in told["history"]] == [
        "report", "file", "dispatch", "arrive", "handle", "verify", "close",
    ]  # fmt: skip
    assert told["incident"]["department"] == "municipal_works"
    expect(page.page.locator(".history li")).to_have_count(7)


def test_a_digit_chooses_the_duty_holder_for_whom_the_department_is_asked(opened: Open, desk: Desk) -> None:
    key = desk.report()
    desk.step(key, "file")
    holder = desk.read(key)["route"]["holder"]
    page = opened(f"incident={key}")
    settled(page, key, "filed")
    page.page.keyboard.press("2")
    page.page.locator(".primary", has_text=holder).wait_for()
    page.page.keyboard.press("d")
    settled(page, key, "dispatched")
    told = desk.read(key)
    assert (told["incident"]["responder"], told["incident"]["department"]) == (None, "municipal_works")
    assert told["history"][-1]["reason"] == f"请转责任人{holder}"


def test_a_reason_is_asked_inline_and_the_request_can_be_taken_back(opened: Open, desk: Desk) -> None:
    key = desk.report()
    desk.step(key, "file")
    page = opened(f"incident={key}")
    settled(page, key, "filed")
    page.page.keyboard.press("s")
    page.page.keyboard.type("d")  # at once: it is of the reason already, and sends nobody
    page.page.locator(".ask textarea").wait_for()
    expect(page.page.locator(".ask textarea")).to_have_value("d")
    page.page.keyboard.press("Backspace")
    page.page.locator(".ask .primary:disabled").wait_for()
    page.page.keyboard.type("等配件 d")
    page.page.keyboard.press("Enter")
    page.until("state.said !== null && state.sending === null")
    page.page.locator(".asked").wait_for()
    assert desk.read(key)["asked"]["act"] == "ask_suspension"
    page.page.locator("#incidents").focus()
    page.page.keyboard.press("u")
    page.page.locator(".asked").wait_for(state="detached")
    assert [step["act"] for step in desk.read(key)["history"]] == ["report", "file", "ask_suspension", "take_back"]


def test_of_two_pages_one_wins_and_the_other_is_told(opened: Open, desk: Desk) -> None:
    key = desk.report()
    first = opened(f"incident={key}")
    second = opened(f"incident={key}")
    for page in (first, second):
        settled(page, key, "reported")
    # the second's step is on its way while the first's is taken
    held: list[Route] = []
    second.page.route("**/steps", lambda route: held.append(route))
    second.page.keyboard.press("d")
    second.until("state.sending === 'sending'")
    while not held:
        second.page.wait_for_timeout(20)  # the page tells of a request a moment after it has made it
    first.page.keyboard.press("d")
    settled(first, key, "filed")
    held[0].continue_()
    second.until(f"state.overtaken === '{key}' && state.sending === null")
    said = second.page.locator("[data-test=conflict]")
    said.wait_for()
    expect(said).to_contain_text("立案")
    assert [step["act"] for step in desk.read(key)["history"]] == ["report", "file"]
    second.page.keyboard.press("Escape")
    settled(second, key, "filed")


def test_another_dispatchers_step_is_seen_at_once(opened: Open, desk: Desk) -> None:
    key = desk.report()
    page = opened(f"incident={key}")
    settled(page, key, "reported")
    desk.step(key, "file")
    settled(page, key, "filed")
    page.until("state.said !== null && state.said.includes('立案')")


def test_what_leaves_the_list_stays_until_the_selection_moves_on(opened: Open, desk: Desk) -> None:
    key = desk.report()
    page = opened(f"tab=waiting&incident={key}")
    settled(page, key, "reported")
    before = page.state("order")
    desk.step(key, "file")
    desk.step(key, "dispatch", responder="field")
    page.until(f"state.gone.includes('{key}')")
    assert page.state("order") == before
    expect(row(page, key)).to_have_attribute("data-left", "true")
    page.page.keyboard.press("k")
    page.until(f"!state.order.includes('{key}') && state.gone.length === 0")


def test_the_network_is_lost_and_nothing_is_lost_or_doubled(opened: Open, desk: Desk) -> None:
    kept = desk.report()
    page = opened(f"tab=waiting&incident={kept}")
    settled(page, kept, "reported")
    desk.server.stop()
    page.until("state.connection === 'offline'")
    page.page.locator("[data-test=offline]").wait_for()
    expect(page.page.locator(".acts .primary")).to_be_disabled()
    page.page.keyboard.press("d")
    desk.server.start()
    missed = [desk.report(f"断线 {number}") for number in range(3)]
    desk.step(kept, "file")
    page.until("state.connection === 'online' && state.streaming")
    settled(page, kept, "filed")
    page.until(f"{missed}.every((key) => state.behind.includes(key))")
    page.page.keyboard.press(".")
    page.until("state.behind.length === 0")
    order = page.state("order")
    assert len(order) == len(set(order))
    assert set(missed) <= set(order)
    listed = httpx.get(
        f"{desk.server.address}/incidents",
        params={"district": "luxian", "state": ["reported", "filed", "returned"]},
    ).json()["incidents"]
    assert {f"{each['district']}/{each['code']}" for each in listed} == set(order)
    assert [step["act"] for step in desk.read(kept)["history"]] == ["report", "file"]
