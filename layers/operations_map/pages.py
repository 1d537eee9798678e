"""The pages of an operations map: the first with the map, the others with what is left of the table."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import shapely

from layers.operations_map import ground, marks, table
from layers.operations_map.content import Case, Sheet, local
from layers.operations_map.frame import (
    FOOT,
    GAP,
    LEGEND,
    MARGIN,
    MILLIMETRE,
    Frame,
    Layout,
    Orientation,
    Paper,
    Rectangle,
    layout,
)
from layers.operations_map.pen import Pen
from layers.operations_map.typeface import BOLD, REGULAR, typeface
from spatial.incidents.clocks import ClockState
from spatial.text import Language, Text
from spatial.vocabulary import IncidentState, Priority, word

TITLE = Text("作战图", "Operations map")
NOTHING = Text("目前没有未结事件", "No case is open at present")
_ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "…–·：（），。！1：×±"


def pages_of(sheet: Sheet, paper: Paper, orientation: Orientation) -> list[list[Case]]:
    """Return the cases of each page, in order: on all pages together each case stands once."""
    parts = layout(paper, orientation)
    above = 12 * (1 + len(sheet.duties)) + 30
    first = table.rows_that_fit(parts.panel.width * MILLIMETRE, parts.panel.height * MILLIMETRE - above)
    each = sum(
        table.rows_that_fit(part.width * MILLIMETRE, part.height * MILLIMETRE) for part in _columns(parts, orientation)
    )
    cases = list(sheet.cases)
    return [cases[:first], *(cases[at : at + each] for at in range(first, len(cases), each))]


def as_pdf(
    sheet: Sheet, frame: Frame, fonts: Path, paper: Paper, orientation: Orientation, language: Language
) -> bytes:
    """Return the sheet as a PDF: vectors and text, with the letters that it uses and nothing to be fetched.

    `fonts`: the folder of the screens' typeface. The same sheet gives the same bytes. Raises NotFound without a
    typeface.
    """
    parts = layout(paper, orientation)
    letters = _letters(sheet)
    title = f"{sheet.name.in_language(language)} {TITLE.in_language(language)}"
    regular, bold = (typeface(fonts, weight, letters) for weight in (REGULAR, BOLD))
    pen = Pen(parts.width * MILLIMETRE, parts.height * MILLIMETRE, regular, bold, title)
    pages = pages_of(sheet, paper, orientation)
    for index, cases in enumerate(pages):
        _header(pen, sheet, parts, language)
        if index == 0:
            ground.draw(pen, sheet, frame, language)
            _legend(pen, parts.legend, language)
            _panel(pen, sheet, parts.panel, cases, len(pages) > 1, language)
        else:
            _rest(pen, sheet, cases, _columns(parts, orientation), language)
        _foot(pen, sheet, parts, index + 1, len(pages), language)
        pen.canvas.showPage()
    return pen.finish()


def as_png(pdf: bytes, page: int, dots_per_inch: int) -> bytes:
    """Return one page of a PDF, counted from 1, as a picture. Raises IndexError where there is no such page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        picture = document[page - 1].render(scale=dots_per_inch / 72).to_pil()
    finally:
        document.close()
    held = io.BytesIO()
    picture.save(held, "PNG", dpi=(dots_per_inch, dots_per_inch))
    return held.getvalue()


def _letters(sheet: Sheet) -> frozenset[str]:
    """Return every character that may stand on the sheet."""
    words: list[Text] = [sheet.name, sheet.level, sheet.above, TITLE, NOTHING]
    words += [name for name, _ in sheet.counts]
    for duty in sheet.duties:
        words += [duty.post, duty.area]
    for case in sheet.cases:
        words += [case.name, case.place, case.department, case.owner]
    words += [word(member) for kind in (IncidentState, Priority) for member in kind]
    words += [text for text in vars(_Words).values() if isinstance(text, Text)]
    letters = set(_ALWAYS) | set("序号事件地点责任部门人状态时限超剩天小计暂停空缺编码版") | set(sheet.printed_by)
    letters |= {letter for text in words for letter in text.zh + text.en}
    letters |= {letter for duty in sheet.duties for letter in duty.holder or ""}
    for held in sheet.ground.values():
        for column in ("name", "name_en"):
            letters |= {letter for name in held.columns.get(column, ()) for letter in name or ""}
    return frozenset(letters)


class _Words:
    synthetic = Text("演示数据，非真实情况", "Synthetic data")
    edition = Text("边界版本", "Boundary edition")
    printed = Text("打印于", "Printed")
    by = Text("打印人", "by")
    open_cases = Text("未结事件", "Open cases")
    overdue = Text("超时", "overdue")
    more = Text("其余见后页", "more overleaf")
    solid = Text("实心：尚无人前往", "Solid: nobody going yet")
    hollow = Text("空心加点：已派人", "Hollow: on the way")
    running = Text("计时中", "Running")
    soon = Text("即将超时", "Running out")
    late = Text("超时", "Overdue")
    paused = Text("暂停", "Paused")
    station = Text("服务站点", "Station")
    gate = Text("出入口", "Gate")
    full = Text("按 100% 打印时比例尺有效", "Scale holds when printed at 100 %")
    unplaced = Text("无位置的事件只列于表中", "Cases without a place stand in the table only")
    page = Text("第", "Page")
    pages = Text("页，共", "of")
    leaf = Text("页", "")


def _header(pen: Pen, sheet: Sheet, parts: Layout, language: Language) -> None:
    part = parts.header
    left, right, top = (each * MILLIMETRE for each in (part.x, part.right, part.top))
    other = Language.EN if language is Language.ZH else Language.ZH
    name, second = sheet.name.in_language(language), sheet.name.in_language(other)
    late = sum(case.clock(sheet.printed_at).state is ClockState.OVERDUE for case in sheet.cases)
    count = f"{_Words.open_cases.in_language(language)} {len(sheet.cases)}"
    if late:
        count += f" · {_Words.overdue.in_language(language)} {late}"
    room = right - left - pen.width(count, 13, strong=True) - 12
    title = pen.fitted(f"{name} · {TITLE.in_language(language)}", 17, room, strong=True)
    pen.text(left, top - 16, title, 17, strong=True)
    pen.text(right, top - 15, count, 13, "danger" if late else "text-1", strong=True, align="right")
    # the code and the edition in front: what there is no room for is cut off at the end, and a code never is
    stands = "  ·  ".join((
        second, sheet.code, f"{_Words.edition.in_language(language)} {sheet.edition}",
        f"{sheet.above.in_language(language)} {sheet.level.in_language(language)}",
    ))  # fmt: skip
    printed = (
        f"{_Words.printed.in_language(language)} {local(sheet.printed_at, sheet.offset, language, year=True)}"
        f"  ·  {_Words.by.in_language(language)} {sheet.printed_by}"
    )
    pen.text(right, top - 31, printed, 8, "text-2", align="right")
    room = right - left - pen.width(printed, 8) - 12
    pen.text(left, top - 31, pen.fitted(stands, 8, room), 8, "text-2")
    y = part.y * MILLIMETRE + 8
    pen.shape(shapely.LineString([(left, y), (right, y)]), None, "text-1", 1.2)


def _panel(pen: Pen, sheet: Sheet, part: Rectangle, cases: Sequence[Case], more: bool, language: Language) -> None:
    used = table.people(pen, sheet, part, language) / MILLIMETRE
    below = Rectangle(part.x, part.y, part.width, part.height - used - 1)
    if not sheet.cases:
        middle = (part.x + part.width / 2) * MILLIMETRE
        y = below.top * MILLIMETRE - 40
        pen.text(middle, y, NOTHING.in_language(language), 13, "text-2", strong=True, align="middle")
        return
    table.draw(pen, sheet, cases, below, language)
    if more:
        left = f"{len(sheet.cases) - len(cases)}"
        said = f"{_Words.more.zh}（{left}）" if language is Language.ZH else f"{left} {_Words.more.en}"
        pen.text(part.right * MILLIMETRE, part.y * MILLIMETRE, said, 7.5, "text-2", strong=True, align="right")


def _rest(pen: Pen, sheet: Sheet, cases: Sequence[Case], columns: Sequence[Rectangle], language: Language) -> None:
    at = 0
    for column in columns:
        fit = table.rows_that_fit(column.width * MILLIMETRE, column.height * MILLIMETRE)
        if cases[at : at + fit]:
            table.draw(pen, sheet, cases[at : at + fit], column, language)
        at += fit


def _columns(parts: Layout, orientation: Orientation) -> list[Rectangle]:
    """Return where the table stands on the pages after the first: in two columns where the sheet is wide."""
    bottom = MARGIN + FOOT
    height = parts.header.y - GAP / 2 - bottom
    count = 2 if orientation is Orientation.LANDSCAPE else 1
    wide = (parts.header.width - (count - 1) * 2 * GAP) / count
    return [Rectangle(MARGIN + index * (wide + 2 * GAP), bottom, wide, height) for index in range(count)]


def _legend(pen: Pen, part: Rectangle, language: Language) -> None:
    left, top, width = part.x * MILLIMETRE, part.top * MILLIMETRE, part.width * MILLIMETRE
    size, step = 7.0, (part.height * MILLIMETRE - 2) / 3
    start = _sample()
    now = start.clock_from
    lines: list[list[tuple[Case | str, Text, float]]] = [
        [(_sample(priority), word(priority), 0.0) for priority in Priority],
        [(_sample(), _Words.solid, 0.0), (_sample(state=IncidentState.DISPATCHED), _Words.hollow, 0.0),
         ("station", _Words.station, 0.0), ("gate", _Words.gate, 0.0)],
        [(_sample(), _Words.running, 0.0), (_sample(due=10), _Words.soon, 0.1), (_sample(due=-10), _Words.late, 0.0),
         (_sample(state=IncidentState.SUSPENDED), _Words.paused, 0.0)],
    ]  # fmt: skip
    for index, line in enumerate(lines):
        y = top - step * (index + 0.5) - 2
        at, column = left + 8, (width - 8) / len(line)
        for drawn, said, _ in line:
            if isinstance(drawn, Case):
                marks.marker(pen, at, y, drawn, now, 6.4)
            elif drawn == "station":
                marks.station(pen, at, y)
            else:
                marks.gate(pen, at, y)
            pen.text(at + 10, y - 2.5, pen.fitted(said.in_language(language), size, column - 22), size, "text-2")
            at += column
    assert part.height == LEGEND


def _sample(priority: Priority = Priority.NORMAL, state: IncidentState = IncidentState.FILED, due: int = 600) -> Case:
    """Return a case for the legend: `due` in minutes from when it was reported, which is the legend's present."""
    begin, nothing = datetime(2026, 1, 1, tzinfo=UTC), Text("", "")
    return Case(
        0, "", nothing, nothing, nothing, nothing, state, priority,
        begin - timedelta(minutes=60 if due < 60 else 0), begin + timedelta(minutes=due), None, None,
    )  # fmt: skip


def _foot(pen: Pen, sheet: Sheet, parts: Layout, page: int, pages: int, language: Language) -> None:
    y = MARGIN * MILLIMETRE
    left, right = MARGIN * MILLIMETRE, (parts.width - MARGIN) * MILLIMETRE
    said = [_Words.full.in_language(language)]
    if any(case.lon is None for case in sheet.cases):
        said.append(_Words.unplaced.in_language(language))
    if sheet.synthetic:
        said.insert(0, _Words.synthetic.in_language(language))
    pen.text(left, y, "  ·  ".join(said), 7, "text-2")
    number = f"第 {page} 页，共 {pages} 页" if language is Language.ZH else f"Page {page} of {pages}"
    pen.text(right, y, number, 7, "text-2", align="right")
