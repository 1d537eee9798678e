"""Whether loops are compiled: numba makes them quick, and takes a second to load."""

import os

MANY_EDGES = 100_000
"""From so many edges on, a build is worth loading compiled loops for."""


def may_compile() -> bool:
    """Return whether loops may be compiled: GRIDSCAPE_NO_NUMBA=1 forbids it."""
    return os.environ.get("GRIDSCAPE_NO_NUMBA", "") not in ("1", "true", "yes")
