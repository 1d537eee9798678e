"""CSV that a spreadsheet opens: UTF-8 with its mark, and no cell that runs as a formula."""

import csv
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import shapely

from spatial.exporting.arrow import plain
from spatial.schema import Column, GeometryType
from spatial.table import Table

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


def guarded(text: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula: an apostrophe goes before a risky first sign.

    A text that begins with an apostrophe gets one more, so that `unguarded` always finds the original.
    Source: OWASP, CSV Injection.
    """
    return f"'{text}" if text.startswith(RISKY) else text


def unguarded(cell: str) -> str:
    """Return the text that a guarded cell stands for."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RISKY) else cell


def write_csv(
    target: Path, shape: GeometryType, columns: list[Column], tables: Iterable[Table], wkt: bool = False
) -> int:
    """Write rows to a new file and return how many.

    Points are written as the columns `lon` and `lat` in degrees, unless `wkt` is wanted; everything else as `wkt`.
    Numbers keep all of their digits, times are UTC, a missing value is an empty cell.
    """
    as_columns = shape is GeometryType.POINT and not wkt
    count = 0
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*(column.name for column in columns), *(("lon", "lat") if as_columns else ("wkt",))])
        for rows in tables:
            places = _positions(rows) if as_columns else _wkt(rows)
            values = [rows.columns.get(column.name, [None] * len(rows)) for column in columns]
            for index, place in enumerate(places):
                writer.writerow([*(_cell(plain(column[index])) for column in values), *place])
            count += len(rows)
    return count


def _positions(rows: Table) -> list[tuple[str, str]]:
    empty = shapely.is_missing(rows.geometry) | shapely.is_empty(rows.geometry)
    return [
        ("", "") if nothing else (repr(float(point.x)), repr(float(point.y)))
        for point, nothing in zip(rows.geometry, empty, strict=True)
    ]


def _wkt(rows: Table) -> list[tuple[str]]:
    # 17 digits are enough for every float; trimming leaves the short ones short
    written = shapely.to_wkt(rows.geometry, rounding_precision=-1, trim=True)
    return [("" if text is None else text,) for text in written]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return guarded(value) if isinstance(value, str) else repr(value)
