"""What a file is while it is tagged: batches of rows with their numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from spatial.importing.formats import Format
from spatial.text import Text

if TYPE_CHECKING:
    import pyarrow


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that is not even one: its number, why, and what stands there."""

    row: int
    reason: Text
    text: str


@dataclass(slots=True)
class Batch:
    """Some rows of a file and their numbers, counted from 1; `unreadable` are rows that came to nothing on the way."""

    rows: NDArray[np.int64]
    values: "pyarrow.RecordBatch"
    unreadable: list[Unreadable] = field(default_factory=list)


@dataclass(slots=True)
class Source:
    """An open file.

    `geometry`: the column of WKB, None where there is none; `shape`: GDAL's name of what it holds; `declared`: the
    coordinate system that the file names. `total`: how many rows there are, None where that is not known; then
    `size` bytes tell how far reading is.
    """

    format: Format
    schema: "pyarrow.Schema"
    batches: Iterator[Batch]
    size: int
    total: int | None = None
    geometry: str | None = None
    shape: str = "Unknown"
    declared: Any | None = None
