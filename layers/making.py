"""What becomes of the rows of a collection before they are drawn in tiles."""

import numpy as np
import shapely

from layers.boundaries import label_points, sectors, shared_lines
from spatial.table import Table
from spatial.vocabulary import GroundKind, LevelSlug

NAMES = ("code", "district", "name", "name_en")
FILLED = (LevelSlug.DISTRICT, LevelSlug.STREET, LevelSlug.COMMUNITY, LevelSlug.GRID)
"""The levels that fill a district without gaps."""


def lines(rows: Table) -> Table:
    """Return the edges of the filled levels, each once."""
    level = np.asarray(rows["level"], dtype=object)
    return shared_lines([(slug, rows.geometry[level == slug.value]) for slug in FILLED])


def labels(rows: Table) -> Table:
    """Return a point for the name of each area, with the rank of its level and the number of a building."""
    order = list(LevelSlug)
    levels = [LevelSlug(str(value)) for value in rows["level"]]
    return Table(label_points(rows.geometry), dict(rows.columns)).with_columns(
        rank=[order.index(level) for level in levels],
        number=[
            _number(str(code)) if level is LevelSlug.BUILDING else None
            for code, level in zip(rows["code"], levels, strict=True)
        ],
    )


def _number(code: str) -> str | None:
    """Return the number of a building by the last three digits of a code of ours, None for a stranger's code."""
    return str(int(code[-3:])) if len(code) >= 15 and code.isdigit() else None


def nameless_trees(rows: Table) -> Table:
    """Return the ground with names only where there are any to read: a wall or a tree is one of thousands."""
    kinds = rows["kind"]
    plain = (GroundKind.TREE.value, GroundKind.WALL.value)
    return rows.with_columns(
        **{
            name: [None if kind in plain else value for kind, value in zip(kinds, rows[name], strict=True)]
            for name in NAMES
            if name in rows.columns
        }
    )


def with_sectors(rows: Table) -> Table:
    """Return what cameras look at, for those that say how they stand."""
    numbers = {
        name: np.array([np.nan if value is None else value for value in rows[name]], dtype=float)
        for name in ("bearing", "field_of_view", "range_m")
    }
    whole = np.flatnonzero(np.all([np.isfinite(values) for values in numbers.values()], axis=0))
    whole = whole[~shapely.is_empty(rows.geometry[whole])] if len(whole) else whole
    looking = rows.take(whole)
    return Table(
        sectors(
            shapely.get_x(looking.geometry),
            shapely.get_y(looking.geometry),
            *(values[whole] for values in numbers.values()),
        ),
        looking.columns,
    )


def named(rows: Table) -> Table:
    """Return a point for the name of each row that has one."""
    named = np.flatnonzero([bool(name) for name in rows["name"]])
    rows = rows.take(named)
    return Table(label_points(rows.geometry), rows.columns)
