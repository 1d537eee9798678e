"""The file of rows that could not be tagged, each with its reason, written as they come."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from spatial.exporting.comma_separated import guarded
from spatial.text import Text

HEADER = ("row", "reason_zh", "reason_en", "found")


def path_beside(target: Path) -> Path:
    """Return where the rejected rows of a target go: `tagged.parquet` has `tagged.rejected.csv`."""
    return target.with_name(f"{target.stem}.rejected.csv")


class Rejects:
    """A CSV (UTF-8 with its mark) of rows that could not be tagged; there is no file where there are none.

    `row` counts rows from 1, `found` holds what no column does: a torn line, a shape. The source's own columns follow.
    """

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self._path = path
        self._names = names
        self._file: IO[str] | None = None
        self._writer: Any = None
        self.count = 0

    def __enter__(self) -> "Rejects":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, row: int, reason: Text, found: str = "", values: Iterable[Any] = ()) -> None:
        """Write one row."""
        if self._file is None:
            self._file = self._path.open("w", encoding="utf-8-sig", newline="")
            self._writer = csv.writer(self._file)
            self._writer.writerow([*HEADER, *(f"{name} (file)" if name in HEADER else name for name in self._names)])
        cells = [_cell(value) for value in values] or [""] * len(self._names)
        self._writer.writerow([row, reason.zh, reason.en, _cell(found), *cells])
        self.count += 1


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    try:
        float(value)
    except ValueError:
        return guarded(value)
    return value
