"""Graded response on the dispatch screen in a real browser: switched on for a shape, seen elsewhere, switched off."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
import shapely
from playwright.sync_api import expect

from spatial.accounts.account import new_account
from spatial.accounts.passwords import hashed
from spatial.governance import Role
from spatial.store import open_store
from spatial.store.records import Query
from tests.e2e.axe import serious_faults
from tests.e2e.conftest import AT_WORK, Screen
from tests.server import Server

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
REASON, REPORT = "暴雨红色预警", "积水退去，无人员伤亡"
_keys = count()


class Desk:
    """A server with a store of its own, an incident at a place, and what it says of responses."""

    def __init__(self, server: Server, place: tuple[float, float]) -> None:
        self.server = server
        self.place = place
        lon, lat = place
        self.key = "/".join(
            self.post("/incidents", {"lon": lon, "lat": lat, "kind": "0502"})[name] for name in ("district", "code")
        )

    def post(self, path: str, body: dict[str, Any], **headers: str) -> Any:
        headers = {"Idempotency-Key": f"response-{next(_keys)}", **headers}
        answer = httpx.post(self.server.address + path, json=body, headers=headers, timeout=60)
        return answer.raise_for_status().json()

    def get(self, path: str) -> Any:
        return httpx.get(self.server.address + path, timeout=60).raise_for_status().json()

    def circle(self, level: int = 3, reason: str = REASON) -> str:
        """Switch a response on around the place, as another desk would, and return its key."""
        lon, lat = self.place
        circle = {"lon": lon, "lat": lat, "radius_m": 150}
        told = self.post("/responses", {"district": "luxian", "level": level, "circle": circle, "reason": reason})
        return f"{told['district']}/{told['code']}"

    def end(self, key: str) -> None:
        """Switch one off, as another desk would."""
        version = self.get(f"/responses/{key}")["response"]["version"]
        self.post(f"/responses/{key}/end", {"report": REPORT}, **{"If-Match": f'"{version}"'})


@pytest.fixture(scope="module")
def desk(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    copy = tmp_path_factory.mktemp("response") / "response.gpkg"
    shutil.copy(demo_store, copy)
    with closing(open_store(copy)) as store:
        building = store.read("buildings", Query(district="luxian", limit=20)).geometry[12]
    point = shapely.point_on_surface(building)
    with Server(copy) as server:
        yield Desk(server, (float(point.x), float(point.y)))


@pytest.fixture
def opened(screen: Open, desk: Desk) -> Iterator[Open]:
    """Return a way to open the desk around the place; what a test leaves on is switched off behind it."""

    def open_desk(query: str = "lang=zh", **more: Any) -> Screen:
        lon, lat = desk.place
        page = screen(f"dispatch?district=luxian&{query}&at={lon:.5f},{lat:.5f},16", origin=desk.server.address, **more)
        page.until(AT_WORK)
        page.page.locator(".response-chip").wait_for()
        return page

    yield open_desk
    for each in desk.get("/responses")["responses"]:
        if each["active"]:
            desk.end(f"{each['district']}/{each['code']}")


def button(page: Screen, name: str) -> Any:
    return page.page.get_by_role("button", name=name, exact=True)


def begin(page: Screen, kind: str) -> None:
    """Open the form by keys and choose how the shape is given."""
    page.page.locator("#find").press("Escape")
    page.page.keyboard.press("r")
    page.until("state.panel === 'list'")
    page.page.locator(".responses .actions .primary").click()
    page.until("state.panel === 'form'")
    button(page, kind).click()


def draw(page: Screen, corners: list[tuple[float, float]]) -> None:
    """Click corners, given from the middle of the map in pixels."""
    box = page.page.locator("#map canvas").first.bounding_box()
    assert box is not None
    for number, (x, y) in enumerate(corners, 1):
        page.page.mouse.click(box["x"] + box["width"] / 2 + x, box["y"] + box["height"] / 2 + y)
        page.until(f"state.vertices === {number}")


SQUARE = [(-120.0, -120.0), (60.0, -120.0), (60.0, 120.0), (-120.0, 120.0)]


def test_one_is_drawn_switched_on_seen_elsewhere_and_switched_off_with_a_report(opened: Open, desk: Desk) -> None:
    before = desk.get("/responses?district=luxian")["ledger"]
    page, elsewhere = opened(), opened(f"lang=en&incident={desk.key}")
    begin(page, "手绘")
    button(page, "在地图上画").click()
    page.until("state.drawing === 'drawn'")
    draw(page, [*SQUARE, (0.0, 0.0)])
    page.page.keyboard.press("Backspace")
    page.until("state.vertices === 4")
    page.page.keyboard.press("Enter")
    page.until("state.drawing === null && state.preview === 'ready'")
    figures = page.page.locator("[data-test=preview] .figures").inner_text()
    assert "研判会" in figures
    act = page.page.locator(".responses .actions .primary")
    expect(act).to_be_disabled()
    page.page.get_by_label("启动原因").fill(REASON)
    act.click()
    page.until("state.confirming === 'on'")
    dialog = page.page.get_by_role("dialog", name="启动二级响应")
    expect(dialog).to_contain_text("到位人员")
    dialog.get_by_role("button", name="启动二级响应").click()

    elsewhere.until("state.responses.length === 1 && state.hatched === 1")
    page.until("state.confirming === null && state.responses.length === 1 && state.hatched === 1")
    expect(page.page.locator(".response-chip")).to_have_text("二级响应 · 第 1 天")
    expect(elsewhere.page.locator(".response-chip")).to_have_text("Level II response · day 1")
    elsewhere.until("state.said !== null && state.said.startsWith('Level II response switched on')")
    expect(page.page.locator("[data-test=convened] .meeting")).to_have_count(4)
    expect(page.page.locator(".response-facts")).to_contain_text(REASON)

    elsewhere.page.locator(f'.incident[data-key="{desk.key}"] .row-response').wait_for()
    line = elsewhere.page.locator(".drawer .in-response")
    line.wait_for()
    expect(line).to_have_text("Inside the Level II response · day 1")

    button(page, "结束二级响应").click()
    off = page.page.get_by_role("dialog", name="结束二级响应")
    take = off.get_by_role("button", name="结束二级响应")
    expect(take, "without a report").to_be_disabled()
    off.get_by_role("textbox").fill(REPORT)
    take.click()
    elsewhere.until("state.responses.length === 0 && state.hatched === 0")
    line.wait_for(state="detached")
    page.until("state.confirming === null && state.responses.length === 0")
    expect(page.page.locator(".response-facts")).to_contain_text(REPORT)
    page.page.keyboard.press("Escape")
    page.until("state.panel === 'list'")
    total = page.page.locator("[data-test=ledger] .response-total").inner_text()
    assert total.split() == ["次数", str(before["activations"] + 1), "天数", str(before["days"] + 1)]
    with page.page.expect_download() as coming:
        page.page.get_by_role("link", name="下载台账（CSV）").click()
    assert REPORT in coming.value.path().read_text("utf-8-sig")


def test_a_circle_is_chosen_by_keys_alone_and_survives_a_reload(opened: Open, desk: Desk) -> None:
    page = opened("lang=en")
    begin(page, "Circle")
    button(page, "Click the centre on the map").focus()
    page.page.keyboard.press("Enter")
    page.until("state.drawing === 'circle'")
    page.page.locator("#map canvas").focus()
    page.page.keyboard.press("Space")
    page.until("state.drawing === null && state.preview === 'ready'")
    page.page.get_by_label("Radius (m)").fill("200")
    button(page, "III").click()
    page.page.get_by_label("Reason").fill(REASON)
    page.until("state.preview === 'ready'")
    page.page.keyboard.press("Tab")
    page.page.locator(".responses .actions .primary").press("Enter")
    page.page.get_by_role("dialog").get_by_role("button", name="Switch the Level III response on").press("Enter")
    page.until("state.responses.length === 1 && String(state.panel).includes('/')")
    assert "response=luxian/" in page.query()
    page.page.reload()
    page.until("state.ready && state.responses.length === 1 && state.hatched === 1")
    page.page.locator(".responses .drawer-head p").wait_for()
    expect(page.page.locator(".responses h2")).to_contain_text("Level III response · day 1")
    expect(page.page.locator(".responses .drawer-head p")).to_contain_text("circle")


def test_a_click_on_its_hatch_opens_it_and_the_address_leads_back_to_it(opened: Open, desk: Desk) -> None:
    key = desk.circle()
    page = opened()
    page.until("state.ready && state.hatched === 1 && state.panel === false")
    box = page.page.locator("#map canvas").first.bounding_box()
    assert box is not None
    # near the edge of the circle, where no incident lies
    page.page.mouse.click(box["x"] + box["width"] / 2 - 62, box["y"] + box["height"] / 2 - 30)
    page.until(f"state.panel === '{key}'")
    assert f"response={key}" in page.query()
    page.page.reload()
    page.until(f"state.ready && state.panel === '{key}' && state.hatched === 1")
    expect(page.page.locator(".responses h2")).to_contain_text("三级响应")
    page.page.locator("#responses").focus()
    page.page.keyboard.press("Escape")
    page.until("state.panel === 'list'")
    assert "response=all" in page.query()
    page.page.keyboard.press("Escape")
    page.until("state.panel === false")
    assert "response" not in page.query()


def test_esc_leaves_the_drawing_and_then_the_form_and_what_was_written_stays(opened: Open) -> None:
    page = opened()
    begin(page, "手绘")
    page.page.get_by_label("启动原因").fill(REASON)
    button(page, "在地图上画").click()
    draw(page, SQUARE[:2])
    page.page.keyboard.press("Escape")
    page.until("state.drawing === null && state.vertices === 0 && state.panel === 'form'")
    page.page.keyboard.press("Escape")
    page.until("state.panel === 'list'")
    page.page.keyboard.press("Escape")
    page.until("state.panel === false")
    begin(page, "手绘")
    expect(page.page.get_by_label("启动原因")).to_have_value(REASON)


def test_a_refusal_is_said_in_the_users_language_and_nothing_that_was_typed_is_lost(opened: Open, desk: Desk) -> None:
    key = desk.circle()
    page = opened("lang=en")
    page.page.locator(".response-chip").click()
    button(page, "Switch the Level III response off").click()
    dialog = page.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(REPORT)
    desk.end(key)
    page.until("state.responses.length === 0")
    expect(dialog.get_by_role("textbox")).to_have_value(REPORT)
    button(page, "Go back").click()
    dialog.wait_for(state="detached")  # until then the page behind it takes no keys
    page.page.locator("#responses").press("Escape")
    page.until("state.panel === 'list'")
    page.page.locator(".response-chip").click()
    page.until("state.panel === false")
    begin(page, "Drawn")
    button(page, "Draw on the map").click()
    draw(page, [(-100.0, -100.0), (60.0, 100.0), (60.0, -100.0), (-100.0, 100.0)])  # it crosses itself
    page.page.keyboard.press("Enter")
    page.until("state.preview === 'failed'")
    expect(page.page.locator("[data-test=preview]")).to_contain_text("crosses itself")
    assert page.state("vertices") == 4


def test_what_happens_while_the_network_is_lost_is_there_afterwards(opened: Open, desk: Desk) -> None:
    page = opened()
    first = desk.circle()
    page.until("state.responses.length === 1")
    page.page.context.set_offline(True)
    page.until("state.connection === 'offline'")
    assert page.state("responses") == [first]
    second = desk.circle(level=1)
    page.page.context.set_offline(False)
    page.until("state.responses.length === 2 && state.connection === 'online'")
    assert page.state("responses") == [second, first]
    chip = page.page.locator(".response-chip")
    expect(chip).to_have_text("2 项响应")
    chip.click()
    page.page.locator(".response-card").nth(1).wait_for()
    cards = page.page.locator(".response-card").all_inner_texts()
    assert [card.split("\n")[0] for card in cards] == ["一级响应 · 第 1 天", "三级响应 · 第 1 天"]


def test_who_may_not_switch_sees_what_is_on_and_no_way_to_switch(
    screen: Open, demo_store: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "viewer.gpkg"
    shutil.copy(demo_store, copy)
    with closing(open_store(copy)) as store, store.write("test") as tx:
        for login, role in (("zhao.li", Role.VIEWER), ("wang.hao", Role.DISPATCHER)):
            tx.put_account(new_account(login, "", role, ["/510521"]))
            tx.put_password(login, hashed("rain-over-the-river", lambda size: bytes(size)))
    with Server(copy, open_demo=False) as server:
        for login, switches in (("zhao.li", 0), ("wang.hao", 1)):
            page = screen("dispatch?district=luxian&lang=zh", origin=server.address)
            page.page.get_by_label("账号").fill(login)
            page.page.get_by_label("密码").fill("rain-over-the-river")
            page.page.get_by_label("密码").press("Enter")
            page.page.locator(".response-chip").click()
            page.until("state.panel === 'list'")
            page.page.locator("[data-test=ledger]").wait_for()
            expect(page.page.locator(".responses .actions .primary")).to_have_count(switches)


@pytest.mark.parametrize(("theme", "language"), [("dark", "zh"), ("light", "en")])
def test_the_panel_and_its_form_have_no_serious_fault(opened: Open, desk: Desk, theme: str, language: str) -> None:
    desk.circle()
    page = opened(f"lang={language}&theme={theme}")
    page.until("state.responses.length === 1")
    page.page.locator(".response-chip").click()
    page.page.locator("[data-test=convened]").wait_for()
    serious = serious_faults(page.page)
    page.page.keyboard.press("Escape")
    page.until("state.panel === 'list'")
    serious += serious_faults(page.page)
    page.page.locator(".responses .actions .primary").click()
    page.until("state.panel === 'form' && state.preview === 'ready'")
    serious += serious_faults(page.page)
    page.page.locator("textarea").fill(REASON)
    page.page.locator(".responses .actions .primary").click()
    page.until("state.confirming === 'on'")
    assert serious + serious_faults(page.page) == []


def test_a_panel_whose_scripts_do_not_come_says_so_and_is_asked_for_again(opened: Open) -> None:
    page = opened("lang=en")
    scripts = "**/assets/ResponsePanel-*.js"
    page.page.context.route(scripts, lambda route: route.abort())
    page.page.reload()
    page.until("state.ready && state.board === 'ready' && state.sending === null")
    page.page.keyboard.press("r")
    page.page.locator("#responses [role=alert]").wait_for()
    page.page.context.unroute(scripts)
    button(page, "Retry").click()
    page.page.locator(".responses .actions .primary").wait_for()
