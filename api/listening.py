"""Hearing what others write: a thread that listens to the store, and wakes the event loop."""

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from spatial.errors import GridscapeError
from spatial.store.parts import Listener
from spatial.store.protocol import Store

log = logging.getLogger("gridscape.live")

_LISTENED_S = 0.25
"""How long one listens at a time: so long stopping may take."""

_AGAIN_AFTER_S = (0.5, 1.0, 2.0, 5.0)
"""How long to wait before listening again, where it did not work once, twice and so on."""


class Listening:
    """Tells on the event loop of each event that was heard of: its id, or None where nothing can be heard for now."""

    def __init__(self, store: Store, heard: Callable[[int | None], None]) -> None:
        self._store = store
        self._heard = heard
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to listen; for the event loop."""
        if self._thread is None:
            loop = asyncio.get_running_loop()
            self._thread = threading.Thread(target=self._listen, args=(loop,), name="listening", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop listening and wait until the thread has ended."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        listener = self._store.listener()
        try:
            self._hear(listener, loop)
        finally:
            listener.close()

    def _hear(self, listener: Listener, loop: asyncio.AbstractEventLoop) -> None:
        failed = 0
        while not self._closing.is_set():
            try:
                last = listener.heard(_LISTENED_S)
            except GridscapeError as error:
                if not failed:
                    log.warning("other servers are not heard, and are looked at instead: %s", error)
                    self._tell(loop, None)
                self._closing.wait(_AGAIN_AFTER_S[min(failed, len(_AGAIN_AFTER_S) - 1)])
                failed += 1
                continue
            if failed:
                log.warning("other servers are heard again")
            failed = 0
            if last is not None:
                self._tell(loop, last)

    def _tell(self, loop: asyncio.AbstractEventLoop, last: int | None) -> None:
        with suppress(RuntimeError):  # the loop has ended: there is nobody to tell
            loop.call_soon_threadsafe(self._heard, last)
