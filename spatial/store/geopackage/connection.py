"""Opening a GeoPackage and saying in our words what SQLite refuses."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from spatial.errors import GridscapeError, NoSpace, NotFound, StoreDamaged, StoreUnavailable
from spatial.store.geopackage import geometry_blob
from spatial.text import Text

APPLICATION_ID = 0x47504B47
_DAMAGED = {"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_SCHEMA", "SQLITE_FORMAT", "SQLITE_IOERR_SHORT_READ"}
_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE"}


def connect(path: Path, patience_s: float, create: bool = False, reading: bool = False) -> sqlite3.Connection:
    """Open a connection to our own GeoPackage, in autocommit, with the R-tree's functions registered.

    The file is opened by SQLite alone: a second program, or a plain `open()`, in this process would drop its locks.
    """
    with translated(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}",
            uri=True,
            timeout=patience_s,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        try:
            geometry_blob.register(connection)
            connection.create_function("casefold", 1, _casefold, deterministic=True)
            # the triggers call functions of ours, which SQLite allows only in a schema that is trusted
            connection.execute("PRAGMA trusted_schema = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA cache_size = -32000")
            if reading:
                connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
    return connection


def _casefold(text: str | None) -> str | None:
    return None if text is None else str(text).casefold()


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise an error of ours for what SQLite refuses inside the block."""
    try:
        yield
    except sqlite3.Error as refused:
        raise translate(refused, path) from refused


def translate(refused: sqlite3.Error, path: Path) -> GridscapeError:
    """Return the error of ours that says what SQLite means."""
    name = getattr(refused, "sqlite_errorname", "") or ""
    if name in _FULL:
        return NoSpace(
            Text(f"磁盘已满，{path} 未作修改", f"The disk is full; nothing in {path} was changed"),
            Text("腾出空间后重试", "Make room and try again"),
        )
    if any(name.startswith(known) for known in _DAMAGED):
        return StoreDamaged(
            Text(f"{path} 已损坏或不是 GeoPackage", f"{path} is damaged or no GeoPackage"),
            Text(
                "请把文件移走，再恢复备份：gridscape restore 备份文件 --store 新文件",
                "Move the file away and restore a backup: gridscape restore BACKUP --store NEW-FILE",
            ),
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreUnavailable(
            Text(f"{path} 正被其他程序占用", f"{path} is locked by another program"),
            Text(
                "关闭正在编辑该文件的程序（如 QGIS）后重试",
                "Close the program that edits it (QGIS, perhaps) and try again",
            ),
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_CANTOPEN", "SQLITE_AUTH")):
        return StoreUnavailable(
            Text(f"无法写入 {path}：文件或其所在文件夹为只读", f"{path} or its folder cannot be written"),
            Text("检查文件和文件夹的权限", "Check the permissions of the file and of its folder"),
        )
    return StoreUnavailable(
        Text(f"{path} 无法访问：{refused}", f"{path} does not answer: {refused}"),
        Text("检查磁盘后重试", "Check the disk and try again"),
    )


def check_is_store(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreDamaged unless the file is a GeoPackage of ours; an empty file passes for an empty database."""
    with translated(path):
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
    if tables and (application != APPLICATION_ID or "gridscape_schema" not in tables):
        raise StoreDamaged(
            Text(f"{path} 不是 Gridscape 的存储文件", f"{path} is not a store of Gridscape"),
            Text(
                "若是要导入的数据，请用：gridscape import；否则换一个文件名",
                "If it is data to bring in, use: gridscape import; else choose another file name",
            ),
        )
    beside = path.with_name(path.name + "-wal")
    logged = beside.exists() and beside.stat().st_size > 0
    if not logged and path.stat().st_size < pages * page_bytes:
        raise StoreDamaged(
            Text(f"{path} 不完整（文件被截断）", f"{path} is cut off: it ends before its last page"),
            Text("请恢复备份：gridscape restore", "Restore a backup: gridscape restore"),
        )


def require_file(path: Path) -> None:
    """Raise NotFound where there is no file."""
    if not path.is_file():
        raise NotFound(
            Text(f"没有存储文件 {path}", f"There is no store at {path}"),
            Text(f"先生成：gridscape demo --store {path}", f"Make one first: gridscape demo --store {path}"),
        )


def refuse_strangers(connection: sqlite3.Connection, path: Path, expected: set[tuple[str, str]]) -> None:
    """Raise StoreDamaged where the file has triggers or views that no migration of ours made.

    A trigger or a view is a program that runs in our process, so only our own may be there. Two that GDAL adds to
    count rows are let be.
    """
    with translated(path):
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchall()
    strangers = sorted(name for name, sql in found if (name, sql) not in expected and not _counts_rows(name, sql))
    if strangers:
        raise StoreDamaged(
            Text(
                f"{path} 含有不属于 Gridscape 的触发器或视图：{', '.join(strangers[:5])}",
                f"{path} holds triggers or views that are not Gridscape's: {', '.join(strangers[:5])}",
            ),
            Text("不要使用来历不明的文件；请恢复备份", "Do not use files from strangers; restore a backup of your own"),
        )


def _counts_rows(name: str, sql: str) -> bool:
    for verb, sign in (("insert", "+"), ("delete", "-")):
        prefix = f"trigger_{verb}_feature_count_"
        if name.startswith(prefix):
            table = name.removeprefix(prefix)
            return sql == (
                f'CREATE TRIGGER "{name}" AFTER {verb.upper()} ON "{table}" BEGIN UPDATE gpkg_ogr_contents '
                f"SET feature_count = feature_count {sign} 1 WHERE lower(table_name) = lower('{table}'); END"
            )
    return False


def programs(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Return the names and the text of a database's triggers and views."""
    with closing(connection.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")) as rows:
        return set(rows.fetchall())
