"""Keeping `gpkg_contents` true: the extent and the last change of every collection."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

import numpy as np
import shapely

from spatial.schema import AREAS, COLLECTIONS
from spatial.store.geopackage import geometry_blob
from spatial.store.geopackage.dialect import time_text
from spatial.table import Geometries

VIEWS_OF_AREAS = tuple(collection.id for collection in COLLECTIONS.values() if collection.view_of is not None)


class Contents:
    """What one transaction did to the collections, to be told to other programs before it ends."""

    def __init__(self) -> None:
        self._grown: dict[str, list[Sequence[float]]] = {}
        self._shrunk: set[str] = set()

    def touched(self, collection: str, added: Geometries | None, removed: bool) -> None:
        """Note that rows came to a collection, or left it."""
        grown = self._grown.setdefault(collection, [])
        if added is not None and len(added):
            grown.append(shapely.total_bounds(added).tolist())
        if removed:
            self._shrunk.add(collection)
            if collection == AREAS.id:
                for view in VIEWS_OF_AREAS:
                    self.touched(view, None, True)

    def write(self, connection: sqlite3.Connection, at: datetime) -> None:
        """Bring the extents up to date: grown where rows only came, measured anew where some left."""
        for collection, grown in self._grown.items():
            if collection in self._shrunk:
                blobs = [blob for (blob,) in connection.execute(f"SELECT geom FROM {collection}")]
                boxes = geometry_blob.bounds(blobs)
            else:
                known = connection.execute(
                    "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?", (collection,)
                ).fetchall()
                boxes = np.array([*known, *grown], dtype=float).reshape(-1, 4)
            connection.execute(
                "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?, last_change = ? "
                "WHERE table_name = ?",
                (*_extent(boxes), time_text(at), collection),
            )


def _extent(boxes: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[float | None, ...]:
    placed = boxes[~np.isnan(boxes).any(axis=1)]
    if not len(placed):
        return (None,) * 4
    return (*placed[:, :2].min(axis=0).tolist(), *placed[:, 2:].max(axis=0).tolist())
