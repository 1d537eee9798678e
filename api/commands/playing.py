"""A demo that plays in a thread of its own, over a store that others use beside it."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from api.playing import Play, PlayState
from spatial.errors import GridscapeError, Refused
from spatial.locate import Locator
from spatial.store.protocol import Store

if TYPE_CHECKING:
    from fixtures.play import Player

log = logging.getLogger("gridscape.play")

ACTOR = "fixtures"
MOMENT_S = 0.5
LONGEST_MOMENT_S = 2.0
"""After a sleep, of the machine or of the thread, the play goes on from where it was."""

_AGAIN_S = 3.0
_ENDS_WITHIN_S = 20.0


class ThreadedPlay(Play):
    """Plays districts of a demo at a speed that can be changed. Whatever happens, it ends when it is told to.

    `moments`: how many have gone by, those of a pause among them.
    """

    def __init__(self, store: Store, slugs: Sequence[str], seed: int, speed: int) -> None:
        self._store = store
        self._slugs = slugs
        self._seed = seed
        self._state = PlayState(speed, False, tuple(slugs))
        self.moments = 0
        self._lock = threading.Lock()
        self._moment = threading.Lock()
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, locator: Callable[[], Locator]) -> None:
        self._thread = threading.Thread(target=self._run, args=(locator,), name="play", daemon=True)
        self._thread.start()

    def state(self) -> PlayState:
        with self._lock:
            return self._state

    def choose(self, speed: int, paused: bool) -> PlayState:
        with self._lock:
            self._state = replace(self._state, speed=speed, paused=paused)
            return self._state

    def settle(self) -> None:
        if self._moment.acquire(timeout=_ENDS_WITHIN_S):
            self._moment.release()

    def close(self) -> None:
        self._ending.set()
        if self._thread is not None:
            self._thread.join(_ENDS_WITHIN_S)
            self._thread = None

    def wait(self) -> None:
        """Wait until it ends by itself; for whoever runs nothing else. To be interrupted at any time."""
        while self._thread is not None and self._thread.is_alive():
            self._thread.join(MOMENT_S)

    def _run(self, locator: Callable[[], Locator]) -> None:
        try:
            self._play(locator)
        except Refused as error:
            log.warning("the demo does not play on: %s", error)
        finally:
            with self._lock:
                self._state = replace(self._state, ended=True)

    def _play(self, locator: Callable[[], Locator]) -> None:
        players: list[Player] = []
        played, before = timedelta(), time.monotonic()
        pause = 0.0
        while not self._ending.wait(pause):
            with self._moment:
                now, state = time.monotonic(), self.state()
                gone, before = min(now - before, LONGEST_MOMENT_S), now
                if not state.paused:
                    played += timedelta(seconds=gone * state.speed)
                pause = MOMENT_S if state.paused or self._advance(players, locator, played) else _AGAIN_S
                self.moments += 1
        for player in players:
            try:
                player.leave()
            except GridscapeError as error:
                log.warning("who played is still on duty: %s", error)

    def _advance(self, players: "list[Player]", locator: Callable[[], Locator], played: timedelta) -> bool:
        """Let a moment of the play go by; returns whether the store answered. Raises Refused where it is no demo."""
        from fixtures.play import Player, make_cast, refuse_real_work

        try:
            if not players:
                refuse_real_work(self._store)
                casts = [make_cast(self._store, slug, ACTOR) for slug in self._slugs]
                players += [Player(self._store, cast, locator, self._seed, _note) for cast in casts]
            for player in players:
                player.advance(datetime.now(UTC), played)
        except Refused:
            raise
        except (GridscapeError, TimeoutError) as error:
            log.warning("the demo waits: %s", error)
            return False
        return True


def _note(error: GridscapeError) -> None:
    log.info("a step of the demo was not to be: %s", error)
