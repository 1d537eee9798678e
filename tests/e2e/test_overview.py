"""The overview page in a real browser, over a real server: the first thing that anybody sees."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import shapely
from playwright.sync_api import expect

from spatial.store import open_store
from spatial.store.records import Query
from spatial.vocabulary import OPEN_STATES
from tests.e2e.conftest import Screen
from tests.server import Server

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
QUIET = "layers=-incidents"
"""No marker may lie over the place that a test clicks."""

NAMED = "玉蝉国际城"


@pytest.fixture(scope="module")
def building(demo_store: Path) -> tuple[float, float, str]:
    """Return a position inside a building, and the path that the store keeps for it."""
    with closing(open_store(demo_store)) as store:
        found = store.read("buildings", Query(district="luxian", limit=40))
    point = shapely.point_on_surface(found.geometry[12])
    return round(float(point.x), 6), round(float(point.y), 6), str(found["path"][12])


@pytest.fixture(scope="module")
def shared_point(demo_store: Path) -> tuple[float, float, set[str]]:
    """Return a position at which several open incidents stand, and their codes."""
    with closing(open_store(demo_store)) as store:
        found = store.read(
            "incidents", Query(district="luxian", equal={"state": [state.value for state in OPEN_STATES]})
        )
    at: dict[tuple[float, float], set[str]] = {}
    for point, code in zip(found.geometry, found["code"], strict=True):
        at.setdefault((round(point.x, 7), round(point.y, 7)), set()).add(str(code))
    (lon, lat), codes = max(at.items(), key=lambda each: len(each[1]))
    assert len(codes) > 1
    return lon, lat, codes


def _at(building: tuple[float, float, str], zoom: float = 17) -> str:
    return f"at={building[0]},{building[1]},{zoom}"


def test_it_opens_on_a_district_and_asks_nobody_but_its_own_server(screen: Open, demo_server: Server) -> None:
    page = screen()
    assert page.state("district") == "luxian"
    assert page.state("camera")["zoom"] > 11
    assert page.state("inView") > 0
    strangers = [url for url in page.asked if not url.startswith((demo_server.address, "data:", "blob:"))]
    assert strangers == []


def test_a_click_shows_the_chain_of_ownership_with_its_codes(screen: Open, building: tuple[float, float, str]) -> None:
    page = screen(f"?{_at(building)}&{QUIET}")
    page.click_centre()
    page.until("state.locating === 'ready'")
    path = building[2].strip("/").split("/")
    assert page.state("chain") == path
    links = page.page.locator(".link[data-code]")
    links.nth(len(path) - 1).wait_for()
    assert [links.nth(index).get_attribute("data-code") for index in range(len(path))] == path
    assert page.state("responsible") == path[3]
    expect(page.page.locator(f'.link[data-code="{path[3]}"] .duty')).to_contain_text("专职网格员")
    page.until("state.selectionDrawn")


def test_outside_every_district_the_nearest_areas_are_named_and_lead_there(screen: Open) -> None:
    page = screen(f"?place=105.15,29.35&lang=en&{QUIET}")
    page.until("state.locating === 'ready'")
    rows = page.page.locator(".nearest .row")
    expect(rows.first).to_contain_text("Luxian")
    expect(rows.first.locator(".number")).to_contain_text(" km")
    compound = rows.filter(has_text="Compound")
    code = compound.locator(".code-text").inner_text()
    compound.get_by_role("button").click()
    page.until(f"state.locating === 'ready' && state.chain.includes('{code}')")
    expect(page.page.locator(f'.link[data-code="{code}"]')).to_have_attribute("aria-current", "true")


def test_a_district_opens_on_its_town_and_shows_all_of_itself_on_demand(screen: Open) -> None:
    page = screen("?lang=en")
    town = page.state("camera")["zoom"]
    page.page.get_by_role("button", name="Show all of it").click()
    page.until(f"!state.moving && state.camera.zoom < {town - 0.5}")
    page.page.get_by_role("button", name="The town").click()
    page.until(f"!state.moving && Math.abs(state.camera.zoom - {town}) < 0.01")


def test_incidents_that_share_a_point_spread_on_legs(screen: Open, shared_point: tuple[float, float, set[str]]) -> None:
    lon, lat, codes = shared_point
    page = screen(f"?at={lon},{lat},17&lang=en")
    page.click_centre()
    page.until(f"state.legs.length === {len(codes)}")
    assert set(page.state("legs")) == codes
    box = page.page.locator("#map canvas").first.bounding_box()
    assert box is not None
    page.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 - 38)
    page.until("state.thing !== null && state.locating === 'ready'")
    assert page.state("thing")["code"] == page.state("legs")[0]
    expect(page.page.locator(".facts dt").first).to_have_text("Category")


def test_the_pointer_previews_what_a_click_would_select(screen: Open, building: tuple[float, float, str]) -> None:
    page = screen(f"?{_at(building, 16)}&{QUIET}")
    box = page.page.locator("#map canvas").first.bounding_box()
    assert box is not None
    page.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.until("state.hovered === 'Polygon' || state.hovered === 'MultiPolygon'")
    assert page.state("place") is None


def test_search_finds_a_compound_and_selects_it(screen: Open) -> None:
    page = screen()
    page.page.keyboard.press("/")
    page.page.keyboard.type(NAMED)
    page.until("state.searching === 'ready' && state.hits.length > 0")
    code = page.state("hits")[0]
    page.page.keyboard.press("Enter")
    page.until(f"state.locating === 'ready' && state.area === '{code}'")
    expect(page.page.locator("#panel h2").first).to_have_text(NAMED)
    assert page.state("camera")["zoom"] > 14


def test_enter_opens_what_was_typed_and_not_what_was_found_before(screen: Open) -> None:
    page = screen()
    page.page.keyboard.press("/")
    page.page.keyboard.type(NAMED[:1])
    page.until("state.searching === 'ready' && state.hits.length > 0")
    page.page.keyboard.type(NAMED[1:])
    page.page.keyboard.press("Enter")
    page.until("state.locating === 'ready' && state.area !== null")
    expect(page.page.locator("#panel h2").first).to_have_text(NAMED)


def test_language_and_theme_change_without_losing_anything(screen: Open, building: tuple[float, float, str]) -> None:
    page = screen(f"?{_at(building)}&{QUIET}&place={building[0]},{building[1]}&lang=zh&theme=dark")
    page.until("state.locating === 'ready'")
    before = {name: page.state(name) for name in ("chain", "area", "camera", "layers", "place")}
    page.page.get_by_role("button", name="EN", exact=True).click()
    page.page.locator("text=Chain of ownership").wait_for()
    page.page.keyboard.press("t")
    assert page.state("theme") == "light"
    expect(page.page.locator("html")).to_have_attribute("data-theme", "light")
    expect(page.page.locator("html")).to_have_attribute("lang", "en")
    assert {name: page.state(name) for name in before} == before


def test_a_permalink_restores_the_screen(screen: Open, building: tuple[float, float, str]) -> None:
    lon, lat, path = building
    compound = path.split("/")[-2]
    asked = f"?district=luxian&at={lon},{lat},16.5,45,30&layers=stations,-grid&place={lon},{lat}&area={compound}"
    first = screen(f"{asked}&view=3d&lang=en&theme=light")
    first.until("state.locating === 'ready'")
    second = screen(first.query())
    second.until("state.locating === 'ready'")
    for page in (first, second):
        assert page.state("area") == compound
        assert page.state("language") == "en"
        assert page.state("theme") == "light"
        assert page.state("solid") is True
        assert "stations" in page.state("layers")
        assert "grid" not in page.state("layers")
        camera = page.state("camera")
        assert [round(camera[name], 1) for name in ("zoom", "pitch", "bearing")] == [16.5, 45, 30]
        assert (camera["lon"], camera["lat"]) == pytest.approx((lon, lat), abs=2e-5)


LATE_FRAMES = """
    const [draw, cancel] = [requestAnimationFrame.bind(window), cancelAnimationFrame.bind(window)];
    const frames = new Map();
    let last = 0;
    window.requestAnimationFrame = (frame) => {
        const id = ++last;
        const soon = () => {
            const styled = performance.getEntriesByName("map-style").length > 0;
            if (frames.has(id)) frames.set(id, styled ? [cancel, draw(frame)] : [clearTimeout, setTimeout(soon, 20)]);
        };
        frames.set(id, null);
        soon();
        return id;
    };
    window.cancelAnimationFrame = (id) => {
        const [end, what] = frames.get(id) ?? [];
        frames.delete(id);
        end?.(what);
    };
"""
"""No frame is drawn before the map has its style."""


def test_the_map_comes_where_its_style_is_there_before_the_first_frame(screen: Open) -> None:
    page = screen(script=LATE_FRAMES)
    assert page.state("failure") is None
    assert page.state("drawn")


def test_a_layer_switches_on_with_its_legend_and_enters_the_address(screen: Open) -> None:
    page = screen()
    assert "stations" not in page.state("layers")
    layer = page.page.locator('.layer[data-layer="stations"]')
    layer.locator("label").click()
    page.until("state.layers.includes('stations')")
    expect(layer.locator(".legend li")).to_have_count(10)
    assert parse_qs(page.query().lstrip("?"))["layers"] == ["stations"]
    layer.locator("label").click()
    page.until("!state.layers.includes('stations')")
    assert "layers" not in parse_qs(page.query().lstrip("?"))


def test_the_map_draws_the_layers_that_the_address_names(screen: Open) -> None:
    page = screen("?layers=stations,-incidents")
    page.until("state.drawn.includes('stations') && !state.drawn.includes('incidents')")


def test_on_a_phone_typing_brings_up_what_was_found(screen: Open) -> None:
    page = screen("?lang=zh", width=390, height=844)
    page.page.get_by_role("button", name="图层", exact=True).last.click()
    page.page.locator("#search").click()
    page.page.keyboard.type(NAMED)
    page.page.locator("#results [role=option]").first.click()
    page.until("state.locating === 'ready'")
    expect(page.page.locator("#panel h2").first).to_have_text(NAMED)


def test_a_narrow_window_shows_one_panel_at_a_time(screen: Open, building: tuple[float, float, str]) -> None:
    page = screen(f"?{_at(building)}&{QUIET}", width=900, height=700)
    left, right = (page.page.locator(f".panel.{side}") for side in ("left", "right"))
    left.wait_for()
    expect(right).not_to_be_visible()
    page.page.keyboard.press("l")
    right.wait_for()
    expect(left).not_to_be_visible()
    page.click_centre()
    page.until("state.locating === 'ready'")
    left.wait_for()
    expect(right).not_to_be_visible()
    page.page.keyboard.press("Escape")
    right.wait_for()
    page.page.keyboard.press("]")
    left.wait_for()
    expect(right).not_to_be_visible()


def test_buildings_stand_up_and_lie_down_again(screen: Open, building: tuple[float, float, str]) -> None:
    page = screen(f"?{_at(building, 16)}")
    page.page.keyboard.press("b")
    page.until("state.solid && state.camera.pitch > 50")
    page.page.keyboard.press("b")
    page.until("!state.solid && state.camera.pitch === 0")


def test_one_can_stand_at_a_place_and_come_back(screen: Open, building: tuple[float, float, str]) -> None:
    page = screen(f"?{_at(building)}&{QUIET}", width=1000, height=500)
    before = len(page.asked)
    page.click_centre()
    page.until("state.locating === 'ready'")
    assert not any("/scene-" in url for url in page.asked[:before])
    page.page.keyboard.press("p")
    page.until("state.walkReady")
    assert any("/scene-" in url for url in page.asked)
    page.page.locator(".heading").wait_for()
    page.page.keyboard.press("Escape")
    page.until("state.walking === null && state.place !== null")
    page.page.keyboard.press("Escape")
    page.until("state.place === null")


def test_keys_do_what_they_say_and_nothing_while_typing(screen: Open) -> None:
    page = screen("?lang=zh&theme=dark")
    page.page.keyboard.press("l")
    page.page.locator(".panel.right").wait_for(state="hidden")
    page.page.keyboard.press("v")
    page.page.get_by_role("listbox", name="视野内的要素").wait_for()
    page.page.keyboard.press("?")
    page.page.get_by_role("dialog", name="全部按键").wait_for()
    page.page.keyboard.press("Escape")
    page.page.get_by_role("dialog", name="全部按键").wait_for(state="hidden")
    page.page.keyboard.press("g")
    page.page.keyboard.type("105.37, 29.15")
    assert page.state("theme") == "dark"
    page.page.keyboard.press("Enter")
    page.until("state.place !== null && state.locating === 'ready'")
    assert page.state("place") == {"lon": 105.37, "lat": 29.15}


def test_the_page_says_when_the_server_is_away_and_recovers(screen: Open, demo_store: Path) -> None:
    server = Server(demo_store)
    server.start()
    try:
        page = screen("?lang=en", origin=server.address)
        server.stop()
        page.page.keyboard.press("/")
        page.page.keyboard.type("grid")
        page.until("state.connection === 'offline'")
        page.page.locator("[data-test=offline]").wait_for()
        page.page.locator(".notice.failed").wait_for()
        server.start()
        page.until("state.connection === 'online'")
        page.page.locator("[data-test=offline]").wait_for(state="detached")
    finally:
        server.stop()
