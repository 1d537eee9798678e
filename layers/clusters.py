"""Points gathered on a grid where they would lie too close to be told apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.flat import Booleans, Floats, Integers


@dataclass(frozen=True, slots=True)
class Gathering:
    """Points that were gathered: their mean place in the world, how many, and one of them to speak for the rest."""

    x: Floats
    y: Floats
    counts: Integers
    speakers: Integers


def gather(
    x: Floats,
    y: Floats,
    groups: NDArray[np.integer],
    importance: Floats,
    wanted: Booleans,
    cell: float,
) -> Gathering:
    """Gather the wanted points by cells of the world and by group.

    `x`, `y`: world coordinates, shape (n,). `groups`: points of different groups are never put together, shape (n,).
    `importance`: the most important point of each gathering speaks for it. `cell`: the side of a cell in the world.
    """
    rows = np.flatnonzero(wanted)
    # the most important first: np.unique names the first row of each gathering
    rows = rows[np.argsort(-importance[rows], kind="stable")]
    across, down = _counted(x[rows] // cell), _counted(y[rows] // cell)
    key = (groups[rows] * (down.max(initial=0) + 1) + down) * (across.max(initial=0) + 1) + across
    _, first, member, counts = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    # in the order of those who speak, so that it does not matter how groups are numbered
    order = np.argsort(rows[first])
    return Gathering(
        (np.bincount(member, weights=x[rows], minlength=len(first)) / counts)[order],
        (np.bincount(member, weights=y[rows], minlength=len(first)) / counts)[order],
        counts.astype(np.int64)[order],
        rows[first][order],
    )


def _counted(cells: Floats) -> Integers:
    """Return the numbers of cells counted from the first one that is used."""
    numbers: Integers = (cells - cells.min(initial=np.inf)).astype(np.int64)
    return numbers


def groups_of_paths(paths: Sequence[str | None], depth: int) -> NDArray[np.int64]:
    """Return a number for each path such that only paths with the same first `depth` steps share one."""
    # few paths are distinct, so that only those are cut
    distinct = dict.fromkeys(paths)
    begins = ["/".join((path or "").split("/", depth + 1)[: depth + 1]) for path in distinct]
    return numbered(begins)[numbered(paths)]


def numbered(values: Sequence[object] | NDArray[Any]) -> NDArray[np.int64]:
    """Return a number for each value, the same for equal ones, counted as they first appear."""
    position = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return np.fromiter(map(position.__getitem__, values), dtype=np.int64, count=len(values))
