"""The three levels of a graded response and the five meetings of deliberation: who is convened at which, as data."""

from enum import IntEnum, StrEnum

from spatial.text import Text
from spatial.vocabulary import WORDS, LevelSlug


class ResponseLevel(IntEnum):
    """How serious a response is; I is the most serious."""

    I = 1  # noqa: E741 - the level's own name
    II = 2
    III = 3


class Meeting(StrEnum):
    """The five meetings, from the district down to the building."""

    DISPATCH = "dispatch"
    ASSESSMENT = "assessment"
    JOINT = "joint"
    GRID = "grid"
    BENCH = "bench"


ASSEMBLES: dict[Meeting, tuple[LevelSlug, ...]] = {
    Meeting.DISPATCH: (LevelSlug.DISTRICT,),
    Meeting.ASSESSMENT: (LevelSlug.STREET,),
    Meeting.JOINT: (LevelSlug.COMMUNITY,),
    # a district has grids between community and compound, or lets its compounds be the grids
    Meeting.GRID: (LevelSlug.GRID, LevelSlug.COMPOUND),
    Meeting.BENCH: (LevelSlug.BUILDING,),
}
"""The levels of areas whose posts sit in a meeting, from the top down."""

CONVENES: dict[ResponseLevel, Meeting] = {
    ResponseLevel.I: Meeting.DISPATCH,
    ResponseLevel.II: Meeting.ASSESSMENT,
    ResponseLevel.III: Meeting.JOINT,
}
"""The meeting that a response of a level convenes; the roster cascades from it through all meetings below."""


def cascade(level: ResponseLevel) -> tuple[Meeting, ...]:
    """Return the meeting that a level convenes and those below it, from the top down."""
    meetings = tuple(Meeting)
    return meetings[meetings.index(CONVENES[level]) :]


for _member, _zh, _en in (
    (ResponseLevel.I, "一级响应", "Level I response"),
    (ResponseLevel.II, "二级响应", "Level II response"),
    (ResponseLevel.III, "三级响应", "Level III response"),
    (Meeting.DISPATCH, "调度会", "Dispatch meeting"),
    (Meeting.ASSESSMENT, "研判会", "Assessment meeting"),
    (Meeting.JOINT, "联席会", "Joint meeting"),
    (Meeting.GRID, "网格会", "Grid meeting"),
    (Meeting.BENCH, "板凳会", "Bench meeting"),
):
    WORDS[type(_member), _member.value] = Text(_zh, _en)
