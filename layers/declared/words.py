"""Conditions that many declarations share."""

from enum import StrEnum

from layers.model import Is


def kinds(*members: StrEnum) -> tuple[Is, ...]:
    """Return the condition that a row is of one of the kinds."""
    return (Is("kind", tuple(member.value for member in members)),)
