"""A small town with every awkward value that an export must carry, for the tests of exports and pages."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.table import Table
from tests import small_town

AT = datetime(2026, 11, 23, 1, 31, tzinfo=UTC)
FORMULA = '=HYPERLINK("https://example.org","click")'
SCRIPT = "</script><script>window.harmed = true</script>{{ 7 * 7 }}{% raw %}<b>粗</b>"
LONG = "长" * 200


def town(path: Path) -> Store:
    """Return a store with the small town, awkward stations and ground of every kind of geometry."""
    store = open_store(path, create=True)
    x, y = small_town.IN_FIRST_GRID
    stations = Table.from_rows(
        [
            _station("AW01", FORMULA, shapely.Point(x + 1 / 3000, y + 1 / 7000)),
            _station("AW02", SCRIPT, shapely.Point(x + 0.001, y)),
            _station("AW03", "'quoted', \"and\"\nbroken", shapely.Point(x + 0.002, y)),
            _station("AW04", LONG, shapely.Point(x + 0.003, y)),
            _station("AW05", None, shapely.Point(x + 0.004, y)),
        ]
    )
    holed = shapely.Polygon(
        shapely.box(x, y + 0.001, x + 0.004, y + 0.003).exterior,
        [shapely.box(x + 0.001, y + 0.0015, x + 0.002, y + 0.002).exterior],
    )
    ground = Table.from_rows(
        [
            _ground("G1", "water", holed, None),
            _ground("G2", "structure", shapely.box(x + 0.006, y, x + 0.007, y + 0.001), 12.5),
            _ground("G3", "wall", shapely.LineString([(x, y), (x + 0.004, y + 0.0005)]), None),
            _ground("G4", "tree", shapely.Point(x + 0.005, y + 0.001), None),
            _ground("G5", "block", shapely.box(x - 0.001, y - 0.001, x + 0.01, y + 0.004), None),
        ]
    )
    small_town.fill(store, [("stations", stations), ("ground", ground), ("assets", small_town.lights(30))])
    return store


def _station(code: str, name: str | None, place: shapely.Point) -> dict[str, Any]:
    return {
        "code": code,
        "district": "luxian",
        "name": name,
        "name_en": name,
        "kind": "doorstep",
        "functions": None,
        "opens": None,
        "geometry": place,
    }


def _ground(code: str, kind: str, shape: shapely.Geometry, height_m: float | None) -> dict[str, Any]:
    return {
        "code": code,
        "district": "luxian",
        "name": None,
        "name_en": None,
        "kind": kind,
        "height_m": height_m,
        "geometry": shape,
    }


def same_shapes(one: "np.ndarray[Any, Any]", other: "np.ndarray[Any, Any]") -> bool:
    """Return whether two columns of geometries are the same, however their rings run and whether they are multi."""
    alike = shapely.equals(shapely.normalize(_single(one)), shapely.normalize(_single(other)))
    exact = shapely.equals_exact(shapely.normalize(_single(one)), shapely.normalize(_single(other)), 1e-12)
    return bool(np.all(alike & exact))


def _single(shapes: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    found = np.array(shapes, dtype=object)
    for index, shape in enumerate(found):
        if shape.geom_type.startswith("Multi") and len(shape.geoms) == 1:
            found[index] = shape.geoms[0]
    return found
