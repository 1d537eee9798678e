"""A newcomer opens the desk of a demo that plays: something happens by itself, and can be slowed down and stopped."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from spatial.store import open_store
from spatial.store.protocol import Store
from tests.e2e.conftest import AT_WORK, Screen
from tests.server import Server

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
CONTROL = "[data-test=demo]"


@pytest.fixture(scope="module")
def live(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a server that plays on a copy of the demo store."""
    copy = tmp_path_factory.mktemp("live") / "live.gpkg"
    shutil.copy(demo_store, copy)
    server = Server(copy, play=120)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def desk(screen: Open, live: Server) -> Screen:
    page = screen("dispatch?district=luxian&lang=zh", origin=live.address)
    page.until(AT_WORK)
    page.page.locator(CONTROL).wait_for()
    return page


def playing(live: Server) -> dict[str, object]:
    told: dict[str, object] = httpx.get(f"{live.address}/demo", timeout=30).raise_for_status().json()
    return told


def last_event(live: Server) -> int:
    event: int = httpx.get(f"{live.address}/incidents", timeout=30).raise_for_status().json()["event"]
    return event


def test_something_arrives_without_being_asked_and_waits_behind_the_bar(desk: Screen) -> None:
    desk.page.keyboard.press("j")
    desk.until("state.selected !== null")
    before = desk.state("order")
    desk.until("state.behind.length > 0")
    assert desk.state("order") == before
    expect(desk.page.locator("[data-test=new-bar]")).to_contain_text("条新事件")
    expect(desk.page.locator(".synthetic")).to_contain_text("合成数据")


def test_it_pauses_and_goes_on_at_another_speed(desk: Screen, live: Server) -> None:
    control = desk.page.locator(CONTROL)
    expect(control).to_contain_text("演示")
    with desk.page.expect_response("**/demo"):
        control.get_by_role("button", name="暂停演示").click()
    control.get_by_role("button", name="继续演示").wait_for()
    assert playing(live)["paused"] is True
    desk.page.wait_for_timeout(1500)  # the moment that was under way
    before = last_event(live)
    desk.page.wait_for_timeout(3000)
    assert last_event(live) == before
    with desk.page.expect_response("**/demo"):
        control.get_by_label("演示速度").select_option("30")
    assert (playing(live)["speed"], playing(live)["paused"]) == (30, False)
    desk.page.reload()
    desk.page.locator(CONTROL).wait_for()
    expect(desk.page.locator(CONTROL).get_by_label("演示速度")).to_have_value("30")
    httpx.put(f"{live.address}/demo", json={"speed": 120, "paused": False}, timeout=30).raise_for_status()


def test_where_nothing_plays_there_is_no_control(screen: Open) -> None:
    page = screen("dispatch?district=luxian&lang=zh")
    page.until(AT_WORK)
    expect(page.page.locator(CONTROL)).to_have_count(0)


def test_a_server_that_is_killed_while_it_plays_leaves_a_whole_store(demo_store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "killed.gpkg"
    shutil.copy(demo_store, copy)
    for _ in range(2):
        server = Server(copy, play=240)
        server.start()
        assert server.process is not None
        before = last_event(server)
        while last_event(server) < before + 10:
            pass
        server.process.kill()
        server.stop()
        with closing(open_store(copy)) as store:
            whole: Store = store
            assert whole.verify_events() is None
