"""The event list: what may be reported, who is called, and what is promised. A place keeps its own, in versions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from spatial.errors import BadCode, BadInput
from spatial.governance import Department, EventCategory
from spatial.incidents.calendar import LimitUnit, TimeLimit, WorkingCalendar
from spatial.text import Text
from spatial.vocabulary import Priority

MOST_ITEMS = 1000
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class EventItem:
    """One item of the list.

    `arrive`, `close`: what is promised, both counted from the report. `dispute`: it is mediated, and the parties choose
    by whom.
    """

    code: str
    category: EventCategory
    name: Text
    priority: Priority
    department: Department
    arrive: TimeLimit
    close: TimeLimit
    dispute: bool = False

    @property
    def working(self) -> bool:
        """Whether working time alone counts until it is to be closed."""
        return self.close.unit in (LimitUnit.WORKING_HOURS, LimitUnit.WORKING_DAYS)


@dataclass(frozen=True, slots=True)
class EventList:
    """The items of one version, by their codes."""

    version: str
    items: Mapping[str, EventItem]

    @classmethod
    def of(cls, version: str, items: Iterable[EventItem]) -> "EventList":
        """Return a list of items; raises BadInput where two have one code, or there are none."""
        listed = list(items)
        by_code = {item.code: item for item in listed}
        twice = [code for code in by_code if sum(item.code == code for item in listed) > 1]
        if twice:
            raise BadInput(Text(f"事项编码重复：{twice[0]}", f"The code {twice[0]} stands twice in the list"))
        if not by_code:
            raise BadInput(Text("事件清单为空", "The event list is empty"))
        return cls(version, by_code)

    def item(self, code: str) -> EventItem:
        """Return an item; raises BadCode for one that the list does not have."""
        found = self.items.get(code)
        if found is None:
            raise BadCode(
                Text(f"事件清单 {self.version} 中没有事项 {code}", f"The event list {self.version} has no item {code}"),
                Text("请从清单中选择事项", "Choose an item of the list"),
                code=code,
                version=self.version,
            )
        return found

    def refuse_uncounted(self, calendar: WorkingCalendar) -> None:
        """Raise BadInput where a calendar does not count a limit of the list: it could be promised and never kept."""
        wrong = [item.code for item in self.items.values() if not all(map(calendar.counts, (item.arrive, item.close)))]
        if wrong:
            raise calendar.too_long(", ".join(wrong[:20]))

    def as_document(self) -> dict[str, Any]:
        """Return the list as plain values for JSON."""
        return {
            "version": self.version,
            "items": [
                {
                    "code": item.code,
                    "category": item.category.value,
                    "name": {"zh": item.name.zh, "en": item.name.en},
                    "priority": int(item.priority),
                    "department": item.department.value,
                    "arrive": _limit_document(item.arrive),
                    "close": _limit_document(item.close),
                    "dispute": item.dispute,
                }
                for item in self.items.values()
            ],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "EventList":
        """Return the list that a JSON document holds; raises BadInput that names every item at fault, up to twenty."""
        version, rows = document.get("version"), document.get("items")
        if not isinstance(version, str) or not version.strip() or not isinstance(rows, list):
            raise BadInput(
                Text("这不是事件清单", "This is no event list"),
                Text("请给出 version 和 items", "It has a version (a text) and items (a list)"),
            )
        if len(rows) > MOST_ITEMS:
            raise BadInput(Text(f"事项超过 {MOST_ITEMS} 个", f"There are more than {MOST_ITEMS} items"))
        items, faults = [], []
        for number, row in enumerate(rows, 1):
            try:
                items.append(_item(row))
            except (KeyError, TypeError, ValueError) as error:
                said = f"{error.args[0]}" if isinstance(error, KeyError) else str(error)
                faults.append(f"{number} ({row.get('code', '?') if isinstance(row, dict) else '?'}): {said}")
        if faults:
            listed = "; ".join(faults[:20])
            raise BadInput(
                Text(f"{len(faults)} 个事项无法读取：{listed}", f"{len(faults)} items cannot be read: {listed}"),
                Text("什么都没有改变，请改正后重试", "Nothing was changed; mend them and try again"),
                count=len(faults),
            )
        return cls.of(version.strip(), items)


def _limit_document(limit: TimeLimit) -> dict[str, Any]:
    return {"amount": limit.amount, "unit": limit.unit.value}


def _item(row: Any) -> EventItem:
    code = row["code"]
    if not isinstance(code, str) or not code.isascii() or not code.isalnum() or len(code) > 20:
        raise ValueError("code: letters and digits, twenty at most")
    name = row["name"]
    zh, en = name["zh"], name["en"]
    if not all(isinstance(each, str) and 0 < len(each) <= _LONGEST_NAME for each in (zh, en)):
        raise ValueError(f"name: zh and en, up to {_LONGEST_NAME} characters each")
    dispute = row.get("dispute", False)
    if not isinstance(dispute, bool):
        raise TypeError("dispute: true or false")
    return EventItem(
        code,
        EventCategory(row["category"]),
        Text(zh, en),
        Priority(row["priority"]),
        Department(row["department"]),
        _limit("arrive", row["arrive"]),
        _limit("close", row["close"]),
        dispute,
    )


def _limit(name: str, value: Any) -> TimeLimit:
    amount = value["amount"]
    if isinstance(amount, bool) or not isinstance(amount, int | float) or not 0 < amount <= 10_000:
        raise ValueError(f"{name}: an amount above 0, 10000 at most")
    return TimeLimit(float(amount), LimitUnit(value["unit"]))
