"""Publishing areas: the next edition of a tree, and what it means for rows that stand in its areas."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence

from spatial import schema
from spatial.edits.change_set import ChangeSet
from spatial.errors import Conflict
from spatial.levels import MAIN_TREE
from spatial.schema import AREAS, COLLECTIONS, Collection, ColumnType
from spatial.store import publication, retagging
from spatial.store.change_publication import Retag, plan_publication, retags_of
from spatial.store.conversion import Prepared, milliseconds, prepare
from spatial.store.noting import Noting
from spatial.store.reading import Clock, RowReader
from spatial.store.records import Edition, Published
from spatial.store.selection import Dialect
from spatial.table import Geometries, Table
from spatial.text import Text


class AreaWriting(Noting):
    """What a transaction can do with areas: they change by edition alone."""

    _dialect: Dialect
    _actor: str
    _clock: Clock

    @abstractmethod
    def _known(self, district: str) -> None: ...

    @abstractmethod
    def _touch(self, collection: str, added: Geometries | None, removed: bool) -> None: ...

    def newest_edition(self, district: str) -> int:
        self._known(district)
        return self._newest(district, MAIN_TREE)

    def publish(self, district: str, areas: Table, tree: str = MAIN_TREE, note: str = "") -> Edition:
        self._known(district)
        number = self._newest(district, tree) + 1
        fixed = {"district": district, "tree": tree, "from_edition": number, "to_edition": None}
        self._same_district(AREAS, areas, district)
        published = prepare(AREAS, areas, fixed)
        slugs = self._session.rows("SELECT slug FROM levels WHERE district = ? AND tree = ?", (district, tree))
        publication.check_areas(published, {slug for (slug,) in slugs}, district, tree)
        change = self._compare(district, tree, published)
        edition = Edition(district, tree, number, milliseconds(self._clock()), self._actor, note)
        self._write_edition(edition, change, published.take(change.written))
        self._retag(edition, retags_of(RowReader(self._session.rows, self._dialect), edition))
        return edition

    def publish_changes(self, change: ChangeSet, note: str = "") -> Published:
        self._known(change.district)
        planned = plan_publication(RowReader(self._session.rows, self._dialect), change)
        edition = Edition(change.district, change.tree, change.base + 1, milliseconds(self._clock()), self._actor, note)
        self._write_edition(edition, *planned.rows_of(edition.number))
        self._retag(edition, planned.retags)
        counts = {identifier: len(retags) for identifier, retags in planned.retags.items()}
        return Published(edition, change.reversed(edition.number), counts)

    def _newest(self, district: str, tree: str) -> int:
        sql = "SELECT coalesce(max(number), 0) FROM editions WHERE district = ? AND tree = ?"
        return int(self._session.rows(sql, (district, tree))[0][0])

    def _retag(self, edition: Edition, retagged: Mapping[str, Sequence[Retag]]) -> None:
        """Give rows the responsible area that an edition means for them."""
        for identifier, retags in retagged.items():
            retagging.write_tags(self._session, schema.collection(identifier), retags, edition.number)
            self._touch(identifier, None, False)
            codes, tags = [retag.code for retag in retags], ("responsible", "path")
            content = dict(
                zip(tags, ([retag.after for retag in retags], [retag.path for retag in retags]), strict=True)
            )
            self._note("retag", identifier, edition.district, codes, content, fields=tags, edition=edition.number)

    def _write_edition(self, edition: Edition, change: publication.Comparison, written: Prepared) -> None:
        """Close the rows that end with an edition, write those that begin with it, and the edition itself."""
        if change.closed:
            closing = self._dialect.one_of("fid", ColumnType.INTEGER, change.closed)
            self._session.execute(
                f"UPDATE {self._dialect.table(AREAS.id)} SET to_edition = ? WHERE {closing.sql}",
                (edition.number, *closing.parameters),
            )
        self._session.append_features(AREAS, written)
        self._touch_areas(written, bool(change.closed))
        names = ("district", "tree", "number", "published_at", "actor", "note")
        at = self._dialect.encode(ColumnType.TIME, edition.published_at)
        row = (edition.district, edition.tree, edition.number, at, edition.actor, edition.note)
        self._session.append("editions", names, [row])
        self._note(
            "publish",
            AREAS.id,
            edition.district,
            change.codes,
            written.columns,
            written.geometry,
            fields=change.fields,
            edition=edition.number,
        )

    def _compare(self, district: str, tree: str, published: Prepared) -> publication.Comparison:
        """Compare the newest edition of a tree, as the transaction sees it, with what is to be published."""
        rows = self._session.rows(
            f"SELECT {', '.join(('fid', *AREAS.names, self._dialect.geometry))} FROM {self._dialect.table(AREAS.id)} "
            "WHERE district = ? AND tree = ? AND to_edition IS NULL",
            (district, tree),
        )
        keys, *values, stored = list(zip(*rows, strict=True)) or [()] * (len(AREAS.columns) + 2)
        columns = {
            column.name: self._dialect.decode(column.holds, held)
            for column, held in zip(AREAS.columns, values, strict=True)
        }
        return publication.compare(list(keys), columns, self._dialect.geometries(stored), published)

    def _same_district(self, collection: Collection, rows: Table, district: str) -> None:
        other = [each for each in rows.columns.get("district", ()) if each is not None and each != district]
        if other:
            raise Conflict(
                Text(
                    f"{collection.id} 中有 {other[0]} 的行，不能发布到 {district}",
                    f"Rows of {other[0]} cannot be published as {collection.id} of {district}",
                )
            )

    def _touch_areas(self, written: Prepared, closed: bool) -> None:
        self._touch(AREAS.id, written.geometry, False)
        for view in COLLECTIONS.values():
            if view.view_of is not None:
                level = view.view_of[1].value
                mine = [index for index, slug in enumerate(written.columns["level"]) if slug == level]
                self._session.touched(view.id, written.take(mine).geometry, closed)
