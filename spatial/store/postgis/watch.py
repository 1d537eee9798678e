"""Noticing that a database has fallen silent: a cut network answers nothing, and nobody who waits for it is told.

A statement may take long, and a network between the two may take what is sent without passing it on. So who waits too
long is not given up at once: the database is asked over a connection of its own whether it is there, and what it does
for those who wait. Where it does not answer, all of them are let go; where it has answered long ago and the answer was
lost, that one is.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

QUIET_S = 1.5
"""So long one waits before the database is asked whether it is there."""

ANSWERS_WITHIN_S = 2
"""So long it has to answer; libpq waits no shorter for a connection."""

_TICK_S = 0.25
_ABANDONED_S = 60.0

_LOOK = """
    SELECT pid, state_change FROM pg_stat_activity
    WHERE pid = ANY(%s) AND usename = current_user AND state IN ('idle', 'idle in transaction')
"""
# what it does makes no difference: nobody is there to hear of it. The number of a process may be another's by now
_OURS_STILL = """
    FROM unnest(%s::int[], %s::float8[]) AS given_up (pid, ago) JOIN pg_stat_activity USING (pid)
    WHERE usename = current_user AND backend_start < clock_timestamp() - make_interval(secs => ago)
"""

log = logging.getLogger("gridscape.store")

Connection = psycopg.Connection[Any]


class Waiting:
    """One who uses a connection: its socket can be shut from another thread, so that it waits no longer."""

    def __init__(self, connection: Connection, limit_s: float | None) -> None:
        self.connection = connection
        self.process = connection.info.backend_pid
        self.begun = self.looked_at = time.monotonic()
        self.limit_s = limit_s
        self.idle_since: datetime | None = None
        # the number of a socket may be another's by the time that it is shut; this is ours alone
        self._socket = socket.socket(fileno=os.dup(connection.fileno()))

    @property
    def expects(self) -> bool:
        """Whether a statement is under way: it was sent, and its answer has not come."""
        return self.connection.pgconn.transaction_status == TransactionStatus.ACTIVE

    def cut(self) -> None:
        """Shut the socket: who waits at it hears that the connection was lost."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of the socket; the connection keeps its own."""
        self._socket.close()


class Watch:
    """Looks after all who use connections to one database. `silent`: the database does not answer for now."""

    def __init__(self, url: str, patience: Mapping[str, Any]) -> None:
        self._url = url
        self._patience = {**patience, "connect_timeout": ANSWERS_WITHIN_S}
        self._changed = threading.Condition()
        self._waiting: set[Waiting] = set()
        self._abandoned: dict[int, float] = {}
        self._thread: threading.Thread | None = None
        self._looking: threading.Thread | None = None
        self._closed = False
        self.silent = False

    @contextmanager
    def over(self, connection: Connection, limit_s: float | None = None) -> Iterator[None]:
        """Look after a connection for the time of a block; it is cut off after `limit_s` seconds, if any."""
        waiting = Waiting(connection, limit_s)
        with self._changed:
            self._waiting.add(waiting)
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
                self._thread.start()
            if len(self._waiting) == 1:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._waiting.discard(waiting)
                waiting.close()

    def close(self) -> None:
        """Stop looking."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        for thread in (self._thread, self._looking):
            if thread is not None:
                thread.join(2 * ANSWERS_WITHIN_S + 1)

    def _run(self) -> None:
        while True:
            with self._changed:
                if not (self._closed or self._waiting or self.silent or self._abandoned):
                    self._changed.wait()
                elif not self._closed:
                    self._changed.wait(_TICK_S)
                if self._closed:
                    return
                now = time.monotonic()
                for one in self._waiting:
                    if one.limit_s is not None and now - one.begun > one.limit_s:
                        self._give_up(one)
                late = [one for one in self._waiting if now - one.looked_at > QUIET_S]
            if (late or self.silent or self._abandoned) and not (self._looking and self._looking.is_alive()):
                # the answer is not waited for here: the limits of others run out meanwhile
                self._looking = threading.Thread(target=self._look, args=(late,), name="look", daemon=True)
                self._looking.start()

    def _look(self, late: list[Waiting]) -> None:
        asked = time.monotonic()
        try:
            idle = self._ask([one.process for one in late])
        except psycopg.errors.ConnectionTimeout:
            self._let_go(asked)
            return
        except Exception as refused:  # whatever it is: the next look must come
            # it says no, or is not there at all, of which who is connected to it hears without us: it is not silent
            log.warning("the database cannot be asked what it does: %s", refused)
            self.silent = False
            return
        if self.silent:
            log.warning("the database answers again")
        self.silent = False
        with self._changed:
            for one in late:
                self._compare(one, idle.get(one.process))

    def _let_go(self, asked: float) -> None:
        """Cut off all who have waited since before the database was asked in vain."""
        if not self.silent:
            log.warning("the database does not answer: what waits for it is given up")
        self.silent = True
        with self._changed:
            for one in self._waiting:
                if one.begun < asked:
                    self._give_up(one)

    def _compare(self, one: Waiting, idle_since: datetime | None) -> None:
        """Cut off one who waits for an answer where the database twice says that it has long given it."""
        one.looked_at = time.monotonic()
        idle_since = idle_since if one in self._waiting and one.expects else None
        if idle_since is not None and idle_since == one.idle_since:
            self._give_up(one)
        one.idle_since = idle_since

    def _give_up(self, one: Waiting) -> None:
        self._abandoned.setdefault(one.process, time.monotonic())
        one.cut()

    def _ask(self, processes: Iterable[int]) -> dict[int, datetime]:
        """Return since when the database waits for us, of those processes of it that do; end those given up."""
        with self._changed:
            now = time.monotonic()
            # the locks of one that was given up hold up others until it has gone
            self._abandoned = {one: at for one, at in self._abandoned.items() if now - at < _ABANDONED_S}
            ended = dict(self._abandoned)
        with psycopg.connect(self._url, autocommit=True, **self._patience) as connection:
            asking = Waiting(connection, None)
            late = threading.Timer(ANSWERS_WITHIN_S, asking.cut)
            late.start()
            try:
                found = dict(connection.execute(_LOOK, (list(processes),)).fetchall())
                if ended:
                    gone = ended.keys() - self._ended(connection, {one: now - at for one, at in ended.items()})
                    with self._changed:
                        for one in gone:
                            self._abandoned.pop(one, None)
            except psycopg.OperationalError as cut:
                if late.finished.is_set():
                    raise psycopg.errors.ConnectionTimeout(str(cut)) from cut
                raise
            finally:
                late.cancel()
                asking.close()
        return found

    @staticmethod
    def _ended(connection: Connection, given_up: Mapping[int, float]) -> set[int]:
        """End processes that were given up so many seconds ago; return those that are still there."""
        them = (list(given_up), list(given_up.values()))
        connection.execute(f"SELECT pg_terminate_backend(pid) {_OURS_STILL}".encode(), them)
        return {pid for (pid,) in connection.execute(f"SELECT pid {_OURS_STILL}".encode(), them)}
