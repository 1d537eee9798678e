"""A server over the two streets, and somebody in each role, bounded and not."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from api.app import create_app
from spatial.accounts.account import new_account
from spatial.accounts.secrets import new_token
from spatial.governance import Role
from spatial.incidents.pictures import picture_of
from spatial.incidents.responders import Responder
from spatial.responses.meetings import ResponseLevel
from spatial.responses.response import Response, ShapeKind
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.store.records import DutyHolder
from spatial.vocabulary import Post
from tests import small_town
from tests.api.scope.two_streets import IN_OTHER_GRID, OTHER, OTHER_GRID, OTHER_NOTE, OTHER_PATH, OWN, OWN_NOTE, more
from tests.api.serving import serving
from tests.photographs import photo_bytes
from tests.small_town import IN_FIRST_GRID


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("scope") / "town.gpkg", create=True)
    small_town.fill(opened, more())
    with opened.write("test") as tx:
        for path in (OWN, OTHER):
            tx.open_response(
                Response(
                    "luxian", "", ResponseLevel.II, ShapeKind.AREA, small_town.luxian_areas().geometry[0], path,
                    OWN_NOTE if path == OWN else OTHER_NOTE, small_town.NOW, "tester",
                )
            )  # fmt: skip
        for code in ("IN0098", "IN0099"):
            tx.add_photo("luxian", code, picture_of(photo_bytes()), small_town.NOW)
        tx.put_duty_holders([DutyHolder("P9", "luxian", Post.GRID_WORKER.value, OTHER_GRID, OTHER_PATH, "赵别家")])
    for name, path, place in (("自家人", OWN, IN_FIRST_GRID), ("赵别家", OTHER_PATH, IN_OTHER_GRID)):
        seen = datetime.now(UTC)
        opened.put_responder(Responder(path, "luxian", name, None, path, seen, *place, 9.0, seen))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def address(store: Store) -> Iterator[str]:
    with serving(create_app(store)) as at:
        yield at


@pytest.fixture(scope="module")
def clients(store: Store, address: str) -> Iterator[dict[tuple[Role, tuple[str, ...]], httpx.Client]]:
    """Somebody in each role, once bounded by the first street and once by nothing."""
    made = {}
    for role in Role:
        for scope in ((OWN,), ()):
            login = f"{role.value}-{len(scope)}"
            secret, token = new_token(login, "test", datetime.now(UTC), None, os.urandom)
            with store.write("test") as tx:
                tx.put_account(new_account(login, "", role, scope, everywhere=not scope))
                tx.put_token(token)
            made[role, scope] = httpx.Client(
                base_url=address, headers={"Authorization": f"Bearer {secret}"}, timeout=60
            )
    yield made
    for client in made.values():
        client.close()


@pytest.fixture(scope="module")
def bounded(clients: dict[tuple[Role, tuple[str, ...]], httpx.Client]) -> httpx.Client:
    return clients[Role.DISPATCHER, (OWN,)]


@pytest.fixture(scope="module")
def whole(clients: dict[tuple[Role, tuple[str, ...]], httpx.Client]) -> httpx.Client:
    return clients[Role.DISPATCHER, ()]


@pytest.fixture(scope="module")
def public(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client
