"""Keeping `gpkg_contents` true: the extent and the last change of every collection."""

import sqlite3
from datetime import datetime

import numpy as np
import shapely

from spatial.schema import AREAS, COLLECTIONS
from spatial.store.conversion import total_box
from spatial.store.geopackage import geometry_blob
from spatial.store.geopackage.dialect import time_text
from spatial.store.records import Box
from spatial.table import Geometries

VIEWS_OF_AREAS = tuple(collection.id for collection in COLLECTIONS.values() if collection.view_of is not None)


class Contents:
    """What one transaction did to the collections, to be told to other programs before it ends."""

    def __init__(self) -> None:
        self._grown: dict[str, list[Box]] = {}
        self._shrunk: set[str] = set()

    def touched(self, collection: str, added: Geometries | None, removed: bool) -> None:
        """Note that rows came to a collection, or left it."""
        grown = self._grown.setdefault(collection, [])
        box = None if added is None else total_box(shapely.bounds(added))
        if box is not None:
            grown.append(box)
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
                (*(total_box(boxes) or (None,) * 4), time_text(at), collection),
            )
