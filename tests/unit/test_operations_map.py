"""The operations map on paper: true to scale, each open case once, Chinese that can be selected, the same bytes."""

import math
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from api.settings import Settings
from layers.operations_map import marks
from layers.operations_map.content import Case, Sheet, in_order
from layers.operations_map.frame import MILLIMETRE, Frame, Orientation, Paper, frame, layout
from layers.operations_map.pages import as_pdf, as_png, pages_of
from layers.operations_map.reading import read
from spatial.crs import to_degrees, to_metres
from spatial.incidents.clocks import ClockState
from spatial.store import open_store
from spatial.text import Language, Text
from spatial.vocabulary import IncidentState, Priority
from tests import small_town
from tests.small_town import FIRST_GRID, NOW

FONTS = Settings().typeface
PRINTED = NOW + timedelta(days=30)
SIZES = {Paper.A3: (297, 420), Paper.A4: (210, 297)}


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    store = open_store(tmp_path_factory.mktemp("sheet") / "town.gpkg", create=True)
    small_town.fill(store, [])
    found, _ = read(store, "luxian", FIRST_GRID, layout(Paper.A4, Orientation.LANDSCAPE), PRINTED, "调度员")
    store.close()
    return found


def frame_of(sheet: Sheet, paper: Paper, orientation: Orientation) -> Frame:
    return frame(sheet.area.geometry, sheet.zone, layout(paper, orientation).map)


def pdf_of(sheet: Sheet, paper: Paper = Paper.A4, orientation: Orientation = Orientation.LANDSCAPE,
           language: Language = Language.ZH) -> bytes:  # fmt: skip
    return as_pdf(sheet, frame_of(sheet, paper, orientation), FONTS, paper, orientation, language)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    said = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return said


def many(sheet: Sheet, count: int) -> Sheet:
    """Return the sheet with so many cases, all at one place, a third of them overdue."""
    place = shapely.point_on_surface(sheet.area.geometry[0])
    cases = [
        Case(
            0, f"SJ-{index:05d}", Text("垃圾满溢", "Rubbish overflowing"), Text("大门", "Gate"),
            Text("环卫", "Sanitation"), Text("甲", "A"), IncidentState.FILED, Priority(1 + index % 4),
            PRINTED - timedelta(hours=5), PRINTED + timedelta(hours=index % 3 - 1, minutes=index), place.x, place.y,
        )
        for index in range(count)
    ]  # fmt: skip
    ordered = in_order(cases, PRINTED)
    return replace(sheet, cases=tuple(replace(case, number=at) for at, case in enumerate(ordered, start=1)))


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("orientation", Orientation)
def test_a_hundred_metres_are_as_long_on_paper_as_the_scale_says(
    sheet: Sheet, paper: Paper, orientation: Orientation
) -> None:
    seen = frame_of(sheet, paper, orientation)
    ends = shapely.points([(seen.east - 50, seen.north), (seen.east + 50, seen.north)])
    first, second = seen.on_paper(to_degrees(ends, sheet.zone))
    assert first.distance(second) / MILLIMETRE == pytest.approx(100_000 / seen.scale, abs=0.01)
    east, _, west, _ = shapely.total_bounds(to_metres(sheet.area.geometry, sheet.zone))
    assert abs(west - east) * 1000 / seen.scale < seen.part.width


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("orientation", Orientation)
def test_a_sheet_is_as_large_as_its_paper(sheet: Sheet, paper: Paper, orientation: Orientation) -> None:
    document = pypdfium2.PdfDocument(pdf_of(sheet, paper, orientation))
    size = sorted(side / MILLIMETRE for side in document[0].get_size())
    assert size == pytest.approx(SIZES[paper], abs=0.1)
    document.close()


@pytest.mark.parametrize("language", Language)
def test_every_open_case_stands_once_over_all_pages(sheet: Sheet, language: Language) -> None:
    crowded = many(sheet, 120)
    pages = pages_of(crowded, Paper.A4, Orientation.PORTRAIT)
    assert [case for page in pages for case in page] == list(crowded.cases)
    pdf = pdf_of(crowded, Paper.A4, Orientation.PORTRAIT, language)
    said = text_of(pdf)
    assert all(said.count(case.code) == 1 for case in crowded.cases)
    late = sum(case.clock(PRINTED).state is ClockState.OVERDUE for case in crowded.cases)
    word = "超时 " if language is Language.ZH else "Overdue "
    assert late > 0
    assert said.count(word) >= late


def test_the_letters_are_embedded_and_can_be_selected(sheet: Sheet) -> None:
    pdf = pdf_of(many(sheet, 3))
    assert b"/FontFile2" in pdf
    assert b"/ToUnicode" in pdf
    assert len(pdf) < 500_000
    said = text_of(pdf)
    assert f"{sheet.name.zh} · 作战图" in said
    assert "垃圾满溢" in said


def test_a_sheet_has_its_own_letters_after_another_was_drawn(sheet: Sheet) -> None:
    for name in ("甲区", "乙镇", "丙村"):
        assert f"{name} · 作战图" in text_of(pdf_of(replace(sheet, name=Text(name, "x"))))


def test_the_same_sheet_has_the_same_bytes(sheet: Sheet) -> None:
    assert pdf_of(many(sheet, 5)) == pdf_of(many(sheet, 5))


def test_an_area_without_cases_says_so(sheet: Sheet) -> None:
    quiet = replace(sheet, cases=())
    assert "目前没有未结事件" in text_of(pdf_of(quiet))
    assert "No case is open at present" in text_of(pdf_of(quiet, language=Language.EN))


def test_a_picture_has_the_dots_that_were_asked_for(sheet: Sheet, tmp_path: Path) -> None:
    picture = as_png(pdf_of(sheet), 1, 72)
    assert picture.startswith(b"\x89PNG")
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == pytest.approx((297 / 25.4 * 72, 210 / 25.4 * 72), abs=2)
    with pytest.raises(IndexError):
        as_png(pdf_of(sheet), 2, 72)


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), max_size=25))
def test_markers_never_cover_one_another(places: list[tuple[float, float]]) -> None:
    stand = np.array(marks.spread(places, (0.0, 0.0, 300.0, 300.0))).reshape(-1, 2)
    for index, one in enumerate(stand):
        for other in stand[index + 1 :]:
            assert math.dist(one, other) >= 2 * marks.RADIUS
