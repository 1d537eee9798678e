"""Points gathered on a grid where they would lie too close to be told apart."""

from dataclasses import dataclass

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
    cells = np.column_stack((groups[rows], (x[rows] // cell).astype(np.int64), (y[rows] // cell).astype(np.int64)))
    # the most important first: np.unique names the first row of each gathering
    rank = np.argsort(-importance[rows], kind="stable")
    rows, cells = rows[rank], cells[rank]
    _, first, member, counts = np.unique(cells, axis=0, return_index=True, return_inverse=True, return_counts=True)
    member = member.reshape(-1)
    return Gathering(
        np.bincount(member, weights=x[rows], minlength=len(first)) / counts,
        np.bincount(member, weights=y[rows], minlength=len(first)) / counts,
        counts.astype(np.int64),
        rows[first],
    )


def groups_of_paths(paths: list[str | None], depth: int) -> NDArray[np.int64]:
    """Return a number for each path such that only paths with the same first `depth` steps share one."""
    known: dict[str, int] = {}
    found = np.empty(len(paths), dtype=np.int64)
    for position, path in enumerate(paths):
        key = "/".join((path or "").split("/")[: depth + 1])
        found[position] = known.setdefault(key, len(known))
    return found
