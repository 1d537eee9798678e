"""An open transaction, as the code that both stores share sees it."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import orjson

from spatial.schema import Collection, ColumnType
from spatial.store.conversion import Prepared
from spatial.store.records import Event
from spatial.store.selection import Dialect, Fragment
from spatial.table import Geometries


class Session(Protocol):
    """One open transaction of a store that speaks SQL."""

    dialect: Dialect

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return all its rows."""

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Run a statement and return how many rows it touched."""

    def append(self, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows of plain text and numbers to a table that is no collection's."""

    def append_features(self, collection: Collection, rows: Prepared, keys: Sequence[int] | None = None) -> None:
        """Add rows to a collection's table, in bulk; with keys of their own where a copy keeps them."""

    def keys_taken(self, table: str, key: str) -> None:
        """Hear that rows came with keys of their own: new keys begin behind them."""

    def set_geometry(self, collection: Collection, geometry: Geometries, restricted: Fragment) -> None:
        """Replace the geometry of the rows that a WHERE clause leaves; `geometry` has shape (1,)."""

    def touched(self, collection: str, added: Geometries | None, removed: bool) -> None:
        """Hear that rows of a collection changed: those that came, and whether some left or moved."""

    def lock_events(self) -> None:
        """Wait until nobody else can append events before this transaction ends."""

    def lock_request(self, actor: str, request: str) -> None:
        """Wait until nobody else answers the same request of an actor."""

    def announce(self, last: int) -> None:
        """Let those who listen know, once the transaction is kept, that the trail now ends at an event."""


def append_events(session: Session, events: Sequence[Event], salts: Sequence[bytes]) -> None:
    """Add events that have their place in the chain, and the salts of their digests."""
    session.append(
        "events",
        (
            "id",
            "at",
            "actor",
            "action",
            "collection",
            "district",
            "codes",
            "count",
            "edition",
            "fields",
            "digest",
            "chain",
        ),
        [
            (
                event.id,
                session.dialect.encode(ColumnType.TIME, event.at),
                event.actor,
                event.action,
                event.collection,
                event.district,
                orjson.dumps(event.codes).decode(),
                event.count,
                event.edition,
                orjson.dumps(event.fields).decode(),
                event.digest,
                event.chain,
            )
            for event in events
        ],
    )
    session.append(
        "event_salts",
        ("event", "salt"),
        [(event.id, salt.hex()) for event, salt in zip(events, salts, strict=True)],
    )
