"""Reading a copy that came from outside: nothing in it runs, nothing in it is believed, nothing in it is changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from spatial.errors import StoreDamaged
from spatial.store import migrations
from spatial.store.geopackage.connection import check_is_store, refuse_strangers, require_file, translated
from spatial.store.geopackage.dialect import GeoPackageDialect
from spatial.store.geopackage.schema import GeoPackageSchema, expected_programs, known_migrations
from spatial.store.reading import RowReader, SqlReader
from spatial.text import Text


@contextmanager
def open_copy(path: Path) -> Iterator[SqlReader]:
    """Open a backup for reading, checked from end to end.

    Raises NotFound where there is no file; StoreDamaged where it is foreign, cut off or of another version, holds
    triggers or views of strangers, or where its chain of events is broken.
    """
    require_file(path)
    with (
        translated(path),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA cell_size_check = ON")
        check_is_store(connection, path)
        schema = GeoPackageSchema(connection, path)
        version = schema.version()
        migrations.refuse_older(schema, known_migrations(), str(path))
        refuse_strangers(connection, path, set(expected_programs(version)))
        connection.execute("BEGIN")
        reader = RowReader(lambda sql, parameters: connection.execute(sql, parameters).fetchall(), GeoPackageDialect())
        _check_whole(connection, path)
        _check_chain(reader, path)
        yield reader


def _check_whole(connection: sqlite3.Connection, path: Path) -> None:
    ((said,),) = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if said != "ok":
        raise StoreDamaged(
            Text(f"{path} 已损坏：{said}", f"{path} is damaged: {said}"),
            Text("请使用另一份备份", "Use another backup"),
        )


def _check_chain(reader: SqlReader, path: Path) -> None:
    broken = reader.verify_events()
    if broken is not None:
        raise StoreDamaged(
            Text(
                f"{path} 的事件链在第 {broken} 条断开：记录被改动过",
                f"{path}: event {broken} was altered",
            ),
            Text("请使用另一份备份，并查明原因", "Use another backup, and find out who altered this one"),
            event=broken,
        )
