"""Exported HTML files, in a real browser with the network cable out: they ask for nothing and show the store's."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from fixtures.load import load
from layers.folium_map import folium_map
from layers.gathered import Gathered, gather
from layers.page_content import page_content
from layers.pydeck_scene import pydeck_scene
from layers.tokens import Theme, red_green_blue
from spatial.store import open_store
from spatial.text import Language
from spatial.vocabulary import Audience
from tests.e2e.single_file_browser import Opened, browser, opened
from tests.unit.exported_town import AT, SCRIPT, town

pytestmark = pytest.mark.browser

RENDERERS = {"map": folium_map, "scene": pydeck_scene}
KINDS = list(RENDERERS)
SMALL = (900, 560)
"""Software draws a scene at some ten frames a second at this size."""


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    with browser() as one:
        yield one


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Gathered:
    """The small town with names that would do harm if they were not only text."""
    store = town(tmp_path_factory.mktemp("pages") / "town.gpkg")
    found = gather(store, "luxian")
    store.close()
    return found


@pytest.fixture(scope="module")
def luxian(tmp_path_factory: pytest.TempPathFactory) -> Gathered:
    """The whole of Luxian as the fixtures make it."""
    store = open_store(tmp_path_factory.mktemp("luxian") / "luxian.gpkg", create=True)
    load(store, slugs=("luxian",))
    found = gather(store, "luxian")
    store.close()
    return found


@pytest.fixture(scope="module", params=KINDS)
def page(
    request: pytest.FixtureRequest, started: Browser, small: Gathered, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opened]:
    """The small town as a dark page in English; each test leaves it as it was."""
    folder = tmp_path_factory.mktemp("page")
    with opened(started, written(folder, request.param, small, Theme.DARK, Language.EN), *SMALL) as one:
        yield one


def written(folder: Path, kind: str, gathered: Gathered, theme: Theme, language: Language) -> Path:
    file = folder / f"{kind}-{theme}.html"
    file.write_text(RENDERERS[kind](gathered, theme.value, language, AT), encoding="utf-8")
    return file


def compare(page: Opened, gathered: Gathered) -> None:
    """Hold every layer of the page to the codes that the store gave for it."""
    for one in gathered.layers:
        expected = gathered.codes(one.layer.id)
        if expected:
            assert page.codes(one.layer.id) == expected, one.layer.id


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_luxian_asks_for_nothing_and_shows_what_the_store_holds(
    started: Browser, luxian: Gathered, tmp_path: Path, kind: str
) -> None:
    file = written(tmp_path, kind, luxian, Theme.LIGHT, Language.ZH)
    assert file.stat().st_size < 15_000_000
    with opened(started, file, *SMALL) as light:
        compare(light, luxian)
        assert light.asked == []
        assert light.wrong == []
        share, colours = looked_at(started, light.page.screenshot(), red_green_blue("light", "map-green"))
        assert share > 0.05
        assert colours > 500


def test_a_page_asks_for_nothing_and_shows_what_the_store_holds(page: Opened, small: Gathered) -> None:
    compare(page, small)
    assert page.asked == []
    assert page.wrong == []


def test_a_page_paints_its_land_in_the_colour_of_its_theme(started: Browser, page: Opened) -> None:
    share, colours = looked_at(started, page.page.screenshot(), red_green_blue("dark", "map-land"))
    assert share > 0.1
    assert colours > 100  # it is not an empty sheet


def test_a_script_in_a_name_stays_text(page: Opened) -> None:
    # the card of a feature is built as it is on a click
    page.ask(
        """() => {
            const layer = gridscapeContent.layers.find((one) => one.id === "stations");
            const source = gridscapeContent.sources.stations;
            const row = source.rows.findIndex((one) => one[0] === "AW02");
            document.body.append(gridscapeAbout(gridscapeFeature(source, row, layer), layer));
        }"""
    )
    assert page.ask("() => window.harmed") is None
    card = page.page.locator("body > .gs-about")
    expect(card.locator("h3")).to_have_text(SCRIPT)
    expect(card.locator("b")).to_have_count(0)
    card.evaluate("(element) => element.remove()")


def test_every_layer_has_a_switch_and_every_switch_switches(page: Opened, small: Gathered) -> None:
    switches = page.page.locator(".gs-legend input[type=checkbox]")
    names = [switches.nth(index).get_attribute("data-layer") for index in range(switches.count())]
    drawn = [one.layer.id for one in small.layers if len(one.rows) or not one.layer.base]
    assert sorted(str(name) for name in names) == sorted(drawn)
    before = set(page.ask("() => window.app.shown()"))
    assert before == {one.layer.id for one in small.layers if one.layer.visible and one.layer.id in drawn}
    page.page.locator("input[data-layer=incidents]").uncheck()
    page.page.locator("input[data-layer=stations]").check()
    assert set(page.ask("() => window.app.shown()")) == before - {"incidents"} | {"stations"}
    page.page.locator("input[data-layer=incidents]").check()
    page.page.locator("input[data-layer=stations]").uncheck()
    assert page.wrong == []


def test_a_page_says_its_district_edition_time_and_that_it_is_synthetic(page: Opened) -> None:
    said = page.page.locator(".gs-card").first.inner_text()
    assert "Luxian" in said
    assert "Edition 1 · published" in said
    # 01:31 in UTC is 09:31 in the district
    assert "Exported 2026-11-23 09:31" in said
    assert "Synthetic data" in said
    assert page.page.title() == "Gridscape · Luxian"


def looked_at(started: Browser, picture: bytes, wanted: tuple[int, int, int]) -> tuple[float, int]:
    """Return the share of a picture that is nearly of a colour, and how many colours it has."""
    page = started.new_page()
    try:
        found = page.evaluate(
            """async ([address, wanted]) => {
                const picture = new Image();
                picture.src = address;
                await picture.decode();
                const canvas = new OffscreenCanvas(picture.width, picture.height);
                const pen = canvas.getContext("2d");
                pen.drawImage(picture, 0, 0);
                const { data } = pen.getImageData(0, 0, picture.width, picture.height);
                const colours = new Set();
                let near = 0;
                for (let at = 0; at < data.length; at += 4) {
                    colours.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
                    if (wanted.every((value, channel) => Math.abs(value - data[at + channel]) <= 12)) near += 1;
                }
                return [(4 * near) / data.length, colours.size];
            }""",
            [f"data:image/png;base64,{base64.b64encode(picture).decode()}", list(wanted)],
        )
        return float(found[0]), int(found[1])
    finally:
        page.close()


def test_clicking_the_map_tells_the_topmost_thing_and_the_areas_around_it(
    started: Browser, small: Gathered, tmp_path: Path
) -> None:
    with opened(started, written(tmp_path, "map", small, Theme.LIGHT, Language.EN), 1280, 800) as page:
        place = page.ask(
            """() => {
                const map = window.app.map;
                map.setView([29.1223, 105.3423], 18, { animate: false });
                const { x, y } = map.latLngToContainerPoint([29.1223, 105.3423]);
                return [x, y];
            }"""
        )
        page.page.mouse.click(*place)
        card = page.page.locator(".leaflet-popup .gs-about")
        card.wait_for()
        said = card.inner_text()
        assert "Building 1" in said
        assert "510521001001001001001" in said
        assert "Grid · Community 1 grid 1 510521001001001" in said
        expect(page.page.locator(".leaflet-popup .gs-about li")).to_have_count(5)


def test_a_public_page_holds_no_camera_and_no_exact_count(tmp_path: Path) -> None:
    store = town(tmp_path / "town.gpkg")
    seen = gather(store, "luxian", Audience.PUBLIC)
    store.close()
    for kind in KINDS:
        text = written(tmp_path, kind, seen, Theme.DARK, Language.EN).read_text("utf-8")
        assert "51052100001310" not in text
        assert "Camera site" not in text
    # 41 households and 3 elderly people in each building of the small town
    content = page_content(seen, "dark", Language.EN, AT)
    values = {value for row in content["sources"]["areas.building"]["rows"] for value in row[4]}
    assert {"40", "5"} <= values
    assert not {"41", "3"} & values


def test_a_page_fits_a_phone(started: Browser, small: Gathered, tmp_path: Path) -> None:
    with opened(started, written(tmp_path, "map", small, Theme.LIGHT, Language.EN), 360, 740) as phone:
        assert phone.ask("() => document.documentElement.scrollWidth") <= 360
        expect(phone.page.locator(".gs-legend.gs-closed")).to_have_count(1)
