"""The people of the dispatch screen in a real browser: who is near, how far, and who is sent."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
import shapely
from playwright.sync_api import expect

from spatial.incidents.responders import Responder
from spatial.store import open_store
from spatial.store.records import Query
from tests.e2e.axe import serious_faults
from tests.e2e.conftest import AT_WORK, Screen
from tests.sendable import with_workers
from tests.server import Server

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
_keys = count()


class Desk:
    """A server whose store has three responders on duty, and the way to report to it."""

    def __init__(self, server: Server, place: tuple[float, float]) -> None:
        self.server = server
        self.place = place

    def reported(self) -> str:
        """Report a street light, and return its key: `district/code`."""
        lon, lat = self.place
        told = self._post("/incidents", {"lon": lon, "lat": lat, "kind": "0502"})
        return f"{told['district']}/{told['code']}"

    def filed(self) -> str:
        """Report a street light, file it, and return its key."""
        key = self.reported()
        self._post(f"/incidents/{key}/steps", {"act": "file"}, self.read(key)["version"])
        return key

    def read(self, key: str) -> dict[str, Any]:
        """Return everything about an incident."""
        answer = httpx.get(f"{self.server.address}/incidents/{key}", timeout=30)
        found: dict[str, Any] = answer.raise_for_status().json()
        return found

    def _post(self, path: str, body: dict[str, Any], version: int | None = None) -> dict[str, Any]:
        headers = {"Idempotency-Key": f"people-{next(_keys)}"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        answer = httpx.post(self.server.address + path, json=body, headers=headers, timeout=60)
        found: dict[str, Any] = answer.raise_for_status().json()
        return found


@pytest.fixture(scope="module")
def desk(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Yield a desk with one who was seen now, one whose position is old, and one whose position is gone."""
    copy = tmp_path_factory.mktemp("people") / "people.gpkg"
    shutil.copy(demo_store, copy)
    now = datetime.now(UTC)
    with closing(open_store(copy)) as store:
        with_workers(store, li="李敏", zhou="周强", wu="吴刚")
        building = store.read("buildings", Query(district="luxian", limit=20)).geometry[12]
        point = shapely.point_on_surface(building)
        place = float(point.x), float(point.y)
        for account, name, away, age in (
            ("li", "李敏", 0.001, timedelta()),
            ("zhou", "周强", 0.002, timedelta(minutes=20)),
            ("wu", "吴刚", 0.0005, timedelta(hours=2)),
        ):
            store.put_responder(
                Responder(account, "luxian", name, None, None, now, place[0] + away, place[1], 9.0, now - age)
            )
    with Server(copy) as server:
        yield Desk(server, place)


@pytest.fixture
def opened(screen: Open, desk: Desk) -> Open:
    """Return a way to open the desk with an incident selected, once it is known who is near."""

    def open_desk(key: str, **more: Any) -> Screen:
        lon, lat = desk.place
        query = f"dispatch?incident={key}&district=luxian&lang=zh&at={lon:.5f},{lat:.5f},17"
        page = screen(query, origin=desk.server.address, **more)
        page.until(f"{AT_WORK} && state.detailStatus === 'ready' && state.near")
        return page

    return open_desk


def test_who_is_near_stands_with_the_minutes_and_the_stale_fade(opened: Open, desk: Desk) -> None:
    page = opened(desk.filed())
    assert page.state("near")["responders"] == [["li", "fresh"], ["zhou", "stale"]]
    first, second = page.page.locator(".candidates button").all()[:2]
    expect(first).to_contain_text("李敏")
    expect(first.locator(".near-time")).to_contain_text("′")
    expect(second).to_contain_text("位置陈旧")
    assert second.locator(".near-disc").evaluate("(disc) => getComputedStyle(disc).opacity") == "0.42"
    expect(page.page.locator("text=吴刚")).to_have_count(0)
    expect(page.page.locator("[data-test=cameras]")).to_have_count(1)


def test_a_digit_chooses_who_is_near_and_d_sends_them(opened: Open, desk: Desk) -> None:
    key = desk.filed()
    page = opened(key)
    assert page.state("sent") == "李敏"
    page.page.keyboard.press("2")
    page.until("state.sent === '周强'")
    expect(page.page.locator(".act-line .primary")).to_contain_text("派遣周强")
    page.page.keyboard.press("d")
    page.until("state.detail.state === 'dispatched' && state.sending === null")
    assert desk.read(key)["incident"]["responder"] == "zhou"


def test_driving_is_asked_for_and_remembered(opened: Open, desk: Desk) -> None:
    page = opened(desk.filed())
    with page.page.expect_response(lambda answer: "mode=driving" in answer.url):
        page.page.get_by_role("button", name="驾车").click()
    page.until("state.near !== null")
    assert page.page.evaluate("localStorage.getItem('gridscape.way')") == "driving"


def test_the_drawer_with_people_has_no_serious_fault(opened: Open, desk: Desk) -> None:
    page = opened(desk.filed())
    assert serious_faults(page.page) == []
