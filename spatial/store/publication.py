"""What changes between two editions of a tree: a pure comparison of what is stored with what is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import shapely

from spatial.errors import BadInput, DuplicateCode
from spatial.schema import AREAS
from spatial.store.conversion import Prepared
from spatial.table import Geometries
from spatial.text import Text

EDITION_COLUMNS = ("from_edition", "to_edition")
GEOMETRY = "geometry"

_COMPARED = tuple(name for name in AREAS.names if name not in EDITION_COLUMNS)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows to close, by their keys, and the positions of the rows to write.

    `codes`: every code that was added, changed or removed. `fields`: the columns that differ in changed rows.
    """

    closed: list[int]
    written: list[int]
    codes: list[str]
    fields: list[str]


def compare(keys: list[int], columns: Mapping[str, list[Any]], geometry: Geometries, published: Prepared) -> Comparison:
    """Compare the newest edition (keys, columns and geometry of its rows) with what is to be published."""
    before = _by_place(columns, geometry)
    after = _by_place(published.columns, published.geometry)
    names = (*_COMPARED, GEOMETRY)
    closed: list[int] = []
    codes: list[str] = []
    differing: set[str] = set()
    written: list[int] = []
    for place, (index, row) in after.items():
        known = before.get(place)
        if known is not None and known[1] == row:
            continue
        written.append(index)
        codes.append(place[1])
        if known is not None:
            closed.append(keys[known[0]])
            differing.update(name for name, old, new in zip(names, known[1], row, strict=True) if old != new)
    for place, (index, _) in before.items():
        if place not in after:
            closed.append(keys[index])
            codes.append(place[1])
    return Comparison(closed, written, codes, [name for name in names if name in differing])


def _by_place(
    columns: Mapping[str, list[Any]], geometry: Geometries
) -> dict[tuple[str, str], tuple[int, tuple[Any, ...]]]:
    shapes = shapely.to_wkb(geometry, byte_order=1, output_dimension=2)
    rows = zip(*(columns[name] for name in _COMPARED), shapes, strict=True)
    places = zip(columns["level"], columns["code"], strict=True)
    return {place: (index, row) for index, (place, row) in enumerate(zip(places, rows, strict=True))}


def check_areas(published: Prepared, levels: set[str], district: str, tree: str) -> None:
    """Raise DuplicateCode where a level has a code twice, BadInput for a level that the tree does not have."""
    unknown = sorted(set(published.columns["level"]) - levels)
    if unknown:
        known = ", ".join(sorted(levels)) or "–"
        raise BadInput(
            Text(
                f"{district} 的层级树 {tree} 没有层级 {unknown[0]}",
                f"The tree {tree} of {district} has no level {unknown[0]}",
            ),
            Text(f"可用层级：{known}", f"Its levels are: {known}"),
        )
    seen: set[tuple[str, str]] = set()
    twice: list[str] = []
    for place in zip(published.columns["level"], published.columns["code"], strict=True):
        if place in seen:
            twice.append(place[1])
        seen.add(place)
    if twice:
        raise duplicate(AREAS.id, twice)


def duplicate(collection: str, codes: list[str]) -> DuplicateCode:
    """Return the error that says which codes are taken, the first ten by name."""
    named = list(dict.fromkeys(codes))
    shown = ", ".join(named[:10]) + ("" if len(named) <= 10 else " …")
    return DuplicateCode(
        Text(
            f"{collection} 中编码重复（{len(named)} 个）：{shown}",
            f"{len(named)} codes are taken in {collection}: {shown}",
        ),
        Text("去掉重复的行，或换用新的编码", "Leave those rows out, or give them other codes"),
        collection=collection,
        codes=named[:100],
    )
