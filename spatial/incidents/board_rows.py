"""The rows of a board: an incident with its place and the time at which its clock warns."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import shapely

from spatial.incidents.clocks import run_out_at, runs_out_at
from spatial.points import Points
from spatial.schema import INCIDENTS, ColumnType
from spatial.table import Table

COLUMNS = tuple(name for name in INCIDENTS.names if name not in ("datum", "first_responsible", "first_edition"))
"""What is read of an incident for the board."""

Key = tuple[str, str]
"""The district and the code of an incident."""

Row = Mapping[str, Any]

ESCALATED_TO = "escalated_to"
"""In a row the path of the area whose centre has the incident, where it was escalated; None where it was not."""

_NAMES = (*COLUMNS, "lon", "lat", "warn_at", ESCALATED_TO)
_TIMES = tuple(column.name for column in INCIDENTS.columns if column.holds is ColumnType.TIME)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def rows_of(incidents: Table, escalated: Mapping[Key, str] | None = None) -> list[dict[str, Any]]:
    """Return incidents as the rows of a board: the columns, `lon` and `lat` in degrees, and when the clock warns.

    The clock of those that do not say from when it counts counts from the report.
    `escalated`: where those are that were escalated; without it a row says of none that it was.
    """
    lons, lats = (
        [None if value != value else value for value in axis(incidents.geometry).tolist()]
        for axis in (shapely.get_x, shapely.get_y)
    )
    count = len(incidents)
    columns = [list(incidents.columns[name]) if name in incidents.columns else [None] * count for name in COLUMNS]
    reported, begun, due = (columns[COLUMNS.index(name)] for name in ("reported_at", "clock_from", "due_at"))
    begun = columns[COLUMNS.index("clock_from")] = [
        report if begin is None else begin for report, begin in zip(reported, begun, strict=True)
    ]
    warn = [
        None if begin is None or end is None else runs_out_at(begin, end) for begin, end in zip(begun, due, strict=True)
    ]
    above = [(escalated or {}).get(key) for key in zip(incidents["district"], incidents["code"], strict=True)]
    return [dict(zip(_NAMES, row, strict=True)) for row in zip(*columns, lons, lats, warn, above, strict=True)]


class PointRows:
    """Incidents that were read in bulk as the rows of a board, each made when it is asked for.

    `warn_at`: when the clock of each warns, datetime64[us] in UTC, NaT where nothing was promised.
    """

    def __init__(self, incidents: Points, escalated: Mapping[Key, str] | None = None) -> None:
        self.points = incidents
        self._escalated = escalated or {}
        times = {name: np.asarray(incidents[name]) for name in _TIMES}
        begun = times["clock_from"]
        times["clock_from"] = np.where(np.isnat(begun), times["reported_at"], begun)
        times["warn_at"] = self.warn_at = run_out_at(times["clock_from"], times["due_at"])
        self._times = {name: (values.astype(np.int64), np.isnat(values)) for name, values in times.items()}

    def __len__(self) -> int:
        return len(self.points)

    def __getitem__(self, position: int) -> dict[str, Any]:
        lon, lat = (None if value != value else value for value in self.points.places[position].tolist())
        key = (self.points["district"][position], self.points["code"][position])
        found: dict[str, Any] = {"lon": lon, "lat": lat, ESCALATED_TO: self._escalated.get(key)}
        for name, (values, missing) in self._times.items():
            found[name] = None if missing[position] else _EPOCH + timedelta(microseconds=int(values[position]))
        return {name: found[name] if name in found else self.points[name][position] for name in _NAMES}

    def code(self, position: int) -> str:
        """Return the code of one, without making its row."""
        return str(self.points["code"][position])
