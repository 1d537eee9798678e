"""The event list: what may be reported, who is called, and what is promised. A place keeps its own, in versions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from spatial.errors import BadCode, BadInput
from spatial.governance import Department, EventCategory
from spatial.incidents.calendar import LimitUnit, TimeLimit, WorkingCalendar
from spatial.text import Text
from spatial.vocabulary import Priority

MOST_ITEMS = 1000
_LONGEST_NAME = 60
_LARGEST_AMOUNT = 10_000

Word = TypeVar("Word", bound=Enum)


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
        return self.close.working


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
            except BadInput as error:
                where = f"{number} ({row.get('code', '?') if isinstance(row, dict) else '?'})"
                faults.append(Text(f"{where}：{error.problem.zh}", f"{where}: {error.problem.en}"))
        if faults:
            zh, en = "；".join(fault.zh for fault in faults[:20]), "; ".join(fault.en for fault in faults[:20])
            raise BadInput(
                Text(f"{len(faults)} 个事项无法读取：{zh}", f"{len(faults)} items cannot be read: {en}"),
                Text("什么都没有改变，请改正后重试", "Nothing was changed; mend them and try again"),
                count=len(faults),
            )
        return cls.of(version.strip(), items)


def _limit_document(limit: TimeLimit) -> dict[str, Any]:
    return {"amount": limit.amount, "unit": limit.unit.value}


def _item(row: Any) -> EventItem:
    code = _given(row, "code")
    if not isinstance(code, str) or not code.isascii() or not code.isalnum() or len(code) > 20:
        raise BadInput(Text("code 须为字母和数字，至多 20 个", "code: letters and digits, twenty at most"))
    name = _given(row, "name")
    zh, en = _given(name, "zh", "name."), _given(name, "en", "name.")
    if not all(isinstance(each, str) and 0 < len(each) <= _LONGEST_NAME for each in (zh, en)):
        raise BadInput(
            Text(
                f"name 须有 zh 和 en，各 1 至 {_LONGEST_NAME} 个字符",
                f"name: zh and en, 1 to {_LONGEST_NAME} characters each",
            )
        )
    dispute = row.get("dispute", False)
    if not isinstance(dispute, bool):
        raise BadInput(Text("dispute 须为 true 或 false", "dispute: true or false"))
    return EventItem(
        code,
        _one_of(EventCategory, "category", _given(row, "category")),
        Text(zh, en),
        _one_of(Priority, "priority", _given(row, "priority")),
        _one_of(Department, "department", _given(row, "department")),
        _limit("arrive", _given(row, "arrive")),
        _limit("close", _given(row, "close")),
        dispute,
    )


def _limit(name: str, value: Any) -> TimeLimit:
    amount = _given(value, "amount", f"{name}.")
    if isinstance(amount, bool) or not isinstance(amount, int | float) or not 0 < amount <= _LARGEST_AMOUNT:
        raise BadInput(
            Text(
                f"{name}.amount 须大于 0，至多 {_LARGEST_AMOUNT}", f"{name}.amount: above 0, {_LARGEST_AMOUNT} at most"
            )
        )
    return TimeLimit(float(amount), _one_of(LimitUnit, f"{name}.unit", _given(value, "unit", f"{name}.")))


def _given(row: Any, name: str, within: str = "") -> Any:
    """Return a field of an object; raises BadInput where there is no such field, or no object."""
    if not isinstance(row, dict):
        what = within.rstrip(".")
        raise BadInput(Text(f"{what or '事项'} 须为对象", f"{what or 'the item'} must be an object"))
    if name not in row:
        raise BadInput(Text(f"缺少 {within}{name}", f"{within}{name} is missing"))
    return row[name]


def _one_of(kind: type[Word], name: str, value: Any) -> Word:
    try:
        return kind(value)
    except ValueError:
        words = [str(each.value) for each in kind]
        raise BadInput(Text(f"{name} 须为 {'、'.join(words)} 之一", f"{name}: one of {', '.join(words)}")) from None
