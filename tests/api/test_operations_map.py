"""The operations map over HTTP and from the command line."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pypdfium2
import pytest
from typer.testing import CliRunner

from api.app import create_app
from api.commands.main import app
from api.settings import Settings
from spatial.errors import Conflict
from spatial.store import open_store
from spatial.store.protocol import Store
from tests import small_town
from tests.api.serving import serving
from tests.small_town import FIRST_GRID

SHEET = f"/operations-map/luxian/{FIRST_GRID}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("map") / "town.gpkg", create=True)
    small_town.fill(opened, [])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[httpx.Client]:
    with serving(create_app(store, Settings(open_demo=True))) as at, httpx.Client(base_url=at, timeout=60) as asking:
        yield asking


def test_a_pdf_opens_in_the_browser_and_names_the_area(client: httpx.Client) -> None:
    answer = client.get(f"{SHEET}?paper=a3&lang=en")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'inline; filename="operations-map-{FIRST_GRID}.pdf"'
    assert answer.headers["cache-control"] == "no-store"
    document = pypdfium2.PdfDocument(answer.content)
    assert "Operations map" in document[0].get_textpage().get_text_range()
    document.close()


def test_a_picture_is_a_png(client: httpx.Client) -> None:
    answer = client.get(f"{SHEET}?f=png&dpi=72&orientation=portrait")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("wrong", ["paper=a9", "dpi=10000", "dpi=x", "f=svg", "page=0", "orientation=up", "lang=fr"])
def test_what_cannot_be_printed_is_said_before_anything_is_drawn(client: httpx.Client, wrong: str) -> None:
    answer = client.get(f"{SHEET}?{wrong}")
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_a_page_or_an_area_that_is_not_there_is_not_found(client: httpx.Client) -> None:
    assert client.get(f"{SHEET}?f=png&page=99&dpi=72").status_code == 404
    assert client.get("/operations-map/luxian/999").status_code == 404
    assert client.get(f"/operations-map/nowhere/{FIRST_GRID}").status_code == 404


def test_a_whole_district_is_too_large(client: httpx.Client) -> None:
    assert client.get("/operations-map/luxian/510521").status_code == 400


def test_that_duty_holders_were_looked_at_is_noted(client: httpx.Client, store: Store) -> None:
    with serving(create_app(store, Settings(open_demo=True))) as at:
        assert httpx.get(f"{at}{SHEET}", timeout=60).status_code == 200
    assert ("duty_holders", "luxian") in {(what, district) for _, _, what, district, _ in store.access_log()}


def test_the_command_writes_a_sheet_and_overwrites_none(client: httpx.Client, store: Store, tmp_path: Path) -> None:
    target = tmp_path / "grid.pdf"
    asked = ["operations-map", "luxian", FIRST_GRID, str(target), "--lang", "en", "--store", store.url]
    assert CliRunner().invoke(app, asked, catch_exceptions=False).exit_code == 0
    assert target.read_bytes().startswith(b"%PDF")
    with pytest.raises(Conflict):
        CliRunner().invoke(app, asked, catch_exceptions=False)
