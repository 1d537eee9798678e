"""Positions past their keeping: a running server erases them by itself."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from spatial.errors import GridscapeError
from spatial.incidents.responders import KEPT
from spatial.store.protocol import Store

log = logging.getLogger("gridscape.api")

EVERY_S = 600.0


class Forgetting:
    """Erases positions every few minutes from a thread of its own; several servers of one store may all do so."""

    def __init__(self, store: Store, now: Callable[[], datetime], every_s: float = EVERY_S) -> None:
        self._store = store
        self._now = now
        self._every_s = every_s
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._forget_on, name="forgetting", daemon=True)
            self._thread.start()

    def forget(self) -> int:
        """Erase what would be kept too long until the next time, and return how many positions that was."""
        return self._store.forget_positions(self._now() - KEPT + timedelta(seconds=self._every_s))

    def close(self) -> None:
        """Stop."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _forget_on(self) -> None:
        while True:
            try:
                self.forget()
            except GridscapeError as error:
                log.warning("positions were not erased, and will be tried again: %s", error)
            if self._closing.wait(self._every_s):
                return
