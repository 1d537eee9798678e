"""Waiting for what nothing tells of: it is looked at again and again, until it holds or the time is up."""

import time
from collections.abc import Callable

EVERY_S = 0.02


def until(done: Callable[[], bool], otherwise: str, seconds: float = 20.0) -> None:
    """Wait until something holds; fails with a sentence where it does not within some seconds."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, otherwise
        time.sleep(EVERY_S)
