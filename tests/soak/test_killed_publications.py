"""Publishers killed one after the other at any moment: an edition is there as a whole, or not at all.

`GRIDSCAPE_SOAK_SEED` and `GRIDSCAPE_SOAK_ROUNDS` name another seed and another number of rounds.
"""

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import psycopg
import pytest
import shapely

from spatial.edits import apply
from spatial.locate import Locator, newest
from spatial.locate.index_files import IndexFiles
from spatial.locate.keeping import keep
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.table import Table
from tests.coverages import beside_edges
from tests.killed_publisher import BOX, DISTRICT, INCIDENTS, areas_of, fill, kill_while_publishing
from tests.waiting import until

pytestmark = pytest.mark.soak

ROUNDS = int(os.environ.get("GRIDSCAPE_SOAK_ROUNDS", "30"))
SEED = int(os.environ.get("GRIDSCAPE_SOAK_SEED", "20261123"))
LONGEST_S = 0.6
"""A publisher lives for so long at the most after it began: a few publications."""


@pytest.mark.parametrize("kind", ["geopackage", pytest.param("postgis", marks=pytest.mark.postgis)])
def test_a_publication_that_is_killed_leaves_the_edition_before_or_the_whole_of_its_own(
    kind: str, new_url: Callable[[str], str], tmp_path: Path
) -> None:
    print(f"seed {SEED}, {ROUNDS} rounds")
    chance, url = random.Random(SEED), new_url(kind)
    files = IndexFiles(tmp_path / "indexes")
    store = open_store(url, create=True)
    fill(store, SEED)
    expected, number = areas_of(store), 1
    held = Locator.of(store)
    first = {code: (responsible, 1) for code, responsible, _ in tags(store)}
    store.close()
    cut_off = came_through = published = 0
    for attempt in range(ROUNDS):
        killed = kill_while_publishing(url, tmp_path / "log", f"{SEED}/{attempt}", chance.uniform(0, LONGEST_S))
        wait_until_it_is_gone(url)
        store = open_store(url)
        for change in killed.acknowledged:
            assert change.base == number
            expected, number = apply(expected, change)[0], number + 1
        published += len(killed.acknowledged)
        stands = store.editions(DISTRICT.slug)[-1].number
        if killed.begun is not None:
            cut_off += 1
            if stands == number + 1:  # it was kept, and only the word of it was lost
                came_through += 1
                expected, number = apply(expected, killed.begun)[0], number + 1
        assert stands == number
        assert_whole(store, expected, number)
        assert first_tags(store) == first
        held = Locator.reading(store, newest(store.editions()), [held], files)
        keep(files, held)
        assert_all_say_the_same(store, held, files, attempt)
        store.close()
        if kind == "geopackage":
            with closing(sqlite3.connect(url)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    print(f"{published} acknowledged, {cut_off} cut off, {came_through} of these were kept")
    assert published
    assert cut_off > came_through


def wait_until_it_is_gone(url: str) -> None:
    """Wait until a database has noticed that the publisher is dead: what it had committed by then is kept."""
    if "://" not in url:
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(url, autocommit=True) as connection:
        until(lambda: connection.execute(others).fetchone() == (0,), "the publisher is still connected", 30)


def tags(store: Store) -> list[tuple[str, str | None, str | None]]:
    """Return code, responsible area and path of the incidents, in the order of the store."""
    rows = store.read("incidents")
    return list(zip(rows["code"], rows["responsible"], rows["path"], strict=True))


def first_tags(store: Store) -> dict[str, tuple[str | None, int]]:
    rows = store.read("incidents")
    return {
        code: (responsible, edition)
        for code, responsible, edition in zip(
            rows["code"], rows["first_responsible"], rows["first_edition"], strict=True
        )
    }


def assert_whole(store: Store, expected: Table, number: int) -> None:
    """Check that an edition stands as a whole: areas, trail, spatial index, and who answers for the incidents."""
    assert [edition.number for edition in store.editions(DISTRICT.slug)] == list(range(1, number + 1))
    assert store.verify_events() is None
    events = store.events(limit=1_000_000)
    assert [event.edition for event in events if event.collection == "areas" and event.edition] == list(
        range(1, number + 1)
    )
    found = areas_of(store)
    assert by_path(found) == by_path(expected)
    assert len(by_path(found)) == len(found)
    assert len(areas_of(store, 1)) == len(found)
    if number > 1:
        before = areas_of(store, number - 1)
        assert len(before) == len(found)
        assert by_path(before) != by_path(found)
    assert store.count("areas", Query(box=(-180, -90, 180, 90))) == len(found)
    incidents = store.read("incidents")
    codes, paths = Locator.of(store).tag(DISTRICT.slug, incidents.geometry)
    assert len(incidents) == INCIDENTS
    assert (list(incidents["responsible"]), list(incidents["path"])) == (codes, paths)


def by_path(areas: Table) -> dict[str, bytes]:
    return dict(zip(areas["path"], shapely.to_wkb(areas.geometry).tolist(), strict=True))


def assert_all_say_the_same(store: Store, held: Locator, files: IndexFiles, attempt: int) -> None:
    """Check that what followed, what is mapped and what is built anew own a few hundred points in the same way."""
    chance = np.random.default_rng([SEED, attempt])
    west, south, east, north = BOX
    beside = beside_edges(areas_of(store).geometry, attempt, 100)
    lons = np.concatenate((chance.uniform(west, east, 200), beside[0]))
    lats = np.concatenate((chance.uniform(south, north, 200), beside[1]))
    anew, mapped = Locator.of(store), Locator.reading(store, newest(store.editions()), files=files)
    told = [owners(locator, lons, lats) for locator in (held, mapped, anew)]
    assert told[0] == told[2]
    assert told[1] == told[2]


def owners(locator: Locator, lons: np.ndarray, lats: np.ndarray) -> list[list[str | None]]:  # type: ignore[type-arg]
    """Return the code of the owner of each point at each level, and of the responsible area."""
    found = locator.columns(lons, lats)
    codes = [area.code for _, _, area in found.areas]
    (tree,) = found.trees
    columns = [tree.responsible, *(tree.owners[slug] for slug in sorted(tree.owners))]
    return [[codes[position] if position >= 0 else None for position in column.tolist()] for column in columns]
