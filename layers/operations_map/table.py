"""The table of open cases beside the map and on the pages after it, and the people above it."""

from collections.abc import Sequence

import shapely

from layers.operations_map import marks
from layers.operations_map.content import Case, Sheet, local, told_clock
from layers.operations_map.frame import MILLIMETRE, Rectangle
from layers.operations_map.pen import Pen
from spatial.incidents.clocks import ClockState
from spatial.text import Language, Text
from spatial.vocabulary import word

HEAD, LINE, WIDE = 15.0, 10.0, 400.0
"""Points: the head of the table, a line of a case, and the width from which a case needs two lines instead of three."""

_SHARES = (0.11, 0.4, 0.26, 0.23)
_TITLES = (
    Text("序号", "No."),
    Text("事件 · 地点", "Case · place"),
    Text("责任部门 · 责任人", "Department · owner"),
    Text("状态 · 时限", "State · due"),
)


def rows_that_fit(width: float, height: float) -> int:
    """Return how many cases a table of a width and a height, in points, has room for."""
    return max(int((height - HEAD) // _row_height(width)), 0)


def _row_height(width: float) -> float:
    return LINE * (2 if width >= WIDE else 3) + 5


def draw(pen: Pen, sheet: Sheet, cases: Sequence[Case], part: Rectangle, language: Language) -> None:
    """Draw a table of cases from the upper edge of a part of the sheet down."""
    left, width = part.x * MILLIMETRE, part.width * MILLIMETRE
    top = part.top * MILLIMETRE
    starts = [left + width * sum(_SHARES[:index]) for index in range(len(_SHARES))]
    pen.shape(shapely.box(left, top - HEAD, left + width, top), "surface-3")
    for start, title in zip(starts, _TITLES, strict=True):
        pen.text(start + 3, top - HEAD + 4.5, title.in_language(language), 7.5, "text-2", strong=True)
    y = top - HEAD
    for case in cases:
        _row(pen, sheet, case, starts, (left + width, y), language)
        y -= _row_height(width)
        pen.shape(shapely.LineString([(left, y), (left + width, y)]), None, "line", 0.5)


def _row(
    pen: Pen, sheet: Sheet, case: Case, starts: Sequence[float], corner: tuple[float, float], language: Language
) -> None:
    right, top = corner
    width = right - starts[0]
    wide, middle = width >= WIDE, top - _row_height(width) / 2
    rooms = [after - start - 6 for start, after in zip(starts, [*starts[1:], right], strict=True)]
    marks.number(pen, starts[0] + 9, middle, case.number)
    marks.marker(pen, starts[0] + (rooms[0] + 6) - 11, middle, case, sheet.printed_at, 7.2)

    def put(column: int, line: int, text: str, size: float, ink: str, *, strong: bool = False) -> None:
        said = pen.fitted(text, size, rooms[column], strong=strong)
        pen.text(starts[column] + 3, top - LINE * line, said, size, ink, strong=strong)

    name, where = case.name.in_language(language), case.place.in_language(language)
    both = f"{case.code} · {where}" if where else case.code
    begun, rest = (name, "") if wide else pen.broken(name, 8.5, rooms[1], strong=True)
    put(1, 1, begun, 8.5, "text-1", strong=True)
    if rest:
        put(1, 2, rest, 8.5, "text-1", strong=True)
    put(1, 2 if wide else 3, both if wide or rest else case.code, 7, "text-2")
    if not wide and not rest:
        put(1, 2, where, 7, "text-2")
    department, rest = case.department.in_language(language), ""
    if not wide:
        department, rest = pen.broken(department, 8, rooms[2])
    put(2, 1, department, 8, "text-1")
    if rest:
        put(2, 2, rest, 8, "text-1")
    put(2, 3 if rest else 2, case.owner.in_language(language), 7, "text-2")
    state = word(case.state).in_language(language)
    due = "–" if case.due_at is None else local(case.due_at, sheet.offset, language)
    put(3, 1, f"{state} · {due}" if wide else state, 8, "text-1")
    if not wide:
        put(3, 2, due, 8, "text-1", strong=True)
    _clock(pen, sheet, case, (starts[3] + 3, top - LINE * (2 if wide else 3), rooms[3]), language)


def _clock(pen: Pen, sheet: Sheet, case: Case, line: tuple[float, float, float], language: Language) -> None:
    """Write how the time stands on a line: its start, its height and the room on it, in points."""
    x, y, room = line
    clock = case.clock(sheet.printed_at)
    said = told_clock(clock, language)
    if said is None:
        return
    text = pen.fitted(said.in_language(language), 7, room - 6, strong=True)
    if clock.state is ClockState.OVERDUE:
        wide = pen.width(text, 7, strong=True)
        pen.shape(shapely.box(x - 1, y - 2.5, x + wide + 5, y + 7), "danger-fill")
        pen.text(x + 2, y, text, 7, "danger-on", strong=True)
    else:
        ink = "warn" if clock.state is ClockState.RUNNING_OUT else "text-2"
        pen.text(x, y, text, 7, ink, strong=True)


def people(pen: Pen, sheet: Sheet, part: Rectangle, language: Language) -> float:
    """Draw counts and duty holders at the top of a part of the sheet; return how many points they took."""
    left, top, width = part.x * MILLIMETRE, part.top * MILLIMETRE, part.width * MILLIMETRE
    y = top - 10
    colon = "：" if language is Language.ZH else ": "
    for said, strong in (
        ("    ".join(f"{name.in_language(language)} {count:,}" for name, count in sheet.counts), True),
        *(
            (
                f"{duty.post.in_language(language)}{colon}"
                f"{duty.holder or Text('空缺', 'vacant').in_language(language)}"
                f"（{duty.area.zh}）"
                if language is Language.ZH
                else f"{duty.post.en}: {duty.holder or 'vacant'} ({duty.area.en})",
                False,
            )
            for duty in sheet.duties
        ),
    ):
        pen.text(left, y, pen.fitted(said, 8, width, strong=strong), 8, "text-1" if strong else "text-2", strong=strong)
        y -= 12
    return top - y - 4
