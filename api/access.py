"""Who looked at what: notes are gathered in memory and written to the store's access log in batches."""

import contextlib
import logging
import threading
from collections import Counter
from datetime import UTC, datetime

from spatial.errors import GridscapeError
from spatial.store.protocol import Store

log = logging.getLogger("gridscape.access")


class AccessLog:
    """Counts looks at camera sites and duty holders, and writes them every few seconds from a thread of its own.

    Looks of the same actor at the same thing within one batch become one line with their count.
    """

    def __init__(self, store: Store, every_s: float = 2.0) -> None:
        self._store = store
        self._every_s = every_s
        self._lock = threading.Lock()
        self._looks: Counter[tuple[str, str, str | None]] = Counter()
        self._closing = threading.Event()
        self._writer: threading.Thread | None = None

    def note(self, actor: str, what: str, district: str | None, count: int = 1) -> None:
        """Note that an actor looked at `count` things; returns at once."""
        with self._lock:
            self._looks[actor, what, district] += count
            if self._writer is None:
                self._writer = threading.Thread(target=self._write_on, name="access-log", daemon=True)
                self._writer.start()

    def flush(self) -> None:
        """Write what was noted; what the store does not take is kept for the next time."""
        with self._lock:
            looks, self._looks = self._looks, Counter()
        at = datetime.now(UTC)
        for (actor, what, district), count in looks.items():
            try:
                self._store.log_access(at, actor, what, district, count)
            except GridscapeError as error:
                log.warning("the access log was not written: %s", error)
                with self._lock:
                    self._looks[actor, what, district] += count

    def close(self) -> None:
        """Write what is left and stop."""
        self._closing.set()
        if self._writer is not None:
            self._writer.join(timeout=10)
        with contextlib.suppress(GridscapeError):
            self.flush()

    def _write_on(self) -> None:
        while not self._closing.wait(self._every_s):
            self.flush()
