"""Ownership: the one authority on which area of a coverage owns a point."""

from spatial.ownership.candidates import Candidate
from spatial.ownership.grid_index import GridIndex, Nearest
from spatial.ownership.repair import Repair
from spatial.ownership.validity import Fault, FaultKind, InvalidCoverage

__all__ = ["Candidate", "Fault", "FaultKind", "GridIndex", "InvalidCoverage", "Nearest", "Repair"]
