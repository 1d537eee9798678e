"""Rows by column: how features travel between the store, the layers, the importers and the exporters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Geometries = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Table:
    """Features of one collection, by column.

    `geometry`: shape (n,), shapely geometries in WGS 84 longitude, latitude (degrees); None where a row has none.
    `columns`: name → n values (a list or a numpy array), None where a row has none. Times are aware UTC datetimes.
    """

    geometry: Geometries
    columns: Mapping[str, Sequence[Any] | NDArray[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, values in self.columns.items():
            if len(values) != len(self.geometry):
                raise ValueError(f"column {name} has {len(values)} values for {len(self.geometry)} geometries")

    def __len__(self) -> int:
        return len(self.geometry)

    def __getitem__(self, name: str) -> Sequence[Any] | NDArray[Any]:
        return self.columns[name]

    def take(self, positions: NDArray[np.integer] | Sequence[int]) -> "Table":
        """Return the rows at the given positions, in their order."""
        where = np.asarray(positions, dtype=np.intp)
        return Table(
            self.geometry[where],
            {
                name: values[where] if isinstance(values, np.ndarray) else [values[index] for index in where]
                for name, values in self.columns.items()
            },
        )

    def with_columns(self, **columns: Sequence[Any] | NDArray[Any]) -> "Table":
        """Return the same rows with columns added or replaced."""
        return Table(self.geometry, {**self.columns, **columns})

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each row as a dict, its geometry under `geometry`."""
        names = list(self.columns)
        for index, geometry in enumerate(self.geometry):
            row = {name: _plain(self.columns[name][index]) for name in names}
            row["geometry"] = geometry
            yield row

    def bounds(self) -> tuple[float, float, float, float] | None:
        """Return west, south, east, north in degrees, None where nothing has a place."""
        if not len(self):
            return None
        west, south, east, north = shapely.total_bounds(self.geometry)
        return None if np.isnan(west) else (float(west), float(south), float(east), float(north))

    @staticmethod
    def from_rows(rows: Sequence[Mapping[str, Any]], names: Sequence[str] | None = None) -> "Table":
        """Build a table from dicts that carry their geometry under `geometry`; a missing value is None."""
        if names is None:
            names = list(dict.fromkeys(name for row in rows for name in row if name != "geometry"))
        geometry = np.empty(len(rows), dtype=object)
        for index, row in enumerate(rows):
            geometry[index] = row.get("geometry")
        return Table(geometry, {name: [row.get(name) for row in rows] for name in names})

    @staticmethod
    def concatenate(tables: Sequence["Table"]) -> "Table":
        """Put tables of one collection one behind the other; a column that one of them lacks is None there."""
        names = list(dict.fromkeys(name for table in tables for name in table.columns))
        geometry = np.concatenate([table.geometry for table in tables]) if tables else np.empty(0, dtype=object)
        columns: dict[str, list[Any]] = {name: [] for name in names}
        for table in tables:
            for name in names:
                values = table.columns.get(name)
                columns[name].extend([None] * len(table) if values is None else values)
        return Table(geometry, columns)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value
