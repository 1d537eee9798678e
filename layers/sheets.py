"""What one layer of the tiles is: whose rows, from which zoom on, with which columns, and what is made of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from spatial.levels import MAIN_TREE
from spatial.schema import COLLECTIONS
from spatial.store.records import Box, Query
from spatial.table import Table

LAST_ZOOM = 16
"""The deepest tiles; clients enlarge them beyond that. Half a pixel of theirs is below a decimetre on the ground."""

GATHERED_BELOW = 13
"""Below this zoom dense points are gathered."""

SIMPLIFIED_BELOW = 14
"""Below this zoom shapes lose the detail that a tile cannot show."""


class Simplify(Enum):
    """How shapes lose detail at small scales."""

    NEVER = "never"
    EACH = "each"
    TOGETHER = "together"


class Whole(Enum):
    """When the rows of a district, and of those that touch it, must be looked at together."""

    NEVER = "never"
    SIMPLIFIED = "simplified"
    ALWAYS = "always"


def _as_they_are(rows: Table) -> Table:
    return rows


@dataclass(frozen=True, slots=True)
class Sheet:
    """One layer of the tiles of one collection.

    `reads`: the collection of the schema that the rows come from, restricted by `equal`. `made`: what becomes of the
    rows; `needs`: the columns that this takes. `first`, `last`: the zooms of tiles that hold it, both included.
    `columns`: its attributes; `lean`: those that remain below zoom `rich_from`, and wherever a tile would grow too
    large. `kinds`: the first zoom of rows by kind, where that is later. `gathered_by`: columns that must agree for
    points to be gathered below zoom 13, None where they never are; `gathered_kinds` restricts gathering to some kinds.
    `spared`: kinds that a tile that would grow too large does without. `whole`: when a tile needs more than the rows
    whose boxes meet it; `reach_m`: how many metres beyond its box a row may draw. `round`: every shape is a service
    circle, so that nobody need measure how far apart its own parts are.
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
    needs: tuple[str, ...] = ()
    whole: Whole = Whole.NEVER
    reach_m: float = 0.0
    round: bool = False

    @property
    def sorted_by(self) -> str:
        """The column that `kinds` speaks of: the level for labels of areas, else the kind."""
        return "level" if self.name == "area_labels" else "kind"

    def query(
        self, *, box: Box | None = None, districts: Sequence[str] | None = None, zoom: int | None = None
    ) -> Query:
        """Return which rows the sheet is made of, and which of their columns.

        All of them, or those that meet a box in degrees, those of some districts, those that a zoom shows.
        """
        tree = MAIN_TREE if COLLECTIONS[self.reads].stored_in == "areas" else None
        equal = dict(self.equal)
        kinds = equal.get(self.sorted_by)
        if zoom is not None and isinstance(kinds, tuple):
            equal[self.sorted_by] = tuple(kind for kind in kinds if self.kinds.get(kind, self.first) <= zoom)
        if districts is not None:
            equal["district"] = tuple(districts)
        return Query(box=box, tree=tree, equal=equal, columns=self._read_columns(zoom))

    def together(self, zoom: int) -> bool:
        """Return whether tiles of a zoom need the rows of whole districts."""
        return self.whole is Whole.ALWAYS or (self.whole is Whole.SIMPLIFIED and zoom < SIMPLIFIED_BELOW)

    def _read_columns(self, zoom: int | None) -> tuple[str, ...]:
        wanted = {*self.needs, *self.lean}
        if zoom is None or zoom >= self.rich_from:
            wanted.update(self.columns)
        if self.kinds or self.spared or self.gathered_kinds:
            wanted.add(self.sorted_by)
        if self.whole is not Whole.NEVER:
            wanted.add("district")
        if self.gathered_by is not None:
            wanted.update(("path", "priority", *self.gathered_by))
        return tuple(name for name in COLLECTIONS[self.reads].names if name in wanted)


def first_zoom(sheet: Sheet, rows: Table) -> NDArray[np.int16] | None:
    """Return the first zoom of each row by its kind (by its level for labels), None where all have the sheet's."""
    if not sheet.kinds:
        return None
    by = rows.columns.get(sheet.sorted_by)
    if by is None:
        return None
    return np.array([max(sheet.first, sheet.kinds.get(str(value), sheet.first)) for value in by], dtype=np.int16)
