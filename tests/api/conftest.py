"""A store with two small districts, and a server over it as staff and as the public see it."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from spatial.store import open_store
from spatial.store.protocol import Store
from tests import small_town
from tests.api.serving import serving

LIGHTS = 2500


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two small districts with 2,500 street lights, to be read only."""
    store = open_store(tmp_path_factory.mktemp("town") / "town.gpkg", create=True)
    small_town.fill(store, [("assets", small_town.lights(LIGHTS))])
    yield store
    store.close()


@pytest.fixture
def own_town(tmp_path: Path) -> Iterator[Store]:
    """Two small districts of the test's own, to be changed."""
    store = open_store(tmp_path / "town.gpkg", create=True)
    small_town.fill(store)
    yield store
    store.close()


@pytest.fixture(scope="session")
def staff(town: Store) -> Iterator[httpx.Client]:
    """Ask an open demo, where everybody is staff."""
    with (
        serving(create_app(town, Settings(open_demo=True))) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


@pytest.fixture(scope="session")
def public(town: Store) -> Iterator[httpx.Client]:
    """Ask a server where nobody has signed in."""
    with serving(create_app(town)) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client
