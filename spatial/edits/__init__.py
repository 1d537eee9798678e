"""Edits of areas as pure functions: each returns a change set, and applying a change set yields its reverse."""

from spatial.edits.change_set import AreaChange, ChangeSet, apply
from spatial.edits.json_form import read_change_set, written_change_set
from spatial.edits.soundness import BrokenTiling, refuse_unsound
from spatial.edits.vertices import move_vertex

__all__ = [
    "AreaChange",
    "BrokenTiling",
    "ChangeSet",
    "apply",
    "move_vertex",
    "read_change_set",
    "refuse_unsound",
    "written_change_set",
]
