"""The trail: every change leaves its event, nothing of the content, and an altered event is found."""

from datetime import UTC, datetime

import pytest
import shapely

from spatial.store import WholeStore, open_store
from spatial.store.protocol import Store
from spatial.store.records import Event
from tests.contract.sample import LUXIAN, QIBIN, areas, post, stations, with_districts

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def _busy(store: Store) -> list[Event]:
    with with_districts(store, LUXIAN, QIBIN).write("王敏") as tx:
        tx.insert("stations", stations([(105 + index / 1000, 29) for index in range(150)]))
        tx.insert("stations", stations([(114, 35)], district="qibin"))
        tx.update("stations", "luxian", "S7", {"name": "秘密", "geometry": shapely.Point(105, 29)})
        tx.delete("stations", "luxian", ["S8", "S9"])
        tx.publish("luxian", areas(["a", "b"]), note="n")
        tx.put_duty_holders([post("p", "a", "/510521/a")])
    return store.events()


def test_each_call_leaves_one_event_that_says_what_it_did(store: Store) -> None:
    events = _busy(store)
    assert [(event.action, event.collection, event.district, event.count) for event in events] == [
        ("put", "districts", "luxian", 1),
        ("put", "districts", "qibin", 1),
        ("insert", "stations", "luxian", 150),
        ("insert", "stations", "qibin", 1),
        ("update", "stations", "luxian", 1),
        ("delete", "stations", "luxian", 2),
        ("publish", "areas", "luxian", 2),
        # the areas that were published own three of the stations
        ("retag", "stations", "luxian", 3),
        ("put", "duty_holders", "luxian", 1),
    ]
    assert [event.id for event in events] == list(range(1, 10))
    assert {event.actor for event in events[2:]} == {"王敏"}
    assert events[2].codes == tuple(f"S{index}" for index in range(100))
    assert events[4].fields == ("name", "geometry")
    assert (events[6].edition, events[5].edition) == (1, None)
    assert all(event.at.tzinfo is UTC and event.at <= datetime.now(UTC) for event in events)
    assert store.events(after=6) == events[6:]
    assert store.events(after=2, limit=3) == events[2:5]


def test_an_event_holds_nothing_of_the_content(store: Store) -> None:
    said = repr(_busy(store))
    assert "秘密" not in said
    assert "105.0" not in said


def test_the_same_content_has_another_digest_each_time(store: Store) -> None:
    with with_districts(store).write("tester") as tx:
        for _ in range(2):
            tx.insert("stations", stations([(105, 29)]))
            tx.delete("stations", "luxian", ["S0"])
    digests = [event.digest for event in store.events()]
    assert len(set(digests)) == len(digests)
    assert all(len(digest) == 64 for digest in digests)


def test_the_chain_holds_across_transactions_and_another_opening(store: Store, store_url: str) -> None:
    _busy(store)
    store.close()
    again = open_store(store_url)
    try:
        with again.write("tester") as tx:
            tx.delete("stations", "luxian", ["S1"])
        assert (again.verify_events(), len(again.events())) == (None, 10)
    finally:
        again.close()


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE events SET actor = 'nobody' WHERE id = 3", 3),
        ("UPDATE events SET count = count + 1 WHERE id = 1", 1),
        ("UPDATE events SET at = (SELECT at FROM events WHERE id = 1), codes = '[\"x\"]' WHERE id = 8", 8),
        ("DELETE FROM events WHERE id = 4", 4),
        ("DELETE FROM events WHERE id = 1", 1),
        ("DELETE FROM events WHERE id = 8", 8),
        ("DELETE FROM events WHERE id = 9", 9),
        ("DELETE FROM events WHERE id >= 7", 7),
        ("DELETE FROM events", 1),
        ("UPDATE event_head SET last = 7", 8),
        ("UPDATE events SET chain = digest WHERE id = 5", 5),
    ],
)
def test_an_altered_trail_is_found_where_it_breaks(store: WholeStore, statement: str, found: int) -> None:
    _busy(store)
    assert store.verify_events() is None
    with store.loading() as session:
        session.execute(statement)
    assert store.verify_events() == found


def test_erasing_a_salt_leaves_the_chain_whole(store: WholeStore) -> None:
    _busy(store)
    with store.loading() as session:
        assert session.execute("DELETE FROM event_salts") == 9
    assert store.verify_events() is None


def test_who_looked_is_noted_outside_the_events_the_newest_first(store: Store) -> None:
    with_districts(store)
    before = store.events()
    store.log_access(NOON, "王敏", "cameras", "luxian", 12)
    store.log_access(NOON, "api", "duty_holders", None, 0)
    assert store.access_log() == [
        (NOON, "api", "duty_holders", None, 0),
        (NOON, "王敏", "cameras", "luxian", 12),
    ]
    assert len(store.access_log(limit=1)) == 1
    assert store.events() == before
