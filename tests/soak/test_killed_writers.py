"""Many writers killed one after the other: no acknowledged row is ever lost."""

import random
from pathlib import Path

import pytest

from spatial.store import open_store
from tests.contract.sample import with_districts
from tests.killed_writer import assert_whole, kill_while_writing

pytestmark = pytest.mark.soak


def test_sixty_writers_killed_at_any_moment_lose_nothing_that_they_acknowledged(tmp_path: Path) -> None:
    place = tmp_path / "store.gpkg"
    with_districts(open_store(place, create=True)).close()
    chance = random.Random(20260401)
    for attempt in range(60):
        acknowledged = kill_while_writing(place, f"w{attempt}", chance.randint(1, 120))
        store = open_store(place)
        assert_whole(store, f"w{attempt}", acknowledged)
        store.close()


def test_a_backup_taken_while_a_writer_is_at_work_and_is_killed_is_whole(tmp_path: Path) -> None:
    place = tmp_path / "store.gpkg"
    store = with_districts(open_store(place, create=True))
    for attempt in range(10):
        kill_while_writing(place, f"w{attempt}", 30)
        target = tmp_path / f"copy{attempt}.gpkg"
        list(store.backup(target))
        copy = open_store(target)
        assert copy.verify_events() is None
        assert copy.count("stations") == store.count("stations")
        copy.close()
    store.close()
