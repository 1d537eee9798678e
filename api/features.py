"""Rows as GeoJSON features, for an audience."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from spatial.audience import seen_by
from spatial.schema import Collection, ColumnType
from spatial.table import Table
from spatial.vocabulary import Audience


def features(collection: Collection, rows: Table, audience: Audience) -> list[dict[str, Any]]:
    """Return rows as GeoJSON features whose id is their code; what is not for the audience is rounded or left out."""
    seen = seen_by(collection, rows, audience)
    columns = {
        column.name: _written(column.name, column.holds, seen[column.name])
        for column in collection.columns
        if column.name in seen.columns
    }
    names = list(columns)
    return [
        {
            "type": "Feature",
            "id": code,
            "geometry": None if shape is None else orjson.Fragment(shape),
            "properties": dict(zip(names, values, strict=True)),
        }
        for code, shape, values in zip(
            columns["code"], shapely.to_geojson(seen.geometry), zip(*columns.values(), strict=True), strict=True
        )
    ]


def _written(name: str, holds: ColumnType, values: Sequence[Any] | NDArray[Any]) -> list[Any]:
    plain = [value.item() if isinstance(value, np.generic) else value for value in values]
    if name == "extra":
        return [_parsed(value) for value in plain]
    match holds:
        case ColumnType.TIME:
            return [_instant(value) for value in plain]
        case ColumnType.INTEGER:
            # a column of whole numbers with gaps may come as floats
            return [int(value) if isinstance(value, float) and value == value else value for value in plain]
        case ColumnType.TEXT | ColumnType.REAL | ColumnType.BOOLEAN:
            return plain


def _instant(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _parsed(value: str | None) -> Any:
    if not value:
        return None
    try:
        return json.loads(value)
    except ValueError:
        return value
