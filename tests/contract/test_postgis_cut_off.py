"""A network that goes mute between the server and PostGIS: who waits is let go, and nothing is held up afterwards."""

import threading
import time
from collections.abc import Iterator

import pytest

from spatial.errors import StoreUnavailable
from spatial.incidents.records import Answer
from spatial.store.postgis.store import PostgisStore
from spatial.store.postgis.watch import QUIET_S
from tests.contract.sample import stations, with_districts
from tests.mute_network import MuteNetwork

pytestmark = pytest.mark.postgis
SOON_S = 7.0


@pytest.fixture
def network(postgis_url: str) -> Iterator[MuteNetwork]:
    """Return a network to the throwaway database."""
    made = MuteNetwork(int(postgis_url.rpartition(":")[2].partition("/")[0]))
    yield made
    made.close()


@pytest.fixture
def far(postgis_url: str, network: MuteNetwork) -> Iterator[PostgisStore]:
    """Return a store that is reached over that network."""
    head, _, tail = postgis_url.rpartition(":")
    store = PostgisStore(f"{head}:{network.port}/{tail.partition('/')[2]}")
    with_districts(store)
    yield store
    store.close()


def refused_after(store: PostgisStore) -> float:
    """Ask something, which must be refused; return after how many seconds it was."""
    began = time.monotonic()
    with pytest.raises(StoreUnavailable):
        store.districts()
    return time.monotonic() - began


def works_again(store: PostgisStore) -> float:
    """Return after how many seconds the store answers."""
    began = time.monotonic()
    while True:
        try:
            store.districts()
        except StoreUnavailable:
            assert time.monotonic() - began < 15
            time.sleep(0.02)
        else:
            return time.monotonic() - began


def test_who_waits_for_a_mute_database_is_refused_soon_and_the_next_at_once(
    far: PostgisStore, network: MuteNetwork
) -> None:
    network.cut()
    assert refused_after(far) < SOON_S
    while not far._watch.silent:
        assert refused_after(far) < SOON_S
    assert [refused_after(far) < 0.2 for _ in range(5)] == [True] * 5
    network.mend()
    assert works_again(far) < SOON_S


def test_a_write_that_is_cut_off_leaves_nothing_and_holds_nobody_up(far: PostgisStore, network: MuteNetwork) -> None:
    with pytest.raises(StoreUnavailable), far.write("tester") as tx:  # noqa: PT012
        tx.insert("stations", stations([(105, 29)]))
        network.cut()
        tx.insert("stations", stations([(105, 29)], code=["second"]))
    network.mend()
    works_again(far)
    began = time.monotonic()
    with far.write("tester") as tx:  # the one that was cut off had locked the district
        tx.insert("stations", stations([(105, 29)]))
    assert time.monotonic() - began < SOON_S
    assert far.count("stations") == 1
    assert far.verify_events() is None


def test_a_copy_that_is_cut_off_in_the_middle_holds_nobody_up(far: PostgisStore, network: MuteNetwork) -> None:
    def rows() -> Iterator[tuple[str, int]]:
        yield "first", 1
        network.cut()  # the database waits for the rest, and holds the district meanwhile
        yield "second", 2

    with pytest.raises(StoreUnavailable), far.aside() as session:  # noqa: PT012
        session.rows("SELECT slug FROM districts FOR UPDATE")
        session.append("revisions", ("collection", "revision"), rows())
    network.mend()
    works_again(far)
    began = time.monotonic()
    with far.write("tester") as tx:
        tx.insert("stations", stations([(105, 29)]))
    assert time.monotonic() - began < SOON_S


def test_a_commit_that_is_cut_off_is_refused_soon(far: PostgisStore, network: MuteNetwork) -> None:
    began = time.monotonic()
    with pytest.raises(StoreUnavailable), far.aside() as session:  # noqa: PT012
        session.rows("SELECT slug FROM districts")
        network.cut()
    assert time.monotonic() - began < SOON_S
    network.mend()
    assert works_again(far) < SOON_S


def test_one_connection_that_went_mute_is_noticed_while_others_answer(far: PostgisStore, network: MuteNetwork) -> None:
    began = time.monotonic()
    with pytest.raises(StoreUnavailable), far.write("tester") as tx:  # noqa: PT012
        tx.insert("stations", stations([(105, 29)]))
        network.lose()
        tx.insert("stations", stations([(105, 29)], code=["second"]))
    assert time.monotonic() - began < SOON_S
    with far.write("tester") as tx:
        tx.insert("stations", stations([(105, 29)]))
    assert far.count("stations") == 1


def test_a_statement_that_takes_long_is_waited_for(far: PostgisStore) -> None:
    assert far.rows("SELECT 7 FROM pg_sleep(?)", (3 * QUIET_S,)) == [(7,)]
    with far.write("tester") as tx:
        time.sleep(2.5 * QUIET_S)  # a transaction that computes for a while expects no answer meanwhile
        tx.insert("stations", stations([(105, 29)]))
    assert far.count("stations") == 1


def test_a_request_that_is_sent_again_while_the_first_is_under_way_gets_its_answer(far: PostgisStore) -> None:
    found: list[Answer | None] = []

    def again() -> None:
        with far.write("field") as tx:
            found.append(tx.answer("key"))

    with far.write("field") as tx:
        assert tx.answer("key") is None
        second = threading.Thread(target=again)
        second.start()
        second.join(0.3)
        assert second.is_alive()
        tx.remember("key", Answer("digest", 201, {"code": "SJ-1"}))
    second.join(10)
    assert [one and one.content for one in found] == [{"code": "SJ-1"}]
