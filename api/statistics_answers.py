"""How statistics of incidents are told: as JSON, as CSV and as Parquet, the same lines in each."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from api.counting import NamedArea
from spatial.exporting.comma_separated import guarded
from spatial.incidents.statistics import NAMES, Figures, GroupBy, Period
from spatial.text import Text

SHARES = tuple(name for name in NAMES if name.endswith("_share"))
SECONDS = tuple(name for name in NAMES if name.endswith("_s"))
COUNTS = tuple(name for name in NAMES if name not in (*SHARES, *SECONDS))

LABELS = ("by", "key", "name", "name_en", "district", "code", "level", "first_day", "last_day")
AS_OF = "as_of"

FiguresTold = Mapping[str, float | int | None]
"""Figures by their names; None where there is nothing to tell."""


@dataclass(frozen=True, slots=True)
class Line:
    """One group: its key (None where it is not known), its name, and the figures of it.

    `district`, `code`, `level`: of an area. `days`: the first and the last day that are counted.
    """

    key: str | None
    name: Text
    figures: FiguresTold
    days: tuple[date, date]
    district: str | None = None
    code: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that is told of one question.

    `levels`: those that may be counted by below what was chosen. `chain`: the chosen area and those above it.
    `before`: the whole in the period of the same length before. `known_since`: the day of the first report there is.
    """

    by: GroupBy
    level: str | None
    levels: Sequence[str]
    chain: Sequence[NamedArea]
    period: Period
    now: datetime
    total: FiguresTold
    before: FiguresTold
    known_since: date | None
    lines: Sequence[Line]
    weeks: Sequence[Line]


def figures_at(found: Figures, position: int) -> dict[str, float | int | None]:
    """Return the figures of one group by name; None where there is nothing to tell."""
    told: dict[str, float | int | None] = {}
    for name in NAMES:
        value = getattr(found, name)[position].item()
        told[name] = None if isinstance(value, float) and np.isnan(value) else value
    return told


def week_line(monday: str, period: Period, figures: FiguresTold) -> Line:
    """Return the line of an ISO week; of its days those count that lie in the period."""
    begun = date.fromisoformat(monday)
    year, week, _ = begun.isocalendar()
    days = (max(begun, period.first), min(begun + timedelta(days=6), period.last - timedelta(days=1)))
    return Line(
        monday, Text(f"{year} 年第 {week} 周", f"Week {week}, {year}"), figures, days, code=f"{year}-W{week:02d}"
    )


def document(told: Told) -> dict[str, Any]:
    """Return it as plain values for JSON."""
    return {
        "now": told.now,
        "by": told.by.value,
        "level": told.level,
        "levels": list(told.levels),
        "chain": [_area(area) for area in told.chain],
        "period": _period(told.period),
        "period_before": _period(told.period.before),
        "known_since": told.known_since,
        "total": dict(told.total),
        "total_before": dict(told.before),
        "groups": [_line(line) for line in told.lines],
        "weeks": [_line(line) for line in told.weeks],
    }


def csv_file(told: Told) -> bytes:
    """Return it as a spreadsheet opens it: a line for each group, times in UTC, what is not known an empty cell."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([*LABELS, *NAMES, AS_OF])
    for row in rows(told):
        cells = [row[name] for name in (*LABELS, *NAMES)]
        writer.writerow([*map(_cell, cells), told.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")])
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def parquet_file(told: Told) -> bytes:
    """Return it as Parquet: counts as integers, seconds and shares as floats, null for what is not known."""
    import pyarrow
    from pyarrow import parquet

    texts = [name for name in LABELS if not name.endswith("_day")]
    schema = pyarrow.schema(
        [
            *((name, pyarrow.string() if name in texts else pyarrow.date32()) for name in LABELS),
            *((name, pyarrow.int64() if name in COUNTS else pyarrow.float64()) for name in NAMES),
            (AS_OF, pyarrow.timestamp("ms", tz="UTC")),
        ]
    )
    table = pyarrow.Table.from_pylist([{**row, AS_OF: told.now} for row in rows(told)], schema)
    buffer = io.BytesIO()
    parquet.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def rows(told: Told) -> Iterable[dict[str, Any]]:
    """Yield the lines of the groups as a table has them."""
    for line in told.lines:
        yield {
            "by": told.by.value,
            "key": line.key,
            "name": line.name.zh,
            "name_en": line.name.en,
            "district": line.district,
            "code": line.code,
            "level": line.level,
            "first_day": line.days[0],
            "last_day": line.days[1],
            **line.figures,
        }


def _line(line: Line) -> dict[str, Any]:
    return {
        "key": line.key,
        "code": line.code,
        "name": {"zh": line.name.zh, "en": line.name.en},
        "district": line.district,
        "level": line.level,
        "first_day": line.days[0],
        "last_day": line.days[1],
        "figures": dict(line.figures),
    }


def _area(area: NamedArea) -> dict[str, Any]:
    return {"path": area.path, "code": area.code, "level": area.level, "name": area.name, "name_en": area.name_en}


def _period(period: Period) -> dict[str, Any]:
    return {"first_day": period.first, "last_day": period.last - timedelta(days=1), "days": period.days}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else str(value)
