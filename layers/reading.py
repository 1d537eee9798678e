"""Several queries of one collection answered with as few as can be: the sheets of a tile read much the same rows."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from layers.neighbours import TileStore
from spatial.schema import COLLECTIONS
from spatial.store.records import Query
from spatial.table import Table
from spatial.vocabulary import LevelSlug

_LEVEL = "level"


def read_many(store: TileStore, wanted: Sequence[tuple[str, Query]]) -> list[Table]:
    """Return the rows of each collection and query; queries that differ in levels and columns alone are read at once.

    Buildings are many, so that queries which want them are not put together with those which do not.
    """
    alike: dict[tuple[Any, ...], list[int]] = {}
    for position, (collection, query) in enumerate(wanted):
        alike.setdefault(_key(position, collection, query), []).append(position)
    found: dict[int, Table] = {}
    for positions in alike.values():
        collection = wanted[positions[0]][0]
        queries = [wanted[position][1] for position in positions]
        if len(queries) == 1:
            found[positions[0]] = store.read(collection, queries[0])
            continue
        everything = store.read(collection, _union(collection, queries))
        for position, query in zip(positions, queries, strict=True):
            found[position] = _part(everything, query)
    return [found[position] for position in range(len(wanted))]


def _key(position: int, collection: str, query: Query) -> tuple[Any, ...]:
    levels = query.equal.get(_LEVEL)
    if not isinstance(levels, tuple) or query.columns is None or query.limit is not None:
        return (position,)
    others = tuple(sorted((name, repr(value)) for name, value in query.equal.items() if name != _LEVEL))
    plain = replace(query, equal={}, columns=())
    return collection, repr(plain), others, LevelSlug.BUILDING.value in levels


def _union(collection: str, queries: Sequence[Query]) -> Query:
    levels = dict.fromkeys(level for query in queries for level in query.equal[_LEVEL])
    columns = {_LEVEL, *(name for query in queries for name in query.columns or ())}
    return replace(
        queries[0],
        equal={**queries[0].equal, _LEVEL: tuple(levels)},
        columns=tuple(name for name in COLLECTIONS[collection].names if name in columns),
    )


def _part(rows: Table, query: Query) -> Table:
    levels = set(query.equal[_LEVEL])
    own = np.flatnonzero([level in levels for level in rows[_LEVEL]])
    return Table(rows.geometry, {name: rows[name] for name in query.columns or ()}).take(own)
