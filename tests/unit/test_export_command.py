"""`gridscape export`: what a person types, and what comes of it."""

from collections.abc import Iterator
from pathlib import Path

import pyogrio
import pytest
from typer.testing import CliRunner

from api.commands.main import app
from spatial.errors import BadInput, BadParameter, Conflict, GridscapeError, NotFound, Refused
from spatial.store.protocol import Store
from tests.unit.exported_town import town


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small town, to be read only."""
    opened = town(tmp_path_factory.mktemp("town") / "town.gpkg")
    yield opened
    opened.close()


def said(store: Store, *arguments: str) -> str:
    """Run the command and return all that it said; raises what it raised."""
    result = CliRunner().invoke(app, ["export", *arguments, "--store", store.url], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_it_says_what_it_wrote_and_that_staff_content_is_in_it(store: Store, tmp_path: Path) -> None:
    out = said(store, str(tmp_path / "grids.gpkg"), "--layer", "areas", "--level", "grid", "--district", "luxian")
    assert "areas 8" in out
    assert "--public" in out
    assert len(pyogrio.read_dataframe(tmp_path / "grids.gpkg")) == 8


def test_a_public_export_does_not_speak_of_staff_content(store: Store, tmp_path: Path) -> None:
    out = said(store, str(tmp_path / "all.zip"), "--all", "--public", "--as", "csv")
    assert "--public" not in out
    assert "cameras" not in out


def test_the_name_of_an_html_file_chooses_the_map_or_the_scene(store: Store, tmp_path: Path) -> None:
    assert "(folium," in said(store, "--html", str(tmp_path / "map.html"), "--district", "luxian")
    assert "(pydeck," in said(store, "--html", str(tmp_path / "scene.html"), "--district", "510521")
    assert "(pydeck," in said(store, "--html", str(tmp_path / "page.html"), "-d", "luxian", "--as", "pydeck")


def test_without_a_district_an_html_file_takes_the_first_and_says_so(store: Store, tmp_path: Path) -> None:
    assert "took luxian" in said(store, "--html", str(tmp_path / "map.html"))


def test_language_and_theme_of_a_page_can_be_chosen(store: Store, tmp_path: Path) -> None:
    said(store, "--html", str(tmp_path / "map.html"), "-d", "luxian", "--lang", "zh", "--theme", "dark")
    page = (tmp_path / "map.html").read_text("utf-8")
    assert '<html lang="zh-CN" data-theme="dark">' in page
    assert "图层与图例" in page


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((), BadParameter),
        (("{}/a.gpkg",), BadParameter),
        (("{}/a.gpkg", "--all", "--layer", "roads"), BadParameter),
        (("{}/a.gpkg", "--all", "--html", "{}/b.html"), BadParameter),
        (("{}/a.gpkg", "--all", "--as", "folium"), BadParameter),
        (("--html", "{}/b.html", "--as", "csv"), BadParameter),
        (("--html", "{}/b.html", "--district", "atlantis"), NotFound),
        (("{}/a.dwg", "--all"), BadParameter),
        (("{}/a.gpkg", "--layer", "lamps"), NotFound),
        (("{}/a.gpkg", "--all", "--bbox", "29,105,30"), BadParameter),
        (("{}/a.gpkg", "--all", "--bbox", "29,105,30,106"), BadInput),
        (("{}/taken.gpkg", "--all"), Conflict),
        (("--html", "{}/taken.gpkg"), Conflict),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    store: Store, tmp_path: Path, arguments: tuple[str, ...], error: type[GridscapeError]
) -> None:
    (tmp_path / "taken.gpkg").write_text("mine")
    with pytest.raises(error) as caught:
        said(store, *(argument.format(tmp_path) for argument in arguments))
    assert caught.value.remedy is not None
    assert [path.name for path in tmp_path.iterdir()] == ["taken.gpkg"]
    assert (tmp_path / "taken.gpkg").read_text() == "mine"


def test_the_store_is_never_written_over(store: Store) -> None:
    for arguments in ((store.url, "--all"), ("--html", store.url)):
        with pytest.raises(Refused):
            said(store, *arguments, "--force")
