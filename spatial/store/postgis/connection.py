"""Connecting to PostgreSQL and saying in our words what it refuses."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import psycopg
import psycopg_pool
from psycopg import errors

from spatial.errors import GridscapeError, NoSpace, Refused, StoreDamaged, StoreUnavailable
from spatial.store.postgis.watch import Watch
from spatial.store.publication import duplicate
from spatial.text import Text

SCHEMA = "gridscape"
"""The schema that holds the tables, so that a database may be shared with other programs."""

# without these a connection into a network that was cut off waits for ever
PATIENCE: dict[str, Any] = {
    "connect_timeout": 3,
    "tcp_user_timeout": 3000,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}
POOL_TIMEOUT_S = 5.0
CHECK_S = 2.0
"""How long a connection may take to be set up, or to show that it still answers, before it is taken for lost."""
AWAY_TIMEOUT_S = 0.3
"""How long is waited for a connection once somebody has waited for one in vain."""

Connection = psycopg.Connection[tuple[Any, ...]]


def configure(connection: Connection) -> None:
    """Set up a new connection: our schema first, times in UTC, no waiting for ever for a lock."""
    connection.execute(f"SET search_path TO {SCHEMA}, public")
    connection.execute("SET timezone TO 'UTC'")
    connection.execute("SET lock_timeout TO '30s'")
    # the other way round: a client that has gone without a word must not hold its locks for hours
    connection.execute("SET idle_in_transaction_session_timeout TO '600s'")
    for name, value in (("idle", 5), ("interval", 2), ("count", 3)):
        connection.execute(f"SET tcp_keepalives_{name} TO {value}".encode())
    connection.commit()


def pool(url: str, most: int, watch: Watch) -> psycopg_pool.ConnectionPool[Connection]:
    """Return an open pool of connections, each checked before it is lent."""

    def set_up(connection: Connection) -> None:
        with watch.over(connection, CHECK_S):
            configure(connection)

    def check(connection: Connection) -> None:
        with watch.over(connection, CHECK_S):
            psycopg_pool.ConnectionPool.check_connection(connection)

    opened = psycopg_pool.ConnectionPool(
        url,
        kwargs=PATIENCE,
        min_size=1,
        max_size=most,
        timeout=POOL_TIMEOUT_S,
        reconnect_timeout=POOL_TIMEOUT_S,
        configure=set_up,
        check=check,
        open=False,
        name="gridscape",
    )
    opened.open()
    return opened


def shown(url: str) -> str:
    """Return an address without its password and its options, which may hold one."""
    parts = urlsplit(url)
    who, port = f"{parts.username}@" if parts.username else "", f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{who}{parts.hostname or ''}{port}{parts.path}"


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Raise an error of ours for what PostgreSQL refuses inside the block."""
    try:
        yield
    except (psycopg.Error, psycopg_pool.PoolTimeout, psycopg_pool.PoolClosed) as refused:
        raise translate(refused, url) from refused


def translate(refused: Exception, url: str) -> GridscapeError:
    """Return the error of ours that says what PostgreSQL means."""
    where, said = shown(url), (str(refused).splitlines() or [type(refused).__name__])[0]
    if isinstance(refused, errors.DiskFull):
        return NoSpace(
            Text(f"数据库 {where} 的磁盘已满，未作修改", f"The disk of {where} is full; nothing was changed"),
            Text("在数据库服务器上腾出空间后重试", "Make room on the database server and try again"),
        )
    if isinstance(refused, errors.UniqueViolation):
        table = refused.diag.table_name or "?"
        detail = (refused.diag.message_detail or "").partition(")=(")[2].partition(")")[0]
        return duplicate(table, [detail.rpartition(", ")[2] or "?"])
    if isinstance(refused, errors.UndefinedTable | errors.UndefinedColumn | errors.UndefinedFunction):
        return StoreDamaged(
            Text(f"数据库 {where} 的结构不完整：{said}", f"{where} lacks a part: {said}"),
            Text("请运行 gridscape migrate，或恢复备份", "Run gridscape migrate, or restore a backup"),
        )
    if isinstance(refused, errors.InsufficientPrivilege):
        return Refused(
            Text(f"数据库 {where} 拒绝访问：{said}", f"{where} refuses: {said}"),
            Text("请数据库管理员授予权限", "Ask its administrator for the right to do this"),
        )
    if isinstance(refused, errors.LockNotAvailable | errors.DeadlockDetected | errors.SerializationFailure):
        return StoreUnavailable(
            Text(f"数据库 {where} 正被另一项写入占用", f"{where} is busy with another write"),
            Text("稍后重试", "Try again in a moment"),
        )
    return StoreUnavailable(
        Text(f"数据库 {where} 无法访问：{said}", f"{where} does not answer: {said}"),
        Text(
            "检查数据库是否运行、地址和密码是否正确", "See whether it runs and whether address and password are right"
        ),
    )
