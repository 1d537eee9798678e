"""Mending the polygons of a file as coverages, and telling what became of each row.

Runs in the killable process.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.importing.source import Problem, ProblemKind
from spatial.ownership.repair import repaired
from spatial.table import Geometries
from spatial.text import Text


def mended(
    geometry: Geometries, rows: NDArray[np.int64], columns: Mapping[str, Sequence[Any]]
) -> tuple[Geometries, list[Text], list[Problem]]:
    """Return the shapes with each level's polygons as one coverage, what changed, and a problem for each row lost.

    `columns`: as in the file; where there is a `level` or a `tree`, rows of different ones may lie on each other, and
    where there is a `code` it names the row.
    """
    made = geometry.copy()
    notes: list[Text] = []
    problems: list[Problem] = []
    named = columns.get("code")
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in np.flatnonzero(np.isin(shapely.get_type_id(geometry), (3, 6))).tolist():
        groups[tuple(str(columns[name][at]) for name in ("tree", "level") if name in columns)].append(at)
    for those in groups.values():
        found, repairs = repaired(geometry[those], [str(at) for at in those])
        made[those] = found
        for repair in repairs:
            at = int(repair.code)
            row = int(rows[at])
            code = f" ({named[at]})" if named is not None else ""
            if repair.vanished:
                problems.append(
                    Problem(
                        row,
                        ProblemKind.INVALID,
                        Text(
                            f"修复后没有剩下面积（原 {repair.before_m2:.1f} 平方米）",
                            f"Nothing is left of it after the repair, of {repair.before_m2:.1f} m²",
                        ),
                    )
                )
                continue
            notes.append(
                Text(
                    f"第 {row} 行{code} 修复后改变 {repair.changed_m2:.1f} 平方米",
                    f"row {row}{code} was mended and changed by {repair.changed_m2:.1f} m²",
                )
            )
    return made, notes, problems
