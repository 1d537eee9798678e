"""Reading a store: everything that both stores answer in the same way, over one primitive that runs SQL."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import Any

import numpy as np
import orjson
import shapely

from spatial import schema
from spatial.accounts.account import Account
from spatial.accounts.secrets import Session, Token
from spatial.incidents.calendar import WorkingCalendar
from spatial.incidents.event_list import EventList
from spatial.incidents.records import Photo, StoredCase, StoredStep
from spatial.incidents.responders import Responder
from spatial.levels import Level
from spatial.points import Points
from spatial.responses.convening import Convened
from spatial.responses.response import Response
from spatial.schema import Column, ColumnType
from spatial.store import accounts as keeping
from spatial.store import bulk, cases, photos
from spatial.store import events as trail
from spatial.store.conversion import ROW, column_of, milliseconds, total_box
from spatial.store.proof import Roll, first_odd
from spatial.store.records import Box, District, DutyHolder, Edition, Event, Hit, Query
from spatial.store.responders import responder_of, responders_of
from spatial.store.responses import response_of, responses_of, roster_of
from spatial.store.searching import Rows, find
from spatial.store.selection import Dialect, Fragment, all_of, any_of, below, columns_of, select, where
from spatial.table import Table
from spatial.text import Text

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the present, in UTC."""
    return datetime.now(UTC)


class SqlReader(ABC):
    """Features, areas, duties and the trail of a store that speaks SQL."""

    dialect: Dialect

    @abstractmethod
    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement, its placeholders written `?`, and return all its rows."""

    @abstractmethod
    def snapshot(self) -> AbstractContextManager["SqlReader"]:
        """Return a reader that sees one state of the store for as long as the block lasts."""

    def read(self, collection: str, query: Query = Query()) -> Table:
        found = schema.collection(collection)
        statement = select(found, query, self.dialect)
        return self.table_of(columns_of(found, query), self.rows(statement.sql, statement.parameters))

    def table_of(self, chosen: Sequence[Column], rows: Sequence[tuple[Any, ...]]) -> Table:
        """Return rows of `select` with the chosen columns as a table."""
        by_column: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * (len(chosen) + 2)
        columns: dict[str, Any] = {ROW: np.asarray(by_column[0], dtype=np.int64)}
        for column, values in zip(chosen, by_column[1:-1], strict=True):
            columns[column.name] = self.dialect.decode(column.holds, values)
        return Table(self.dialect.geometries(by_column[-1]), columns)

    def read_points(self, collection: str, query: Query = Query()) -> Points:
        with self.snapshot() as reader:
            return bulk.read_points(reader.rows, self.dialect, schema.collection(collection), query)

    def count(self, collection: str, query: Query = Query()) -> int:
        found = schema.collection(collection)
        restricted = where(found, query, self.dialect)
        sql = f"SELECT count(*) FROM {self.dialect.table(found.stored_in)}{restricted.sql}"
        return int(self.rows(sql, restricted.parameters)[0][0])

    def tally(self, collection: str, by: Sequence[str], query: Query = Query()) -> dict[tuple[Any, ...], int]:
        found = schema.collection(collection)
        columns: list[Column] = [column_of(found, name) for name in by]
        restricted = where(found, query, self.dialect)
        grouped = f" GROUP BY {', '.join(by)}" if by else ""
        chosen = ", ".join((*by, "count(*)"))
        rows = self.rows(
            f"SELECT {chosen} FROM {self.dialect.table(found.stored_in)}{restricted.sql}{grouped}",
            restricted.parameters,
        )
        if not rows:
            return {}
        *groups, counts = zip(*rows, strict=True)
        decoded = [self.dialect.decode(column.holds, group) for column, group in zip(columns, groups, strict=True)]
        keys = zip(*decoded, strict=True) if decoded else [()]
        return dict(zip(keys, counts, strict=True))

    def extent(self, collection: str, query: Query = Query()) -> Box | None:
        found = schema.collection(collection)
        restricted = where(found, query, self.dialect)
        return self.box_of(found.stored_in, restricted)

    def box_of(self, table: str, restricted: Fragment) -> Box | None:
        """Return the bounding box of the rows of a table that a WHERE clause leaves."""
        rows = self.rows(
            f"SELECT {self.dialect.geometry} FROM {self.dialect.table(table)}{restricted.sql}", restricted.parameters
        )
        return total_box(shapely.bounds(self.dialect.geometries([row[0] for row in rows])))

    def search(self, text: str, query: Query = Query(), collections: Sequence[str] = ()) -> list[Hit]:
        return find(self.rows, self.dialect, text, query, collections)

    def revision(self, collection: str) -> int:
        found = schema.collection(collection)
        rows = self.rows("SELECT revision FROM revisions WHERE collection = ?", (found.stored_in,))
        return int(rows[0][0]) if rows else 0

    def districts(self) -> list[District]:
        rows = self.rows(
            "SELECT slug, code, name_zh, name_en, centre_lon, centre_lat, zone, synthetic FROM districts ORDER BY id"
        )
        return [
            District(slug, code, Text(name_zh, name_en), (lon, lat), zone, bool(synthetic))
            for slug, code, name_zh, name_en, lon, lat, zone, synthetic in rows
        ]

    def levels(self, district: str | None = None, tree: str | None = None) -> list[Level]:
        restricted = all_of(_given(district=district, tree=tree))
        rows = self.rows(
            "SELECT district, tree, rank, slug, name_zh, name_en, parent, tiles_parent, governing "
            f"FROM levels{restricted.sql} ORDER BY id",
            restricted.parameters,
        )
        return [
            Level(of, within, rank, slug, Text(name_zh, name_en), parent, bool(tiles_parent), bool(governing))
            for of, within, rank, slug, name_zh, name_en, parent, tiles_parent, governing in rows
        ]

    def editions(self, district: str | None = None, tree: str | None = None) -> list[Edition]:
        restricted = all_of(_given(district=district, tree=tree))
        rows = self.rows(
            "SELECT district, tree, number, published_at, actor, note "
            f"FROM editions{restricted.sql} ORDER BY district, tree, number",
            restricted.parameters,
        )
        return [
            Edition(of, within, number, self._moment(at), actor, note) for of, within, number, at, actor, note in rows
        ]

    def duty_holders(
        self,
        district: str | None = None,
        areas: Sequence[str] = (),
        paths: Sequence[str] = (),
    ) -> list[DutyHolder]:
        tests = _given(district=district)
        if areas or paths:
            answering = [self.dialect.one_of("area", ColumnType.TEXT, list(areas))] if areas else []
            tests.append(any_of([*answering, *([below("path", paths)] if paths else [])]))
        restricted = all_of(tests)
        rows = self.rows(
            "SELECT code, district, post, area, path, holder, staircase, account "
            f"FROM duty_holders{restricted.sql} ORDER BY district, code",
            restricted.parameters,
        )
        return [DutyHolder(*row) for row in rows]

    def duty_tally(self) -> dict[tuple[str, str, bool], int]:
        rows = self.rows(
            "SELECT district, post, CASE WHEN holder IS NULL THEN 1 ELSE 0 END AS vacant, count(*) "
            "FROM duty_holders GROUP BY 1, 2, 3"
        )
        return {(district, post, bool(vacant)): count for district, post, vacant, count in rows}

    def events(self, after: int = 0, limit: int = 1000) -> list[Event]:
        rows = self.rows(
            "SELECT id, at, actor, action, collection, district, codes, count, edition, fields, digest, chain "
            "FROM events WHERE id > ? ORDER BY id LIMIT ?",
            (after, limit),
        )
        return [
            Event(
                id=identity,
                at=self._moment(at),
                actor=actor,
                action=action,
                collection=collection,
                district=district,
                codes=tuple(orjson.loads(codes)),
                count=count,
                edition=edition,
                fields=tuple(orjson.loads(fields)),
                digest=digest,
                chain=chain,
            )
            for identity, at, actor, action, collection, district, codes, count, edition, fields, digest, chain in rows
        ]

    def case(self, district: str, code: str) -> StoredCase:
        return cases.case_of(self, district, code)

    def steps(self, district: str, code: str) -> list[StoredStep]:
        return cases.steps_of(self, district, code)

    def histories(self, district: str) -> dict[str, list[StoredStep]]:
        return cases.histories_of(self, district)

    def escalated(self, district: str | None = None, codes: Sequence[str] | None = None) -> dict[tuple[str, str], str]:
        return cases.escalated_of(self, district, codes)

    def reopenings(self, district: str | None = None) -> list[tuple[str, str, datetime]]:
        return cases.reopenings_of(self, district)

    def photos(self, district: str, code: str) -> list[Photo]:
        return photos.photos_of(self, district, code)

    def photo(self, district: str, code: str, number: int) -> bytes | None:
        return photos.content_of(self, district, code, number)

    def responses(self, district: str | None = None) -> list[Response]:
        return responses_of(self, district)

    def response(self, district: str, code: str) -> Response:
        return response_of(self, district, code)

    def roster(self, district: str, code: str) -> list[Convened] | None:
        return roster_of(self, district, code)

    def event_list(self, district: str, version: str | None = None) -> EventList | None:
        return cases.event_list_of(self, district, version)

    def calendar(self, district: str) -> WorkingCalendar:
        return cases.calendar_of(self, district)

    def accounts(self) -> list[Account]:
        return keeping.accounts_of(self)

    def account(self, login: str) -> Account | None:
        return next(iter(keeping.accounts_of(self, login)), None)

    def accounts_named(self, logins: Collection[str]) -> list[Account]:
        return keeping.accounts_of(self, *logins) if logins else []

    def password(self, login: str) -> str | None:
        return keeping.password_of(self, login)

    def tokens(self, login: str) -> list[Token]:
        return keeping.tokens_of(self, login)

    def token(self, digest: str) -> tuple[Token, Account] | None:
        return keeping.token_of(self, digest)

    def session(self, digest: str) -> tuple[Session, Account] | None:
        return keeping.session_of(self, digest)

    def responders(self, district: str | None = None) -> list[Responder]:
        return responders_of(self, district)

    def responder(self, account: str) -> Responder | None:
        return responder_of(self, account)

    def verify_events(self) -> int | None:
        head, broken = trail.first_break(trail.Head(), self._all_events())
        if broken is not None:
            return broken
        # the end is kept apart, so that events cut off behind are missed too
        end = self.head()
        return None if end == head else min(end.id, head.id) + 1

    def verify_histories(self) -> tuple[str, str] | None:
        with self.snapshot() as reader:
            return first_odd(reader._all_events(), cases.lines_of(reader), reader._rolls())

    def _rolls(self) -> dict[int, Roll]:
        rows = self.rows("SELECT r.event, r.content, s.salt FROM event_rolls r JOIN event_salts s ON s.event = r.event")
        return {int(event): Roll(bytes.fromhex(salt), content) for event, content, salt in rows}

    def head(self) -> trail.Head:
        """Return the end of the chain of events."""
        rows = self.rows("SELECT last, chain FROM event_head")
        return trail.Head(*rows[0]) if rows else trail.Head()

    def _all_events(self) -> Iterator[Event]:
        last = 0
        while page := self.events(last, 5000):
            yield from page
            last = page[-1].id

    def access_log(self, limit: int = 1000) -> list[tuple[datetime, str, str, str | None, int]]:
        rows = self.rows("SELECT at, actor, what, district, count FROM access_log ORDER BY id DESC LIMIT ?", (limit,))
        return [(self._moment(at), actor, what, district, count) for at, actor, what, district, count in rows]

    def _moment(self, stored: Any) -> datetime:
        moment: datetime = self.dialect.decode(ColumnType.TIME, [stored])[0]
        return milliseconds(moment)


class RowReader(SqlReader):
    """Reads through a function that runs SQL: inside a transaction, or over a file that is no store of a server."""

    def __init__(self, rows: Rows, dialect: Dialect) -> None:
        self._rows = rows
        self.dialect = dialect

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._rows(sql, parameters)

    def snapshot(self) -> AbstractContextManager[SqlReader]:
        return nullcontext(self)


def _given(**equal: str | None) -> list[Fragment]:
    return [Fragment(f"{name} = ?", (value,)) for name, value in equal.items() if value is not None]
