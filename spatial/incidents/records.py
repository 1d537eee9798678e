"""What a store keeps of incidents beside their rows."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from spatial.incidents.steps import Case, Step


@dataclass(frozen=True, slots=True)
class StoredCase:
    """An incident's case as a store keeps it.

    `version` grows by one with each step, 0 before the first. `path`: of the responsible area. `tag`: how it was tagged
    (datum, accuracy, candidates near an edge), plain values.
    """

    district: str
    code: str
    version: int
    case: Case
    path: str | None
    list_version: str | None = None
    tag: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredStep:
    """A line of an incident's history and its number, counted from 1."""

    number: int
    step: Step


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a request with a key; `digest`: of what was asked."""

    digest: str
    status: int
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """What is kept as a photo: a JPEG of our own making, and its size in pixels."""

    content: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes: the same picture sent twice is written the same."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of an incident, without its bytes: its number, counted from 1, who added it when, its size in pixels.

    `digest`: of its bytes, None once they were erased.
    """

    number: int
    at: datetime
    actor: str
    width: int
    height: int
    digest: str | None
