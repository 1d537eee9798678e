"""Those who listen to a store hear of what others write, and begin anew where they were cut off."""

import threading
import time
from collections.abc import Iterator

import psycopg
import pytest

from spatial.errors import StoreUnavailable
from spatial.store import open_store
from spatial.store.parts import Listener
from spatial.store.postgis.listener import CHANNEL
from spatial.store.protocol import Store
from tests.contract.sample import LUXIAN, QIBIN, stations, with_districts

WITHIN_S = 5.0


@pytest.fixture
def listener(store: Store) -> Iterator[Listener]:
    """Return one who listens to a store that already holds something, and has said where it begins."""
    with_districts(store, LUXIAN)
    listening = store.listener()
    assert listening.heard(0) == 1
    yield listening
    listening.close()


def write(url: str, code: str) -> int:
    """Write a row as another process would, over a store of its own, and return the id of its event."""
    other = open_store(url)
    with other.write("another") as tx:
        tx.insert("stations", stations([(105, 29)], code=[code]))
    last = other.events()[-1].id
    other.close()
    return last


def cut_off(url: str) -> None:
    """End the connection of whoever listens."""
    with psycopg.connect(url, autocommit=True) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
            "AND datname = current_database() AND (query LIKE 'LISTEN%' OR query LIKE '%event_head')"
        ).fetchall()
    assert ended == [(True,)]


def test_what_another_writes_is_heard_with_its_id(store_url: str, listener: Listener) -> None:
    assert listener.heard(0) is None
    last = write(store_url, "a")
    assert listener.heard(WITHIN_S) == last
    assert listener.heard(0) is None


def test_who_waits_is_woken_long_before_its_time_is_up(store_url: str, listener: Listener) -> None:
    written = threading.Timer(0.2, write, (store_url, "a"))
    written.start()
    began = time.monotonic()
    assert listener.heard(30.0) == 2
    assert time.monotonic() - began < WITHIN_S
    written.join()


def test_the_first_call_tells_where_the_trail_ends(store: Store, listener: Listener) -> None:
    with_districts(store, QIBIN)
    late = store.listener()
    assert late.heard(0) == store.events()[-1].id
    late.close()


def test_a_transaction_that_is_undone_is_not_heard(store: Store, listener: Listener) -> None:
    with pytest.raises(ZeroDivisionError), store.write("tester") as tx:  # noqa: PT012
        tx.insert("stations", stations([(105, 29)]))
        raise ZeroDivisionError
    assert listener.heard(0.3) is None


@pytest.mark.postgis
def test_who_was_cut_off_says_so_and_then_where_the_trail_ends(postgis_url: str) -> None:
    store = with_districts(open_store(postgis_url))
    listening = store.listener()
    assert listening.heard(0) == 1
    cut_off(postgis_url)
    missed = write(postgis_url, "missed")
    with pytest.raises(StoreUnavailable):
        listening.heard(WITHIN_S)
    assert listening.heard(WITHIN_S) == missed
    assert listening.heard(0) is None
    last = write(postgis_url, "after")
    assert listening.heard(WITHIN_S) == last
    listening.close()
    store.close()


@pytest.mark.postgis
def test_a_notice_carries_an_id_and_a_strangers_notice_is_not_regarded(postgis_url: str) -> None:
    store = with_districts(open_store(postgis_url))
    listening = store.listener()
    assert listening.heard(0) == 1
    with psycopg.connect(postgis_url, autocommit=True) as stranger:
        stranger.execute(f"LISTEN {CHANNEL}".encode())
        stranger.execute("SELECT pg_notify(%s, %s)", (CHANNEL, "no number"))
        assert listening.heard(0.3) is None
        last = write(postgis_url, "a")
        said = [notice.payload for notice in stranger.notifies(timeout=WITHIN_S, stop_after=2)]
    assert said == ["no number", str(last)]
    assert listening.heard(WITHIN_S) == last
    listening.close()
    store.close()
