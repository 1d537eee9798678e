"""What every part of a transaction shares: the session that it writes through, and noting what it did."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from spatial.store.session import Session
from spatial.table import Geometries


class Noting(ABC):
    """A part of a transaction; what it notes becomes an event when the transaction ends."""

    _session: Session

    @abstractmethod
    def _note(
        self,
        action: str,
        collection: str,
        district: str | None,
        codes: Sequence[str],
        content: Mapping[str, Sequence[Any]],
        geometry: Geometries | None = None,
        *,
        fields: Sequence[str] = (),
        count: int | None = None,
        edition: int | None = None,
        roll: str | None = None,
    ) -> None: ...
