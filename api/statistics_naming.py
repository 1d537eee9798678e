"""What the groups of statistics are called, and in which order they are told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from api.counting import NamedArea
from api.service import Service
from api.statistics_answers import FiguresTold, Line
from spatial.governance import Department, EventCategory
from spatial.incidents.statistics import GroupBy, Period
from spatial.text import Text
from spatial.vocabulary import LevelSlug, word

NOT_KNOWN = Text("未注明", "Not known")
IN_NONE = Text("不在此级区域内", "In no area of this level")
_SETS: Mapping[GroupBy, type[EventCategory | Department]] = {
    GroupBy.CATEGORY: EventCategory,
    GroupBy.DEPARTMENT: Department,
}


@dataclass(frozen=True, slots=True)
class Naming:
    """Makes lines of groups. `areas`: those of the level, by path; `words`: the names of other keys, in their order."""

    by: GroupBy
    period: Period
    level: LevelSlug | None = None
    areas: Mapping[str, NamedArea] = field(default_factory=dict)
    words: Mapping[str, Text] = field(default_factory=dict)

    def line(self, key: str | None, figures: FiguresTold) -> Line:
        """Return the line of a group; a key that nobody has a name for stands for itself."""
        days = (self.period.first, self.period.last - timedelta(days=1))
        if key is None:
            return Line(None, IN_NONE if self.by is GroupBy.AREA else NOT_KNOWN, figures, days)
        if self.level is not None:
            area = self.areas[key]
            name = Text(area.name or area.code, area.name_en or area.name or area.code)
            return Line(key, name, figures, days, area.district, area.code, self.level.value)
        name = self.words.get(key, Text(key, key))
        return Line(key, name, figures, days, code=key if self.by is GroupBy.ITEM else None)

    def sorted(self, lines: Iterable[Line]) -> list[Line]:
        """Return lines in the order of their paths, sets or codes, what is not known last."""
        place = {key: number for number, key in enumerate(self.words)}
        return sorted(lines, key=lambda line: (line.key is None, place.get(line.key or "", len(place)), line.key or ""))


def naming_of(service: Service, by: GroupBy, period: Period, level: LevelSlug) -> Naming:
    """Return the names of a grouping, read from the store where they stand there; for a thread."""
    if by is GroupBy.AREA:
        return Naming(by, period, level, areas=service.counting.areas(level.value))
    if by in _SETS:
        return Naming(by, period, words={member.value: word(member) for member in _SETS[by]})
    items: dict[str, Text] = {}
    for district in service.store.districts():
        known = service.store.event_list(district.slug)
        for item in () if known is None else known.items.values():
            items.setdefault(item.code, item.name)
    return Naming(by, period, words=dict(sorted(items.items())))
