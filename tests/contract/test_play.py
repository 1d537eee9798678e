"""Both stores hear the same play, to the last line of every history."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from spatial.schema import INCIDENTS
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.store.records import Query
from tests import played
from tests.played import play

HOURS = 2.0


def heard(store: Store) -> tuple[Any, ...]:
    """Return all that a play leaves behind: incidents, cases, histories, and who is where."""
    rows = store.read(INCIDENTS.id, Query("luxian"))
    codes = sorted(rows["code"])
    incidents = sorted(
        ({**row, "geometry": row["geometry"].wkb, "row": None} for row in rows.rows()), key=lambda r: r["code"]
    )
    return (
        incidents,
        [store.case("luxian", code) for code in codes],
        [store.steps("luxian", code) for code in codes],
        sorted(store.responders("luxian"), key=lambda one: one.account),
    )


@pytest.fixture
def first(new_url: Callable[[str], str]) -> Iterator[tuple[Any, ...]]:
    with closing(open_store(new_url("geopackage"), create=True)) as store:
        played.fill(store)
        play(store, HOURS)
        yield heard(store)


@pytest.mark.parametrize("kind", ["geopackage", pytest.param("postgis", marks=pytest.mark.postgis)])
def test_the_same_seed_plays_the_same_day(kind: str, new_url: Callable[[str], str], first: tuple[Any, ...]) -> None:
    with closing(open_store(new_url(kind), create=True)) as store:
        played.fill(store)
        _, mishaps = play(store, HOURS)
        assert mishaps == []
        for mine, theirs in zip(heard(store), first, strict=True):
            assert mine == theirs
        assert store.verify_events() is None


def test_another_seed_plays_another_day(new_url: Callable[[str], str], first: tuple[Any, ...]) -> None:
    with closing(open_store(new_url("geopackage"), create=True)) as store:
        played.fill(store)
        play(store, HOURS, seed=2)
        assert heard(store)[2] != first[2]
