"""Hearing over a connection of its own that events were written, by LISTEN and NOTIFY."""

import threading
import time
from contextlib import suppress

import psycopg

from spatial.errors import StoreUnavailable
from spatial.store.postgis.connection import CHECK_S, PATIENCE, Connection, configure, translated
from spatial.store.postgis.watch import Watch
from spatial.text import Text

CHANNEL = "gridscape"
"""What writers notify and listeners listen to; a notice carries the id of an event and nothing else."""

QUIET_S = 5.0
"""After so long without a word the database is asked whether it is there: a lost connection is as quiet as a night."""


class PostgisListener:
    """One who hears of events; the connection is made when it is first asked, and again after it was lost."""

    def __init__(self, url: str, watch: Watch) -> None:
        self._url = url
        self._watch = watch
        self._connection: Connection | None = None
        self._there_at = 0.0
        self._guard = threading.Lock()
        self._closed = False

    def heard(self, timeout_s: float) -> int | None:
        with translated(self._url):
            try:
                if self._connection is None:
                    return self._begin()
                notices = self._connection.notifies(timeout=timeout_s, stop_after=1)
                ids = [int(notice.payload) for notice in notices if notice.payload.isdecimal()]
                if not ids and time.monotonic() - self._there_at > QUIET_S:
                    with self._watch.over(self._connection, CHECK_S):
                        self._connection.execute("SELECT 1")
                    self._there_at = time.monotonic()
            except BaseException:
                self._let_go()
                raise
        return max(ids, default=None)

    def close(self) -> None:
        with self._guard:
            self._closed = True
        self._let_go()

    def _begin(self) -> int:
        """Listen first and read the end of the trail then: what comes between the two is heard twice, not missed."""
        connection = psycopg.connect(self._url, autocommit=True, **PATIENCE)
        with self._guard:
            if self._closed:
                connection.close()
                raise StoreUnavailable(Text("监听已关闭", "The listener is closed"))
            self._connection = connection
        with self._watch.over(connection, CHECK_S):
            configure(connection)
            connection.execute(f"LISTEN {CHANNEL}")
            head = connection.execute("SELECT last FROM event_head").fetchone()
        self._there_at = time.monotonic()
        return 0 if head is None else int(head[0])

    def _let_go(self) -> None:
        with self._guard:
            connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(psycopg.Error):
                connection.close()
