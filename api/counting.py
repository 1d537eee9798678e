"""All incidents by column in memory, for counting: read anew where the store has changed, once for all who wait."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool

from spatial.incidents.by_column import COLUMNS, IncidentColumns
from spatial.levels import MAIN_TREE
from spatial.schema import AREAS, INCIDENTS
from spatial.store.protocol import Store
from spatial.store.records import Query

_OF_AREAS = ("path", "code", "district", "level", "name", "name_en")


@dataclass(frozen=True, slots=True)
class NamedArea:
    """An area as a line of statistics names it."""

    path: str
    code: str
    district: str
    level: str
    name: str | None
    name_en: str | None


class Counting:
    """Holds the incidents of a store by column, of the revision that the store is asked for each time.

    Whoever writes, this server or another, raises the revision: what is counted is never older than the question.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: tuple[int, IncidentColumns] | None = None
        self._one_reads = asyncio.Lock()
        self._areas: dict[str, tuple[int, Mapping[str, NamedArea]]] = {}

    async def columns(self) -> IncidentColumns:
        """Return all incidents as the store holds them; for the event loop. Raises StoreUnavailable."""
        held = await self._current()
        if held is not None:
            return held
        async with self._one_reads:
            held = await self._current()  # who held the lock may have read just this
            if held is not None:
                return held
            # asked first: what is written while the rows are read is read again by the next who asks
            revision = await run_in_threadpool(self._revision)
            read = await run_in_threadpool(self._read)
            self._held = (revision, read)
            return read

    def areas(self, level: str) -> Mapping[str, NamedArea]:
        """Return the areas of a level of the main trees by their paths, as they are now; for a thread."""
        revision = self._store.revision(AREAS.id)
        held = self._areas.get(level)
        if held is None or held[0] != revision:
            held = self._areas[level] = (revision, {area.path: area for area in self._named(level=[level])})
        return held[1]

    def named(self, paths: Sequence[str]) -> list[NamedArea]:
        """Return the areas of some paths, from the top down; for a thread."""
        return sorted(self._named(path=list(paths)), key=lambda area: area.path) if paths else []

    def _named(self, **equal: Any) -> list[NamedArea]:
        rows = self._store.read(AREAS.id, Query(tree=MAIN_TREE, equal=equal, columns=_OF_AREAS, shapes=False)).rows()
        return [NamedArea(*(row[name] for name in _OF_AREAS)) for row in rows]

    async def _current(self) -> IncidentColumns | None:
        held = self._held
        return held[1] if held is not None and held[0] == await run_in_threadpool(self._revision) else None

    def _revision(self) -> int:
        return self._store.revision(INCIDENTS.id)

    def _read(self) -> IncidentColumns:
        incidents = self._store.read_points(INCIDENTS.id, Query(columns=COLUMNS))
        return IncidentColumns.of(incidents, self._store.reopenings())
