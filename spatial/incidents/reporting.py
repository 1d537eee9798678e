"""What somebody reports, and the row that an incident begins with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import shapely

from spatial.errors import BadInput
from spatial.governance import Mediator
from spatial.incidents.calendar import WorkingCalendar
from spatial.incidents.event_list import EventItem
from spatial.incidents.steps import due_of
from spatial.incidents.tag import Position, Tag
from spatial.table import Table
from spatial.text import Text
from spatial.vocabulary import IncidentState

LONGEST_NOTE = 1000
LOWEST_FLOOR, HIGHEST_FLOOR = -10, 200


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports.

    `kind`: the code of an item of the event list. `mediator`: for disputes. `stated_owner`: near an edge, the area that
    whoever reports says it is in; it is kept beside the tag, and who owns the place is not theirs to say.
    """

    position: Position
    kind: str
    note: str | None = None
    floor: int | None = None
    staircase: int | None = None
    mediator: Mediator | None = None
    stated_owner: str | None = None


def row_of(
    reported: Report, tagged: Tag, item: EventItem, calendar: WorkingCalendar, at: datetime, extra: str | None
) -> Table:
    """Return the row of a report, with what is promised from `at` on; raises BadInput for what cannot be kept.

    `extra`: what is kept in the column of that name.
    """
    note = (reported.note or "").strip() or None
    if note is not None and len(note) > LONGEST_NOTE:
        raise BadInput(
            Text(f"说明超过 {LONGEST_NOTE} 字", f"The note is longer than {LONGEST_NOTE} characters"),
            Text("请缩短", "Shorten it"),
        )
    for name, value in (
        (Text("楼层", "The floor"), reported.floor),
        (Text("单元", "The staircase"), reported.staircase),
    ):
        if value is not None and not LOWEST_FLOOR <= value <= HIGHEST_FLOOR:
            raise BadInput(
                Text(
                    f"{name.zh}须在 {LOWEST_FLOOR} 至 {HIGHEST_FLOOR} 之间",
                    f"{name.en} must lie between {LOWEST_FLOOR} and {HIGHEST_FLOOR}",
                )
            )
    if reported.mediator is not None and not item.dispute:
        raise BadInput(Text("只有纠纷才选择调解人", "Only a dispute is mediated"))
    arrive_by, due_at = due_of(item, calendar, at)
    columns: dict[str, Any] = {
        "district": tagged.district,
        "name": item.name.zh,
        "name_en": item.name.en,
        "kind": item.code,
        "category": item.category.value,
        "state": IncidentState.REPORTED.value,
        "priority": int(item.priority),
        "dispute": item.dispute,
        "department": item.department.value,
        "reported_at": at,
        "clock_from": at,
        "arrive_by": arrive_by,
        "due_at": due_at,
        "accuracy_m": reported.position.accuracy_m,
        "datum": reported.position.datum.value,
        "first_responsible": tagged.responsible,
        "first_edition": tagged.main.edition.number,
        "responsible": tagged.responsible,
        "path": tagged.path,
        "note": note,
        "floor": reported.floor,
        "staircase": reported.staircase,
        "mediator": None if reported.mediator is None else reported.mediator.value,
        "extra": extra,
    }
    return Table(points_of(tagged), {name: [value] for name, value in columns.items()})


def points_of(tagged: Tag) -> Any:
    """Return the place of a tag as the geometries of a table of one row."""
    return np.array([shapely.Point(tagged.located.lon, tagged.located.lat)], dtype=object)


def stated_in(reported: Report, tagged: Tag) -> dict[str, Any]:
    """Return what is kept of a stated owner; raises BadInput for one that is no candidate for the place."""
    if reported.stated_owner is None:
        return {}
    ranking = tagged.main.ranking
    candidates = [] if ranking is None else [one.code for one in ranking.candidates if one.code is not None]
    if reported.stated_owner not in candidates:
        listed = ", ".join(candidates) or "–"
        raise BadInput(
            Text(
                f"{reported.stated_owner} 不是该位置的候选区域",
                f"{reported.stated_owner} is no candidate for this place",
            ),
            Text(f"候选区域：{listed}；不确定时请留空", f"The candidates are: {listed}; leave it out where unsure"),
        )
    return {"stated_owner": reported.stated_owner}
