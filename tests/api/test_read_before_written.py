"""What is told of a change is made within its transaction, and reads nothing from the store there (decision 009)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from spatial.store.protocol import Store, Transaction
from tests.api.serving import serving
from tests.api.test_incidents import report, step
from tests.api.test_responses import switch_off, switch_on


class Watched:
    """A store that notes what is asked of it by a thread that has a transaction open."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open = threading.local()
        self.asked: list[str] = []

    @contextmanager
    def write(self, actor: str) -> Iterator[Transaction]:
        with self._store.write(actor) as tx:
            self._open.now = True
            try:
                yield tx
            finally:
                self._open.now = False

    def __getattr__(self, name: str) -> Any:
        if getattr(self._open, "now", False):
            self.asked.append(name)
        return getattr(self._store, name)


@pytest.fixture
def watched(own_town: Store) -> Watched:
    return Watched(own_town)


@pytest.fixture
def client(watched: Watched) -> Iterator[httpx.Client]:
    app = create_app(cast(Store, watched), Settings(open_demo=True))
    with serving(app) as address, httpx.Client(base_url=address) as opened:
        yield opened


def test_switching_a_response_reads_nothing_while_it_writes(client: httpx.Client, watched: Watched) -> None:
    on = switch_on(client).json()
    off = switch_off(client, on["code"], on["version"])
    assert (on["area"]["name"], off.json()["area"]["name"]) == ("玉蟾街道", "玉蟾街道")
    assert watched.asked == []


def test_a_report_and_a_step_read_nothing_while_they_write(client: httpx.Client, watched: Watched) -> None:
    code = report(client).json()["code"]
    assert step(client, code, 1, act="file").status_code == 200
    assert watched.asked == []
