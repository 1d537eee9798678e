"""Tiles of a store: encoded when they are asked for, from sheets that stay in memory, and kept while they are right."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import atan, degrees, pi, sinh
from os import cpu_count
from threading import Lock
from typing import Any, TypeVar

import numpy as np

from layers.neighbours import Neighbours, TileStore
from layers.plates import Plate
from layers.reading import read_many
from layers.sheets import GATHERED_BELOW, LAST_ZOOM, Sheet, first_zoom
from layers.tiling import SHEETS, sheets_of
from spatial.errors import BadParameter, GridscapeError
from spatial.schema import COLLECTIONS
from spatial.store.records import Box, Query
from spatial.table import Table
from spatial.text import Text
from spatial.vocabulary import Audience

LARGEST_TILE = 500_000
"""No tile is larger than this many bytes, uncompressed."""

_DEEPEST = 24

_T = TypeVar("_T")


class TileSource:
    """Tiles of one store; safe to use from several threads.

    A sheet is read in the background after its first use, and again when its collection's revision moved. A tile that
    is wanted before its sheet is in memory is made of the rows that it needs alone, and comes out the same.
    """

    def __init__(self, store: TileStore, *, keep_bytes: int = 96_000_000) -> None:
        self._store = store
        self._neighbours = Neighbours(store)
        self._plates: dict[int, tuple[int, Plate]] = {}
        self._parts: dict[tuple[int, tuple[str, ...]], tuple[int, Plate]] = {}
        self._locks = {id(sheet): Lock() for sheet in _PLATES.values()}
        self._loader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tiles")
        self._workers = ThreadPoolExecutor(max_workers=min(4, cpu_count() or 1), thread_name_prefix="sheets")
        self._awaited: set[tuple[int, int]] = set()
        self._cache: OrderedDict[tuple[str, int, int, int, Audience, tuple[str, ...], int], bytes] = OrderedDict()
        self._cache_lock = Lock()
        self._kept = 0
        self._keep_bytes = keep_bytes

    def revision(self, collection: str) -> int:
        """Return the revision that tiles of a collection carry; raises NotFound where it has none."""
        sheets = sheets_of(collection, Audience.STAFF)
        return self._store.revision(COLLECTIONS[sheets[0].reads].stored_in)

    def tile(
        self, collection: str, zoom: int, column: int, row: int, audience: Audience, scope: tuple[str, ...] = ()
    ) -> bytes:
        """Return one tile of a collection as a Mapbox Vector Tile, empty where nothing lies in it.

        `scope`: paths, of which only rows at or below are drawn; none for all. Such a tile is made of its own rows.
        `column` counts from west to east, `row` from north to south. Raises NotFound for a collection without tiles
        or not for that audience, BadParameter for a tile that is not in the scheme.
        """
        check_tile(zoom, column, row)
        sheets = sheets_of(collection, audience)
        revision = self.revision(collection)
        key = (collection, zoom, column, row, audience, scope, revision)
        with self._cache_lock:
            found = self._cache.get(key)
            if found is not None:
                self._cache.move_to_end(key)
                return found
        shown = [sheet for sheet in sheets if sheet.first <= zoom <= sheet.last]
        if scope:
            plates, cold = self._bounded([_PLATES[id(sheet)] for sheet in shown], scope, zoom, column, row), True
        else:
            plates, cold = self._plates_of([_PLATES[id(sheet)] for sheet in shown], revision, zoom, column, row)
        named = [(sheet.name, plate) for sheet, plate in zip(shown, plates, strict=True)]
        made = _encoded(named, zoom, column, row, audience, self._side_by_side if cold else map)
        with self._cache_lock:
            if key not in self._cache:
                self._cache[key] = made
                self._kept += len(made) + 200
                while self._kept > self._keep_bytes:
                    self._kept -= len(self._cache.popitem(last=False)[1]) + 200
        for sheet in () if scope else shown:
            # only now: whoever waits for this tile needs the processor
            if self._held(_PLATES[id(sheet)], revision) is None:
                self._load_soon(_PLATES[id(sheet)], revision)
        return made

    def warm(self) -> None:
        """Begin to read every sheet in the background, those of the first screens first."""
        each = {id(sheet): sheet for sheet in _PLATES.values()}
        for sheet in sorted(each.values(), key=lambda sheet: sheet.first):
            self._load_soon(sheet, self._store.revision(COLLECTIONS[sheet.reads].stored_in))

    @property
    def loading(self) -> bool:
        """Whether something is being read in the background."""
        with self._cache_lock:
            return bool(self._awaited)

    def wait(self) -> None:
        """Return when everything that is being read in the background is in memory."""
        self._loader.submit(lambda: None).result()

    def close(self) -> None:
        """Stop reading in the background."""
        self._loader.shutdown(wait=True, cancel_futures=True)
        self._workers.shutdown(wait=True)

    def _held(self, sheet: Sheet, revision: int) -> Plate | None:
        held = self._plates.get(id(sheet))
        return held[1] if held is not None and held[0] == revision else None

    def _plates_of(
        self, sheets: Sequence[Sheet], revision: int, zoom: int, column: int, row: int
    ) -> tuple[list[Plate], bool]:
        """Return a plate for each sheet, and whether any was not in memory: that has no more rows than it needs."""
        found: dict[int, Plate] = {}
        missing: list[_Missing] = []
        for position, sheet in enumerate(sheets):
            plate = self._held(sheet, revision)
            if plate is None:
                wanted = self._missing(position, sheet, revision, zoom, column, row)
                if isinstance(wanted, Plate):
                    plate = wanted
                else:
                    missing.append(wanted)
            if plate is not None:
                found[position] = plate
        tables = read_many(self._store, [(one.sheet.reads, one.query) for one in missing])
        parts = self._side_by_side(lambda one, rows: self._part_of(one, rows, revision, zoom), missing, tables)
        found.update(zip((one.position for one in missing), parts, strict=True))
        return [found[position] for position in range(len(sheets))], bool(missing)

    def _bounded(
        self, sheets: Sequence[Sheet], scope: tuple[str, ...], zoom: int, column: int, row: int
    ) -> list[Plate]:
        """Return a plate for each sheet with the rows below some paths: whole where that takes whole districts."""
        queries = []
        for sheet in sheets:
            box = None if sheet.together(zoom) else tile_box(zoom, column, row, _margin(sheet, zoom))
            queries.append((sheet.reads, replace(sheet.query(box=box, zoom=zoom), paths=scope)))
        tables = read_many(self._store, queries)
        return [self._drawn(sheet, rows, zoom) for sheet, rows in zip(sheets, tables, strict=True)]

    def _drawn(self, sheet: Sheet, rows: Table, zoom: int) -> Plate:
        """Return a plate of those rows that a zoom shows."""
        first = first_zoom(sheet, rows)
        return Plate(
            sheet, rows if first is None or (first <= zoom).all() else rows.take(np.flatnonzero(first <= zoom))
        )

    def _side_by_side(self, work: Callable[..., _T], *each: Iterable[Any]) -> Iterable[_T]:
        """Do what `map` does for the sheets of a cold tile: most of the work is GEOS's, which lets others run."""
        return self._workers.map(work, *each)

    def _missing(
        self, position: int, sheet: Sheet, revision: int, zoom: int, column: int, row: int
    ) -> "_Missing | Plate":
        query = sheet.query(box=tile_box(zoom, column, row, _margin(sheet, zoom)), zoom=zoom)
        if not sheet.together(zoom):
            return _Missing(position, sheet, query, None)
        districts = self._neighbours.around(sheet.reads, query)
        if districts is None:
            return self._load(sheet, revision)
        part = self._parts.get((id(sheet), districts))
        if part is not None and part[0] == revision:
            return part[1]
        return _Missing(position, sheet, sheet.query(districts=districts), districts)

    def _part_of(self, wanted: "_Missing", rows: Table, revision: int, zoom: int) -> Plate:
        sheet = wanted.sheet
        if wanted.districts is not None:
            plate = Plate(sheet, rows, self._neighbours.groups())
            self._parts[id(sheet), wanted.districts] = (revision, plate)
            return plate
        return self._drawn(sheet, rows, zoom)

    def _load(self, sheet: Sheet, revision: int) -> Plate:
        with self._locks[id(sheet)]:
            held = self._plates.get(id(sheet))
            if held is not None and held[0] >= revision:
                return held[1]
            plate = Plate(sheet, self._store.read(sheet.reads, sheet.query()), self._neighbours.groups())
            self._plates[id(sheet)] = (revision, plate)
            for key in [key for key in list(self._parts) if key[0] == id(sheet)]:
                self._parts.pop(key, None)
            return plate

    def _load_soon(self, sheet: Sheet, revision: int) -> None:
        task = (id(sheet), revision)
        with self._cache_lock:
            if task in self._awaited:
                return
            self._awaited.add(task)
        self._loader.submit(self._load_quietly, sheet, revision)

    def _load_quietly(self, sheet: Sheet, revision: int) -> None:
        with self._forgetting((id(sheet), revision)):
            self._load(sheet, revision).work_ahead()

    @contextmanager
    def _forgetting(self, task: tuple[int, int]) -> Iterator[None]:
        # a store that is away says so to whoever asks next; the background has nobody to tell
        try:
            yield
        except GridscapeError:
            return
        finally:
            with self._cache_lock:
                self._awaited.discard(task)


@dataclass(frozen=True, slots=True)
class _Missing:
    """A sheet of a tile that is not in memory, and the rows it takes: of whole `districts`, or of the tile alone."""

    position: int
    sheet: Sheet
    query: Query
    districts: tuple[str, ...] | None


def _margin(sheet: Sheet, zoom: int) -> float:
    """Return by how much of its side a tile is widened to hold all that may draw in it."""
    # a tile's side in metres at the equator is the most that it is anywhere; points are gathered by eighths of it
    margin = 0.05 + sheet.reach_m / (40_075_017 / (1 << zoom)) * 1.6
    return margin + 0.125 if sheet.gathered_by is not None and zoom < GATHERED_BELOW else margin


def _shared() -> dict[int, Sheet]:
    """Return, by the identity of each sheet, the first one that is the same but for its name: both use one plate."""
    found: dict[int, Sheet] = {}
    known: list[Sheet] = []
    for sheet in (sheet for sheets in SHEETS.values() for sheet in sheets):
        first = next((one for one in known if replace(one, name=sheet.name) == sheet), sheet)
        if first is sheet:
            known.append(sheet)
        found[id(sheet)] = first
    return found


_PLATES = _shared()


def _encoded(
    plates: list[tuple[str, Plate]],
    zoom: int,
    column: int,
    row: int,
    audience: Audience,
    each: Callable[[Callable[[tuple[str, Plate]], bytes], list[tuple[str, Plate]]], Iterable[bytes]],
) -> bytes:
    """Return the layers of a tile; where they are too large together, with less and less in them."""
    made = b""
    for lean, least in ((False, 0.0), (True, 0.0), (True, 12.0), (True, 32.0), (True, 96.0), (True, 512.0)):

        def layer(named: tuple[str, Plate], lean: bool = lean, least: float = least) -> bytes:
            name, plate = named
            return plate.encode(name, zoom, column, row, audience, lean=lean, least=least)

        made = b"".join(each(layer, plates))
        if len(made) <= LARGEST_TILE:
            break
    return made


def check_tile(zoom: int, column: int, row: int) -> None:
    """Raise BadParameter for a tile that the scheme does not have."""
    if not 0 <= zoom <= _DEEPEST:
        raise BadParameter(
            Text(f"瓦片级别 {zoom} 超出范围", f"There are no tiles of zoom {zoom}"),
            Text(f"级别为 0 至 {_DEEPEST}，数据到 {LAST_ZOOM} 级", f"Zooms run from 0 to {_DEEPEST}"),
        )
    if not (0 <= column < 1 << zoom and 0 <= row < 1 << zoom):
        raise BadParameter(
            Text(f"第 {zoom} 级没有瓦片 {column}/{row}", f"Zoom {zoom} has no tile {column}/{row}"),
            Text(f"行列号为 0 至 {(1 << zoom) - 1}", f"Columns and rows run from 0 to {(1 << zoom) - 1}"),
        )


def tile_box(zoom: int, column: int, row: int, margin: float = 0.0) -> Box:
    """Return west, south, east, north of a tile in degrees, widened by a share of its side."""
    side = 1 << zoom

    def longitude(x: float) -> float:
        return max(-180.0, min(180.0, x / side * 360 - 180))

    def latitude(y: float) -> float:
        return degrees(atan(sinh(pi * (1 - 2 * max(0.0, min(float(side), y)) / side))))

    return (
        longitude(column - margin),
        latitude(row + 1 + margin),
        longitude(column + 1 + margin),
        latitude(row - margin),
    )
