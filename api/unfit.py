"""Why a value of a posted document does not fit, by pydantic's own types of errors, in both languages."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from spatial.text import Text

Limits = Mapping[str, Any]


def reason_of(kind: str, limits: Limits) -> Text:
    """Return why a value does not fit. `kind`: pydantic's type of the error; `limits`: what it says of the limits."""
    said = REASONS.get(kind)
    return Text("值不合要求", "the value does not fit") if said is None else said(limits)


def _always(zh: str, en: str) -> Callable[[Limits], Text]:
    return lambda _limits: Text(zh, en)


def _with(limit: str, zh: str, en: str) -> Callable[[Limits], Text]:
    """Return a sentence with one of the limits in it, where it has {}."""
    return lambda limits: Text(zh.format(_figure(limits[limit])), en.format(_figure(limits[limit])))


def _one_of(limits: Limits) -> Text:
    # pydantic gives 'a', 'b' or 'c' of texts, 1, 2 or 3 of numbers
    words = re.findall(r"'([^']*)'", limits["expected"]) or re.findall(r"-?\d+", limits["expected"])
    return Text(f"须为 {'、'.join(words)} 之一", f"it must be one of {', '.join(words)}")


def _figure(limit: float) -> str:
    return str(int(limit)) if float(limit).is_integer() else str(limit)


REASONS: Mapping[str, Callable[[Limits], Text]] = {
    "model_type": _always("须为 JSON 对象", "it must be a JSON object"),
    "string_type": _always("须为文本", "it must be a text"),
    "string_too_short": _with("min_length", "至少 {} 个字符", "it has {} characters at least"),
    "string_too_long": _with("max_length", "至多 {} 个字符", "it has {} characters at most"),
    "int_type": _always("须为整数", "it must be a whole number"),
    "int_parsing_size": _always("数值过大", "the number is too large"),
    "float_type": _always("须为数字", "it must be a number"),
    "finite_number": _always("须为有限的数", "it must be a finite number"),
    "bool_type": _always("须为 true 或 false", "it must be true or false"),
    "greater_than": _with("gt", "须大于 {}", "it must be above {}"),
    "greater_than_equal": _with("ge", "不得小于 {}", "it must be {} at least"),
    "less_than": _with("lt", "须小于 {}", "it must be below {}"),
    "less_than_equal": _with("le", "不得大于 {}", "it must be {} at most"),
    "enum": _one_of,
    "list_type": _always("须为列表", "it must be a list"),
    "too_long": _with("max_length", "至多 {} 项", "it has {} entries at most"),
}
"""What is said of each type of error that a declared body can have."""
