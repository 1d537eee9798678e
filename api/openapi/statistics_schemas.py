"""The JSON schemas of statistics of incidents."""

from api.openapi.shapes import INTEGER, NUMBER, TEXT, Schema, many, maybe, record, ref, said
from api.statistics_answers import COUNTS
from api.statistics_parameters import LEVELS
from spatial.incidents.statistics import NAMES, GroupBy

_DAY: Schema = {"type": "string", "format": "date"}
_PERIOD = record(first_day=_DAY, last_day=said("The last day that is counted", _DAY), days=INTEGER)
_LEVEL: Schema = {"type": "string", "enum": list(LEVELS)}

STATISTICS_SCHEMAS: dict[str, Schema] = {
    "IncidentFigures": record((), **{name: INTEGER if name in COUNTS else maybe(NUMBER) for name in NAMES}),
    "IncidentStatisticsLine": record(
        key=said(
            "A path, a member of a set, an item, or the date of a Monday; null where it is not known", maybe(TEXT)
        ),
        code=said("Of an area or an item; of a week as 2026-W47", maybe(TEXT)),
        name=ref("Words"),
        district=maybe(TEXT),
        level=maybe(_LEVEL),
        first_day=_DAY,
        last_day=said("The last day that is counted", _DAY),
        figures=ref("IncidentFigures"),
    ),
    "IncidentStatistics": record(
        now=said("As of when", {"type": "string", "format": "date-time"}),
        by={"type": "string", "enum": list(GroupBy)},
        level=said("Of the areas, where they are what is counted by", maybe(_LEVEL)),
        levels=said("Those that may be counted by below what was chosen, the next one first", many(_LEVEL)),
        chain=said(
            "The chosen area and those above it, from the top down",
            many(record(path=TEXT, code=TEXT, level=TEXT, name=maybe(TEXT), name_en=maybe(TEXT))),
        ),
        period=_PERIOD,
        period_before=_PERIOD,
        known_since=said("The day of the first report that the caller may see; null where there is none", maybe(_DAY)),
        total=ref("IncidentFigures"),
        total_before=said("The same of the period of the same length before", ref("IncidentFigures")),
        groups=said("Those in which something is counted", many(ref("IncidentStatisticsLine"))),
        weeks=said("ISO weeks in the districts' time, empty ones too", many(ref("IncidentStatisticsLine"))),
    ),
}
