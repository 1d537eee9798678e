"""What one layer of the tiles is: whose rows, from which zoom on, with which columns, and what is made of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from spatial.levels import MAIN_TREE
from spatial.schema import COLLECTIONS
from spatial.store.protocol import Query
from spatial.table import Table

LAST_ZOOM = 16
"""The deepest tiles; clients enlarge them beyond that. Half a pixel of theirs is below a decimetre on the ground."""

GATHERED_BELOW = 13
"""Below this zoom dense points are gathered."""

BOX_FROM = 13
"""From this zoom on a tile is small enough to be read alone, before its whole sheet is in memory."""


class Simplify(Enum):
    """How shapes lose detail at small scales."""

    NEVER = "never"
    EACH = "each"
    TOGETHER = "together"


def _as_they_are(rows: Table) -> Table:
    return rows


@dataclass(frozen=True, slots=True)
class Sheet:
    """One layer of the tiles of one collection.

    `reads`: the collection of the schema that the rows come from, restricted by `equal`. `made`: what becomes of the
    rows. `first`, `last`: the zooms of tiles that hold it, both included. `columns`: its attributes; `lean`: those
    that remain below zoom `rich_from`, and wherever a tile would grow too large. `kinds`: the first zoom of rows by
    kind, where that is later. `gathered_by`: columns that must agree for points to be gathered below zoom 13, None
    where they never are; `gathered_kinds` restricts gathering to some kinds. `spared`: kinds that a tile that would
    grow too large does without. `boxed`: a tile's rows are found by their own boxes, `reach_m` metres around it.
    `round`: every shape is a service circle, so that nobody need measure how far apart its own parts are.
    """

    name: str
    reads: str
    first: int
    columns: tuple[str, ...]
    lean: tuple[str, ...]
    rich_from: int = 0
    last: int = 24
    equal: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    kinds: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    simplify: Simplify = Simplify.NEVER
    gathered_by: tuple[str, ...] | None = None
    gathered_kinds: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()
    made: Callable[[Table], Table] = _as_they_are
    boxed: bool = True
    reach_m: float = 0.0
    round: bool = False

    def query(self, box: tuple[float, float, float, float] | None = None) -> Query:
        """Return which rows the sheet is made of, all of them or those that meet a box in degrees."""
        tree = MAIN_TREE if COLLECTIONS[self.reads].stored_in == "areas" else None
        return Query(box=box, tree=tree, equal=self.equal)


def first_zoom(sheet: Sheet, rows: Table) -> NDArray[np.int16] | None:
    """Return the first zoom of each row by its kind (by its level for labels), None where all have the sheet's."""
    if not sheet.kinds:
        return None
    by = rows.columns.get("level" if sheet.name == "area_labels" else "kind")
    if by is None:
        return None
    return np.array([max(sheet.first, sheet.kinds.get(str(value), sheet.first)) for value in by], dtype=np.int16)
