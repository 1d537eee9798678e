"""Incidents gathered for a map: by the cells of a zoom, and never across a boundary of the level in work there.

The rule is data, `clusters.json`, and the dispatch screen gathers by the same file. Cells are squares of Web Mercator,
in pixels of a map whose world is 512 pixels wide at zoom 0. From `apart_from_zoom` on only what shares a point is
gathered.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]

RULE: Mapping[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
"""Cell sizes, and which level of areas is in work from which zoom."""

WORLD_PX = 512
HEAT_PX = 8
"""The side of a cell in which incidents are counted for a heat map."""

MOST_HEAT = 6000
_LIMIT_LAT = 85.0511
_DENSE = 1 << 22


@dataclass(frozen=True, slots=True)
class Clusters:
    """Groups of incidents, by column; n of them.

    `of`: for each incident the number of its group. `places` (n, 2): mean longitude and latitude in degrees.
    `counts` (n,). `priorities` (n, 4): how many of each, 1 first. `overdue` (n,). `boxes` (n, 4): west, south, east,
    north of the members. `first` (n,): the number of one member, which is the group where it holds one.
    """

    of: Integers
    places: Floats
    counts: Integers
    priorities: Integers
    overdue: Integers
    boxes: Floats
    first: Integers

    def __len__(self) -> int:
        return len(self.counts)


def steps_at(zoom: int) -> int:
    """Return how many steps of a path name an area of the level that is in work at a zoom."""
    return max(int(each["steps"]) for each in RULE["levels"] if each["from_zoom"] <= zoom or each["from_zoom"] == 0)


def level_at(zoom: int) -> str:
    """Return the name of the level that is in work at a zoom."""
    steps = steps_at(zoom)
    return next(str(each["level"]) for each in RULE["levels"] if each["steps"] == steps)


def gather(places: Floats, areas: Integers, priorities: Integers, overdue: NDArray[np.bool_], zoom: int) -> Clusters:
    """Gather incidents by cell and area.

    `places` (m, 2): degrees, all finite. `areas` (m,): the number of each one's area of the level in work.
    `priorities` (m,): 1 to 4, anything else counts as 4.
    """
    apart = zoom >= RULE["apart_from_zoom"]
    cell = RULE["apart_cell_px"] if apart else RULE["cell_px"]
    of, counts = _grouped(_cells(places, min(zoom, RULE["apart_from_zoom"]), cell), areas)
    count = len(counts)
    order = _by_group(of, count)
    starts = np.concatenate(([0], np.cumsum(counts)[:-1])) if count else np.empty(0, dtype=np.intp)
    held = places[order]
    low, high = (
        each.reduceat(held, starts, axis=0) if count else np.empty((0, 2)) for each in (np.minimum, np.maximum)
    )
    column = np.where((priorities >= 1) & (priorities <= 4), priorities, 4) - 1
    sums = np.stack([np.bincount(of, weights=axis, minlength=count) for axis in places.T], axis=1)
    return Clusters(
        of=of,
        # a mean may round to just beside the only place there is
        places=np.clip(sums / counts[:, None], low, high),
        counts=counts,
        priorities=np.bincount(of * 4 + column, minlength=4 * count).reshape(count, 4),
        overdue=np.bincount(of[overdue], minlength=count),
        boxes=np.concatenate((low, high), axis=1),
        first=order[starts],
    )


def heat(places: Floats, zoom: int) -> tuple[Floats, Integers]:
    """Return the centres of small cells, shape (n, 2) in degrees, and how many places each holds; at most MOST_HEAT."""
    while True:
        cells = _cells(places, zoom, HEAT_PX)
        of, counts = _grouped(cells, np.zeros(len(places), dtype=np.intp))
        if len(counts) <= MOST_HEAT:
            break
        zoom -= coarser(len(counts), MOST_HEAT)
    sums = np.stack([np.bincount(of, weights=axis, minlength=len(counts)) for axis in places.T], axis=1)
    return sums / counts[:, None], counts


def coarser(found: int, most: int) -> int:
    """Return by how many zooms cells must grow for so many groups to become about so few."""
    return max(1, math.ceil(math.log(found / most, 4)))


def _cells(places: Floats, zoom: int, cell_px: int) -> NDArray[np.int64]:
    """Return the column and the row of each place's cell, shape (m, 2)."""
    across = (places[:, 0] + 180) / 360
    sine = np.sin(np.radians(np.clip(places[:, 1], -_LIMIT_LAT, _LIMIT_LAT)))
    down = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
    return np.floor(np.stack((across, down), axis=1) * (WORLD_PX * 2.0**zoom / cell_px)).astype(np.int64)


def _grouped(cells: NDArray[np.int64], areas: Integers) -> tuple[Integers, Integers]:
    """Return each one's group, and how many each holds."""
    if not len(cells):
        nothing = np.empty(0, dtype=np.intp)
        return nothing, nothing
    low = cells.min(axis=0)
    _, height = cells.max(axis=0) - low + 1
    keys = ((cells[:, 0] - low[0]) * height + cells[:, 1] - low[1]) * (int(areas.max()) + 1) + areas
    room = int(keys.max()) + 1
    if room > _DENSE:
        _, of, counts = np.unique(keys, return_inverse=True, return_counts=True)
        return of, counts
    # counting all there could be is several times faster than sorting all there are
    counts = np.bincount(keys, minlength=room)
    present = np.flatnonzero(counts)
    number = np.empty(room, dtype=np.intp)
    number[present] = np.arange(len(present))
    return number[keys], counts[present]


def _by_group(of: Integers, count: int) -> Integers:
    """Return the order that brings the members of each group together; few groups are sorted by their digits."""
    return np.argsort(of.astype(np.uint16) if count <= np.iinfo(np.uint16).max else of, kind="stable")
