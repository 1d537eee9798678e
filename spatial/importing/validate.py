"""What may be wrong with the values of a row: its code, the same code twice, numbers that no building has."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from spatial import codes
from spatial.errors import BadCode
from spatial.importing.source import Problem, ProblemKind
from spatial.text import Text

RANGES: dict[str, tuple[float, float]] = {
    "floors": (0, 200),
    "height_m": (0, 1000),
    "households": (0, 100_000),
    "elderly_alone": (0, 100_000),
    "staircases": (0, 100_000),
    "built": (500, 2100),
    "bearing": (0, 360),
    "field_of_view": (0, 360),
    "range_m": (0, 10_000),
    "width_m": (0, 200),
    "accuracy_m": (0, 100_000),
}
"""From the smallest to the largest value that a column can mean."""

_ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")


def check_ranges(columns: Mapping[str, Sequence[Any]], rows: Sequence[int]) -> list[Problem]:
    """Return a problem for each number that no such thing has."""
    problems = []
    for name, (lowest, highest) in RANGES.items():
        for row, value in zip(rows, columns.get(name, ()), strict=False):
            if value is not None and not lowest <= value <= highest:
                reason = Text(
                    f"{name} 为 {value:g}，应在 {lowest:g} 至 {highest:g} 之间",
                    f"{name} is {value:g}; it runs from {lowest:g} to {highest:g}",
                )
                problems.append(Problem(row, ProblemKind.VALUE, reason))
    return problems


def check_camera_ids(found: Sequence[str | None], rows: Sequence[int]) -> list[Problem]:
    """Return a problem for each camera site whose code is not a GB/T 28181 id of 20 digits."""
    problems: list[Problem] = []
    for row, code in zip(rows, found, strict=True):
        if code is None:
            reason = Text(
                "摄像机没有编码；国标编码不能自动生成", "The camera site has no code; a GB/T 28181 id cannot be made up"
            )
        elif _ROUNDED.fullmatch(code):
            reason = Text(
                f"编码 {code} 已被电子表格写成科学计数法，原来的数字丢失",
                f"A spreadsheet turned the code into {code}; its digits are lost",
            )
        else:
            try:
                codes.check_camera_id(code)
            except BadCode as error:
                reason = error.problem
            else:
                continue
        problems.append(Problem(row, ProblemKind.CODE, reason))
    return problems


def check_twice(found: Sequence[str | None], rows: Sequence[int], groups: Sequence[str] | None = None) -> list[Problem]:
    """Return a problem for every row whose code stands in another row too: which one is meant is not known.

    `groups`: what codes must be unique within, such as the level of each row.
    """
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, code in enumerate(found):
        if code is not None:
            places[code, groups[at] if groups is not None else ""].append(rows[at])
    problems: list[Problem] = []
    for (code, _), where in places.items():
        if len(where) > 1:
            shown = ", ".join(str(row) for row in where[:5])
            reason = Text(
                f"编码 {code} 重复出现在第 {shown} 行，不知以哪一行为准",
                f"The code {code} stands in rows {shown}; which one is meant is not known",
            )
            problems.extend(Problem(row, ProblemKind.DUPLICATE_CODE, reason) for row in where)
    return sorted(problems, key=lambda problem: problem.row)
