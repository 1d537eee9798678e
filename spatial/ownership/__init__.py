"""Ownership: the one authority on which area of a coverage owns a point."""

from spatial.ownership.grid_index import GridIndex

__all__ = ["GridIndex"]
