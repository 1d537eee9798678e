"""The file of rows that did not go in, with the reasons and the values that they had."""

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spatial.importing.source import Problem, Source

HEADER = ("row", "line", "reason_zh", "reason_en", "lon", "lat")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write(path: Path, source: Source, problems: Sequence[Problem]) -> None:
    """Write a CSV (UTF-8 with its mark, for spreadsheets) of the rows with a problem; it appears whole or not at all.

    `row` counts features from 1, `line` is the line of a text file. Values that a spreadsheet would take for a formula
    get an apostrophe in front.
    """
    position = {row: at for at, row in enumerate(source.rows)}
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    names = list(source.columns)
    try:
        with temporary.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*HEADER, *(safe(name) for name in names)])
            for problem in problems:
                at = position[problem.row]
                line = source.lines[at] if source.lines is not None else ""
                lon, lat = problem.place if problem.place is not None else ("", "")
                values = (safe(source.columns[name][at]) for name in names)
                writer.writerow([problem.row, line, problem.reason.zh, problem.reason.en, lon, lat, *values])
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Remove the rejects of an earlier import of the same file; a file that is not one of ours stays."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        ours = file.readline().startswith(",".join(HEADER))
    if ours:
        path.unlink()


def safe(value: Any) -> Any:
    """Return a value as a spreadsheet may hold it: what would be a formula is made text."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value
