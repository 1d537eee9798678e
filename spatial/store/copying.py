"""Copying a whole store into an empty one, table by table: how a backup crosses from one kind of store to the other."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from spatial.errors import Conflict, StoreDamaged
from spatial.schema import STORED, Collection, ColumnType
from spatial.store.conversion import Prepared
from spatial.store.reading import RowReader, SqlReader
from spatial.store.session import Session
from spatial.text import Text

ROWS_AT_ONCE = 5000

_TEXT, _INTEGER, _REAL, _FLAG, _TIME = (
    ColumnType.TEXT,
    ColumnType.INTEGER,
    ColumnType.REAL,
    ColumnType.BOOLEAN,
    ColumnType.TIME,
)


@dataclass(frozen=True, slots=True)
class HouseTable:
    """A table that is no collection's: its key, where it has one that counts up, and its columns.

    `at_once`: how many of its rows are read together.
    """

    name: str
    key: str | None
    columns: Mapping[str, ColumnType]
    counts_up: bool = True
    at_once: int = ROWS_AT_ONCE


HOUSE = (
    HouseTable(
        "districts",
        "id",
        {
            "slug": _TEXT,
            "code": _TEXT,
            "name_zh": _TEXT,
            "name_en": _TEXT,
            "centre_lon": _REAL,
            "centre_lat": _REAL,
            "zone": _INTEGER,
            "synthetic": _FLAG,
        },
    ),
    HouseTable(
        "levels",
        "id",
        {
            "district": _TEXT,
            "tree": _TEXT,
            "rank": _INTEGER,
            "slug": _TEXT,
            "name_zh": _TEXT,
            "name_en": _TEXT,
            "parent": _TEXT,
            "tiles_parent": _FLAG,
            "governing": _FLAG,
        },
    ),
    HouseTable(
        "editions",
        "id",
        {
            "district": _TEXT,
            "tree": _TEXT,
            "number": _INTEGER,
            "published_at": _TIME,
            "actor": _TEXT,
            "note": _TEXT,
        },
    ),
    HouseTable(
        "duty_holders",
        "id",
        {
            "code": _TEXT,
            "district": _TEXT,
            "post": _TEXT,
            "area": _TEXT,
            "path": _TEXT,
            "holder": _TEXT,
            "staircase": _INTEGER,
            "account": _TEXT,
        },
    ),
    HouseTable(
        "cases",
        "id",
        {
            "district": _TEXT,
            "incident": _TEXT,
            "version": _INTEGER,
            "list_version": _TEXT,
            "command": _TEXT,
            "asked": _TEXT,
            "interrupted": _TEXT,
            "left_ms": _INTEGER,
            "working": _FLAG,
            "tag": _TEXT,
        },
    ),
    HouseTable(
        "incident_steps",
        "id",
        {
            "district": _TEXT,
            "incident": _TEXT,
            "number": _INTEGER,
            "at": _TIME,
            "actor": _TEXT,
            "role": _TEXT,
            "act": _TEXT,
            "state_before": _TEXT,
            "state_after": _TEXT,
            "reason": _TEXT,
            "details": _TEXT,
        },
    ),
    HouseTable(
        "photos",
        "id",
        {
            "district": _TEXT,
            "incident": _TEXT,
            "number": _INTEGER,
            "at": _TIME,
            "actor": _TEXT,
            "width": _INTEGER,
            "height": _INTEGER,
            "digest": _TEXT,
            "content": _TEXT,  # bytes, which both stores hand through as they are
        },
        at_once=20,
    ),
    HouseTable(
        "responses",
        "id",
        {
            "district": _TEXT,
            "code": _TEXT,
            "level": _INTEGER,
            "kind": _TEXT,
            "shape": _TEXT,
            "path": _TEXT,
            "reason": _TEXT,
            "opened_at": _TIME,
            "opened_by": _TEXT,
            "version": _INTEGER,
            "closed_at": _TIME,
            "closed_by": _TEXT,
            "report": _TEXT,
            "roster": _TEXT,
        },
    ),
    HouseTable("event_lists", "id", {"district": _TEXT, "version": _TEXT, "at": _TIME, "content": _TEXT}),
    HouseTable("calendars", "id", {"district": _TEXT, "at": _TIME, "content": _TEXT}),
    HouseTable(
        "accounts",
        "id",
        {
            "login": _TEXT,
            "name": _TEXT,
            "role": _TEXT,
            "scope": _TEXT,
            "disabled": _FLAG,
            "demo": _FLAG,
            "password": _TEXT,
        },
    ),
    HouseTable(
        "tokens",
        "id",
        {"digest": _TEXT, "login": _TEXT, "label": _TEXT, "created_at": _TIME, "expires_at": _TIME},
    ),
    HouseTable(
        "answers",
        "id",
        {
            "actor": _TEXT,
            "request": _TEXT,
            "digest": _TEXT,
            "at": _TIME,
            "status": _INTEGER,
            "content": _TEXT,
        },
    ),
    HouseTable(
        "events",
        "id",
        {
            "at": _TIME,
            "actor": _TEXT,
            "action": _TEXT,
            "collection": _TEXT,
            "district": _TEXT,
            "codes": _TEXT,
            "count": _INTEGER,
            "edition": _INTEGER,
            "fields": _TEXT,
            "digest": _TEXT,
            "chain": _TEXT,
        },
        counts_up=False,
    ),
    HouseTable("event_salts", "event", {"salt": _TEXT}, counts_up=False),
    HouseTable("event_rolls", "event", {"content": _TEXT}, counts_up=False),
    HouseTable("event_head", None, {"last": _INTEGER, "chain": _TEXT}),
    HouseTable(
        "access_log",
        "id",
        {"at": _TIME, "actor": _TEXT, "what": _TEXT, "district": _TEXT, "count": _INTEGER},
    ),
    HouseTable("revisions", None, {"collection": _TEXT, "revision": _INTEGER}),
)
"""Every table that a copy holds beside those of the collections, in the order in which they can be filled.

Not the migrator's own, and not `sessions` and `responders`: whoever finds a backup must not be signed in by it, nor
know where anybody was.
"""


class Loadable(Protocol):
    """A store that can be filled from a copy."""

    def loading(self) -> AbstractContextManager[Session]:
        """Open a transaction that fills the store: kept as a whole when the block ends, or not at all."""


def counts(reader: SqlReader) -> dict[str, int]:
    """Return how many rows each table holds, the migrator's own not among them."""
    names = (*(table.name for table in HOUSE), *(collection.id for collection in STORED))
    return {name: int(reader.rows(f"SELECT count(*) FROM {name}")[0][0]) for name in names}


def copy_tables(source: SqlReader, session: Session) -> Iterator[float]:
    """Copy everything into an open transaction of an empty store, yielding progress from 0 to 1.

    `source` sees one state throughout. Keys, editions and the chain of events come over unchanged; revisions are
    raised, so that no cache takes the copy for what was there before. Raises Conflict where the target is not empty
    and StoreDamaged where the copy is not what the source is.
    """
    target = RowReader(session.rows, session.dialect)
    refuse_filled(target)
    wanted = counts(source)
    whole, copied = max(sum(wanted.values()), 1), 0
    for table in HOUSE:
        for number in _copy_house(source, session, table):
            copied += number
            yield copied / whole
    for collection in STORED:
        for number in _copy_features(source, session, collection):
            copied += number
            yield copied / whole
    instant = int(datetime.now(UTC).timestamp() * 1000)
    session.execute(
        "UPDATE revisions SET revision = CASE WHEN revision < ? THEN ? ELSE revision + 1 END", (instant, instant)
    )
    if counts(target) != wanted or target.verify_events() is not None:
        raise StoreDamaged(
            Text("复制的内容与来源不一致，未作修改", "The copy is not what its source is; nothing was changed"),
            Text("检查磁盘后重试", "Check the disk and try again"),
        )
    yield 1.0


def refuse_filled(target: SqlReader) -> None:
    """Raise Conflict where a store holds anything."""
    filled = [name for name, count in counts(target).items() if count]
    if filled:
        raise Conflict(
            Text(f"目标存储不是空的（{filled[0]} 中有数据）", f"The target store is not empty: it has {filled[0]}"),
            Text("恢复到一个新的文件或空的数据库", "Restore into a new file or an empty database"),
        )


def _copy_house(source: SqlReader, session: Session, table: HouseTable) -> Iterator[int]:
    names = (*((table.key,) if table.key else ()), *table.columns)
    types = (*((_INTEGER,) if table.key else ()), *table.columns.values())
    for rows in _pages(source, table.name, table.key, names, table.at_once):
        columns = [
            [session.dialect.encode(holds, value) for value in source.dialect.decode(holds, values)]
            for holds, values in zip(types, zip(*rows, strict=True), strict=True)
        ]
        session.append(table.name, names, list(zip(*columns, strict=True)))
        yield len(rows)
    if table.key and table.counts_up:
        session.keys_taken(table.name, table.key)


def _copy_features(source: SqlReader, session: Session, collection: Collection) -> Iterator[int]:
    names = ("fid", *collection.names, source.dialect.geometry)
    for rows in _pages(source, collection.id, "fid", names):
        keys, *values, stored = zip(*rows, strict=True)
        columns = {
            column.name: source.dialect.decode(column.holds, held)
            for column, held in zip(collection.columns, values, strict=True)
        }
        prepared = Prepared(columns, source.dialect.geometries(stored))
        session.append_features(collection, prepared, list(keys))
        session.touched(collection.id, prepared.geometry, True)
        yield len(rows)
    session.keys_taken(collection.id, "fid")


def _pages(
    source: SqlReader, table: str, key: str | None, names: tuple[str, ...], at_once: int = ROWS_AT_ONCE
) -> Iterator[list[tuple[Any, ...]]]:
    chosen = f"SELECT {', '.join(names)} FROM {table}"
    if key is None:
        rows = source.rows(chosen)
        if rows:
            yield rows
        return
    last = 0
    while rows := source.rows(f"{chosen} WHERE {key} > ? ORDER BY {key} LIMIT ?", (last, at_once)):
        yield rows
        last = int(rows[-1][0])
