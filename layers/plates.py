"""A sheet of the tiles in memory, ready to be encoded for any tile."""

from threading import Lock

import numpy as np
import shapely
from numpy.typing import NDArray

from layers import mvt
from layers.attributes import Attributes, prepare
from layers.clusters import gather, groups_of_paths
from layers.flat import Booleans, FeatureType, Flat, flatten, project
from layers.sheets import GATHERED_BELOW, Sheet, Simplify, first_zoom
from spatial.audience import seen_by
from spatial.schema import collection
from spatial.table import Table
from spatial.vocabulary import Audience

SIMPLIFIED_BELOW = 15
_TOLERANCE = 0.4 / 512
"""Of a tile's side: less than half a pixel."""

_MOST_POINTS = 6000
"""More single points than this in one tile are gathered whatever the zoom."""

_CELLS = 9
_FINE_CELLS = 26


class Plate:
    """The rows of one sheet, projected and with their attributes as bytes; safe to read from several threads."""

    def __init__(self, sheet: Sheet, rows: Table) -> None:
        rows = sheet.made(rows)
        self.sheet = sheet
        self.flat: Flat = project(rows.geometry)
        self._first = first_zoom(sheet, rows)
        self._kinds = np.array([str(kind) for kind in rows.columns.get("kind", [""] * len(rows))], dtype=object)
        self._attributes = {audience: _attributes(sheet, rows, audience) for audience in Audience}
        self._simplified: dict[int, Flat] = {}
        self._lock = Lock()
        self._groups: dict[int, NDArray[np.int64]] = {}
        self._importance = np.zeros(len(rows))
        if sheet.gathered_by is not None:
            self._prepare_gathering(rows)

    def _prepare_gathering(self, rows: Table) -> None:
        paths = [None if value is None else str(value) for value in rows.columns.get("path", [None] * len(rows))]
        for depth in (1, 2, 3):
            alike = groups_of_paths(paths, depth)
            for name in self.sheet.gathered_by or ():
                _, own = np.unique(np.array([str(value) for value in rows[name]]), return_inverse=True)
                alike = alike * (int(own.max(initial=0)) + 1) + own.reshape(-1)
            self._groups[depth] = alike
        if "priority" in rows.columns:
            self._importance = np.array([-(value or 9) for value in rows["priority"]], dtype=float)

    def __len__(self) -> int:
        return len(self.flat)

    def encode(self, zoom: int, column: int, row: int, audience: Audience, *, lean: bool, least: float) -> bytes:
        """Return the sheet's layer of one tile.

        `lean`: only the attributes and kinds that must be; `least`: the smallest feature in 4096ths of the tile.
        """
        sheet = self.sheet
        if not len(self) or not sheet.first <= zoom <= sheet.last:
            return b""
        wanted = self._wanted(zoom, lean)
        attributes = self._attributes[audience]
        if lean or zoom < sheet.rich_from:
            attributes = attributes.columns(sheet.lean)
        if sheet.gathered_by is not None:
            return self._encode_points(zoom, column, row, attributes, wanted)
        # below the zoom where buildings begin, what is not a pixel wide is not worth its bytes
        least = max(least, 8.0 if zoom < 14 and sheet.simplify is Simplify.EACH else 0.0)
        return mvt.encode(sheet.name, self._at(zoom), attributes, zoom, column, row, wanted=wanted, least=least)

    def _wanted(self, zoom: int, lean: bool) -> Booleans | None:
        wanted: Booleans | None = None if self._first is None else self._first <= zoom
        if lean and self.sheet.spared:
            kept = ~np.isin(self._kinds.astype(str), self.sheet.spared)
            wanted = kept if wanted is None else wanted & kept
        return wanted

    def _encode_points(
        self, zoom: int, column: int, row: int, attributes: Attributes, wanted: Booleans | None
    ) -> bytes:
        flat, sheet = self.flat, self.sheet
        side = 1.0 / (1 << zoom)
        margin = side * mvt.BUFFER / mvt.EXTENT
        placed = flat.types == FeatureType.POINT if wanted is None else wanted & (flat.types == FeatureType.POINT)
        cell = side / _CELLS
        if zoom < GATHERED_BELOW:
            # cells are whole fractions of a tile, and one is read beyond the edge: neighbouring tiles then agree
            margin = cell
        near = (
            placed
            & (flat.boxes[:, 0] >= column * side - margin)
            & (flat.boxes[:, 0] <= (column + 1) * side + margin)
            & (flat.boxes[:, 1] >= row * side - margin)
            & (flat.boxes[:, 1] <= (row + 1) * side + margin)
        )
        if zoom < GATHERED_BELOW:
            loose = near & np.isin(self._kinds.astype(str), sheet.gathered_kinds) if sheet.gathered_kinds else near
        elif np.count_nonzero(near) > _MOST_POINTS:
            cell, loose = side / _FINE_CELLS, near
        else:
            loose = np.zeros(len(near), dtype=bool)
        if not loose.any():
            return mvt.encode(sheet.name, flat, attributes, zoom, column, row, wanted=wanted)
        depth = 1 if zoom < 9 else 2 if zoom < 11 else 3
        gathered = gather(
            flat.boxes[:, 0],
            flat.boxes[:, 1],
            self._groups[depth],
            self._importance,
            loose,
            cell,
        )
        rows_alone = np.flatnonzero(near & ~loose)
        spoken = np.concatenate((gathered.speakers, rows_alone))
        x = np.concatenate((gathered.x, flat.boxes[rows_alone, 0]))
        y = np.concatenate((gathered.y, flat.boxes[rows_alone, 1]))
        counts: list[int | None] = [*gathered.counts.tolist(), *([None] * len(rows_alone))]
        return mvt.encode(
            sheet.name,
            _points(x, y),
            attributes.rows(spoken).beside(prepare({"count": counts}, len(counts))),
            zoom,
            column,
            row,
        )

    def _at(self, zoom: int) -> Flat:
        """Return the shapes for a zoom, with the detail that it can show."""
        if zoom >= SIMPLIFIED_BELOW or self.sheet.simplify is Simplify.NEVER:
            return self.flat
        with self._lock:
            found = self._simplified.get(zoom)
            if found is None:
                found = self._simplified[zoom] = _simplified(self.flat, self.sheet.simplify, zoom)
            return found


def _simplified(flat: Flat, how: Simplify, zoom: int) -> Flat:
    tolerance = _TOLERANCE / (1 << zoom)
    shapes = flat.geometry.copy()
    if how is Simplify.TOGETHER:
        polygons = flat.types == FeatureType.POLYGON
        # neighbours lose the same points of the edge that they share, so that they never part
        shapes[polygons] = shapely.coverage_simplify(shapes[polygons], tolerance)
    else:
        shapes = shapely.simplify(shapes, tolerance, preserve_topology=True)
    return flatten(shapes)


def _points(x: NDArray[np.float64], y: NDArray[np.float64]) -> Flat:
    each = np.arange(len(x) + 1, dtype=np.int64)
    return Flat(
        np.empty(len(x), dtype=object),
        np.full(len(x), FeatureType.POINT, dtype=np.uint8),
        each,
        each,
        x,
        y,
        np.column_stack((x, y, x, y)),
        np.full(len(x), np.inf),
    )


def _attributes(sheet: Sheet, rows: Table, audience: Audience) -> Attributes:
    described = collection(sheet.reads)
    if audience is Audience.PUBLIC and described.audience is Audience.STAFF:
        return prepare({}, len(rows))
    held = {name: rows.columns[name] for name in sheet.columns if name in rows.columns}
    return prepare(seen_by(described, Table(rows.geometry, held), audience).columns, len(rows))
