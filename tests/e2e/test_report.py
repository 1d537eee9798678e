"""The report page in a real browser the size of a phone: from a position to an answer, once, whatever the way does."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import shapely
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from fixtures.accounts import PASSWORD
from spatial.store import open_store
from spatial.store.records import Query
from tests.e2e.axe import serious_faults
from tests.e2e.conftest import PATIENCE_MS
from tests.photographs import photo_bytes
from tests.server import Server

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}


@dataclass(slots=True)
class Phone:
    """A page of the server on a phone, and what went wrong in it."""

    page: Page
    origin: str
    wrong: list[str] = field(default_factory=list)

    def until(self, condition: str) -> None:
        """Wait until a condition over `state` holds."""
        self.page.evaluate(f"() => app.until((state) => {condition}, {PATIENCE_MS})")

    def state(self, name: str) -> Any:
        return self.page.evaluate("(name) => app.state[name]", name)

    def next(self) -> None:
        """Press the one primary button."""
        self.page.locator(".thumb .primary").click()

    def to_the_last_step(self, item: str = "路灯") -> None:
        """Go from the position of the device to what is sent."""
        self.page.get_by_role("button", name="使用我的位置").click()
        self.until("state.owner !== null && state.list === 'ready'")
        self.next()
        self.page.get_by_role("searchbox").fill(item)
        self.page.locator(".item").first.click()
        self.until("state.kind !== null")
        self.next()


@pytest.fixture(scope="module")
def town(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, tuple[float, float]]]:
    """Yield a server over a copy of the demo store, and a place in a building."""
    copy = tmp_path_factory.mktemp("report") / "report.gpkg"
    shutil.copy(demo_store, copy)
    with closing(open_store(copy)) as store:
        building = store.read("buildings", Query(district="luxian", limit=20)).geometry[12]
    point = shapely.point_on_surface(building)
    server = Server(copy)
    server.start()
    try:
        yield server, (float(point.x), float(point.y))
    finally:
        server.stop()


Open = Callable[..., Phone]


@pytest.fixture
def phone(chromium: Browser, town: tuple[Server, tuple[float, float]]) -> Iterator[Open]:
    """Return a way to open the report page; `granted`: whether the device may be asked where it is."""
    server, (lon, lat) = town
    contexts: list[BrowserContext] = []
    opened: list[Phone] = []

    def open_phone(*, granted: bool = True, accuracy: float = 8.0, query: str = "", **more: Any) -> Phone:
        context = chromium.new_context(
            viewport=PHONE,  # type: ignore[arg-type]
            locale="zh-CN",
            reduced_motion="reduce",
            has_touch=True,
            permissions=["geolocation"] if granted else [],
            geolocation={"longitude": lon, "latitude": lat, "accuracy": accuracy},
            **more,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        made = Phone(context.new_page(), server.address)
        made.page.on("pageerror", lambda error: made.wrong.append(str(error)))
        opened.append(made)
        made.page.goto(f"{server.address}/report?district=luxian{query}")
        made.until("state.ready")
        return made

    yield open_phone
    for context in contexts:
        context.close()
    assert [wrong for each in opened for wrong in each.wrong] == []


def reported(server: Server, note: str) -> list[dict[str, Any]]:
    """Return the incidents of the board whose note says something."""
    rows: list[dict[str, Any]] = httpx.get(f"{server.address}/incidents", params={"q": note}).json()["incidents"]
    return [row for row in rows if row["note"] == note]


def test_from_the_devices_position_to_an_answer_that_the_board_has(
    phone: Open, town: tuple[Server, tuple[float, float]]
) -> None:
    page = phone()
    page.to_the_last_step()
    page.page.get_by_label("说明（可不填）").fill("手机上报")
    page.page.get_by_label("楼层").fill("3")
    page.page.locator("input[type=file]").set_input_files(
        {"name": "light.png", "mimeType": "image/jpeg", "buffer": photo_bytes()}
    )
    page.until("state.photo === 'with'")
    page.next()
    page.until("state.answer !== null && state.whole === 'ready' && state.photo === 'sent'")
    said = page.page.locator(".answer").inner_text()
    for word in (page.state("answer"), "归属", "到场时限", "办结时限", "接下来", "照片已附上"):
        assert word in said
    (row,) = reported(town[0], "手机上报")
    assert (row["code"], row["floor"], row["accuracy_m"]) == (page.state("answer"), 3, 8.0)
    assert row["place"]["zh"]
    assert row["place"]["en"]
    one = httpx.get(f"{town[0].address}/incidents/luxian/{row['code']}").json()
    assert one["tag"]["confidence"] == 0.95
    assert len(one["photos"]) == 1
    href = page.page.get_by_role("link", name="在调度屏打开").get_attribute("href")
    assert f"incident=luxian/{row['code']}" in (href or "")
    page.page.goto(f"{town[0].address}{href}")
    page.page.locator('[aria-label="放大照片 1"]').click()
    page.page.locator("dialog[open] img").wait_for()
    page.page.keyboard.press("Escape")
    page.page.locator("dialog").wait_for(state="detached")
    expect(page.page.locator(".history")).to_contain_text("添加照片")


def test_where_the_device_may_not_be_asked_the_map_gives_the_place(phone: Open) -> None:
    page = phone(granted=False)
    page.page.get_by_role("button", name="使用我的位置").click()
    page.until("state.device === 'refused'")
    expect(page.page.get_by_role("alert")).to_contain_text("在地图上点出位置")
    page.until("state.map")
    box = page.page.locator("#map canvas").first.bounding_box()
    assert box is not None
    page.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.until("state.place !== null && state.place.from === 'map' && state.owner !== null")
    page.page.get_by_label("输入经度, 纬度").fill("105.376, 29.151")
    page.page.get_by_role("button", name="选定").click()
    page.until("state.place.from === 'typed' && state.place.lon === 105.376")


LATE = """
const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
navigator.geolocation.getCurrentPosition = (found, failed, how) =>
  ask((fix) => { window.held = () => found(fix); }, failed, how);
window.findNow = async () => {
  while (!window.held) await new Promise((again) => setTimeout(again, 20));
  window.held();
  delete window.held;
};
"""
"""The device's own answer, held back until `findNow()`."""


def test_a_position_that_is_found_late_does_not_replace_the_place_that_was_chosen(phone: Open) -> None:
    page = phone(accuracy=900.0)
    page.page.context.add_init_script(LATE)
    page.page.reload()
    page.until("state.ready && state.map")

    def found() -> None:
        page.page.evaluate("findNow()")

    page.page.get_by_role("button", name="使用我的位置").click()
    page.until("state.device === 'asking'")
    page.page.get_by_label("输入经度, 纬度").fill("105.376, 29.151")
    page.page.get_by_role("button", name="选定").click()
    page.until("state.place?.lon === 105.376 && state.device === 'idle' && state.located === 'ready'")
    found()
    assert page.state("place") == {"lon": 105.376, "lat": 29.151, "accuracy": None, "from": "typed"}

    # asked again, and gone on with what is there: neither the place nor the next step is touched
    page.page.get_by_role("button", name="使用我的位置").click()
    page.until("state.device === 'asking'")
    page.next()
    page.until("state.step === 'what' && state.device === 'idle'")
    found()
    assert page.state("place")["from"] == "typed"

    # who waits for it gets it
    page.page.get_by_role("button", name="上一步").click()
    page.page.get_by_role("button", name="使用我的位置").click()
    page.until("state.device === 'asking'")
    found()
    page.until("state.place.from === 'device'")


def test_a_report_without_a_network_is_kept_over_a_reload_and_sent_once(
    phone: Open, town: tuple[Server, tuple[float, float]]
) -> None:
    page = phone()
    page.to_the_last_step()
    page.page.get_by_label("说明（可不填）").fill("断网上报")
    page.page.locator("input[type=file]").set_input_files(
        {"name": "light.jpg", "mimeType": "image/jpeg", "buffer": photo_bytes(shade=33)}
    )
    page.until("state.photo === 'with'")
    lost = 0

    def lose(route: Route) -> None:
        # the server takes it, and its answer is lost on the way
        nonlocal lost
        if route.request.method == "POST" and lost == 0:
            lost += 1
            route.fetch()
            route.abort()
        elif lost:
            route.abort()
        else:
            route.continue_()

    context = page.page.context
    context.route("**/incidents**", lose)
    page.next()
    page.until("state.sending === 'waiting'")
    expect(page.page.locator("[data-test=unsent]")).to_contain_text("还没有发出")
    expect(page.page.get_by_label("说明（可不填）")).to_be_disabled()
    page.page.reload()
    page.until("state.ready && state.sending === 'waiting'")
    assert page.state("note") == "断网上报"
    context.unroute("**/incidents**")  # from here on it is sent by itself
    page.until("state.answer !== null && state.photo === 'sent'")
    assert [row["code"] for row in reported(town[0], "断网上报")] == [page.state("answer")]
    page.page.reload()
    page.until("state.answer !== null && state.whole === 'ready'")
    page.page.get_by_role("button", name="再报一件").click()
    page.until("state.answer === null && state.step === 'where' && state.note === ''")


def test_near_an_edge_the_likelier_is_chosen_first_and_unsure_is_an_answer(phone: Open) -> None:
    page = phone(accuracy=900.0)
    page.page.get_by_role("button", name="使用我的位置").click()
    page.until("state.candidates.length > 1")
    first, second = page.state("candidates")[:2]
    assert page.state("stated") == first
    page.page.locator(".card").nth(1).click()
    page.until(f"state.stated === '{second}'")
    letters = page.page.locator(".letter.on-map")
    letters.nth(1).wait_for()
    assert letters.all_inner_texts()[:2] == ["A", "B"]
    assert [letters.nth(which).get_attribute("data-chosen") for which in (0, 1)] == ["false", "true"]
    expect(page.page.locator(".card small").nth(1)).to_contain_text("侧")
    page.page.get_by_text("不确定，由中心判定").click()
    page.until("state.stated === null")


@pytest.mark.parametrize("look", ["&theme=light&lang=zh", "&theme=dark&lang=en"])
def test_axe_finds_nothing_serious(phone: Open, look: str) -> None:
    page = phone(query=look)

    def check() -> None:
        assert serious_faults(page.page) == []

    check()
    page.next()  # asks the device
    page.until("state.owner !== null && state.list === 'ready'")
    page.next()
    page.page.locator(".item").first.wait_for()
    check()
    page.page.locator(".item").first.click()
    page.next()
    page.page.locator("textarea").wait_for()
    check()
    page.next()
    page.until("state.answer !== null && state.whole === 'ready'")
    check()


def test_whoever_reports_signs_in_and_a_viewer_is_told_who_may(
    chromium: Browser, demo_store: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "signed.gpkg"
    shutil.copy(demo_store, copy)
    server = Server(copy, open_demo=False)
    server.start()
    context = chromium.new_context(viewport=PHONE, locale="zh-CN", reduced_motion="reduce")  # type: ignore[arg-type]
    try:
        for login, seen in (("viewer", "此账户的角色不能上报事件"), ("worker", "事情发生在哪里？")):
            page = Phone(context.new_page(), server.address)
            page.page.goto(f"{server.address}/report")
            page.until("state.ready")
            page.page.get_by_label("账号").fill(login)
            page.page.get_by_label("密码").fill(PASSWORD)
            page.page.get_by_role("button", name="登录", exact=True).click()
            page.page.get_by_text(seen).wait_for()
            context.clear_cookies()
    finally:
        context.close()
        server.stop()
