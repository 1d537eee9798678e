"""What a person asks for, and what an import would do about it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from spatial.errors import BadFile
from spatial.importing.columns import Match
from spatial.importing.source import Limits, Problem, ProblemKind, Source
from spatial.levels import MAIN_TREE, Level
from spatial.schema import collection
from spatial.store.protocol import Store
from spatial.store.records import District, Edition, Query
from spatial.table import Table
from spatial.text import Text

SAMPLE_ROWS = 3


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What a person asks for.

    `collection`: what the rows are. `level`: for areas; None takes the file's column `level`. `maps`: `name=NAME`
    pairs. `keep`: columns of the file to carry along under `extra`. `new_district`: a district to make around the
    data. `replace`: rows whose codes are taken replace those that are there. `strict`: all rows or none.
    `repair`: polygons that are invalid or overlap each other are mended.
    """

    path: Path
    collection: str
    district: str | None = None
    level: str | None = None
    tree: str = MAIN_TREE
    maps: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    crs: str | None = None
    layer: str | None = None
    swap_axes: bool = False
    new_district: str | None = None
    replace: bool = False
    strict: bool = False
    repair: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done: rows that go in, rows that do not and why, and what changes beside them.

    `rows`: what goes in, with the columns of the schema. `areas`: the whole of the next edition of the tree, None
    where no edition is published. `base`: the edition that it stands on, None where there is none yet. `replaced`:
    codes of rows that give way.
    """

    request: ImportRequest
    source: Source
    matches: list[Match]
    district: District
    rows: Table
    problems: list[Problem]
    notes: list[Text]
    levels: list[Level] = field(default_factory=list)
    new: bool = False
    areas: Table | None = None
    base: Edition | None = None
    replaced: list[str] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        """How many rows do not go in; a row may have several problems."""
        return len({problem.row for problem in self.problems})

    def reasons(self) -> Counter[ProblemKind]:
        """Return how many rows have each kind of problem."""
        return Counter(problem.kind for problem in self.problems)

    def sample(self) -> list[dict[str, Any]]:
        """Return the first rows that go in, without what is empty."""
        first = self.rows.take(list(range(min(SAMPLE_ROWS, len(self.rows)))))
        return [{name: value for name, value in row.items() if value is not None} for row in first.rows()]


def good_rows(source: Source, problems: Sequence[Problem]) -> list[int]:
    wrong = {problem.row for problem in problems}
    return [at for at, row in enumerate(source.rows) if row not in wrong]


def existing_areas(store: Store, district: District, tree: str, new: bool) -> tuple[Edition | None, Table]:
    if new:
        names = collection("areas").names
        return None, Table(np.empty(0, dtype=object), {name: [] for name in names})
    editions = store.editions(district.slug, tree)
    base = editions[-1] if editions else None
    existing = store.read("areas", Query(district=district.slug, tree=tree))
    return base, Table(existing.geometry, {name: values for name, values in existing.columns.items() if name != "row"})


def outlined(district: District) -> Text:
    return Text(
        f"新建区县 {district.slug}（{district.code}），边界取数据的凸包外扩 30 米",
        f"The new district {district.slug} ({district.code}) is outlined by the data's convex hull, 30 m out",
    )


def outgrown(district: District) -> Text:
    """Return the note that a district's outline, which follows its data, takes in the new rows."""
    return Text(
        f"区县 {district.slug} 的边界随数据扩大，将发布新版本",
        f"The outline of {district.slug} follows its data and grows: a new edition",
    )


def taken_codes(found: Sequence[str | None], rows: Sequence[int], taken: set[str]) -> list[Problem]:
    return [
        Problem(
            row,
            ProblemKind.CODE_TAKEN,
            Text(
                f"编码 {code} 已存在；如要替换请加 --replace",
                f"The code {code} is there already; --replace replaces it",
            ),
        )
        for row, code in zip(rows, found, strict=True)
        if code is not None and code in taken
    ]


class NoRowGoesIn(BadFile):
    """Every row of a file has a problem; `source` and `problems` say which, for the file of rejects."""

    def __init__(self, source: Source, problems: Sequence[Problem]) -> None:
        self.source = source
        self.problems = problems
        first = min(problems, key=lambda problem: problem.row, default=None)
        zh = f"；第 {first.row} 行：{first.reason.zh}" if first else ""
        en = f"; row {first.row}: {first.reason.en}" if first else ""
        super().__init__(
            Text(f"{len(source)} 行中没有一行可以导入{zh}", f"None of {len(source)} rows can go in{en}"),
            Text("没有写入任何内容；请改正后重试", "Nothing was written; mend the file and try again"),
        )
