"""What each audience may see of a collection: columns left out, counts of people rounded."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spatial.errors import NotFound
from spatial.schema import Collection, ColumnType
from spatial.table import Table
from spatial.text import Text
from spatial.vocabulary import Audience

PUBLIC_STEP = 5
"""Counts of people that the public sees are multiples of this, totals included."""


def rounded(count: int) -> int:
    """Return a count of people as the public sees it: the nearest multiple of five, halves upwards."""
    return PUBLIC_STEP * ((count * 2 + PUBLIC_STEP) // (PUBLIC_STEP * 2))


def check_visible(collection: Collection, audience: Audience) -> None:
    """Raise NotFound where an audience may not know of a collection; the words do not tell it from an unknown one."""
    if audience is Audience.PUBLIC and collection.audience is Audience.STAFF:
        raise NotFound(
            Text(f"公开内容中没有数据集 {collection.id}", f"There is no public collection {collection.id}"),
            Text("工作人员可以查看", "Staff may see more than the public"),
        )


def seen_by(collection: Collection, rows: Table, audience: Audience) -> Table:
    """Return the rows as an audience may see them; raises NotFound where it may not see the collection at all.

    For the public, columns for staff are left out and counts of people are rounded to five.
    """
    check_visible(collection, audience)
    if audience is Audience.STAFF:
        return rows
    columns: dict[str, Sequence[Any] | NDArray[Any]] = {}
    for name, values in rows.columns.items():
        column = collection.column(name)
        if column is not None and column.staff:
            continue
        if column is not None and column.people and column.holds is ColumnType.INTEGER:
            columns[name] = [None if _missing(value) else rounded(int(value)) for value in values]
        else:
            columns[name] = values
    return Table(rows.geometry, columns)


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float | np.floating) and bool(np.isnan(value)))
