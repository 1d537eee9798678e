"""Gridscape's domain: geometry, ownership, reach, sight, editions and the stores. It imports nothing of ours."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spatial.ownership import GridIndex

__all__ = ["GridIndex"]


def __getattr__(name: str) -> Any:
    # imported when it is asked for: a command that needs no index starts without shapely
    if name == "GridIndex":
        from spatial.ownership import GridIndex

        return GridIndex
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
