"""What a store holds is asked once for all, and a store that is slow to say so is not waited for."""

import asyncio
import threading
import time
from pathlib import Path

import pytest

from api.freshness import PATIENCE_S, Freshness, Moment
from spatial.errors import NotFound, StoreUnavailable
from spatial.store.geopackage.store import GeoPackageStore
from spatial.text import Text
from tests import small_town


class SlowStore(GeoPackageStore):
    """A store that answers once it may, or raises."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, create=True)
        small_town.fill(self)
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.asked = 0
        self.refuses: Exception | None = None

    def editions(self, district: str | None = None, tree: str | None = None) -> list:
        self.asked += 1
        assert self.may_answer.wait(20)
        if self.refuses is not None:
            raise self.refuses
        return super().editions(district, tree)


@pytest.fixture
def store(tmp_path: Path):
    made = SlowStore(tmp_path / "town.gpkg")
    yield made
    made.close()


def test_a_store_that_does_not_answer_for_a_while_is_not_waited_for(store: SlowStore) -> None:
    async def run() -> tuple[list[Moment], float, int]:
        freshness = Freshness(store, refresh_s=0.0)
        first = await freshness.moment()
        store.may_answer.clear()
        began = time.monotonic()
        meanwhile = await asyncio.gather(*(freshness.moment() for _ in range(50)))
        again = await freshness.moment()
        took, asked = time.monotonic() - began, store.asked
        store.may_answer.set()
        await freshness.close()
        return [first, *meanwhile, again], took, asked

    moments, took, asked = asyncio.run(run())
    assert all(one is moments[0] for one in moments)
    assert took < 10 * PATIENCE_S
    assert asked == 2


def test_the_first_moment_is_waited_for_and_what_it_raises_is_heard(store: SlowStore) -> None:
    store.refuses = StoreUnavailable(Text("不在", "away"))

    async def run() -> None:
        freshness = Freshness(store, refresh_s=0.0)
        with pytest.raises(StoreUnavailable):
            await freshness.moment()
        store.refuses = None
        known = await freshness.moment()
        store.refuses = StoreUnavailable(Text("不在", "away"))
        assert await freshness.moment() is known
        store.refuses = NotFound(Text("没有", "gone"))
        with pytest.raises(NotFound):
            await freshness.moment()

    asyncio.run(run())
