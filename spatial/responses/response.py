"""One graded response, as it is kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import shapely

from spatial.responses.meetings import ResponseLevel


class ShapeKind(StrEnum):
    """How the shape of a response was given."""

    AREA = "area"
    CIRCLE = "circle"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class Response:
    """A response that is on, or was.

    `path`: of the smallest area of the main tree that holds the whole shape; for kind `area`, of that very area.
    `shape`: a polygon or multi-polygon, WGS 84 longitude, latitude. `code` is empty until the store gives it one.
    `version` counts its changes. `closed_at`, `closed_by`, `report`: None while it is on.
    """

    district: str
    code: str
    level: ResponseLevel
    kind: ShapeKind
    shape: shapely.Geometry
    path: str
    reason: str
    opened_at: datetime
    opened_by: str
    version: int = 1
    closed_at: datetime | None = None
    closed_by: str | None = None
    report: str | None = None

    @property
    def active(self) -> bool:
        """Whether it is on."""
        return self.closed_at is None
