"""Streams hear of what other servers write, come back from anywhere, and are ended where they do not listen."""

import socket
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psycopg
import pytest

from api.app import create_app
from api.live import Live
from api.settings import Settings
from spatial.errors import StoreUnavailable
from spatial.store import WholeStore, open_store
from spatial.store.postgis.listener import PostgisListener
from spatial.store.protocol import Store
from tests import small_town
from tests.api.serving import serving
from tests.api.test_incidents import report
from tests.streams import Follower

WITHIN_S = 5.0


def port_of(address: str) -> int:
    return int(address.rpartition(":")[2])


@contextmanager
def following(port: int, after: int | None = None) -> Iterator[Follower]:
    """Follow a server's stream for the time of a block."""
    follower = Follower(port, after)
    assert follower.opened.wait(WITHIN_S)
    try:
        yield follower
    finally:
        follower.stop()


@contextmanager
def another_server(url: str) -> Iterator[str]:
    """Serve the same store a second time, over connections of its own, and yield the address."""
    store = open_store(url)
    try:
        with serving(create_app(store, Settings(open_demo=True))) as address:
            yield address
    finally:
        store.close()


@pytest.fixture
def shared(store: WholeStore) -> WholeStore:
    """Return a small town in a store of each kind in turn."""
    small_town.fill(store)
    return store


def reported(address: str, key: str) -> str:
    with httpx.Client(base_url=address) as client:
        answer = report(client, key)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    return f"{told['district']}/{told['code']}"


def test_what_one_server_writes_reaches_the_streams_of_another(shared: WholeStore) -> None:
    with another_server(shared.url) as here, another_server(shared.url) as there, following(port_of(there)) as heard:
        written = [reported(here, f"k{number}") for number in range(5)]
        assert heard.until(lambda one: len(one.told) == 5, WITHIN_S)
    assert [key for _, key in heard.told] == written
    numbers = [number for number, _ in heard.told]
    assert numbers == sorted(set(numbers))


@pytest.mark.postgis
def test_notices_that_are_cut_off_come_again_and_nothing_between_is_missed(postgis_url: str) -> None:
    store = open_store(postgis_url)
    small_town.fill(store)
    with another_server(postgis_url) as here, another_server(postgis_url) as there, following(port_of(there)) as heard:
        written = []
        for number in range(5):
            with psycopg.connect(postgis_url, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND query LIKE '%event_head' AND pid <> pg_backend_pid()"
                )
            written.append(reported(here, f"k{number}"))
            assert heard.until(lambda one: len(one.told) == len(written), WITHIN_S)
    assert [key for _, key in heard.told] == written
    store.close()


@pytest.mark.postgis
def test_what_comes_without_a_notice_is_found_all_the_same(postgis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PostgisListener, "heard", _deaf)
    store = open_store(postgis_url)
    small_town.fill(store)
    with another_server(postgis_url) as here, another_server(postgis_url) as there, following(port_of(there)) as heard:
        written = [reported(here, "first")]
        assert heard.until(lambda one: len(one.told) == 1, WITHIN_S)
        # one was written and not heard of: from now on the trail is looked at often again
        began = time.monotonic()
        for number in range(4):
            written.append(reported(here, f"k{number}"))
            assert heard.until(lambda one: len(one.told) == len(written), WITHIN_S)
        assert time.monotonic() - began < 4.0
    assert [key for _, key in heard.told] == written
    store.close()


def _deaf(listener: PostgisListener, timeout_s: float) -> int | None:
    """Hear nothing, as behind a pooler that lends the connection to somebody else."""
    if listener.__dict__.setdefault("begun", False):
        time.sleep(timeout_s)
        return None
    listener.__dict__["begun"] = True
    return 0


@pytest.mark.postgis
def test_where_nothing_can_be_heard_the_trail_is_looked_at(postgis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A standby takes no LISTEN."""

    def refused(listener: PostgisListener, timeout_s: float) -> int | None:
        raise StoreUnavailable(small_town.LUXIAN.name)

    monkeypatch.setattr(PostgisListener, "heard", refused)
    store = open_store(postgis_url)
    small_town.fill(store)
    with another_server(postgis_url) as here, another_server(postgis_url) as there, following(port_of(there)) as heard:
        waits = []
        for number in range(5):
            written = reported(here, f"k{number}")
            began = time.perf_counter()
            assert heard.until(lambda one, key=written: key in one.at, WITHIN_S)
            waits.append(heard.at[written] - began)
        assert statistics.median(waits) < 1.0
    store.close()


def test_a_resume_point_that_is_kept_no_more_means_reading_anew(store: WholeStore) -> None:
    small_town.fill(store)
    with serving(create_app(store, Settings(open_demo=True))) as address:
        written = [reported(address, f"k{number}") for number in range(3)]
        last = store.events()[-1].id
        prune(store, last - 1)
        with following(port_of(address), after=1) as heard:
            assert heard.until(lambda one: set(one.picture) >= set(written), WITHIN_S)
        assert (heard.anew, heard.told) == (1, [])
        with following(port_of(address), after=last - 1) as heard:
            assert heard.until(lambda one: len(one.told) == 1, WITHIN_S)
        assert (heard.anew, heard.told) == (0, [(last, written[-1])])


def prune(store: WholeStore, upto: int) -> None:
    """Take the beginning of the trail away."""
    with store.loading() as session:
        session.execute("DELETE FROM event_salts WHERE event <= ?", (upto,))
        session.execute("DELETE FROM events WHERE id <= ?", (upto,))


def test_who_heard_more_than_the_trail_has_reads_anew(own_town: Store) -> None:
    """A backup was restored under the server, or another server was ahead."""
    with serving(create_app(own_town, Settings(open_demo=True))) as address:
        written = reported(address, "k")
        with following(port_of(address), after=10_000) as heard:
            assert heard.until(lambda one: written in one.picture, WITHIN_S)
            later = reported(address, "later")
            assert heard.until(lambda one: len(one.told) == 1, WITHIN_S)
    assert (heard.anew, [key for _, key in heard.told]) == (1, [later])


def test_a_stream_that_breaks_off_within_an_event_hears_the_rest_of_it(own_town: Store) -> None:
    """One event may tell of many incidents: its number comes with the last of them."""
    with serving(create_app(own_town, Settings(open_demo=True))) as address:
        codes = [reported(address, f"k{number}").partition("/")[2] for number in range(3)]
        before = own_town.events()[-1].id
        with following(port_of(address)) as heard:
            with own_town.write("tester") as tx:
                assert tx.delete("incidents", "luxian", codes) == 3
            assert heard.until(lambda one: len(one.told) == 3, WITHIN_S)
            assert heard.last == before + 1
        with httpx.stream("GET", f"{address}/events", headers={"Last-Event-ID": str(before)}) as answer:
            lines = answer.iter_lines()
            said = [next(lines) for _ in range(15)]
    told = [line for line in said if line.startswith(("id", "event", "data"))]
    assert told[0] == "event: beat"
    told = told[2:]
    assert [line.partition(":")[0] for line in told] == ["event", "data"] * 2 + ["id", "event", "data"]


def test_a_stream_that_nobody_reads_is_ended_and_holds_nothing(own_town: Store) -> None:
    """Its connection is given up by the system, what waits for it is let go, and others hear everything."""
    app = create_app(own_town, Settings(open_demo=True))
    live: Live = app.state.service.live
    note = "很长的说明" * 150
    with serving(app, stalled_s=1.0) as address, following(port_of(address)) as heard:
        sleeping = socket.socket()
        sleeping.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        sleeping.connect(("127.0.0.1", port_of(address)))
        sleeping.sendall(f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port_of(address)}\r\n\r\n".encode())
        assert heard.until(lambda _: live.listeners == 2, WITHIN_S)
        keys: list[str] = []
        end = time.monotonic() + 30
        with httpx.Client(base_url=address) as client:
            while live.listeners == 2 and time.monotonic() < end:
                told = report(client, f"k{len(keys)}", note=note).json()
                keys.append(f"{told['district']}/{told['code']}")
        assert live.listeners == 1
        assert heard.until(lambda one: len(one.told) == len(keys), WITHIN_S)
        assert [key for _, key in heard.told] == keys
        sleeping.close()
