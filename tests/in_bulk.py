"""Rows of incidents as they come from a store that is read in bulk."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from spatial.points import Points
from spatial.schema import INCIDENTS, ColumnType


def in_bulk(rows: Iterable[Mapping[str, Any]], names: Sequence[str]) -> Points:
    """Return some columns of rows, their places from `lon` and `lat`; what a row does not have is not known."""
    rows = list(rows)
    times = {column.name for column in INCIDENTS.columns if column.holds is ColumnType.TIME}
    columns: dict[str, Any] = {name: [one.get(name) for one in rows] for name in names}
    for name in times.intersection(names):
        naive = [None if at is None else at.replace(tzinfo=None) for at in columns[name]]
        columns[name] = np.array(naive, dtype="datetime64[us]")
    places = [(one.get("lon") or np.nan, one.get("lat") or np.nan) for one in rows]
    return Points(np.array(places, dtype=float).reshape(-1, 2), columns)
