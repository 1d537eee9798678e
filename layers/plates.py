"""A sheet of the tiles in memory, ready to be encoded for any tile."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Lock
from types import MappingProxyType
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from layers import mvt
from layers.attributes import Attributes, prepare
from layers.blocks import blocks_of
from layers.circles import CORNERS
from layers.clusters import gather, groups_of_paths, numbered
from layers.flat import Booleans, FeatureType, Flat, Projected, feature_types, flatten, points
from layers.sheets import GATHERED_BELOW, SIMPLIFIED_BELOW, Sheet, Simplify, Whole, first_zoom
from spatial.audience import seen_by
from spatial.schema import collection
from spatial.table import Geometries, Table
from spatial.vocabulary import Audience

_TOLERANCE = 0.4 / 512
"""Of a tile's side: less than half a pixel."""

_DETAIL = (6, 8, 10, 11, 12, 13)
"""Zooms that shapes are simplified for; those between take the next one's, which has a little more detail."""

_MOST_POINTS = 6000
"""Where a tile has more single points than this, those that would lie on each other are left out."""

_CELLS = 8
_THINNED_TO = 128
"""Of points too many to draw, one stays in each cell of this fraction of a tile's side: four pixels."""


_NO_GROUPS: Mapping[str, int] = MappingProxyType({})


class Plate:
    """The rows of one sheet, projected and with their attributes as bytes; safe to read from several threads.

    `groups`: a number for each district, the same for those that touch each other, which are simplified together.
    """

    def __init__(self, sheet: Sheet, rows: Table, groups: Mapping[str, int] = _NO_GROUPS) -> None:
        self._together = _grouped(rows, groups) if sheet.simplify is Simplify.TOGETHER else []
        self._blocks: NDArray[np.int64] | None = None
        rows = _made(sheet, rows, groups)
        self.sheet = sheet
        self._projected = Projected(rows.geometry)
        self._first = first_zoom(sheet, rows)
        self._rows: Table | None = _shown(sheet, rows)
        self._attributes: dict[bool, Mapping[Audience, Attributes]] = {}
        self._kept_when_lean = ~_of_kinds(rows, sheet.spared) if sheet.spared else None
        self._gathered = _of_kinds(rows, sheet.gathered_kinds) if sheet.gathered_kinds else None
        self._simplified: dict[int, Flat] = {}
        self._lock = Lock()
        self._groups: dict[int, NDArray[np.int64]] = {}
        self._paths: Sequence[str | None] | NDArray[Any] = []
        self._by: list[NDArray[np.int64]] = []
        self._importance = np.zeros(len(rows))
        if sheet.gathered_by is not None:
            self._prepare_gathering(rows)

    def _prepare_gathering(self, rows: Table) -> None:
        self._paths = rows.columns.get("path", [None] * len(rows))
        self._by = [numbered(rows[name]) for name in self.sheet.gathered_by or ()]
        if "priority" in rows.columns:
            self._importance = np.array([-(value or 9) for value in rows["priority"]], dtype=float)

    def _groups_at(self, depth: int) -> NDArray[np.int64]:
        """Return a number for each row such that only rows that may be gathered share one."""
        found = self._groups.get(depth)
        if found is None:
            found = groups_of_paths(list(self._paths), depth)
            for own in self._by:
                found = found * (int(own.max(initial=0)) + 1) + own
            self._groups[depth] = found
        return found

    @property
    def flat(self) -> Flat:
        """The shapes with all their detail."""
        with self._lock:
            flat = self._projected.flat
            if self.sheet.round and len(flat) and np.isnan(flat.clearance[0]):
                # a little less than the length of one of the circle's edges
                flat.clearance[:] = 0.95 * np.sin(np.pi / CORNERS) * (flat.boxes[:, 2] - flat.boxes[:, 0])
            return flat

    def __len__(self) -> int:
        return len(self._projected.geometry)

    def encode(
        self, name: str, zoom: int, column: int, row: int, audience: Audience, *, lean: bool, least: float
    ) -> bytes:
        """Return the sheet's layer of one tile under a name.

        `lean`: only the attributes and kinds that must be; `least`: the smallest feature in 4096ths of the tile.
        """
        sheet = self.sheet
        if not len(self) or not sheet.first <= zoom <= sheet.last:
            return b""
        wanted = self._wanted(zoom, lean)
        attributes = self._attributes_for(audience, lean=lean or zoom < sheet.rich_from)
        if sheet.gathered_by is not None:
            return self._encode_points(name, zoom, column, row, attributes, wanted)
        # below the zoom where buildings begin, what is not a pixel wide is not worth its bytes
        least = max(least, 8.0 if zoom < 14 and sheet.simplify is Simplify.EACH else 0.0)
        flat, some = self._shapes(zoom, mvt.tile_square(zoom, column, row))
        if some is not None:
            attributes = attributes.rows(some)
            wanted = wanted if wanted is None else wanted[some]
        return mvt.encode(name, flat, attributes, zoom, column, row, wanted=wanted, least=least)

    def _attributes_for(self, audience: Audience, *, lean: bool) -> Attributes:
        """Return what an audience may read; all of it is prepared once, of `lean` only what is needed."""
        sheet = self.sheet
        with self._lock:
            prepared = self._attributes.get(lean)
            if prepared is None:
                everything = self._attributes.get(False)
                if everything is not None:
                    prepared = {one: everything[one].columns(sheet.lean) for one in everything}
                else:
                    rows = self._rows or Table(np.empty(len(self), dtype=object), {})
                    wanted = sheet.lean if lean else sheet.columns
                    prepared = _attributes(sheet, rows, wanted)
                self._attributes[lean] = prepared
            return prepared[audience]

    def _wanted(self, zoom: int, lean: bool) -> Booleans | None:
        wanted: Booleans | None = None if self._first is None else self._first <= zoom
        if lean and self._kept_when_lean is not None:
            wanted = self._kept_when_lean if wanted is None else wanted & self._kept_when_lean
        return wanted

    def work_ahead(self) -> None:
        """Work out now what tiles would otherwise wait for: attributes, shapes for every zoom, and clearances."""
        for audience in Audience:
            for lean in (False, True):
                self._attributes_for(audience, lean=lean)
        self._rows = None
        self.flat.clearance_of(np.arange(len(self.flat)))
        if self.sheet.gathered_by is not None:
            for depth in (1, 2):
                self._groups_at(depth)
        for zoom in _DETAIL:
            if self.sheet.first <= zoom <= self.sheet.last:
                self._at(zoom)

    def _encode_points(
        self, name: str, zoom: int, column: int, row: int, attributes: Attributes, wanted: Booleans | None
    ) -> bytes:
        flat = self.flat
        side = 1.0 / (1 << zoom)
        margin = side * mvt.BUFFER / mvt.EXTENT
        placed = flat.types == FeatureType.POINT if wanted is None else wanted & (flat.types == FeatureType.POINT)
        cell, counted = side / _CELLS, True
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
            loose = near if self._gathered is None else near & self._gathered
        elif np.count_nonzero(near) > _MOST_POINTS:
            cell, loose, counted = side / _THINNED_TO, near, False
        else:
            loose = np.zeros(len(near), dtype=bool)
        if not loose.any():
            return mvt.encode(name, flat, attributes, zoom, column, row, wanted=wanted)
        # never across the border of a district, nor of a street where streets can be told apart
        depth = 1 if zoom < 11 else 2
        gathered = gather(
            flat.boxes[:, 0],
            flat.boxes[:, 1],
            self._groups_at(depth),
            self._importance,
            loose,
            cell,
        )
        rows_alone = np.flatnonzero(near & ~loose)
        spoken = np.concatenate((gathered.speakers, rows_alone))
        x = np.concatenate((gathered.x, flat.boxes[rows_alone, 0]))
        y = np.concatenate((gathered.y, flat.boxes[rows_alone, 1]))
        spoken_of = attributes.rows(spoken)
        if counted:
            counts: list[int | None] = [*gathered.counts.tolist(), *([None] * len(rows_alone))]
            spoken_of = spoken_of.beside(prepare({"count": counts}, len(counts)))
        return mvt.encode(name, points(x, y), spoken_of, zoom, column, row)

    def _shapes(self, zoom: int, square: tuple[float, float, float, float]) -> tuple[Flat, NDArray[np.intp] | None]:
        """Return shapes for a zoom and which rows they are of, None for all of them.

        Where the detail of the zoom is not in memory yet, only what meets the square (west, north, east, south in
        the world), and what must be simplified together with that, is simplified: the shapes come out the same.
        """
        if zoom >= SIMPLIFIED_BELOW or self.sheet.simplify is Simplify.NEVER:
            return self.flat, None
        detail = _detail(zoom)
        with self._lock:
            found = self._simplified.get(detail)
        if found is not None:
            return found, None
        geometry, boxes = self._projected.geometry, self._projected.boxes
        west, north, east, south = square
        near = (boxes[:, 0] <= east) & (boxes[:, 2] >= west) & (boxes[:, 1] <= south) & (boxes[:, 3] >= north)
        if self.sheet.simplify is Simplify.TOGETHER:
            blocks = self._block_of_each()
            near = np.isin(blocks, np.unique(blocks[near]))
        some = np.flatnonzero(near)
        kept = np.full(len(boxes), -1)
        kept[some] = np.arange(len(some))
        together = [kept[rows][kept[rows] >= 0] for rows in self._together]
        return flatten(_simplified(geometry[some], self.sheet, detail, together)), some

    def _at(self, zoom: int) -> Flat:
        """Return all shapes with the detail that a zoom can show, and keep them."""
        if zoom >= SIMPLIFIED_BELOW or self.sheet.simplify is Simplify.NEVER:
            return self.flat
        detail = _detail(zoom)
        with self._lock:
            found = self._simplified.get(detail)
        if found is None:
            found = flatten(_simplified(self._projected.geometry, self.sheet, detail, self._together))
            with self._lock:
                found = self._simplified.setdefault(detail, found)
        return found

    def _block_of_each(self) -> NDArray[np.int64]:
        """Return a number for each row, the same for those that can be reached over boxes that meet."""
        if self._blocks is None:
            self._blocks = blocks_of(self._projected.boxes)
        return self._blocks


def _detail(zoom: int) -> int:
    return next(one for one in _DETAIL if one >= zoom)


def _grouped(rows: Table, groups: Mapping[str, int]) -> list[NDArray[np.intp]]:
    """Return the positions of the rows of each group of districts, in the order of their numbers."""
    numbers = np.array(
        [groups.get(str(one), -1) for one in rows.columns.get("district", [None] * len(rows))], dtype=int
    )
    return [np.flatnonzero(numbers == number) for number in np.unique(numbers)]


def _made(sheet: Sheet, rows: Table, groups: Mapping[str, int]) -> Table:
    """Return what a sheet makes of its rows; of each group for itself where a tile may be made from some of them."""
    if sheet.whole is not Whole.ALWAYS or not len(rows):
        return sheet.made(rows)
    return Table.concatenate([sheet.made(rows.take(own)) for own in _grouped(rows, groups)])


def _simplified(shapes: Geometries, sheet: Sheet, zoom: int, together: list[NDArray[np.intp]]) -> Geometries:
    """Return shapes in the world without the detail that a zoom cannot show, those of each group together."""
    tolerance = _TOLERANCE / (1 << zoom)
    if sheet.simplify is Simplify.EACH:
        found: Geometries = shapely.simplify(shapes, tolerance, preserve_topology=True)
        return found
    found = shapes.copy()
    for rows in together:
        polygons = rows[feature_types(shapes[rows]) == FeatureType.POLYGON]
        # neighbours lose the same points of the edge that they share, so that they never part
        found[polygons] = shapely.coverage_simplify(found[polygons], tolerance)
    return found


_ROUNDED = "rounded "


def _shown(sheet: Sheet, rows: Table) -> Table:
    """Return the rows with nothing but the columns that their tiles may show."""
    return Table(
        np.empty(len(rows), dtype=object), {name: rows.columns[name] for name in sheet.columns if name in rows.columns}
    )


def _attributes(sheet: Sheet, rows: Table, names: Sequence[str]) -> dict[Audience, Attributes]:
    """Return what each audience may read of some columns: the same values, but for counts of people."""
    described = collection(sheet.reads)
    held = Table(rows.geometry, {name: rows.columns[name] for name in names if name in rows.columns})
    if described.audience is Audience.STAFF:
        return {Audience.STAFF: prepare(held.columns, len(rows)), Audience.PUBLIC: prepare({}, len(rows))}
    shown = seen_by(described, held, Audience.PUBLIC).columns
    changed = [name for name, values in shown.items() if values is not held.columns[name]]
    everything = prepare({**held.columns, **{_ROUNDED + name: shown[name] for name in changed}}, len(rows))
    public = everything.columns([_ROUNDED + name if name in changed else name for name in shown])
    return {
        Audience.STAFF: everything.columns(list(held.columns)),
        Audience.PUBLIC: replace(public, names=tuple(shown)),
    }


def _of_kinds(rows: Table, kinds: tuple[str, ...]) -> Booleans:
    wanted = set(kinds)
    return np.array([kind in wanted for kind in rows.columns.get("kind", [None] * len(rows))], dtype=bool)
