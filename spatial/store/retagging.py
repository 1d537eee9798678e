"""The responsible area of a row, as publication changes it, and the first one that an incident keeps."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from spatial.levels import MAIN_TREE
from spatial.schema import Collection, ColumnType
from spatial.store.change_publication import Retag
from spatial.store.conversion import Prepared
from spatial.store.session import Session

FIRST = ("first_responsible", "first_edition")


def keeps_first(collection: Collection) -> bool:
    """Return whether the rows of a collection keep the owner and the edition that they were first tagged with."""
    return all(collection.column(name) for name in FIRST)


def with_first(session: Session, collection: Collection, rows: Prepared) -> Prepared:
    """Return new rows with the area that they come with as their first one, where they keep it and have none yet."""
    if not keeps_first(collection):
        return rows
    columns: dict[str, list[Any]] = {**rows.columns}
    first, edition = (list(columns[name]) for name in FIRST)
    newest: dict[str, int | None] = {}
    for row, (district, responsible) in enumerate(zip(columns["district"], columns["responsible"], strict=True)):
        if first[row] is None and responsible is not None:
            if district not in newest:
                newest[district] = _newest(session, district)
            first[row], edition[row] = responsible, newest[district]
    columns |= dict(zip(FIRST, (first, edition), strict=True))
    return Prepared(columns, rows.geometry)


def write_tags(session: Session, collection: Collection, retags: Sequence[Retag], edition: int) -> None:
    """Give rows their new responsible area and path; `edition` is the one that makes it so.

    A row that keeps its first area and has none yet gets the one that it had until now, else the new one.
    """
    assigned = "responsible = ?, path = ?"
    if keeps_first(collection):
        # on the right all names mean what the row held before
        assigned += (
            ", first_edition = CASE WHEN first_responsible IS NOT NULL THEN first_edition "
            "WHEN responsible IS NOT NULL THEN ? ELSE ? END, "
            "first_responsible = coalesce(first_responsible, responsible, ?)"
        )
    table = session.dialect.table(collection.id)
    ordered = sorted(retags, key=_target)
    for (owner, path), group in groupby(ordered, key=lambda retag: (retag.after, retag.path)):
        new: tuple[Any, ...] = (owner, path)
        if keeps_first(collection):
            new += (edition - 1, edition if owner is not None else None, owner)
        which = session.dialect.one_of("fid", ColumnType.INTEGER, [retag.row for retag in group])
        session.execute(f"UPDATE {table} SET {assigned} WHERE {which.sql}", (*new, *which.parameters))


def _target(retag: Retag) -> tuple[str, str]:
    return retag.after or "", retag.path or ""


def _newest(session: Session, district: str) -> int | None:
    sql = "SELECT max(number) FROM editions WHERE district = ? AND tree = ?"
    ((number,),) = session.rows(sql, (district, MAIN_TREE))
    return None if number is None else int(number)
