"""One layer of the catalogue on its way into a scene: its rows, and the pydeck layers that take them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.gathered import Gathered, GatheredLayer
from layers.page_content import DIGITS
from layers.scene_shapes import height_of
from layers.tokens import red_green_blue
from spatial.table import Geometries
from spatial.text import Language

if TYPE_CHECKING:
    import pydeck

Row = dict[str, Any]

ROW_KEYS = ("g", "t", "h", "w")
"""The keys of a row of a scene: geometry, text or target, height, width; `i` is its position in its source."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A pydeck layer that draws a mark, its rows, and where it lies in the stack.

    The rows are kept beside it: pydeck would write them indented, ten times slower and twice as long.
    """

    stack: float
    drawn: "pydeck.Layer"
    rows: Sequence[Row]


class LayerInScene:
    """What the marks of one layer are drawn from."""

    def __init__(
        self,
        gathered: Gathered,
        one: GatheredLayer,
        theme: str,
        language: Language,
        lines: dict[str, Geometries],
    ) -> None:
        self._gathered = gathered
        self._zone = gathered.district.zone
        self._one = one
        self._table = gathered.sources[one.source]
        self._theme = theme
        self._language = language
        self._lines = lines

    def _layer(self, stack: float, kind: str, name: str, rows: Sequence[Row], **options: Any) -> Raised:
        import pydeck
        from pydeck.types import String

        # pydeck takes a plain text for an expression over the row: here only the keys of a Row are
        said = {
            key: String(value) if isinstance(value, str) and value not in ROW_KEYS else value
            for key, value in options.items()
        }
        drawn = pydeck.Layer(kind, None, id=name, visible=self._one.layer.visible, **said)
        return Raised(stack, drawn, rows)

    @property
    def _told(self) -> bool:
        return bool(self._one.layer.columns) or not self._one.layer.base

    def _colour(self, token: str, opacity: float = 1.0) -> list[int]:
        return [*red_green_blue(self._theme, token), round(255 * opacity)]

    def _shape(self, row: int) -> shapely.Geometry:
        return self._table.geometry[row]

    def _height(self, row: int) -> float:
        return height_of(self._table, row, "height_m")

    def _numbers(self, column: str, where: list[int]) -> NDArray[np.float64]:
        values = self._table.columns.get(column)
        return np.array([float(values[row] or 0.0) if values is not None else 0.0 for row in where])

    def _point(self, row: int, height: float = 0.0) -> list[float]:
        shape = self._shape(row)
        place = shape if shape.geom_type == "Point" else shape.representative_point()
        position = [round(place.x, DIGITS), round(place.y, DIGITS)]
        return [*position, round(height, 2)] if height else position
