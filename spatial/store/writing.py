"""Changing a store: everything that both stores do in the same way inside a transaction."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spatial import schema
from spatial.errors import BadInput, BadParameter, NotFound, Refused
from spatial.levels import MAIN_TREE, Level
from spatial.schema import AREAS, INCIDENTS, STORED, Collection, Column, ColumnType
from spatial.store import events as trail
from spatial.store import publication, retagging
from spatial.store.account_writing import AccountWriting
from spatial.store.area_writing import AreaWriting
from spatial.store.case_writing import CaseWriting
from spatial.store.conversion import Prepared, column_of, milliseconds, plain_value, prepare, shapes
from spatial.store.erasing import Erasing
from spatial.store.photos import PhotoWriting
from spatial.store.proof import roll_of_gone
from spatial.store.reading import Clock
from spatial.store.records import District, DutyHolder
from spatial.store.responses import ResponseWriting
from spatial.store.selection import Fragment, all_of, assignments
from spatial.store.session import Session, append_events
from spatial.table import Geometries, Table
from spatial.text import Text

GEOMETRY = publication.GEOMETRY
_DUTY_COLUMNS = ("code", "district", "post", "area", "path", "holder", "staircase", "account")


class SqlTransaction(AreaWriting, CaseWriting, PhotoWriting, ResponseWriting, AccountWriting, Erasing):
    """The Transaction of both stores: it changes rows through a session and keeps the events for its end."""

    def __init__(self, session: Session, actor: str, clock: Clock) -> None:
        self._session = session
        self._dialect = session.dialect
        self._actor = actor
        self._clock = clock
        self._changes: list[trail.Change] = []
        self._revised: set[str] = set()

    def put_district(self, district: District, levels: Iterable[Level]) -> None:
        ranked = sorted(levels, key=lambda level: (level.tree != MAIN_TREE, level.tree, level.rank))
        foreign = [level for level in ranked if level.district != district.slug]
        if foreign:
            raise BadInput(
                Text(
                    f"层级 {foreign[0].slug} 属于 {foreign[0].district}，不属于 {district.slug}",
                    f"The level {foreign[0].slug} is one of {foreign[0].district}, not of {district.slug}",
                )
            )
        description = {
            "code": district.code,
            "name_zh": district.name.zh,
            "name_en": district.name.en,
            "centre_lon": float(district.centre[0]),
            "centre_lat": float(district.centre[1]),
            "zone": district.zone,
            "synthetic": self._dialect.encode(ColumnType.BOOLEAN, district.synthetic),
        }
        known = self._session.execute(
            f"UPDATE districts SET {', '.join(f'{name} = ?' for name in description)} WHERE slug = ?",
            (*description.values(), district.slug),
        )
        if not known:
            self._session.append("districts", ("slug", *description), [(district.slug, *description.values())])
        self._session.execute("DELETE FROM levels WHERE district = ?", (district.slug,))
        flag = self._dialect.encode
        self._session.append(
            "levels",
            ("district", "tree", "rank", "slug", "name_zh", "name_en", "parent", "tiles_parent", "governing"),
            [
                (
                    level.district,
                    level.tree,
                    level.rank,
                    str(level.slug),
                    level.name.zh,
                    level.name.en,
                    None if level.parent is None else str(level.parent),
                    flag(ColumnType.BOOLEAN, level.tiles_parent),
                    flag(ColumnType.BOOLEAN, level.governing),
                )
                for level in ranked
            ],
        )
        content = {name: [value] for name, value in description.items()}
        content["levels"] = [f"{level.tree}/{level.rank}/{level.slug}" for level in ranked]
        self._note("put", "districts", district.slug, [district.slug], content, fields=("levels", *description))

    def clear_district(self, district: str) -> None:
        if not self._session.rows("SELECT 1 FROM districts WHERE slug = ?", (district,)):
            return
        removed = 0
        for collection in STORED:
            gone = self._session.execute(
                f"DELETE FROM {self._dialect.table(collection.id)} WHERE district = ?", (district,)
            )
            if gone:
                self._touch(collection.id, None, True)
            removed += gone
        of_district = (
            "responders",
            "photos",
            "responses",
            "cases",
            "incident_steps",
            "event_lists",
            "calendars",
            "duty_holders",
            "editions",
        )
        for table in (*of_district, "levels"):
            removed += self._session.execute(f"DELETE FROM {table} WHERE district = ?", (district,))
        self._session.execute("DELETE FROM districts WHERE slug = ?", (district,))
        self._note("clear", "districts", district, [district], {"slug": [district]}, count=removed)

    def insert(self, collection: str, rows: Table) -> int:
        found = self._writable(collection)
        prepared = retagging.with_first(self._session, found, prepare(found, rows))
        for district in dict.fromkeys(prepared.columns["district"]):
            self._known(district)
        self._refuse_duplicates(found, prepared)
        if not len(prepared):
            return 0
        self._session.append_features(found, prepared)
        self._touch(found.id, prepared.geometry, False)
        of = set(prepared.columns["district"])
        self._note(
            "insert",
            found.id,
            of.pop() if len(of) == 1 else None,
            prepared.columns["code"],
            prepared.columns,
            prepared.geometry,
        )
        return len(prepared)

    def update(self, collection: str, district: str, code: str, changes: Mapping[str, Any]) -> None:
        found = self._writable(collection)
        content, moved = self._assign(found, district, code, changes)
        if changes:
            self._note("update", found.id, district, [code], content, moved, fields=tuple(changes), count=1)

    def _assign(
        self, found: Collection, district: str, code: str, changes: Mapping[str, Any]
    ) -> tuple[dict[str, list[Any]], Geometries | None]:
        """Change columns of one row, and return what was written for the digest of an event."""
        columns: dict[Column, Any] = {}
        for name, value in changes.items():
            if name == GEOMETRY:
                continue
            column = column_of(found, name)
            columns[column] = plain_value(column, value)
            if column.name == "district" or (column.required and columns[column] is None):
                raise BadParameter(
                    Text(f"字段 {name} 不能这样修改", f"The column {name} cannot be changed to {value!r}"),
                    Text("删除该行后重新添加", "Delete the row and add it anew"),
                )
        restricted = Fragment(" WHERE district = ? AND code = ?", (district, code))
        table = self._dialect.table(found.id)
        if not self._session.rows(f"SELECT 1 FROM {table}{restricted.sql}", restricted.parameters):
            raise NotFound(
                Text(f"{district} 的 {found.id} 中没有编码 {code}", f"{district} has no {code} in {found.id}"),
                Text("核对编码，或先添加该行", "Check the code, or add the row first"),
            )
        renamed = changes.get("code")
        if renamed is not None and renamed != code:
            self._refuse_taken(found, district, [str(renamed)])
        moved: Geometries | None = None
        if GEOMETRY in changes:
            moved = shapes(found, Table.from_rows([{"geometry": changes[GEOMETRY]}]).geometry)
            self._session.set_geometry(found, moved, restricted)
        if columns:
            assigned = assignments(self._dialect, columns)
            self._session.execute(
                f"UPDATE {table} SET {assigned.sql}{restricted.sql}", assigned.parameters + restricted.parameters
            )
        if changes:
            self._touch(found.id, moved, moved is not None)
        return {column.name: [value] for column, value in columns.items()}, moved

    def delete(self, collection: str, district: str, codes: Sequence[str]) -> int:
        found = self._writable(collection)
        which = self._dialect.one_of("code", ColumnType.TEXT, list(dict.fromkeys(codes)))
        restricted = all_of([Fragment("district = ?", (district,)), which])
        table = self._dialect.table(found.id)
        gone = [
            code
            for (code,) in self._session.rows(
                f"SELECT code FROM {table}{restricted.sql} ORDER BY fid", restricted.parameters
            )
        ]
        if gone:
            self._session.execute(f"DELETE FROM {table}{restricted.sql}", restricted.parameters)
            if found is INCIDENTS:
                self._forget_lives(district, gone)
            self._touch(found.id, None, True)
            roll = roll_of_gone(gone) if found is INCIDENTS and len(gone) > trail.NAMED_CODES else None
            self._note("delete", found.id, district, gone, {"code": gone}, roll=roll)
        return len(gone)

    def _forget_lives(self, district: str, incidents: Sequence[str]) -> None:
        """Remove what hangs on incidents that are no more: another one may get their codes."""
        which = self._dialect.one_of("incident", ColumnType.TEXT, incidents)
        restricted = all_of([Fragment("district = ?", (district,)), which])
        for table in ("photos", "incident_steps", "cases"):
            self._session.execute(f"DELETE FROM {table}{restricted.sql}", restricted.parameters)

    def put_duty_holders(self, holders: Iterable[DutyHolder]) -> int:
        listed = list(holders)
        for district in dict.fromkeys(holder.district for holder in listed):
            self._known(district)
            mine = [holder for holder in listed if holder.district == district]
            codes = [holder.code for holder in mine]
            if len(set(codes)) < len(codes):
                raise publication.duplicate("duty_holders", [code for code in codes if codes.count(code) > 1])
            which = self._dialect.one_of("code", ColumnType.TEXT, codes)
            self._session.execute(
                f"DELETE FROM duty_holders WHERE district = ? AND {which.sql}", (district, *which.parameters)
            )
            content = {name: [_plain(getattr(holder, name)) for holder in mine] for name in _DUTY_COLUMNS}
            self._session.append("duty_holders", _DUTY_COLUMNS, zip(*content.values(), strict=True))
            self._note("put", "duty_holders", district, codes, content)
        return len(listed)

    def finish(self) -> None:
        """Append the events and raise the revisions, as the last thing before the transaction is kept."""
        if not self._changes:
            return
        self._session.lock_events()
        at = milliseconds(self._clock())
        # counted in milliseconds, a revision is not used twice even where an older copy was restored in between
        instant = int(at.timestamp() * 1000)
        for collection in sorted(self._revised):
            raised = self._session.execute(
                "UPDATE revisions SET revision = CASE WHEN revision < ? THEN ? ELSE revision + 1 END "
                "WHERE collection = ?",
                (instant, instant, collection),
            )
            if not raised:
                self._session.append("revisions", ("collection", "revision"), [(collection, instant)])
        rows = self._session.rows("SELECT last, chain FROM event_head")
        events = trail.append(trail.Head(*rows[0]) if rows else trail.Head(), at, self._changes)
        append_events(self._session, events, [change.salt for change in self._changes])
        rolls = [
            (event.id, change.roll)
            for event, change in zip(events, self._changes, strict=True)
            if change.roll is not None
        ]
        self._session.append("event_rolls", ("event", "content"), rolls)
        end = (events[-1].id, events[-1].chain)
        if not self._session.execute("UPDATE event_head SET last = ?, chain = ?", end):
            self._session.append("event_head", ("last", "chain"), [end])
        self._session.announce(events[-1].id)
        self._changes = []

    def _writable(self, identifier: str) -> Collection:
        found = schema.collection(identifier)
        if found.stored_in == AREAS.id:
            raise Refused(
                Text(f"{identifier} 只能通过发布新版本修改", f"{identifier} change only with a new edition"),
                Text("读取最新版本，修改后发布", "Read the newest edition, change it, and publish the whole"),
            )
        return found

    def _known(self, district: str) -> None:
        sql = f"SELECT slug FROM districts WHERE slug = ?{self._dialect.for_update}"
        if not self._session.rows(sql, (district,)):
            known = [slug for (slug,) in self._session.rows("SELECT slug FROM districts ORDER BY id")]
            raise NotFound(
                Text(f"没有区县 {district}", f"There is no district {district}"),
                Text(f"现有：{', '.join(known) or '–'}", f"There are: {', '.join(known) or '–'}"),
            )

    def _refuse_duplicates(self, collection: Collection, rows: Prepared) -> None:
        by_district: dict[str, list[str]] = {}
        for district, code in zip(rows.columns["district"], rows.columns["code"], strict=True):
            by_district.setdefault(district, []).append(code)
        for district, codes in by_district.items():
            if len(set(codes)) < len(codes):
                raise publication.duplicate(
                    collection.id, [code for code, count in Counter(codes).items() if count > 1]
                )
            self._refuse_taken(collection, district, codes)

    def _refuse_taken(self, collection: Collection, district: str, codes: list[str]) -> None:
        which = self._dialect.one_of("code", ColumnType.TEXT, codes)
        taken = self._session.rows(
            f"SELECT code FROM {self._dialect.table(collection.id)} WHERE district = ? AND {which.sql} ORDER BY fid",
            (district, *which.parameters),
        )
        if taken:
            raise publication.duplicate(collection.id, [code for (code,) in taken])

    def _touch(self, collection: str, added: Geometries | None, removed: bool) -> None:
        self._revised.add(collection)
        self._session.touched(collection, added, removed)

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
    ) -> None:
        salt = os.urandom(trail.SALT_BYTES)
        self._changes.append(
            trail.Change(
                actor=self._actor,
                action=action,
                collection=collection,
                district=district,
                codes=[str(code) for code in codes[: trail.NAMED_CODES]],
                fields=fields if roll is None else (*fields, trail.ROLL),
                digest=trail.digest(salt, content, geometry) if roll is None else trail.roll_digest(salt, roll),
                salt=salt,
                count=len(codes) if count is None else count,
                edition=edition,
                roll=roll,
            )
        )


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
