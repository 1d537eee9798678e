"""Many threads at once: readers see whole states, writers take turns, the trail has one order."""

import threading
from concurrent.futures import ThreadPoolExecutor

from spatial.store.protocol import Store
from spatial.store.records import Query
from tests.contract.sample import areas, stations, with_districts


def test_readers_see_each_transaction_as_a_whole_or_not_at_all(store: Store) -> None:
    size, rounds = 40, 12
    with with_districts(store).write("tester") as tx:
        tx.insert("stations", stations([(105, 29)] * size, name=["0"] * size))
    done = threading.Event()

    def look() -> list[set[str]]:
        seen = []
        while not done.is_set():
            found = store.read("stations")
            assert len(found) == size
            seen.append(set(found["name"]))
        return seen

    with ThreadPoolExecutor(3) as pool:
        looking = [pool.submit(look) for _ in range(3)]
        try:
            for number in range(1, rounds + 1):
                with store.write("tester") as tx:
                    tx.delete("stations", "luxian", [f"S{index}" for index in range(size)])
                    tx.insert("stations", stations([(105, 29)] * size, name=[str(number)] * size))
        finally:
            done.set()
        seen = [names for future in looking for names in future.result()]
    assert all(len(names) == 1 for names in seen)
    assert store.verify_events() is None


def test_writers_at_once_all_get_their_turn_and_ids_have_no_gap(store: Store) -> None:
    with_districts(store)

    def add(number: int) -> None:
        with store.write(f"writer {number}") as tx:
            tx.insert("stations", stations([(105, 29)] * 3, code=[f"{number}-{index}" for index in range(3)]))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(add, range(24)))
    events = store.events()
    assert [event.id for event in events] == list(range(1, 26))
    assert {event.actor for event in events[1:]} == {f"writer {number}" for number in range(24)}
    assert (store.count("stations"), store.verify_events()) == (72, None)


def test_editions_published_at_once_each_get_a_number_of_their_own(store: Store) -> None:
    with_districts(store)

    def publish(number: int) -> int:
        with store.write("planner") as tx:
            return tx.publish("luxian", areas(["a"], name=[str(number)])).number

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(publish, range(8)))
    assert sorted(numbers) == list(range(1, 9))
    for place, number in enumerate(numbers):
        assert store.read("areas", Query(edition=number))["name"] == [str(place)]
