"""Runs of positions: many short pieces of arrays that lie one behind the other."""

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


def offsets(lengths: NDArray[np.integer]) -> Integers:
    """Return where each of many runs begins when they lie one behind the other, and where the last one ends."""
    found = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=found[1:])
    return found


def spread(starts: Integers, lengths: Integers) -> Integers:
    """Return the positions of many runs, one run behind the other: start, start + 1 … for each."""
    total = int(lengths.sum())
    if not total:
        return np.empty(0, dtype=np.int64)
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(total, dtype=np.int64)
