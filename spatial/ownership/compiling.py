"""Whether loops are compiled: numba makes them quick, and takes a second to load."""

import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

MANY_EDGES = 100_000
"""From so many edges on, a build is worth loading compiled loops for."""


def may_compile() -> bool:
    """Return whether loops may be compiled: GRIDSCAPE_NO_NUMBA=1 forbids it, and so does a Python without numba."""
    return os.environ.get("GRIDSCAPE_NO_NUMBA", "") not in ("1", "true", "yes") and _there_is_numba()


@cache
def _there_is_numba() -> bool:
    return find_spec("numba") is not None


def worth_compiling(edges: int) -> bool:
    """Return whether compiled loops are quicker for so many edges, what it takes to load them included."""
    return may_compile() and (edges >= MANY_EDGES or "spatial.ownership.compiled" in sys.modules)


def find_room_for_compiled() -> None:
    """See to it that what is compiled can be kept: beside the code, or where that is read-only in a folder of its own.

    To be called before numba is imported; NUMBA_CACHE_DIR names another folder.
    """
    beside = Path(__file__).parent / "__pycache__"
    writable = os.access(beside if beside.is_dir() else beside.parent, os.W_OK)
    if not writable:
        # a folder of this user alone: what lies in it is run
        own = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        os.environ.setdefault("NUMBA_CACHE_DIR", str(own / "gridscape" / "compiled"))
