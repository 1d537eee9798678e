"""Rows as GeoJSON features, for an audience."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import orjson
import shapely

from api.audience import may_see
from spatial.schema import Collection, ColumnType
from spatial.table import Table
from spatial.vocabulary import Audience


def rounded(count: int) -> int:
    """Return a count of residents as the public sees it: rounded to 5, halves upwards."""
    return 5 * ((int(count) + 2) // 5)


def features(collection: Collection, rows: Table, audience: Audience) -> list[dict[str, Any]]:
    """Return rows as GeoJSON features whose id is their code; what is not for the audience is rounded or left out."""
    shapes = shapely.to_geojson(rows.geometry)
    columns: dict[str, Sequence[Any]] = {}
    for column in collection.columns:
        if column.staff and not may_see(audience, Audience.STAFF):
            continue
        values = rows.columns.get(column.name)
        given = [None] * len(rows) if values is None else [_plain(value) for value in values]
        if column.people and not may_see(audience, Audience.STAFF):
            given = [None if value is None else rounded(value) for value in given]
        elif column.name == "extra":
            given = [_json(value) for value in given]
        elif column.holds is ColumnType.TIME:
            given = [_time(value) for value in given]
        columns[column.name] = given
    names = list(columns)
    return [
        {
            "type": "Feature",
            "id": code,
            "geometry": None if shape is None else orjson.Fragment(shape),
            "properties": dict(zip(names, values, strict=True)),
        }
        for code, shape, values in zip(columns["code"], shapes, zip(*columns.values(), strict=True), strict=True)
    ]


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _time(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _json(value: str | None) -> Any:
    if not value:
        return None
    try:
        return json.loads(value)
    except ValueError:
        return value
